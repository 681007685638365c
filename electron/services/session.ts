/** One person at this program at a time: the data folder is opened by log-in and locked again by log-out or idleness. */
import type { Result } from '../../shared/result.ts'
import type { KeySlots } from '../store/data-folder.ts'
import type { Store } from '../store/store.ts'
import type { Account } from './context.ts'

export type SetUp = { readonly demo?: true; readonly organ: string; readonly code: string; readonly unit?: string | undefined; readonly account: string; readonly password: string }
export type SetUpDone = { readonly origin: string; readonly group: string; readonly organ: string; readonly code: string; readonly recoveryCode: string; readonly escrowKey: string }

/** `recoveryCode`: of a folder that was made just now; it is shown this once. */
export type Requested = { readonly store: Store; readonly recoveryCode: string | null }

export type Session = {
  /** The open store and its person, or null while locked. Ends by itself when idle for longer than the setting. */
  current(): { readonly store: Store; readonly account: Account; readonly workerKey: Uint8Array } | null
  /** The key slots of the open folder, for the accounts' service; null while locked. */
  keys(): KeySlots | null
  folder(): 'empty' | 'ours'
  accountNames(): readonly string[]
  /** CRYPTO_BROKEN, as from all that open or make a folder: then nothing was made. */
  setUp(input: SetUp): Promise<Result<SetUpDone>>
  /** An empty folder with keys of its own that waits to join a group; logged in. ALREADY_SET_UP unless it is such a folder already: then without the code. */
  request(input: { readonly account: string; readonly password: string }): Promise<Result<Requested>>
  /** WRONG_PASSWORD, TOO_MANY_TRIES, ACCOUNT_DISABLED, DATA_NEWER, DATA_DAMAGED, CRYPTO_BROKEN. */
  logIn(account: string, password: string): Promise<Result<Account>>
  recover(recoveryCode: string, account: string, newPassword: string): Promise<Result<Account>>
  changePassword(oldPassword: string, newPassword: string): Promise<Result<null>>
  /** A person is there: the idle clock starts anew. */
  touch(): void
  /** Closes the store, empties the desks. */
  lock(): Promise<void>
}
