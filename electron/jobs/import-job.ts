/** bulletins.import: one workbook read, checked and stored in a thread with its own connection. */
import type { Result } from '../../shared/result.ts'
import { importFile, type ImportDone, type ImportRequest } from '../services/bulletins/import-file.ts'
import { openWithKey } from '../store/data-folder.ts'
import type { WorkerControl } from './protocol.ts'

/** `key`: the raw database key; it lives only in this thread. */
export type ImportInput = { readonly dir: string; readonly key: Uint8Array; readonly request: ImportRequest }

export function importJob({ dir, key, request }: ImportInput, control: WorkerControl): Result<ImportDone> {
  const folder = openWithKey(dir, key, control.env)
  if (!folder.ok) return folder
  // A loop that never awaits learns of the cancel through the shared flag.
  const signal = {
    get aborted(): boolean {
      control.checkpoint()
      return false
    },
  }
  try {
    return importFile(folder.value.store, request, { report: control.report, checkpoint: control.checkpoint, signal })
  } finally {
    folder.value.store.close()
  }
}
