/** Checks of the whole data folder: chain, projection, integrity, attachments; digest and dump for comparisons. */
import { err, ok, type Result } from '../../shared/result.ts'
import type { ErrorParams } from '../../shared/errors.ts'
import { runInWorker } from '../jobs/host.ts'
import type { VerifyInput } from '../jobs/verify-job.ts'
import type { OpenContext } from './context.ts'

export type Verified = { ok: boolean; problems: { code: string; detail: string }[] }

const jobKind = 'verify'

/** A job without a time cap: a large folder takes as long as it takes, and can be cancelled. */
export function startVerify({ jobs, env, workerKey }: OpenContext): Result<{ job: string }> {
  const input: VerifyInput = { dir: env.dataDir, key: workerKey }
  return ok({ job: jobs.start(jobKind, (control) => runInWorker<VerifyInput, Verified>(jobKind, input, control, { timeMs: null, memoryMb: 1024, now: env.now() })) })
}

export function verifyResult(job: string, { jobs }: OpenContext): Result<Verified> {
  return jobs.result<Verified>(job, jobKind)
}

export function digest({ store }: OpenContext): Result<{ scopes: Record<string, string> }> {
  return ok({ scopes: { ...store.digest() } })
}

type Dump = Record<string, Record<string, unknown>[]>

/** The canonical document of the visible records. BUSY {field} when it is too large for one answer: the terminal streams such a folder. */
export function dump({ store }: OpenContext): Result<Dump> {
  const parts: string[] = []
  let length = 0
  for (const part of store.dump()) {
    length += part.length
    if (length > maxDump) return err('FILE_TOO_LARGE', dumpParams)
    parts.push(part)
  }
  return ok(JSON.parse(parts.join('')) as Dump)
}

/** Below the longest string that V8 can hold. */
const maxDump = 400_000_000
const dumpParams: ErrorParams = { file: 'dump', limitMb: 400 }
