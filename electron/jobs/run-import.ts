/** The host's side of bulletins.import. */
import type { Result } from '../../shared/result.ts'
import type { ImportDone, ImportRequest } from '../services/bulletins/import-file.ts'
import type { JobControl } from '../services/job-desk.ts'
import { runInWorker, workerUrl, type JobCaps } from './host.ts'

/** `key`: the raw database key; it lives only in the threads of the job. */
export type ImportInput = { readonly dir: string; readonly key: Uint8Array; readonly request: ImportRequest }

/** Below this a second thread costs more than it saves. */
const helpedBytes = 1024 * 1024

/** As runInWorker. A big file is read and checked in a second thread, while the first one stores. */
export function runImport(input: ImportInput, control: JobControl, caps: JobCaps, entry: URL = workerUrl(), helpedFrom: number = helpedBytes): Promise<Result<ImportDone>> {
  const { file, dryRun } = input.request
  if (dryRun || file.bytes.length < helpedFrom) return runInWorker<ImportInput, ImportDone>('import', input, control, caps, entry)
  const shared = { ...input, request: { ...input.request, file: { ...file, bytes: inSharedMemory(file.bytes) } } }
  return runInWorker<ImportInput, ImportDone>('import', shared, control, caps, entry, { job: 'importRows', input: shared })
}

/** Both threads read the same copy. */
function inSharedMemory(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
  shared.set(bytes)
  return shared
}
