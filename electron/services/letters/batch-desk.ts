/** letters.batch…: starting and resuming the job, its result on the file desk, the list of batches. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { attempt, ok, type Result } from '../../../shared/result.ts'
import { safeFileName } from '../../../shared/text/fileName.ts'
import { runInWorker } from '../../jobs/host.ts'
import type { LetterBatchInput, LetterBatchOutput } from '../../jobs/letter-batch-job.ts'
import type { OpenContext } from '../context.ts'
import { mimeOf } from '../file-desk.ts'
import { batchFile, pagesFile } from './batch-texts.ts'
import { batchOf, listBatches, planBatch } from './batch.ts'

const kind = 'letterBatch'
const memoryMb = 1_024

function start(batchId: string, again: boolean, { jobs, env, account, workerKey }: OpenContext): OutputOf<'letters.batch'> {
  const input: LetterBatchInput = { dir: env.dataDir, key: workerKey, batchId, again, account, today: env.today() }
  return { batchId, job: jobs.start(kind, (control) => runInWorker<LetterBatchInput, LetterBatchOutput>(kind, input, control, { timeMs: null, memoryMb, now: env.now() })) }
}

/** NOT_FOUND, LETTER_STATE {together} at once; the rest is the job's, letter by letter. */
export function startBatch({ ids, date }: ParsedOf<'letters.batch'>, context: OpenContext): Result<OutputOf<'letters.batch'>> {
  return attempt(() => start(planBatch(context.store, ids, date, context), false, context))
}

export function resumeBatch({ batchId }: ParsedOf<'letters.batchResume'>, context: OpenContext): Result<OutputOf<'letters.batchResume'>> {
  return attempt(() => {
    context.store.read((db) => batchOf(db, batchId))
    return start(batchId, true, context)
  })
}

export function batchResult({ job }: ParsedOf<'letters.batchResult'>, { jobs, files, env }: OpenContext): Result<OutputOf<'letters.batchResult'>> {
  const done = jobs.result<LetterBatchOutput>(job, kind)
  if (!done.ok) return done
  const { batchId, letters, refused, docx, pages, ownTemplate } = done.value
  const offer = (stem: string, extension: string, bytes: Uint8Array): { file: string; name: string } | null => {
    if (bytes.length === 0) return null
    const name = safeFileName(stem, extension)
    return { file: files.offer({ name, mime: mimeOf(name), bytes }), name }
  }
  return ok({
    batchId, letters: [...letters], ownTemplate: [...ownTemplate], refused: refused.map((one) => ({ ...one, params: { ...one.params } })), docx: offer(batchFile(env.today(), letters.length), 'zip', docx),
    pages: offer(pagesFile(env.today(), letters.length - ownTemplate.length), 'html', pages),
  })
}

export function batches(context: OpenContext): Result<OutputOf<'letters.batches'>> {
  return ok(context.store.read(listBatches))
}
