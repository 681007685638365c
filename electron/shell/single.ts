/** One program at a time: a second start brings the window of the first to the front. */
import { app, BrowserWindow } from 'electron'

/** False in the second program, which must end. */
export function isFirst(): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', () => {
    const window = BrowserWindow.getAllWindows().find((one) => one.isVisible())
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  return true
}
