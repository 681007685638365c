/** The helper of exchange-job.ts: takes the changes of a large package apart while the other thread stores. It needs no database. */
import { ok, type Result } from '../../shared/result.ts'
import { workAhead, type AheadOrder } from '../services/exchange/ahead.ts'
import { sendOver, takeOver } from './link.ts'
import type { WorkerControl } from './protocol.ts'

/** Each a megabyte of changes and as much of what is made of them. */
const blocksAhead = 3

/** Waits until the package is checked. It is ended with the job, whose cancel it need not know. */
export function exchangeAheadJob(_input: null, { link }: WorkerControl): Result<null> {
  if (!link) throw new Error('the taking apart of a package needs somebody to do it for')
  const never = (): void => {}
  workAhead(takeOver<AheadOrder>(link, never), (message, transfer) => sendOver(link, message, never, transfer, blocksAhead))
  return ok(null)
}
