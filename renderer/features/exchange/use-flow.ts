/** One piece of long work of the exchange from its start to its result: held above the page, so that leaving it loses nothing. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import { call } from '../../api/client.ts'
import { followJob, type Job } from '../../api/jobs.ts'
import { dataChanged } from '../../state/data.ts'

export type FlowState = 'idle' | 'preparing' | 'running' | 'done' | 'failed'

export type Flow<T> = {
  readonly state: FlowState
  readonly job: Job | null
  readonly value: T | null
  readonly error: AppError | null
  readonly busy: boolean
  /** `start` puts the work on; `finish` asks for what came of it. Answers the result too, for the step that follows. */
  readonly run: (start: () => Promise<Result<{ readonly job: string }>>, finish: (job: string) => Promise<Result<T>>) => Promise<Result<T>>
  readonly cancel: () => void
  readonly reset: () => void
}

type Held<T> = { readonly state: FlowState; readonly job: Job | null; readonly value: T | null; readonly error: AppError | null }
const nothing = { state: 'idle', job: null, value: null, error: null } as const

/** `writes`: lists ask again when it is done. */
export function useFlow<T>(writes: boolean): Flow<T> {
  const [held, setHeld] = useState<Held<T>>(nothing)
  const alive = useRef(true)
  const running = useRef<string | null>(null)
  useEffect(() => {
    alive.current = true
    return () => {
      alive.current = false
    }
  }, [])
  const run = useCallback<Flow<T>['run']>(async (start, finish) => {
    setHeld({ ...nothing, state: 'preparing' })
    const end = await work(start, finish, running, (job) => alive.current && setHeld({ ...nothing, state: 'running', job }), () => alive.current)
    running.current = null
    if (!alive.current) return end
    setHeld(end.ok ? { ...nothing, state: 'done', value: end.value } : { ...nothing, state: 'failed', error: end.error })
    if (end.ok && writes) dataChanged()
    return end
  }, [writes])
  const cancel = useCallback(() => {
    if (running.current !== null) void call('jobs.cancel', { id: running.current })
  }, [])
  const reset = useCallback(() => setHeld(nothing), [])
  return { ...held, busy: held.state === 'preparing' || held.state === 'running', run, cancel, reset }
}

type Running = { current: string | null }

async function work<T>(start: () => Promise<Result<{ readonly job: string }>>, finish: (job: string) => Promise<Result<T>>, running: Running, onChange: (job: Job) => void, alive: () => boolean): Promise<Result<T>> {
  const started = await start()
  if (!started.ok) return started
  running.current = started.value.job
  const end = await followJob(started.value.job, onChange, alive)
  return end.ok ? finish(started.value.job) : end
}
