/** Long work: follows a job by jobs.wait until it ends, tells its progress, and can cancel it. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { OutputOf } from '../../shared/contract/entries.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { call, type Caller } from './client.ts'

export type Job = OutputOf<'jobs.wait'>

/** The last view of the job: done, or an error (its own, or CANCELLED with how far it had come). `alive` false stops the following, not the job. */
export async function followJob(id: string, onChange: (job: Job) => void, alive: () => boolean = () => true, send: Caller = call): Promise<Result<Job>> {
  let after = 0
  while (alive()) {
    const answer = await send('jobs.wait', { id, after })
    if (!answer.ok) return answer
    const job = answer.value
    after = job.version
    onChange(job)
    if (job.state === 'done') return ok(job)
    if (job.state === 'cancelled') return err('CANCELLED', { ...job.counts })
    if (job.state === 'failed') return { ok: false, error: (job.error ?? { code: 'INTERNAL', params: {} }) as AppError }
  }
  return err('CANCELLED')
}

export type JobFollower = {
  readonly job: Job | null
  readonly running: boolean
  readonly follow: (id: string) => Promise<Result<Job>>
  readonly cancel: () => Promise<void>
}

/** One job at a time for a page. Leaving the page stops the following; the work goes on unless it was cancelled. */
export function useJob(): JobFollower {
  const [job, setJob] = useState<Job | null>(null)
  const alive = useRef(true)
  const id = useRef<string | null>(null)
  useEffect(() => {
    alive.current = true
    return () => {
      alive.current = false
    }
  }, [])
  const follow = useCallback(async (jobId: string): Promise<Result<Job>> => {
    id.current = jobId
    const end = await followJob(jobId, (view) => alive.current && setJob(view), () => alive.current)
    id.current = null
    if (alive.current) setJob(null)
    return end
  }, [])
  const cancel = useCallback(async (): Promise<void> => {
    if (id.current !== null) await call('jobs.cancel', { id: id.current })
  }, [])
  return { job, running: job !== null, follow, cancel }
}
