/** Prints a paper of the file desk with the system's dialog, or makes it a PDF, from a hidden window without preload script. */
import { writeFile } from 'node:fs/promises'
import { BrowserWindow, dialog, type IpcMainInvokeEvent } from 'electron'
import { appOrigin } from '../policy/origins.ts'
import { webPreferences } from '../policy/web-preferences.ts'
import type { Backend } from '../rpc/dispatch.ts'
import type { AppError } from '../../shared/errors.ts'
import { diskError } from './dialogs.ts'
import { channels, guarded } from './ipc.ts'
import { paperPath } from './protocol.ts'

type Saved = { readonly saved: boolean; readonly error?: AppError }

export function handlePrint(backend: Backend): void {
  guarded<{ readonly printed: boolean }>(channels.print, (_event, [token]) => printPaper(backend, token), { printed: false })
  guarded<Saved>(channels.pdf, (event, [token]) => savePdf(backend, event, token), { saved: false })
}

/** Only an HTML paper that the file desk knows, and only while somebody is logged in. */
function paperName(backend: Backend, token: unknown): string | null {
  if (typeof token !== 'string' || !backend.session.current()) return null
  const file = backend.files.take(token)
  return file.ok && file.value.mime === 'text/html' ? file.value.name : null
}

async function withPaper<T>(token: string, work: (window: BrowserWindow) => Promise<T>): Promise<T> {
  const { preload: _none, ...preferences } = webPreferences('')
  const window = new BrowserWindow({ show: false, webPreferences: { ...preferences, javascript: false } })
  try {
    await window.loadURL(`${appOrigin}${paperPath}${encodeURIComponent(token)}`)
    return await work(window)
  } finally {
    window.destroy()
  }
}

async function printPaper(backend: Backend, token: unknown): Promise<{ readonly printed: boolean }> {
  if (paperName(backend, token) === null) return { printed: false }
  const printed = await withPaper(String(token), (window) => new Promise<boolean>((resolve) => {
    window.webContents.print({ silent: false, printBackground: true, pageSize: 'A4', margins: { marginType: 'none' } }, resolve)
  }))
  return { printed }
}

/** The page's own @page size counts (A3 registers); the person chooses where it goes before anything is drawn. */
async function savePdf(backend: Backend, event: IpcMainInvokeEvent, token: unknown): Promise<Saved> {
  const name = paperName(backend, token)
  const owner = BrowserWindow.fromWebContents(event.sender)
  if (name === null || !owner) return { saved: false }
  const chosen = await dialog.showSaveDialog(owner, { defaultPath: name.replace(/\.html$/u, '.pdf'), filters: [{ name: 'PDF', extensions: ['pdf'] }] })
  if (chosen.canceled || !chosen.filePath) return { saved: false }
  const bytes = await withPaper(String(token), (window) => window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true }))
  try {
    await writeFile(chosen.filePath, bytes)
    return { saved: true }
  } catch (error) {
    return { saved: false, error: diskError(error) }
  }
}
