/**
 * The Content-Security-Policy and the other headers of every page and file, the same in both doors that show pages.
 *
 * Styles: antd 6 and its parts put <style> elements into the page at run time. They get a nonce that is new with every load (ConfigProvider `csp`),
 * which the page reads from <meta name="csp-nonce">; so do the <style> elements of a letter's preview. Style *attributes* are allowed: the
 * measured places of a paper's lines are attributes, and an attribute can neither select nor read anything else of the page.
 * Scripts: only the program's own files; no inline script, no eval (zod runs jitless).
 */
export type CspOptions = {
  /** Null where no page of ours is shown. */
  readonly nonce: string | null
  /** The loopback page talks over fetch; the desktop's over the preload script and needs no connection at all. */
  readonly connect: 'self' | 'none'
}

export function contentSecurityPolicy({ nonce, connect }: CspOptions): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    nonce === null ? `style-src 'self'` : `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self' data:`,
    `connect-src '${connect}'`,
    `frame-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

export function pageHeaders(options: CspOptions): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(options),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=()',
    'Cache-Control': 'no-store',
  }
}

/** Puts the nonce, and the door's own script where it has one, before everything else of the head. */
export function withNonce(html: string, nonce: string, script?: string): string {
  const bridge = script === undefined ? '' : `<script src="${script}"></script>`
  return html.replace('<head>', `<head><meta name="csp-nonce" content="${nonce}">${bridge}`)
}
