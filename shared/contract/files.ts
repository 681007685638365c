/** Files cross every door in chunks under a token, so that no call is large and no renderer ever holds a path. */
import { z } from 'zod'
import { bytes, count, fileToken, jobId, nothing } from './common.ts'
import { defineEntry } from './define.ts'

const maxChunk = 1024 * 1024

/** Opens an upload. Refused at once when `size` is over the cap of 64 MiB. */
export const filesPut = defineEntry({
  name: 'files.put',
  input: z.strictObject({ name: z.string().min(1).max(255), size: count }),
  output: z.strictObject({ token: fileToken }),
  access: 'session',
})
/** `offset` must be what has arrived so far; at most 1 MiB a call. */
export const filesAppend = defineEntry({
  name: 'files.append',
  input: z.strictObject({ token: fileToken, offset: count, bytes: bytes.refine((b) => b.length <= maxChunk) }),
  output: z.strictObject({ received: count }),
  access: 'session',
})
export const filesInfo = defineEntry({
  name: 'files.info',
  input: z.strictObject({ token: fileToken }),
  output: z.strictObject({ name: z.string(), size: count, mime: z.string() }),
  access: 'session',
})
/** Reads a file that the program offers (a letter, an error workbook) or that was uploaded. */
export const filesRead = defineEntry({
  name: 'files.read',
  input: z.strictObject({ token: fileToken, offset: count, length: z.int().min(1).max(maxChunk) }),
  output: z.strictObject({ bytes, size: count }),
  access: 'session',
})
export const filesDrop = defineEntry({ name: 'files.drop', input: z.strictObject({ token: fileToken }), output: nothing, access: 'session' })

/** Long work. `version` grows with every change; `jobs.wait` answers when it passes `after`, or after 20 s at the latest. */
export const jobSchema = z.strictObject({
  id: jobId,
  kind: z.string(),
  version: count,
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** 0–1, or null while it is not known. */
  fraction: z.number().min(0).max(1).nullable(),
  /** Key of a sentence in renderer/text, with its counts. */
  step: z.string(),
  counts: z.record(z.string(), z.number()),
  error: z.strictObject({ code: z.string(), params: z.record(z.string(), z.unknown()), ref: z.string().optional() }).nullable(),
})
export const jobsGet = defineEntry({ name: 'jobs.get', input: z.strictObject({ id: jobId }), output: jobSchema, access: 'public' })
export const jobsWait = defineEntry({ name: 'jobs.wait', input: z.strictObject({ id: jobId, after: count }), output: jobSchema, access: 'public' })
export const jobsCancel = defineEntry({ name: 'jobs.cancel', input: z.strictObject({ id: jobId }), output: jobSchema, access: 'session' })
