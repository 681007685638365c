/** Prints a paper with the system's dialog, or makes it a PDF, from a hidden window without preload script. */
import { BrowserWindow } from 'electron'
import { appOrigin } from '../policy/origins.ts'
import { webPreferences } from '../policy/web-preferences.ts'
import type { Backend } from '../rpc/dispatch.ts'
import type { DrawPdf } from '../services/context.ts'
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

const addressOf = (token: string): string => `${appOrigin}${paperPath}${encodeURIComponent(token)}`

function hiddenWindow(): BrowserWindow {
  const { preload: _none, ...preferences } = webPreferences('')
  return new BrowserWindow({ show: false, webPreferences: { ...preferences, javascript: false } })
}

async function printPaper(backend: Backend, token: unknown): Promise<{ readonly printed: boolean }> {
  if (paperName(backend, token) === null) return { printed: false }
  const window = hiddenWindow()
  try {
    await window.loadURL(addressOf(String(token)))
    return await new Promise((resolve) => {
      window.webContents.print({ silent: false, printBackground: true, pageSize: 'A4', margins: { marginType: 'none' } }, (printed) => resolve({ printed }))
    })
  } finally {
    window.destroy()
  }
}

/** `Env.withPdf`: one hidden window for all. A paper is on the desk while it is drawn, since a window loads nothing but our own scheme. The page's own @page size counts (A3 registers). */
export async function withPdf(files: FileDesk, signal: AbortSignal, work: (draw: DrawPdf) => Promise<void>): Promise<void> {
  const window = hiddenWindow()
  // A window that is printing does not always answer once it is closed: the cancel does not wait for it.
  const cancelled = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('cancelled')), { once: true }))
  cancelled.catch(() => undefined)
  try {
    await work(async (html) => {
      const token = files.offer({ name: 'paper.html', mime: 'text/html', bytes: new TextEncoder().encode(html) })
      try {
        await Promise.race([window.loadURL(addressOf(token)), cancelled])
        return await Promise.race([window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true }), cancelled])
      } finally {
        files.drop(token)
      }
    })
  } finally {
    window.destroy()
  }
}
