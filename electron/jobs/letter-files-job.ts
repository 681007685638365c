/** letters.files: the .docx of many letters in one .zip, drawn in a worker thread. */
import { zipSync } from 'fflate'
import { attempt, ok, type Result } from '../../shared/result.ts'
import { openWithKey } from '../store/data-folder.ts'
import { paperDocx } from '../services/letters/letter-docx.ts'
import { distinctName, drawPaper } from '../services/letters/papers.ts'
import { refuseDisputed } from '../services/letters/disputed.ts'
import { letterOf, officeOf } from '../services/letters/rows.ts'
import type { Account } from '../services/context.ts'
import type { WorkerControl } from './protocol.ts'

/** `key`: the raw database key; it lives only in this thread. */
export type LetterFilesInput = { readonly dir: string; readonly key: Uint8Array; readonly ids: readonly string[]; readonly account: Account; readonly today: string }
export type LetterFilesOutput = { readonly bytes: Uint8Array; readonly count: number; readonly names: readonly string[] }

/** In the order of `ids`; NOT_FOUND stops the whole job: half a batch would be taken for all of it. */
export async function letterFilesJob(input: LetterFilesInput, control: WorkerControl): Promise<Result<LetterFilesOutput>> {
  const folder = openWithKey(input.dir, input.key, control.env)
  if (!folder.ok) return folder
  const { store } = folder.value
  const files: Record<string, Uint8Array> = {}
  const taken = new Set<string>()
  try {
    const ids = [...new Set(input.ids)]
    for (const [index, id] of ids.entries()) {
      control.checkpoint()
      const drawn = attempt(() => store.read((db) => {
        refuseDisputed(db, letterOf(db, id))
        return drawPaper(db, id, 'letter', officeOf(db, { account: input.account, env: { today: () => input.today } }))
      }))
      if (!drawn.ok) return drawn
      files[distinctName(drawn.value.name('docx'), taken)] = await paperDocx(store, drawn.value)
      control.report({ step: 'letters.drawing', fraction: (index + 1) / ids.length, counts: { done: index + 1, total: ids.length } })
    }
  } finally {
    store.close()
  }
  // The .docx are packed already: storing them is faster and no larger.
  return ok({ bytes: zipSync(files, { level: 0 }), count: Object.keys(files).length, names: Object.keys(files) })
}
