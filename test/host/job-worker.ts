/** Entry of the worker in the tests of jobs/host: the product's serve() with jobs that behave badly on purpose. */
import { ok, err, Refusal } from '../../shared/result.ts'
import type { JobRegistry, JobWork } from '../../electron/jobs/protocol.ts'
import { serve } from '../../electron/jobs/serve.ts'

const job = <I, O>(work: JobWork<I, O>) => () => Promise.resolve(work as JobWork<never, unknown>)

const registry: JobRegistry = {
  double: job((input: { readonly bytes: Uint8Array }, control) => {
    control.report({ fraction: 0.5, step: 'half', counts: { rows: 2 } })
    return ok({ bytes: input.bytes.map((value) => value * 2), now: control.env.now() })
  }),
  refuse: job(() => err('FILE_DAMAGED', { file: 'a.xlsx' })),
  throwRefusal: job(() => {
    throw new Refusal('FILE_BOMB', { file: 'a.xlsx' })
  }),
  bug: job(() => {
    throw new RangeError('张三 is a name that must not be told')
  }),
  exit: job(() => process.exit(3)),
  loadedByNode: job(() => ok((process as unknown as { readonly moduleLoadList: readonly string[] }).moduleLoadList)),
  spinPolitely: job((_input, control) => {
    control.report({ step: 'spinning' })
    for (;;) control.checkpoint()
  }),
  waitPolitely: job(async (_input, control) => {
    control.report({ step: 'spinning' })
    await new Promise<void>((resolve) => control.signal.addEventListener('abort', () => resolve()))
    return err('CANCELLED')
  }),
  waitAndReturn: job(async (_input, control) => {
    control.report({ step: 'spinning' })
    await new Promise<void>((resolve) => control.signal.addEventListener('abort', () => resolve()))
    control.noReturn()
    return ok(null)
  }),
  pastReturn: job((_input, control) => {
    control.noReturn()
    control.report({ step: 'spinning' })
    // Time for a cancel to do what it must not.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    control.checkpoint()
    return ok('it counts')
  }),
  spinDeaf: job((_input, control) => {
    control.report({ step: 'spinning' })
    for (;;);
  }),
  eatHeap: job(() => {
    const kept: string[][] = []
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => `row ${index} ${kept.length}`))
  }),
  eatBytes: job(() => {
    const kept: Uint8Array[] = []
    for (;;) if (kept.length < 600) kept.push(new Uint8Array(1024 * 1024).fill(1))
  }),
}

await serve(registry)
