/** A call that another connection's write lock refused is made again a little later, so that the window stays free during an import. */
import { err, Refusal, type Result } from '../../shared/result.ts'
import { whenFree } from '../store/busy.ts'
import type { Store } from '../store/store.ts'
import type { DoorName } from './context.ts'

/** How long a door's connection waits for the lock with its thread: below what a person feels. The terminal has nobody to keep waiting. */
export function busyLimit(door: DoorName): { readonly busyMs?: number } {
  return door === 'terminal' ? {} : { busyMs: 25 }
}

/** Up to 60 s; BUSY then. Never again once the call has changed a row: its first half would happen twice. */
export function callWhenFree<T>(store: Store | undefined, call: () => Result<T> | Promise<Result<T>>): Promise<Result<T>> {
  if (store === undefined) return Promise.resolve(call())
  const before = store.changed()
  return whenFree(() => settled(call), () => store.changed() === before)
}

/** A thrown Refusal as a value. */
async function settled<T>(call: () => Result<T> | Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof Refusal) return err(error.code, error.params)
    throw error
  }
}
