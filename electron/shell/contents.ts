/** Guards put on every WebContents that ever comes to be, whoever makes it. */
import type { WebContents } from 'electron'
import { mayNavigate, onWindowOpen } from '../policy/navigation.ts'

export function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(onWindowOpen)
  contents.on('will-frame-navigate', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
