/** What host and worker say to each other. */
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { JobControl } from '../services/job-desk.ts'
import type { LinkEnd } from './link.ts'

/** The world of a worker: its clock starts at the host's injected time. */
export type WorkerEnv = { readonly now: () => number; readonly random: (bytes: number) => Uint8Array }

export type WorkerControl = JobControl & {
  /** For loops that never await: throws a Refusal CANCELLED once the person has cancelled. Cheap enough for every row. */
  readonly checkpoint: () => void
  /** As checkpoint, and the last one: from here on a cancel comes too late, and the job ends as if nobody had cancelled. */
  readonly noReturn: () => void
  readonly env: WorkerEnv
  /** Work that nobody waits for, done once the result is out: the job is over for everybody else. */
  readonly afterwards: (work: () => void) => void
  /** To the helper, or to the worker that this one helps. */
  readonly link?: LinkEnd
}

/** The work of one job. A Refusal or Err becomes the job's error; any other throw is a bug. */
export type JobWork<I, O> = (input: I, control: WorkerControl) => Result<O> | Promise<Result<O>>

/** Loaders, so that a worker loads only what its job needs. */
export type JobRegistry = Readonly<Record<string, () => Promise<JobWork<never, unknown>>>>

/** `stop[0]` becomes 1 on cancel, which code that never awaits sees too, or 2 where it is too late for one. */
export type WorkerStart = { readonly job: string; readonly input: unknown; readonly now: number; readonly stop: Int32Array; readonly link?: LinkEnd }

/** `more`: the thread goes on with what nobody waits for, and ends by itself. */
export type WorkerMessage =
  | { readonly type: 'progress'; readonly progress: Parameters<JobControl['report']>[0] }
  | { readonly type: 'done'; readonly result: { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: AppError }; readonly more: boolean }
  | { readonly type: 'bug'; readonly name: string; readonly stack: string }
