/** Papers of the file desk to the printer or into a PDF: the desktop's way, else the browser's own print dialog over the same page. */
import { ok, type Result } from '../../shared/result.ts'
import { withNonce } from '../components/A4Page.tsx'
import { bridge } from './client.ts'
import { readFile } from './files.ts'

/** `done` null: the browser does not tell whether the person printed. */
export type PrintEnd = { readonly done: boolean | null }

/** A frame of its own, kept until the next print: browsers draw while their dialog is open. */
let frame: HTMLIFrameElement | null = null

async function printInBrowser(token: string): Promise<Result<PrintEnd>> {
  const parts = await readFile(token)
  if (!parts.ok) return parts
  const html = await new Blob([...parts.value]).text()
  frame?.remove()
  const made = document.createElement('iframe')
  frame = made
  made.setAttribute('sandbox', 'allow-same-origin allow-modals')
  made.className = 'print-frame'
  made.setAttribute('aria-hidden', 'true')
  await new Promise<void>((resolve) => {
    made.addEventListener('load', () => resolve(), { once: true })
    made.srcdoc = withNonce(html)
    document.body.append(made)
  })
  made.contentWindow?.print()
  return ok({ done: null })
}

/** Prints an HTML paper. */
export async function printPaper(token: string): Promise<Result<PrintEnd>> {
  const print = bridge()?.print
  return print ? ok({ done: (await print(token)).printed }) : printInBrowser(token)
}

/** As a PDF: the desktop writes it; a browser's print dialog offers it itself. */
export async function savePdf(token: string): Promise<Result<PrintEnd>> {
  const pdf = bridge()?.pdf
  if (!pdf) return printInBrowser(token)
  const { saved, error } = await pdf(token)
  return error === undefined ? ok({ done: saved }) : { ok: false, error }
}
