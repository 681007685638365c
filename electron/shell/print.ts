/** Prints a paper with the system's dialog, or makes it a PDF, from a hidden window without preload script. */
import { BrowserWindow } from 'electron'
import { appOrigin } from '../policy/origins.ts'
import { webPreferences } from '../policy/web-preferences.ts'
import type { Backend } from '../rpc/dispatch.ts'
import type { FileDesk } from '../services/file-desk.ts'
import { channels, guarded } from './ipc.ts'
import { paperPath } from './protocol.ts'

export function handlePrint(backend: Backend): void {
  guarded<{ readonly printed: boolean }>(channels.print, (_event, [token]) => printPaper(backend, token), { printed: false })
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

/** A paper as PDF for `Env.toPdf`: on the desk while it is drawn, since a window loads nothing but our own scheme. The page's own @page size counts (A3 registers). */
export async function paperToPdf(files: FileDesk, html: string, signal: AbortSignal): Promise<Uint8Array> {
  const token = files.offer({ name: 'paper.html', mime: 'text/html', bytes: new TextEncoder().encode(html) })
  let stop = (): void => undefined
  // A window that is printing does not always answer once it is closed: the cancel does not wait for it.
  const cancelled = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('cancelled'))
    signal.addEventListener('abort', stop)
  })
  try {
    return await withPaper(token, (window) => Promise.race([window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true }), cancelled]))
  } finally {
    signal.removeEventListener('abort', stop)
    files.drop(token)
  }
}
