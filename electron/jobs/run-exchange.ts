/** The host's side of the long work of the exchange. */
import { stat } from 'node:fs/promises'
import type { Result } from '../../shared/result.ts'
import type { JobControl } from '../services/job-desk.ts'
import type { ExchangeInput } from './exchange-job.ts'
import { runInWorker, workerUrl, type Helper, type JobCaps } from './host.ts'

/** Of the file: what is in it is known only when it is checked. Changes of so many bytes take ten seconds on a slow machine. An everyday package is smaller; one with scans in it may have a helper for nothing, which costs it little. */
const helpedBytes = 8 * 1024 * 1024

/** A million writes: 43 s and 550 MB in all; with half as much each 47 s and 500 MB. */
const helper: Helper = { job: 'exchangeAhead', input: null, youngMb: { worker: 96, helper: 48 } }

/** As runInWorker. A big package is taken apart in a second thread, while the first one stores. */
export async function runExchange<TOut>(input: ExchangeInput, control: JobControl, caps: JobCaps, entry: URL = workerUrl(), helpedFrom: number = helpedBytes): Promise<Result<TOut>> {
  const big = 'path' in input.task && (await bytesOf(input.task.path)) >= helpedFrom
  return runInWorker<ExchangeInput, TOut>('exchange', input, control, caps, entry, ...(big ? [helper] : []))
}

/** Whatever is wrong with the file the job says. */
async function bytesOf(path: string): Promise<number> {
  return stat(path).then((file) => file.size, () => 0)
}
