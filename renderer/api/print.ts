/** Papers of the file desk to the printer or into a PDF; where a door cannot, the browser's own print dialog over the same page. */
import { ok, type Result } from '../../shared/result.ts'
import { withNonce } from '../components/A4Page.tsx'
import { bridge, call } from './client.ts'
import { readFile, saveFile } from './files.ts'
import { followJob } from './jobs.ts'

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

/** As a PDF file, which the backend draws. `watch` follows the job (progress, cancel). Where the door has no Chromium, the browser's own print dialog makes one. */
export async function savePdf(token: string, watch: (job: string) => Promise<Result<unknown>> = (job) => followJob(job, () => undefined)): Promise<Result<PrintEnd>> {
  const started = await call('papers.pdf', { file: token })
  if (!started.ok) return started.error.code === 'NOT_FOUND' && started.error.params['what'] === 'chromium' ? printInBrowser(token) : started
  const { job } = started.value
  const end = await watch(job)
  if (!end.ok) return end
  const made = await call('papers.pdfResult', { job })
  if (!made.ok) return made
  const saved = await saveFile(made.value.file, made.value.name)
  return saved.ok ? ok({ done: saved.value.saved }) : saved
}
