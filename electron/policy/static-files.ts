/** Which file of the built renderer an address means. */
const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', json: 'application/json; charset=utf-8', svg: 'image/svg+xml',
  png: 'image/png', jpg: 'image/jpeg', ico: 'image/x-icon', woff2: 'font/woff2', woff: 'font/woff', ttf: 'font/ttf', map: 'application/json; charset=utf-8',
}

export type StaticFile = { readonly segments: readonly string[]; readonly type: string }

/**
 * `/` is index.html; anything else is made of plain segments with a known ending, or null. So no '..', no backslash, no drive, no encoded slash and
 * no hidden file can ever reach the disk, whatever the platform.
 */
export function staticFile(pathname: string): StaticFile | null {
  if (pathname === '/' || pathname === '/index.html') return { segments: ['index.html'], type: types.html! }
  const segments = pathname.slice(1).split('/')
  if (!pathname.startsWith('/') || segments.length > 4 || !segments.every((segment) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(segment))) return null
  const last = segments.at(-1) ?? ''
  const type = types[last.slice(last.lastIndexOf('.') + 1).toLowerCase()]
  return last.includes('.') && type !== undefined ? { segments, type } : null
}
