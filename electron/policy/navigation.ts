/** Where a page may go and what it may open: nowhere, nothing. */
import { isOwnUrl } from './origins.ts'

/** Reload and the page itself; subframes show srcdoc papers only and never travel. */
export function mayNavigate(url: string, isMainFrame: boolean): boolean {
  return isMainFrame && isOwnUrl(url)
}

/** For setWindowOpenHandler: the program has one window, and opens no address outside (an office's machine is offline). */
export function onWindowOpen(): { readonly action: 'deny' } {
  return { action: 'deny' }
}
