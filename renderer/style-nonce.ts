/**
 * Some parts of antd (the lock of scrolling under a dialog, the measure of scroll bars) put <style> elements into the page without the nonce
 * that ConfigProvider hands to the others. Every <style> that this page's own scripts make gets it here; imported before antd.
 */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
if (nonce) {
  const create = document.createElement.bind(document)
  const createWithNonce = (name: string, options?: ElementCreationOptions): HTMLElement => {
    const element = create(name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }
  // The overloads by tag name stay true: the element is the one that the browser made.
  document.createElement = createWithNonce as typeof document.createElement
}
