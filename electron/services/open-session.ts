/** createSession: the data folder is open exactly while a person is logged in. */
import { defaultSettings } from '../../shared/domain/settings.ts'
import { checkPassword } from '../../shared/domain/passwords.ts'
import type { Role } from '../../shared/domain/roles.ts'
import { checkName, unsafeCharacter } from '../../shared/text/names.ts'
import { attempt, err, ok, type Result } from '../../shared/result.ts'
import { attemptAsync } from '../store/attempt-async.ts'
import { createDataFolder, folderState, openDataFolder, slotNames, type DataFolder } from '../store/data-folder.ts'
import { uuidV7 } from '../store/ids.ts'
import { accountByName } from '../store/queries/accounts.ts'
import { rowById } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Account, Env } from './context.ts'
import { foundGroup, prepareGroup } from './exchange/found.ts'
import { newDeviceKeys } from './exchange/keys/group.ts'
import { readDeviceKeys, readMembership, storeDeviceKeys } from './exchange/keys/key-store.ts'
import { selfTestOnce } from './exchange/keys/self-test.ts'
import { settle } from './exchange/place.ts'
import type { FileDesk } from './file-desk.ts'
import type { JobDesk } from './job-desk.ts'
import { createTryGuard, type FailedTries, type TryGuard } from './log-in-tries.ts'
import type { Requested, Session, SetUp, SetUpDone } from './session.ts'
import { putSettings } from './settings.ts'
import { busyLimit } from './when-free.ts'

type Open = { readonly folder: DataFolder; readonly accountId: string; touched: number }
type Parts = { readonly env: Env; readonly files: FileDesk; readonly jobs: JobDesk }
/** What a log-in, a recovery and a first run have in common. */
type Desk = Parts & { open: Open | null; closing: Promise<void>; readonly tries: TryGuard }

export function createSession(parts: Parts): Session {
  const desk: Desk = { ...parts, open: null, closing: Promise.resolve(), tries: createTryGuard(parts.env) }
  const { env } = parts
  return {
    current: () => current(desk),
    keys: () => (current(desk) ? desk.open!.folder.keys : null),
    folder: () => (folderState(env.dataDir) === 'empty' ? 'empty' : 'ours'),
    accountNames: () => slotNames(env.dataDir).map((slot) => slot.name),
    setUp: (input) => setUp(desk, input),
    request: (input) => request(desk, input),
    logIn: (account, password) => logIn(desk, account, password),
    recover: (code, account, password) => recover(desk, code, account, password),
    changePassword: (before, after) => changePassword(desk, before, after),
    touch() {
      if (desk.open) desk.open.touched = env.now()
    },
    lock: () => lock(desk, 'session.logout'),
  }
}

/** Reads the account anew: roles that an administrator took away are gone with the next call. */
function current(desk: Desk): ReturnType<Session['current']> {
  const open = desk.open
  if (!open) return null
  const { store, key } = open.folder
  const row = store.read((db) => rowById(db, 'account', open.accountId))
  const minutes = store.read((db) => rowById(db, 'setting', 'lockAfterMinutes'))?.value
  const lockAfter = typeof minutes === 'number' ? minutes : defaultSettings.lockAfterMinutes
  const idle = desk.env.now() - open.touched > lockAfter * 60_000
  if (!row || row.disabled === true) void lock(desk, 'session.logout')
  // A running job is work that a person is waiting for: the lock waits with them.
  else if (idle && !desk.jobs.busy()) void lock(desk, 'session.lock')
  else return { store, account: accountOf(row), workerKey: key }
  return null
}

function accountOf(row: { readonly id: string; readonly name: string | null; readonly roles: unknown }): Account {
  return { id: row.id, name: row.name ?? '', roles: Array.isArray(row.roles) ? (row.roles as Role[]) : [] }
}

/** Nobody is logged in from the first line on; the store closes when the jobs have let go of it. */
function lock(desk: Desk, kind: 'session.logout' | 'session.lock'): Promise<void> {
  const open = desk.open
  if (!open) return desk.closing
  desk.open = null
  desk.closing = (async () => {
    await desk.jobs.close()
    desk.files.clear()
    try {
      open.folder.store.logEvent({ kind, account: open.accountId })
    } finally {
      open.folder.store.close()
      open.folder.key.fill(0)
    }
  })()
  return desk.closing
}

/** Whoever opens or makes a folder waits for the self-test too (exchange.md section 6): beside the stretching of the password it costs nothing. CRYPTO_BROKEN {primitive}. */
function opening({ env }: Desk) {
  return { ...busyLimit(env.door), meanwhile: env.selfTest ?? selfTestOnce }
}

function begin(desk: Desk, folder: DataFolder, accountId: string, kind: string): void {
  settle(desk.env, folder.store)
  desk.open = { folder, accountId, touched: desk.env.now() }
  folder.store.logEvent({ kind, account: accountId })
}

/** Nobody in particular: a wrong password proves no account. */
function reportFailed(desk: Desk): (tries: FailedTries) => void {
  return (tries) => desk.open?.folder.store.logEvent({ kind: 'session.failed', account: null, params: tries })
}

async function setUp(desk: Desk, input: SetUp): Promise<Result<SetUpDone>> {
  const { env } = desk
  const state = folderState(env.dataDir)
  if (state !== 'empty') return err(state === 'foreign' ? 'DATA_NOT_OURS' : 'ALREADY_SET_UP')
  for (const [field, text] of [['organ', input.organ], ['code', input.code], ['unit', input.unit ?? '']] as const) {
    const position = unsafeCharacter(text)
    if (position !== null) return err('UNSAFE_TEXT', { field, position: position + 1 })
  }
  const name = checkName(input.account, 'person')
  if (!name.ok) return name
  const strong = checkPassword(input.password, name.value)
  if (!strong.ok) return strong
  const organ = input.organ.trim()
  const id = uuidV7(env.now(), env.random)
  const limits = opening(desk)
  const prepared = await attemptAsync(async () => {
    // Before the stretching, not beside it: the group's keys are made with the same primitives.
    await limits.meanwhile()
    return ok(await prepareGroup(env))
  })
  if (!prepared.ok) return prepared
  const founding = prepared.value
  const made = await createDataFolder(env.dataDir, {
    env,
    account: { id, name: name.value, password: input.password },
    limits,
    group: founding.group,
    ready: (store) => foundGroup(store, founding, id, env),
    first: (tx) => putSettings(tx, { organ, code: input.code, unit: input.unit?.trim() || null, demo: input.demo === true }),
  })
  if (!made.ok) return made
  begin(desk, made.value, id, 'session.login')
  return ok({ ...made.value.store.identity, organ, code: input.code, recoveryCode: made.value.recoveryCode, escrowKey: founding.made.escrowIdentity })
}

/** The group is a name for the time being: join takes the real one. */
async function request(desk: Desk, input: { readonly account: string; readonly password: string }): Promise<Result<Requested>> {
  const { env } = desk
  if (folderState(env.dataDir) !== 'empty') return requestAgain(desk, input)
  const name = checkName(input.account, 'person')
  if (!name.ok) return name
  const strong = checkPassword(input.password, name.value)
  if (!strong.ok) return strong
  const id = uuidV7(env.now(), env.random)
  const made = await createDataFolder(env.dataDir, {
    env, account: { id, name: name.value, password: input.password }, limits: opening(desk), ready: (store) => storeDeviceKeys(store.local, newDeviceKeys(env.random)),
  })
  if (!made.ok) return made
  begin(desk, made.value, id, 'session.login')
  return ok({ store: made.value.store, recoveryCode: made.value.recoveryCode })
}

/** The request file was lost: the same keys ask again. Nobody who works in another folder is logged out for it. */
async function requestAgain(desk: Desk, { account, password }: { readonly account: string; readonly password: string }): Promise<Result<Requested>> {
  const opened = desk.open !== null
  if (!opened) {
    if (!slotNames(desk.env.dataDir).some((slot) => slot.name === account)) return err('ALREADY_SET_UP')
    const entered = await logIn(desk, account, password)
    if (!entered.ok) return entered
  }
  const { store } = desk.open!.folder
  if (readDeviceKeys(store.local) !== null && readMembership(store.local, store.identity) === null) return ok({ store, recoveryCode: null })
  if (!opened) await lock(desk, 'session.logout')
  return err('ALREADY_SET_UP')
}

async function logIn(desk: Desk, name: string, password: string): Promise<Result<Account>> {
  if (folderState(desk.env.dataDir) === 'empty') return err('NOT_SET_UP')
  return desk.tries.run(async () => {
    // One person at a time: whoever was logged in is logged out first.
    await lock(desk, 'session.logout')
    const opened = await openDataFolder(desk.env.dataDir, { account: name.trim(), password }, desk.env, opening(desk))
    if (!opened.ok) return opened
    return enter(desk, opened.value, (store) => store.read((db) => rowById(db, 'account', opened.value.accountId ?? '')), 'session.login')
  }, reportFailed(desk))
}

type AccountRow = Parameters<typeof accountOf>[0] & { readonly disabled: boolean | null }

/** Closes the folder again when the account may not come in: NOT_FOUND, ACCOUNT_DISABLED. */
function enter(desk: Desk, folder: DataFolder, find: (store: Store) => AccountRow | undefined, kind: string): Result<Account> {
  const row = find(folder.store)
  if (!row || row.disabled === true) {
    folder.store.close()
    return row ? err('ACCOUNT_DISABLED') : err('NOT_FOUND', { what: 'account' })
  }
  const account = accountOf(row)
  attempt(() => nameSlot(folder, account))
  begin(desk, folder, row.id, kind)
  return ok(account)
}

/** A recovery that is cut off behind its last write leaves the slot with the name from before; where that cannot be mended now, the next log-in tries again. */
function nameSlot({ keys }: DataFolder, { id, name }: Account): void {
  if (keys.list().some((slot) => slot.account === id && slot.name !== name && name !== '')) keys.rename(id, name)
}

async function recover(desk: Desk, recoveryCode: string, name: string, password: string): Promise<Result<Account>> {
  if (folderState(desk.env.dataDir) === 'empty') return err('NOT_SET_UP')
  const strong = checkPassword(password, name)
  if (!strong.ok) return strong
  return desk.tries.run(async () => {
    await lock(desk, 'session.logout')
    const opened = await openDataFolder(desk.env.dataDir, { recoveryCode }, desk.env, opening(desk))
    if (!opened.ok) return opened
    const folder = opened.value
    const entered = enter(desk, folder, (store) => store.read((db) => accountByName(db, name.trim())), 'session.recover')
    if (!entered.ok) return entered
    const { id } = entered.value
    const known = folder.keys.list().some((slot) => slot.account === id)
    const set = known ? await folder.keys.setPassword(id, password) : await folder.keys.add(id, entered.value.name, password)
    if (set.ok) return entered
    await lock(desk, 'session.logout')
    return set
  }, reportFailed(desk))
}

async function changePassword(desk: Desk, before: string, after: string): Promise<Result<null>> {
  const now = current(desk)
  const keys = desk.open?.folder.keys
  if (!now || !keys) return err('NOT_LOGGED_IN')
  const strong = checkPassword(after, now.account.name)
  if (!strong.ok) return strong
  const right = await desk.tries.run(() => keys.check(now.account.name, before), reportFailed(desk))
  if (!right.ok) return right
  const set = await keys.setPassword(now.account.id, after)
  if (set.ok) now.store.logEvent({ kind: 'session.password', account: now.account.id })
  return set
}
