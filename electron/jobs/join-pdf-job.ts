/** papers.pdf, its last step: the parts that Chromium drew become one file. In a worker thread: it is a second of pure computing. */
import { ok, type Result } from '../../shared/result.ts'
import { joinPdf } from '../documents/join-pdf.ts'
import type { WorkerControl } from './protocol.ts'

export type JoinPdfInput = { readonly parts: readonly Uint8Array[]; readonly title: string }

export async function joinPdfJob({ parts, title }: JoinPdfInput, control: WorkerControl): Promise<Result<Uint8Array>> {
  const bytes = await joinPdf(parts, title, (done) => {
    control.checkpoint()
    control.report({ counts: { done, total: parts.length } })
  })
  return ok(bytes)
}
