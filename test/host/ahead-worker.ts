/** Entry of the worker in the tests of the second thread: the product's exchange beside a helper that says no to whatever it is ordered, or (DUTYDESK_HELPER=deaf) never says anything. */
import { ok } from '../../shared/result.ts'
import { takeOver, sendOver } from '../../electron/jobs/link.ts'
import type { JobRegistry, JobWork } from '../../electron/jobs/protocol.ts'
import { registry as product } from '../../electron/jobs/registry.ts'
import { serve } from '../../electron/jobs/serve.ts'

const never = (): void => {}
const helper: JobWork<null, null> = (_input, { link, report }) => {
  takeOver(link!, never)
  report({ step: 'the helper is asked' })
  if (process.env['DUTYDESK_HELPER'] !== 'deaf') sendOver(link!, { type: 'refused', code: 'DATA_DAMAGED', params: { part: 'asked the helper' } }, never)
  else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  return ok(null)
}

const registry: JobRegistry = { exchange: product['exchange']!, exchangeAhead: () => Promise.resolve(helper as JobWork<never, unknown>) }

await serve(registry)
