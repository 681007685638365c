/** Starts a job in a worker thread, under caps of time and memory, and passes progress and cancel on. */
import { Worker } from 'node:worker_threads'
import { err, type Result } from '../../shared/result.ts'
import type { ErrorCode, ErrorParams } from '../../shared/errors.ts'
import type { JobControl } from '../services/job-desk.ts'
import { makeLink } from './link.ts'
import type { WorkerMessage, WorkerStart } from './protocol.ts'
import { answerTypes, hookArguments } from './source-types.ts'

export type JobCaps = {
  /** FILE_TIMEOUT after so many ms; null for work that may take its time (verify). */
  readonly timeMs: number | null
  /** FILE_MEMORY above so many MiB, JavaScript heap and byte arrays each. */
  readonly memoryMb: number
  /** The clock of the worker starts here (ms since 1970); the machine's clock when absent. */
  readonly now?: number
  /** How long the work may go on after cancel before the thread is ended. */
  readonly graceMs?: number
}

/** A second job in a thread of its own that works for the first one through a link (link.ts). The same caps hold for it. `youngMb`: as below, of each of the two. */
export type Helper = { readonly job: string; readonly input: unknown; readonly youngMb?: { readonly worker: number; readonly helper: number } }

/** Three semi-spaces. Where one thread does everything, 96 take a fifth of the processor time of a million writes away, 192 another 3 % for 100 MB. */
export const youngMb = 192
/** Of each thread when there are two: more speeds little up and counts twice. */
const helpedYoungMb = { worker: 24, helper: 24 }

/** Byte arrays live outside the heap that `resourceLimits` watches. */
const watchEveryMs = 250

/** Source runs by type stripping; in the bundle the worker lies beside the chunk that holds this file. */
export function workerUrl(here: string = import.meta.url): URL {
  return new URL(here.endsWith('.ts') ? './worker.ts' : './worker.js', here)
}

/**
 * Runs `jobName` of electron/jobs/registry.ts. `input` is cloned into the thread; a database key in it lives only there and is never logged.
 * CANCELLED, FILE_TIMEOUT, FILE_MEMORY, or what the job itself refuses; a bug in the job or its helper rejects.
 */
export function runInWorker<TIn, TOut>(jobName: string, input: TIn, control: JobControl, caps: JobCaps, entry: URL = workerUrl(), helper?: Helper): Promise<Result<TOut>> {
  if (control.signal.aborted) return Promise.resolve(err('CANCELLED'))
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const start = { now: caps.now ?? Date.now(), stop }
  const link = helper && makeLink()
  const young = helper ? (helper.youngMb ?? helpedYoungMb) : { worker: youngMb, helper: 0 }
  const begin = (one: WorkerStart, mb: number): Worker => {
    const types = entry.pathname.endsWith('.ts') ? answerTypes() : null
    return new Worker(entry, {
      workerData: types ? { ...one, types } : one,
      transferList: [one.link?.port, types?.port].filter((port) => port !== undefined),
      // Flags of the host (a test runner's loader, an inspector) do not belong in the worker.
      execArgv: types ? hookArguments() : [],
      name: one.job,
      // A young generation that holds a batch of rows: they die there instead of being copied about.
      resourceLimits: { maxOldGenerationSizeMb: caps.memoryMb, maxYoungGenerationSizeMb: Math.min(mb, caps.memoryMb / 4), stackSizeMb: 8 },
    })
  }
  const worker = begin({ ...start, job: jobName, input, ...(link && { link: link.worker }) }, young.worker)
  const helpers = helper && link ? [begin({ ...start, job: helper.job, input: helper.input, link: link.helper }, young.helper)] : []
  return settle<TOut>([worker, ...helpers], stop, control, caps)
}

/** The first of `workers` gives the result; all of them end with it. */
function settle<TOut>(workers: readonly Worker[], stop: Int32Array, control: JobControl, caps: JobCaps): Promise<Result<TOut>> {
  return new Promise((resolve, reject) => {
    const timers: NodeJS.Timeout[] = []
    let over = false
    /** `goesOn`: the first worker ends by itself, behind everybody's back. */
    const finish = (act: () => void, goesOn = false): void => {
      if (over) return
      over = true
      for (const timer of timers) clearTimeout(timer)
      control.signal.removeEventListener('abort', cancel)
      // Settled only when the threads are gone, their connections closed and their locks free; one that goes on has no lock that keeps anybody from writing.
      void Promise.all(workers.slice(goesOn ? 1 : 0).map((one) => one.terminate())).then(act)
    }
    const refuse = (code: ErrorCode, params: ErrorParams = {}): void => finish(() => resolve(err(code, params)))
    const after = (ms: number, act: () => void): void => void timers.push(setTimeout(act, ms))
    const cancel = (): void => {
      if (Atomics.compareExchange(stop, 0, 0, 1) === 2) return
      for (const one of workers) one.postMessage('cancel')
      after(caps.graceMs ?? 3_000, () => refuse('CANCELLED'))
    }
    control.signal.addEventListener('abort', cancel)
    if (caps.timeMs !== null) after(caps.timeMs, () => refuse('FILE_TIMEOUT', { limitSeconds: Math.round(caps.timeMs! / 1000) }))
    for (const [index, worker] of workers.entries()) {
      timers.push(watchMemory(worker, caps.memoryMb, () => refuse('FILE_MEMORY', { limitMb: caps.memoryMb })))
      worker.on('message', (message: WorkerMessage) => {
        if (over) return
        if (message.type === 'progress') control.report(message.progress)
        else if (message.type === 'bug') finish(() => reject(workerBug(message.name, message.stack)))
        else if (index === 0) finish(() => resolve(message.result as Result<TOut>), message.more)
      })
      worker.on('error', (error: Error & { code?: string }) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') refuse('FILE_MEMORY', { limitMb: caps.memoryMb })
        else finish(() => reject(error))
      })
      worker.on('exit', (code) => {
        if (index === 0 || code !== 0) finish(() => reject(new Error(`worker ended early (${code})`)))
      })
    }
  })
}

function workerBug(name: string, stack: string): Error {
  const error = new Error('a job failed')
  error.name = name
  error.stack = stack
  return error
}

function watchMemory(worker: Worker, memoryMb: number, onOver: () => void): NodeJS.Timeout {
  return setInterval(() => {
    worker.getHeapStatistics().then(
      (heap) => {
        if (heap.external_memory > memoryMb * 1024 * 1024) onOver()
      },
      // The thread has just ended: its own end is told by 'exit'.
      () => {},
    )
  }, watchEveryMs)
}
