/** The typed way to the backend: `call('letters.get', { id })` answers a Result; the types come from the contract. */
import type { Bridge } from '../../shared/contract/bridge.ts'
import type { EntryName, InputOf, OutputOf } from '../../shared/contract/entries.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, type Result } from '../../shared/result.ts'

declare global {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface Window {
    readonly dutydesk?: Bridge
  }
}

export type Caller = <N extends EntryName>(name: N, input: InputOf<N>) => Promise<Result<OutputOf<N>>>

/** Told when the backend says that nobody is logged in any more. */
let onLocked: () => void = () => undefined
export function whenLocked(listener: () => void): void {
  onLocked = listener
}

export const isLockedError = (error: AppError): boolean => error.code === 'LOCKED' || error.code === 'NOT_LOGGED_IN'

export function bridge(): Bridge | null {
  return typeof window === 'undefined' ? null : (window.dutydesk ?? null)
}

export function callerOf(getBridge: () => Pick<Bridge, 'call'> | null): Caller {
  return async <N extends EntryName>(name: N, input: InputOf<N>): Promise<Result<OutputOf<N>>> => {
    const door = getBridge()
    if (door === null) return err('NO_CONNECTION')
    try {
      const answer = await door.call(name, input)
      if (!answer.ok && isLockedError(answer.error)) onLocked()
      // The backend checked the value against the entry's output schema.
      return answer as Result<OutputOf<N>>
    } catch {
      return err('NO_CONNECTION')
    }
  }
}

export const call: Caller = callerOf(bridge)
