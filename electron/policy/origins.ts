/** The one origin of the desktop program's pages. */
export const scheme = 'app'
export const host = 'dutydesk'
export const appOrigin = `${scheme}://${host}`

/** Exact: another host, port, user name or scheme is somebody else. `new URL(...).origin` is 'null' for a custom scheme outside Chromium. */
export function isOwnUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return url.protocol === `${scheme}:` && url.host === host && url.username === '' && url.password === ''
}

/** For `frame.origin`, which Chromium gives without a path. */
export function isOwnOrigin(origin: string): boolean {
  return origin === appOrigin
}
