/** The worker's side: runs one job of the registry and tells the host how it goes. */
import { randomBytes } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../shared/result.ts'
import type { JobRegistry, JobWork, WorkerControl, WorkerMessage, WorkerStart } from './protocol.ts'

/** Progress goes out at most this often: a message per row would cost more than the row. */
const progressEveryMs = 80

export async function serve(registry: JobRegistry): Promise<void> {
  const port = parentPort
  if (!port) throw new Error('serve() runs in a worker thread')
  const start = workerData as WorkerStart
  const send = (message: WorkerMessage): void => port.postMessage(message)
  const abort = new AbortController()
  port.on('message', () => abort.abort())
  const later: (() => void)[] = []
  try {
    const load = registry[start.job]
    if (!load) throw new Error(`no job ${start.job}`)
    const work = (await load()) as JobWork<unknown, unknown>
    const result = await work(start.input, makeControl(start, abort.signal, send, later))
    send({ type: 'done', result, more: later.length > 0 })
  } catch (error) {
    if (error instanceof Refusal) send({ type: 'done', result: { ok: false, error: { code: error.code, params: error.params } }, more: later.length > 0 })
    else send({ type: 'bug', name: error instanceof Error ? error.name : 'unknown', stack: error instanceof Error ? (error.stack ?? '') : '' })
  } finally {
    for (const one of later) one()
    port.close()
  }
}

function makeControl(start: WorkerStart, signal: AbortSignal, send: (message: WorkerMessage) => void, later: (() => void)[]): WorkerControl {
  const began = performance.now()
  let told = -progressEveryMs
  let lastStep: string | undefined
  return {
    signal,
    report(progress) {
      const at = performance.now()
      const newStep = progress.step !== undefined && progress.step !== lastStep
      if (!newStep && at - told < progressEveryMs) return
      told = at
      lastStep = progress.step ?? lastStep
      send({ type: 'progress', progress })
    },
    checkpoint() {
      if (Atomics.load(start.stop, 0) === 1) throw new Refusal('CANCELLED')
    },
    noReturn() {
      if (Atomics.compareExchange(start.stop, 0, 0, 2) === 1) throw new Refusal('CANCELLED')
    },
    env: { now: () => start.now + Math.floor(performance.now() - began), random: (n) => randomBytes(n) },
    afterwards: (work) => void later.push(work),
    ...(start.link && { link: start.link }),
  }
}
