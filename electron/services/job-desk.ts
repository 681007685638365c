/** Long work by id: progress, cancel, result. The work itself runs in a worker thread (electron/jobs); this is only its counter. */
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'

export type JobState = 'running' | 'done' | 'failed' | 'cancelled'
export type JobView = {
  readonly id: string
  readonly kind: string
  readonly version: number
  readonly state: JobState
  readonly fraction: number | null
  readonly step: string
  readonly counts: Readonly<Record<string, number>>
  readonly error: AppError | null
}

/** What the work gets: `report` tells progress; `signal` says that the person cancelled. */
export type JobControl = {
  readonly signal: AbortSignal
  readonly report: (progress: { fraction?: number | null; step?: string; counts?: Readonly<Record<string, number>> }) => void
}

export type JobDesk = {
  /** Starts `work`; a Refusal or Err becomes the job's error, anything else INTERNAL with a ref in the log. */
  start<T>(kind: string, work: (control: JobControl) => Promise<Result<T>>): string
  view(id: string): Result<JobView>
  /** Answers when the job's version passes `after`, or after `maxMs`. */
  wait(id: string, after: number, maxMs: number): Promise<Result<JobView>>
  cancel(id: string): Result<JobView>
  /** The value of a job that is done; NOT_FOUND, BUSY while running, or the job's own error. */
  result<T>(id: string, kind: string): Result<T>
  /** Whether any job is running; with `kind`: one whose kind begins so. */
  busy(kind?: string): boolean
  /** Cancels everything and waits for it (log-out, quit). */
  close(): Promise<void>
}

type Job = { view: JobView; value: unknown; abort: AbortController; waiters: Set<() => void>; done: Promise<void> }

const kept = 50

export function createJobDesk(newId: () => string, onBug: (error: unknown) => AppError): JobDesk {
  const jobs = new Map<string, Job>()
  const change = (job: Job, next: Partial<JobView>): void => {
    job.view = { ...job.view, ...next, version: job.view.version + 1 }
    for (const wake of job.waiters) wake()
    job.waiters.clear()
  }
  const run = async <T>(job: Job, work: (control: JobControl) => Promise<Result<T>>): Promise<void> => {
    const report: JobControl['report'] = (p) => {
      if (job.view.state !== 'running') return
      change(job, { fraction: p.fraction === undefined ? job.view.fraction : p.fraction, step: p.step ?? job.view.step, counts: p.counts ?? job.view.counts })
    }
    try {
      const outcome = await work({ signal: job.abort.signal, report })
      if (outcome.ok) {
        job.value = outcome.value
        change(job, { state: 'done', fraction: 1 })
      } else change(job, { state: outcome.error.code === 'CANCELLED' ? 'cancelled' : 'failed', error: outcome.error })
    } catch (error) {
      const told = onBug(error)
      change(job, { state: told.code === 'CANCELLED' ? 'cancelled' : 'failed', error: told })
    }
  }
  const find = (id: string): Result<Job> => {
    const job = jobs.get(id)
    return job ? ok(job) : err('NOT_FOUND', { what: 'job' })
  }
  return {
    start(kind, work) {
      const id = newId()
      const view: JobView = { id, kind, version: 1, state: 'running', fraction: null, step: 'started', counts: {}, error: null }
      const job: Job = { view, value: undefined, abort: new AbortController(), waiters: new Set(), done: Promise.resolve() }
      jobs.set(id, job)
      for (const [old, entry] of jobs) {
        if (jobs.size <= kept) break
        if (entry.view.state !== 'running') jobs.delete(old)
      }
      job.done = run(job, work)
      return id
    },
    view(id) {
      const job = find(id)
      return job.ok ? ok(job.value.view) : job
    },
    async wait(id, after, maxMs) {
      const job = find(id)
      if (!job.ok) return job
      if (job.value.view.version > after || job.value.view.state !== 'running') return ok(job.value.view)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, maxMs)
        job.value.waiters.add(() => {
          clearTimeout(timer)
          resolve()
        })
      })
      return ok(job.value.view)
    },
    cancel(id) {
      const job = find(id)
      if (!job.ok) return job
      job.value.abort.abort()
      return ok(job.value.view)
    },
    result<T>(id: string, kind: string): Result<T> {
      const job = find(id)
      if (!job.ok) return job
      if (job.value.view.kind !== kind) return err('NOT_FOUND', { what: 'job' })
      if (job.value.view.error) return { ok: false, error: job.value.view.error }
      if (job.value.view.state === 'running') return err('BUSY')
      return ok(job.value.value as T)
    },
    busy: (kind = '') => [...jobs.values()].some((job) => job.view.state === 'running' && job.view.kind.startsWith(kind)),
    async close() {
      for (const job of jobs.values()) if (job.view.state === 'running') job.abort.abort()
      await Promise.all([...jobs.values()].map((job) => job.done))
      jobs.clear()
    },
  }
}
