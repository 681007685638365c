/** The data folder: dutydesk.db (encrypted), keys.json (its wrapped key), blobs/. */
import { existsSync, fsyncSync, closeSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { roles } from '../../shared/domain/roles.ts'
import { err, ok, Refusal, type Result } from '../../shared/result.ts'
import { attemptAsync } from './attempt-async.ts'
import { makeBlobs } from './blobs.ts'
import { guardDisk } from './disk-errors.ts'
import { makeFolder, syncFolder } from './files.ts'
import { hasKeyFile, keyFileFormat, keyFileVersion, readKeyFile, unwrapKey, wrapKey, writeKeyFile } from './key-file.ts'
import { makeKeySlots, openSlot, purposeOf } from './keys.ts'
import { ensureProjection } from './log/rebuild.ts'
import { makeLogDb } from './log/log-db.ts'
import { makeStore } from './make-store.ts'
import { migrate, refuseNewer } from './migrate.ts'
import { openDatabase } from './open.ts'
import { projectionShape } from './projection-schema.ts'
import { makeRecoveryCode, readRecoveryCode } from './recovery-code.ts'
import type { Store, StoreEnv, WriteTx } from './store.ts'

/** 'newer': made by a newer program; 'foreign': other files, or a half of ours whose other half is gone: never written over. */
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

/** `meanwhile`: what can be found out while the password is stretched, which this thread does not do itself. Its refusal is the answer, before anything is written or opened. */
export type Meanwhile = { readonly meanwhile?: () => Promise<void> }

export type CreateOptions = {
  readonly env: StoreEnv
  readonly account: { readonly id: string; readonly name: string; readonly password: string }
  /** Writes organ, settings, rules … in the same first action. The account row (all roles) is already there. */
  readonly first?: (tx: WriteTx) => void
  /** Hex of 16 bytes; random when absent. */
  readonly group?: string
  /** Runs on the new store before the folder counts: what it throws or writes belongs to the set-up. */
  readonly ready?: (store: Store) => void
  readonly limits?: OpenLimits & Meanwhile
}

export type Credentials = { readonly account: string; readonly password: string } | { readonly recoveryCode: string }

/** `maxPages`, `cacheMb`, `tidyLater`: see OpenOptions. `busyMs`: how long a write waits for another connection's lock before it says BUSY; 10 s when absent. */
export type OpenLimits = { readonly maxPages?: number; readonly cacheMb?: number; readonly tidyLater?: boolean; readonly busyMs?: number }

/** dutydesk.new.db stands until the set-up is done: keys.json beside it then locks nothing of worth yet, and the set-up may start again. */
const fileOf = (dir: string): string => join(dir, 'dutydesk.db')
const newFileOf = (dir: string): string => join(dir, 'dutydesk.new.db')
const suffixes = ['', '-wal', '-shm', '-journal'] as const
/** What the program itself may have put there before the set-up. */
const harmless = /^(?:tries\.json|logs|inbox|copies|Local Storage|Session Storage|.*\.part|\..*)$/

/** What lies in `dir`, without a password. DISK_* when it cannot be read. */
export function folderState(dir: string): FolderState {
  return guardDisk(() => {
    if (!existsSync(dir)) return 'empty'
    if (existsSync(fileOf(dir)) && hasKeyFile(dir)) {
      const version = keyFileVersion(dir)
      return version !== null && version > keyFileFormat ? 'newer' : 'ours'
    }
    if (existsSync(fileOf(dir))) return 'foreign'
    if (existsSync(newFileOf(dir))) return 'empty'
    return readdirSync(dir).every((name) => harmless.test(name)) ? 'empty' : 'foreign'
  })
}

/** The accounts with a key slot, for the log-in screen: readable without a password. Empty when there is no data folder. */
export function slotNames(dir: string): readonly SlotInfo[] {
  if (folderState(dir) !== 'ours') return []
  return readKeyFile(dir).slots.map(({ account, name }) => ({ account, name }))
}

/** ALREADY_SET_UP, DATA_NOT_OURS, DISK_*. `recoveryCode` is shown once and stored nowhere. */
export function createDataFolder(dir: string, options: CreateOptions): Promise<Result<DataFolder & { readonly recoveryCode: string }>> {
  return attemptAsync(async () => {
    const state = folderState(dir)
    if (state !== 'empty') return err(state === 'foreign' ? 'DATA_NOT_OURS' : 'ALREADY_SET_UP')
    const { env, account, limits = {} } = options
    const key = Buffer.from(env.random(32))
    const group = options.group === undefined ? Buffer.from(env.random(16)) : Buffer.from(options.group, 'hex')
    const recoveryCode = makeRecoveryCode(env.random)
    const hex = group.toString('hex')
    const slot = { ...(await beside(wrapKey(key, account.password, hex, purposeOf(account.id), env), limits)), account: account.id, name: account.name }
    const recovery = await wrapKey(key, recoveryCode, hex, 'recovery', env)
    guardDisk(() => {
      makeFolder(dir)
      makeDatabase(dir, key, group, options)
      writeKeyFile(dir, { app: 'dutydesk', format: keyFileFormat, group: hex, slots: [slot], recovery }, env)
      renameSync(newFileOf(dir), fileOf(dir))
      syncFolder(dir)
    })
    return ok({ ...openFolder(dir, key, env, limits), recoveryCode })
  })
}

async function beside<T>(stretching: Promise<T>, { meanwhile }: Meanwhile): Promise<T> {
  // Looked at last: what `meanwhile` refuses may be why it fails.
  stretching.catch(() => {})
  await meanwhile?.()
  return stretching
}

/** The whole first content under another name, closed and on the disk: the rename that follows makes it count. */
function makeDatabase(dir: string, key: Buffer, group: Buffer, { env, account, first, ready }: CreateOptions): void {
  const file = newFileOf(dir)
  for (const suffix of suffixes) rmSync(file + suffix, { force: true })
  const db = openDatabase(file, key, { create: true })
  try {
    migrate(db, () => null)
    db.transaction(() => {
      const log = makeLogDb(db)
      log.setMeta('group', group)
      log.setMeta('origin', Buffer.from(env.random(16)))
      log.codes.ensure()
      ensureProjection(db, group)
    }).immediate()
    const store = makeStore({ db, key, env, blobs: makeBlobs(join(dir, 'blobs'), key, env), scratch: join(dir, 'verify.part') })
    store.write({ kind: 'setup.create', author: account.id }, (tx) => {
      tx.put('account', account.id, 'account', { name: account.name, roles: [...roles], disabled: false })
      first?.(tx)
    })
    ready?.(store)
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** `account` is the account's name. NOT_SET_UP, WRONG_PASSWORD, WRONG_RECOVERY_CODE, DATA_NEWER, DATA_DAMAGED, DISK_*. `accountId` is null with a recovery code. */
export function openDataFolder(
  dir: string, credentials: Credentials, env: StoreEnv, limits: OpenLimits & Meanwhile = {},
): Promise<Result<DataFolder & { readonly accountId: string | null }>> {
  return attemptAsync<DataFolder & { readonly accountId: string | null }>(async () => {
    const state = folderState(dir)
    if (state === 'empty') return err('NOT_SET_UP')
    if (state === 'foreign') return err('DATA_NOT_OURS')
    const file = readKeyFile(dir)
    if ('recoveryCode' in credentials) {
      const key = await beside(unwrapKey(file.recovery, readRecoveryCode(credentials.recoveryCode), file.group, 'recovery'), limits)
      return key ? ok({ ...openFolder(dir, key, env, limits), accountId: null }) : err('WRONG_RECOVERY_CODE', { reason: 'other' })
    }
    const slot = await beside(openSlot(file, credentials.account, credentials.password), limits)
    if (!slot.ok) return slot
    return ok({ ...openFolder(dir, slot.value.key, env, limits), accountId: slot.value.account })
  })
}

/** For worker threads: the key came from a folder that is already open. */
export function openWithKey(dir: string, key: Uint8Array, env: StoreEnv, limits: OpenLimits = {}): Result<DataFolder> {
  try {
    return ok(guardDisk(() => openFolder(dir, key, env, limits)))
  } catch (error) {
    if (error instanceof Refusal) return err(error.code, error.params)
    throw error
  }
}

function openFolder(dir: string, key: Uint8Array, env: StoreEnv, limits: OpenLimits): DataFolder {
  const db = openDatabase(fileOf(dir), key, limits)
  try {
    bringUp(dir, db)
    // Only from here on: what opening itself needs may wait.
    if (limits.busyMs !== undefined) db.pragma(`busy_timeout = ${limits.busyMs}`)
    const blobs = makeBlobs(join(dir, 'blobs'), key, env)
    const locked = <T>(work: () => T): T => guardDisk(() => db.transaction(work).immediate())
    const store = makeStore({ db, key, env, blobs, scratch: join(dir, `verify-${Buffer.from(env.random(6)).toString('hex')}.part`) })
    return { dir, store, keys: makeKeySlots({ dir, key, env, locked }), key }
  } catch (error) {
    db.close()
    throw error
  }
}

/** Migrations, then the projection in this program's shape. Nothing is written when both are as they should be. */
function bringUp(dir: string, db: Database): void {
  refuseNewer(db)
  migrate(db, (version) => {
    makeFolder(join(dir, 'copies'))
    return join(dir, 'copies', `before-upgrade-${version}.db`)
  })
  const log = makeLogDb(db)
  const group = log.meta('group')
  if (!Buffer.isBuffer(group)) throw new Refusal('DATA_DAMAGED', { part: 'database', cause: 'GROUP' })
  if (log.meta('projection') !== projectionShape) {
    db.transaction(() => {
      log.codes.ensure()
      ensureProjection(db, group)
    }).immediate()
  }
}
