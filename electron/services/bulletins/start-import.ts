/** Starts the worker for one file and puts the marked copy on the desk when it is done. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import type { ImportReport } from '../../../shared/contract/bulletins.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { runImport, type ImportInput } from '../../jobs/run-import.ts'
import type { OpenContext } from '../context.ts'
import { mimeOf } from '../file-desk.ts'

export const importJobKind = 'bulletins.import'
/** The caps of the import contract: 60 s, and the memory that 200,000 rows need. */
const caps = { timeMs: 60_000, memoryMb: 1_024 }

/** FILE_TOKEN; everything else is the job's own error. */
export function startImport(input: ParsedOf<'bulletins.import'>, context: OpenContext): Result<OutputOf<'bulletins.import'>> {
  const file = context.files.take(input.file)
  if (!file.ok) return file
  const choice = { kind: input.kind ?? null, period: input.period ?? null, sender: input.sender ?? null, mapping: input.mapping ?? null }
  const request: ImportInput = {
    dir: context.env.dataDir, key: context.workerKey,
    request: { file: { name: file.value.name, bytes: file.value.bytes }, choice, dryRun: input.dryRun, author: context.account.id },
  }
  const job = context.jobs.start<ImportReport>(importJobKind, async (control) => {
    const done = await runImport(request, control, { ...caps, now: context.env.now() })
    if (!done.ok) return done
    const { report, errors } = done.value
    return ok({ ...report, errorFile: errors && context.files.offer({ name: errors.name, mime: mimeOf(errors.name), bytes: errors.bytes }) })
  })
  return ok({ job })
}

export function importResult(input: { readonly job: string }, { jobs }: OpenContext): Result<ImportReport> {
  return jobs.result<ImportReport>(input.job, importJobKind)
}
