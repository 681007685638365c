/** exchange.*: packages written and read in a thread with its own connection. */
import { Refusal, type Result } from '../../shared/result.ts'
import type { Ahead, AheadMessage } from '../services/exchange/ahead.ts'
import { doTask, type Task } from '../services/exchange/work.ts'
import type { Account, Env } from '../services/context.ts'
import { attemptAsync } from '../store/attempt-async.ts'
import { openWithKey } from '../store/data-folder.ts'
import { sendOver, takeOver, type LinkEnd } from './link.ts'
import type { WorkerControl } from './protocol.ts'

/** What of the door's Env can be cloned; clock and random bytes are the worker's own. */
export type World = Pick<Env, 'door' | 'version' | 'dataDir' | 'machine' | 'machineParts' | 'witnessDir'> & { readonly today: string }
/** `key`: the raw database key; it lives only in this thread. */
export type ExchangeInput = { readonly key: Uint8Array; readonly world: World; readonly account: Account; readonly task: Task }

/** Another program's import is waited for this long. */
const busyMs = 60_000
/** A large package writes all over the indexes: a million writes take a tenth longer with 72, no less with 400, and then 1,040 MB in all; 768 MB is the limit. */
export const exchangeCacheMb = 96

export async function exchangeJob({ key, world, account, task }: ExchangeInput, control: WorkerControl): Promise<Result<unknown>> {
  const folder = openWithKey(world.dataDir, key, control.env, { busyMs, cacheMb: exchangeCacheMb, tidyLater: true })
  if (!folder.ok) return folder
  const { store } = folder.value
  control.afterwards(() => {
    store.tidy()
    store.close()
  })
  const env: Env = { ...world, today: () => world.today, now: control.env.now, random: control.env.random, log: () => {} }
  try {
    return await attemptAsync(() => doTask(task, { env, store, account, control, ...(control.link && { ahead: aheadOf(control.link) }) }))
  } catch (error) {
    // A cancel may come out of a library's stream as the reason of its end.
    if (control.signal.aborted) throw new Refusal('CANCELLED')
    throw error
  }
}

function aheadOf(link: LinkEnd): Ahead {
  return { order: (order) => sendOver(link, order, () => {}), next: (checkpoint) => takeOver<AheadMessage>(link, checkpoint) }
}
