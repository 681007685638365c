/** 批量签发: many letters checked, issued and drawn as one job that can be stopped and gone on with. */
import { z } from 'zod'
import { count, fileToken, id, isoDate, jobId, millis } from './common.ts'
import { defineEntry } from './define.ts'
import { letterRow } from './letter-schemas.ts'

const startedBatch = z.strictObject({ job: jobId, batchId: id })
/**
 * Letters of any state before the issue are checked and issued on `date`, in the order of units; issued ones are only drawn again. What cannot be issued is
 * refused with its reason, the others go on. A cancelled batch keeps what it has issued: `letters.batchResume` does the rest.
 */
export const lettersBatch = defineEntry({ name: 'letters.batch', input: z.strictObject({ ids: z.array(id).min(1).max(2_000), date: isoDate }), output: startedBatch, access: ['issue'] })
/** Goes on where the batch stopped, and draws all its papers (again). */
export const lettersBatchResume = defineEntry({ name: 'letters.batchResume', input: z.strictObject({ batchId: id }), output: startedBatch, access: ['issue'] })
const refusedLetter = z.strictObject({ letterId: id, code: z.string(), params: z.record(z.string(), z.unknown()) })
const offered = z.strictObject({ file: fileToken, name: z.string() })
/** `docx`: a .zip of the Word files; `pages`: one HTML document, the cover list and every letter's pages, for printing or as PDF. `ownTemplate`: letters (ids) made with the office's own template, which stand on the cover list but not among the pages. Null: nothing to write or print. */
export const lettersBatchResult = defineEntry({
  name: 'letters.batchResult',
  input: z.strictObject({ job: jobId }),
  output: z.strictObject({ batchId: id, letters: z.array(letterRow), refused: z.array(refusedLetter), ownTemplate: z.array(id), docx: offered.nullable(), pages: offered.nullable() }),
  access: 'session',
})
/** Newest first, 50 at most. `done` of `total` letters were issued or refused. `printed…`: the last print of the whole. */
export const lettersBatches = defineEntry({
  name: 'letters.batches',
  input: z.strictObject({}),
  output: z.array(z.strictObject({ id, date: isoDate, startedOn: millis, startedBy: z.string(), total: count, done: count, refused: count, finishedOn: millis.nullable(), printedOn: isoDate.nullable(), printedBy: z.string().nullable() })),
  access: 'session',
})
