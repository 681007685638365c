import { describe, expect, it } from 'vitest'
import { runInWorker, workerUrl, type JobCaps } from '../../../electron/jobs/host.ts'
import type { JobControl } from '../../../electron/services/job-desk.ts'

const entry = new URL('../../host/job-worker.ts', import.meta.url)
const caps: JobCaps = { timeMs: 30_000, memoryMb: 256 }

type Told = Parameters<JobControl['report']>[0]
const watch = (onReport: (told: Told) => void = () => {}) => {
  const abort = new AbortController()
  const told: Told[] = []
  const control: JobControl = {
    signal: abort.signal,
    report(progress) {
      told.push(progress)
      onReport(progress)
    },
  }
  return { abort, told, control }
}
const run = (job: string, control: JobControl, given: Partial<JobCaps> = {}, input: unknown = {}) => runInWorker<unknown, unknown>(job, input, control, { ...caps, ...given }, entry)

describe('runInWorker', () => {
  it('gives the answer, byte arrays as such, the progress, and the injected time', async () => {
    const { control, told } = watch()
    const answer = await run('double', control, { now: 1_000_000 }, { bytes: new Uint8Array([1, 2, 3]) })
    expect(answer).toMatchObject({ ok: true, value: { bytes: new Uint8Array([2, 4, 6]) } })
    const now = (answer as { value: { now: number } }).value.now
    expect(now).toBeGreaterThanOrEqual(1_000_000)
    expect(now).toBeLessThan(1_030_000)
    expect(told).toEqual([{ fraction: 0.5, step: 'half', counts: { rows: 2 } }])
  })

  it('passes a refusal on, returned or thrown', async () => {
    expect(await run('refuse', watch().control)).toEqual({ ok: false, error: { code: 'FILE_DAMAGED', params: { file: 'a.xlsx' } } })
    expect(await run('throwRefusal', watch().control)).toEqual({ ok: false, error: { code: 'FILE_BOMB', params: { file: 'a.xlsx' } } })
  })

  it('rejects on a bug with a message that tells nothing of the data, and on a thread that ends early', async () => {
    await expect(run('bug', watch().control)).rejects.toMatchObject({ name: 'RangeError', message: 'a job failed' })
    await expect(run('exit', watch().control)).rejects.toThrow('worker ended early (3)')
    await expect(run('nobody', watch().control)).rejects.toThrow('a job failed')
  })

  it('cancels work that looks at its checkpoint, work that waits, and work that does neither', async () => {
    for (const job of ['spinPolitely', 'waitPolitely', 'spinDeaf']) {
      const { control, abort } = watch(() => abort.abort())
      // A polite job ends by itself; were it not to, the test would run into the grace of an hour.
      const graceMs = job === 'spinDeaf' ? 50 : 3_600_000
      expect(await run(job, control, { graceMs })).toEqual({ ok: false, error: { code: 'CANCELLED', params: {} } })
    }
  })

  it('starts nothing when it was cancelled before', async () => {
    const { control, abort } = watch()
    abort.abort()
    expect(await run('exit', control)).toMatchObject({ ok: false, error: { code: 'CANCELLED' } })
  })

  it('lets work that is past its point of no return end as it does, whoever cancels; a cancel before it holds there', async () => {
    for (const [job, end] of [['pastReturn', { ok: true, value: 'it counts' }], ['waitAndReturn', { ok: false, error: { code: 'CANCELLED', params: {} } }]] as const) {
      const abort = new AbortController()
      const control: JobControl = { signal: abort.signal, report: ({ step }) => void (step === 'spinning' && abort.abort()) }
      expect(await run(job, control, { graceMs: job === 'pastReturn' ? 0 : 3_600_000 })).toEqual(end)
    }
  })

  it('ends work that takes too long', async () => {
    expect(await run('spinDeaf', watch().control, { timeMs: 300 })).toEqual({ ok: false, error: { code: 'FILE_TIMEOUT', params: { limitSeconds: 0 } } })
  })

  it('ends work that eats the heap or eats byte arrays', async () => {
    const told = { ok: false, error: { code: 'FILE_MEMORY', params: { limitMb: 64 } } }
    expect(await run('eatHeap', watch().control, { memoryMb: 64 })).toEqual(told)
    expect(await run('eatBytes', watch().control, { memoryMb: 64 })).toEqual(told)
  })

  it('strips no types in the thread: two that do so at once can end the process or wait for ever', async () => {
    const answer = await run('loadedByNode', watch().control)
    expect(answer).toMatchObject({ ok: true })
    const loaded = (answer as { value: readonly string[] }).value
    expect(loaded.length).toBeGreaterThan(50)
    expect(loaded.filter((name) => name.includes('amaro'))).toEqual([])
  })

  it('finds the worker beside its own file, in the source and in the bundle', () => {
    expect(workerUrl('file:///a/jobs/host.ts').href).toBe('file:///a/jobs/worker.ts')
    expect(workerUrl('file:///a/dist/main/host-x1.js').href).toBe('file:///a/dist/main/worker.js')
  })
})
