/** Prints a paper of the file desk with the system's dialog, from a hidden window without preload script. */
import { BrowserWindow } from 'electron'
import { appOrigin } from '../policy/origins.ts'
import { webPreferences } from '../policy/web-preferences.ts'
import type { Backend } from '../rpc/dispatch.ts'
import { channels, guarded } from './ipc.ts'
import { paperPath } from './protocol.ts'

export function handlePrint(backend: Backend): void {
  guarded<{ readonly printed: boolean }>(channels.print, (_event, [token]) => printPaper(backend, token), { printed: false })
}

async function printPaper(backend: Backend, token: unknown): Promise<{ readonly printed: boolean }> {
  if (typeof token !== 'string' || !backend.session.current()) return { printed: false }
  const file = backend.files.take(token)
  if (!file.ok || file.value.mime !== 'text/html') return { printed: false }
  const { preload: _none, ...preferences } = webPreferences('')
  const window = new BrowserWindow({ show: false, webPreferences: { ...preferences, javascript: false } })
  try {
    await window.loadURL(`${appOrigin}${paperPath}${encodeURIComponent(token)}`)
    const printed = await new Promise<boolean>((resolve) => {
      window.webContents.print({ silent: false, printBackground: true, pageSize: 'A4', margins: { marginType: 'none' } }, resolve)
    })
    return { printed }
  } finally {
    window.destroy()
  }
}
