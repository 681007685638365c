/**
 * papers.pdf. A batch is drawn in parts of some letters, two at a time, and joined: each part is real progress, a cancel waits for none of them, and what is drawn
 * stays on the desk, so that the next try only draws what is missing. Nothing of it outlives the log-in.
 */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { runInWorker } from '../../jobs/host.ts'
import type { JoinPdfInput } from '../../jobs/join-pdf-job.ts'
import type { Context, Env } from '../context.ts'
import { mimeOf, type FileDesk } from '../file-desk.ts'
import type { JobControl } from '../job-desk.ts'
import { splitPages, type PagesPart } from './split-pages.ts'

const kind = 'paperPdf'
/** Every part embeds its typefaces anew, which costs as much as 20 letters: fewer are slower, more say too little. */
export const lettersAtOnce = 40
const lanes = 2
const memoryMb = 1_024
/** The share of the joining, as measured. */
const joining = 0.1

type Pdf = { readonly name: string; readonly bytes: Uint8Array }
/** What a paper's PDF has so far, as tokens of the desk; a desk short of room may drop some, which are then drawn again. */
type Begun = { readonly paper: string; readonly parts: Map<number, string> }
const begun = new WeakMap<FileDesk, Begun>()

/** Of one paper at a time. */
function partsOf(files: FileDesk, paper: string): Map<number, string> {
  const known = begun.get(files)
  if (known?.paper === paper) return known.parts
  for (const token of known?.parts.values() ?? []) files.drop(token)
  const parts = new Map<number, string>()
  begun.set(files, { paper, parts })
  return parts
}

export function startPdf({ file }: ParsedOf<'papers.pdf'>, { files, jobs, env }: Context): Result<OutputOf<'papers.pdf'>> {
  const paper = files.take(file)
  if (!paper.ok) return paper
  const { name, mime, bytes } = paper.value
  const pages = mime === 'text/html' ? splitPages(new TextDecoder().decode(bytes), lettersAtOnce) : null
  if (pages === null) return err('FILE_WRONG_KIND', { file: name })
  const { withPdf } = env
  if (!withPdf) return err('NOT_FOUND', { what: 'chromium' })
  const stem = name.replace(/\.html$/u, '')
  return ok({
    job: jobs.start(kind, async (control) => {
      const drawn = await drawParts(pages, partsOf(files, file), files, withPdf, control)
      if (!drawn.ok) return drawn
      const whole = await join(drawn.value, stem, env, control)
      return whole.ok ? ok<Pdf>({ name: `${stem}.pdf`, bytes: whole.value }) : whole
    }),
  })
}

async function drawParts(pages: readonly PagesPart[], kept: Map<number, string>, files: FileDesk, withPdf: NonNullable<Env['withPdf']>, control: JobControl): Promise<Result<readonly Uint8Array[]>> {
  const parts = pages.map((_, index) => {
    const found = files.take(kept.get(index) ?? '')
    return found.ok ? found.value.bytes : null
  })
  const total = Math.max(1, pages.reduce((sum, page) => sum + page.letters, 0))
  const done = (): number => Math.min(total, pages.reduce((sum, page, index) => sum + (parts[index] === null ? 0 : Math.max(1, page.letters)), 0))
  const tell = (): void => control.report({ step: 'papers.pages', fraction: (done() / total) * (1 - joining), counts: { done: done(), total } })
  const waiting = pages.map((_, index) => index).filter((index) => parts[index] === null).values()
  // The first failure ends the other lane too: its window or process must not outlive the job.
  const stop = new AbortController()
  const signal = AbortSignal.any([control.signal, stop.signal])
  const lane = (): Promise<void> => withPdf(signal, async (draw) => {
    for (const index of waiting) {
      signal.throwIfAborted()
      const bytes = await draw(pages[index]!.html)
      parts[index] = bytes
      kept.set(index, files.offer({ name: 'part.pdf', mime: mimeOf('part.pdf'), bytes }))
      tell()
    }
  })
  tell()
  const missing = parts.filter((part) => part === null).length
  const ends = await Promise.allSettled(Array.from({ length: Math.min(lanes, missing) }, () => lane().catch((error: unknown) => {
    stop.abort()
    throw error
  })))
  if (control.signal.aborted) return err('CANCELLED')
  if (ends.some((end) => end.status === 'rejected')) return err('PDF_FAILED', { done: done(), total })
  return ok(parts.filter((part) => part !== null))
}

async function join(parts: readonly Uint8Array[], title: string, env: Env, control: JobControl): Promise<Result<Uint8Array>> {
  const [only] = parts
  if (parts.length === 1 && only) return ok(only)
  const report: JobControl['report'] = ({ counts = {} }) => control.report({ step: 'papers.joining', fraction: 1 - joining + joining * ((counts['done'] ?? 0) / parts.length), counts: {} })
  report({})
  return runInWorker<JoinPdfInput, Uint8Array>('joinPdf', { parts, title }, { signal: control.signal, report }, { timeMs: null, memoryMb, now: env.now() })
}

export function pdfResult({ job }: ParsedOf<'papers.pdfResult'>, { jobs, files }: Context): Result<OutputOf<'papers.pdfResult'>> {
  const done = jobs.result<Pdf>(job, kind)
  if (!done.ok) return done
  const { name, bytes } = done.value
  return ok({ file: files.offer({ name, mime: mimeOf(name), bytes }), name })
}
