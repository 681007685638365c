/** letters.batch: issue in the order of units, then the .docx files and one document to print. Runs in a worker thread with its own connection. */
import { zipSync } from 'fflate'
import { attempt, ok, type Result } from '../../shared/result.ts'
import { batchTexts } from '../services/letters/batch-texts.ts'
import { batchLetters, reopenRefused, runBatch, type BatchLetters } from '../services/letters/batch.ts'
import { mergedPages } from '../services/letters/merged-pages.ts'
import { paperDocx } from '../services/letters/letter-docx.ts'
import { distinctName, drawPaper, typeName } from '../services/letters/papers.ts'
import { officeOf } from '../services/letters/rows.ts'
import type { Account } from '../services/context.ts'
import { openWithKey } from '../store/data-folder.ts'
import type { Store } from '../store/store.ts'
import type { WorkerControl } from './protocol.ts'

/** `key`: the raw database key; it lives only in this thread. `again`: those that were refused are tried once more. */
export type LetterBatchInput = { readonly dir: string; readonly key: Uint8Array; readonly batchId: string; readonly again: boolean; readonly account: Account; readonly today: string }
export type LetterBatchOutput = BatchLetters & { readonly batchId: string } & Drawn
/** `ownTemplate`: ids of letters that are not among the pages. */
type Drawn = { readonly docx: Uint8Array; readonly pages: Uint8Array; readonly ownTemplate: readonly string[] }

/** Progress: half for the issue, half for the papers. CANCELLED keeps what is issued. */
export async function letterBatchJob(input: LetterBatchInput, control: WorkerControl): Promise<Result<LetterBatchOutput>> {
  const folder = openWithKey(input.dir, input.key, control.env)
  if (!folder.ok) return folder
  const { store } = folder.value
  const actor = { account: input.account, env: { today: () => input.today } }
  try {
    const issued = attempt(() => {
      if (input.again) reopenRefused(store, input.batchId, actor)
      runBatch(store, input.batchId, actor, (done, total) => {
        control.checkpoint()
        control.report({ step: 'letters.issuing', fraction: total === 0 ? 0 : done / total / 2, counts: { done, total } })
      })
      return store.read((db) => batchLetters(db, input.batchId, actor))
    })
    if (!issued.ok) return issued
    return ok({ batchId: input.batchId, ...issued.value, ...(await drawAll(store, issued.value, actor, control)) })
  } finally {
    store.close()
  }
}

async function drawAll(store: Store, { letters }: BatchLetters, actor: { readonly account: Account; readonly env: { readonly today: () => string } }, control: WorkerControl): Promise<Drawn> {
  const files: Record<string, Uint8Array> = {}
  const taken = new Set<string>()
  const ownTemplate: string[] = []
  const { organ, office } = store.read((db) => ({ organ: officeOf(db, actor).settings.organ, office: officeOf(db, actor) }))
  const pages = mergedPages(batchTexts(organ, actor.env.today(), letters.length))
  for (const [index, letter] of letters.entries()) {
    control.checkpoint()
    const drawn = store.read((db) => drawPaper(db, letter.id, 'letter', office))
    files[distinctName(drawn.name('docx'), taken)] = await paperDocx(store, drawn)
    const row = { number: letter.number ?? '', type: typeName(letter.type), unit: letter.unit, name: letter.official ?? '' }
    if (drawn.templateId === null) pages.add(drawn.layout, row)
    else {
      pages.leaveOut(row)
      ownTemplate.push(letter.id)
    }
    control.report({ step: 'letters.drawing', fraction: 0.5 + (index + 1) / letters.length / 2, counts: { done: index + 1, total: letters.length } })
  }
  // The .docx are packed already: storing them is faster and no larger.
  return { docx: letters.length === 0 ? new Uint8Array() : zipSync(files, { level: 0 }), pages: new TextEncoder().encode(pages.html()), ownTemplate }
}
