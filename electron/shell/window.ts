/** The one window. */
import { BrowserWindow } from 'electron'
import { appOrigin } from '../policy/origins.ts'
import { webPreferences } from '../policy/web-preferences.ts'

export function openWindow(preload: string, development: boolean): BrowserWindow {
  const window = new BrowserWindow({
    // 1366×768 is the smallest screen of the offices; the task bar takes some of it.
    width: 1366, height: 728, minWidth: 1024, minHeight: 600, show: false, title: '督查台', backgroundColor: '#f5f6f8',
    webPreferences: webPreferences(preload, development),
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${appOrigin}/`)
  return window
}
