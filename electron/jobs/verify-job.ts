/** verify.start: chain, projection rebuilt and compared, integrity, attachments. */
import { ok, type Result } from '../../shared/result.ts'
import { openWithKey } from '../store/data-folder.ts'
import type { Verified } from '../services/verify.ts'
import type { WorkerControl } from './protocol.ts'

/** `key`: the raw database key; it lives only in this thread. */
export type VerifyInput = { readonly dir: string; readonly key: Uint8Array }

export function verifyJob({ dir, key }: VerifyInput, control: WorkerControl): Result<Verified> {
  control.report({ step: 'verify.checking' })
  const folder = openWithKey(dir, key, control.env)
  if (!folder.ok) return folder
  try {
    const report = folder.value.store.verify()
    return ok({ ok: report.ok, problems: report.problems.map((problem) => ({ code: problem.split(/[\s:]/, 1)[0] ?? 'PROBLEM', detail: problem })) })
  } finally {
    folder.value.store.close()
  }
}
