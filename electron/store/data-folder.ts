/** The data folder: dutydesk.db (encrypted), keys.json (its wrapped key), blobs/. */
import type { Result } from '../../shared/result.ts'
import type { Store, StoreEnv, WriteTx } from './store.ts'

export type FolderState = 'empty' | 'ours' | 'foreign' | 'newer'

export type SlotInfo = { readonly account: string; readonly name: string }

/** The wrapped keys of this machine. Every change re-wraps 32 bytes and replaces keys.json atomically. */
export type KeySlots = {
  list(): readonly SlotInfo[]
  /** ACCOUNT_EXISTS when the id or the name has a slot. */
  add(account: string, name: string, password: string): Promise<Result<null>>
  /** LAST_ADMIN when it is the only slot. */
  remove(account: string): Result<null>
  rename(account: string, name: string): Result<null>
  /** Without the old password: the caller has checked it with `check`, or is an administrator. */
  setPassword(account: string, password: string): Promise<Result<null>>
  /** The account id, or WRONG_PASSWORD. */
  check(name: string, password: string): Promise<Result<string>>
  /** Replaces the recovery code; the old one stops working. */
  newRecoveryCode(): Promise<string>
}

export type DataFolder = {
  readonly dir: string
  readonly store: Store
  readonly keys: KeySlots
  /** The raw database key, for worker threads that open the folder themselves with `openWithKey`. */
  readonly key: Uint8Array
}

export type CreateOptions = {
  readonly env: StoreEnv
  readonly account: { readonly id: string; readonly name: string; readonly password: string }
  /** Writes organ, settings, rules … in the same first action. The account row (all roles) is already there. */
  readonly first?: (tx: WriteTx) => void
}

export type Credentials = { readonly account: string; readonly password: string } | { readonly recoveryCode: string }

export declare function folderState(dir: string): FolderState
/** The accounts with a key slot, for the log-in screen: readable without a password. Empty when there is no data folder. */
export declare function slotNames(dir: string): readonly SlotInfo[]
/** ALREADY_SET_UP, DATA_NOT_OURS, DISK_*. `recoveryCode` is shown once and stored nowhere. */
export declare function createDataFolder(dir: string, options: CreateOptions): Promise<Result<DataFolder & { readonly recoveryCode: string }>>
/** `account` is the account's name. NOT_SET_UP, WRONG_PASSWORD, WRONG_RECOVERY_CODE, DATA_NEWER, DATA_DAMAGED, DISK_*. `accountId` is null with a recovery code. */
export declare function openDataFolder(
  dir: string, credentials: Credentials, env: StoreEnv,
): Promise<Result<DataFolder & { readonly accountId: string | null }>>
/** For worker threads: the key came from a folder that is already open. */
export declare function openWithKey(dir: string, key: Uint8Array, env: StoreEnv): Result<DataFolder>
