/** Accounts: the row (name, roles) belongs to the office and is synced; the password lives in this machine's key slots. */
import { checkPassword } from '../../shared/domain/passwords.ts'
import type { Role } from '../../shared/domain/roles.ts'
import { checkName } from '../../shared/text/names.ts'
import { err, ok, Refusal, type Result } from '../../shared/result.ts'
import type { KeySlots } from '../store/data-folder.ts'
import { accountByName, accountRows } from '../store/queries/accounts.ts'
import type { ReadDb } from '../store/read-db.ts'
import { rowById, type Row } from '../store/rows.ts'
import type { OpenContext } from './context.ts'
import type { Session } from './session.ts'

export type AccountView = { readonly id: string; readonly name: string; readonly roles: Role[]; readonly disabled: boolean; readonly hasPassword: boolean }
type AccountContext = OpenContext & { readonly session: Session }

function view(row: Row<'account'>, keys: KeySlots): AccountView {
  const hasPassword = keys.list().some((slot) => slot.account === row.id)
  return { id: row.id, name: row.name ?? '', roles: rolesOf(row), disabled: row.disabled === true, hasPassword }
}

function rolesOf(row: Row<'account'>): Role[] {
  return Array.isArray(row.roles) ? (row.roles as Role[]) : []
}

/** The slots exist as long as the store is open, which dispatch has made sure of. */
function keysOf(context: AccountContext): KeySlots {
  const keys = context.session.keys()
  if (!keys) throw new Refusal('NOT_LOGGED_IN')
  return keys
}

export function listAccounts(context: AccountContext): Result<AccountView[]> {
  const keys = keysOf(context)
  return ok(context.store.read(accountRows).map((row) => view(row, keys)))
}

/** ACCOUNT_EXISTS, WEAK_PASSWORD, UNSAFE_TEXT, BAD_INPUT. */
export async function createAccount(input: { name: string; password: string; roles: Role[] }, context: AccountContext): Promise<Result<AccountView>> {
  const keys = keysOf(context)
  const name = checkName(input.name, 'person')
  if (!name.ok) return name
  const strong = checkPassword(input.password, name.value)
  if (!strong.ok) return strong
  if (context.store.read((db) => accountByName(db, name.value))) return err('ACCOUNT_EXISTS')
  const id = context.store.write({ kind: 'accounts.create', author: context.account.id }, (tx) => {
    const made = tx.newId()
    tx.put('account', made, 'account', { name: name.value, roles: unique(input.roles), disabled: false })
    return made
  })
  const slot = await keys.add(id, name.value, input.password)
  if (!slot.ok) {
    // Without its slot nobody could use the name again.
    context.store.write({ kind: 'accounts.create.undo', author: context.account.id }, (tx) => tx.remove('account', id))
    return slot
  }
  return found(id, context)
}

/** LAST_ADMIN: somebody who can administer must stay. */
export function updateAccount(input: { id: string; roles: Role[]; disabled: boolean }, context: AccountContext): Result<AccountView> {
  const row = context.store.read((db) => rowById(db, 'account', input.id))
  if (!row) return err('NOT_FOUND', { what: 'account' })
  const stays = !input.disabled && input.roles.includes('admin')
  context.store.write({ kind: 'accounts.update', author: context.account.id }, (tx) => {
    if (!stays && !otherAdmin(tx, input.id, keysOf(context))) throw new Refusal('LAST_ADMIN')
    // Where it was made: a unit's machine must hear what the office says of its account.
    tx.put('account', input.id, 'account', { name: row.name, roles: unique(input.roles), disabled: input.disabled }, row.scope)
  })
  return found(input.id, context)
}

/** An administrator without a password on this machine cannot help anybody here. */
function otherAdmin(db: ReadDb, id: string, keys: KeySlots): boolean {
  const slots = new Set(keys.list().map((slot) => slot.account))
  return accountRows(db).some((row) => row.id !== id && row.disabled !== true && rolesOf(row).includes('admin') && slots.has(row.id))
}

/** Also gives a password to an account that came from another machine. */
export async function resetPassword(input: { id: string; newPassword: string }, context: AccountContext): Promise<Result<Record<string, never>>> {
  const keys = keysOf(context)
  const row = context.store.read((db) => rowById(db, 'account', input.id))
  if (!row) return err('NOT_FOUND', { what: 'account' })
  const strong = checkPassword(input.newPassword, row.name ?? '')
  if (!strong.ok) return strong
  const known = keys.list().some((slot) => slot.account === row.id)
  const set = known ? await keys.setPassword(row.id, input.newPassword) : await keys.add(row.id, row.name ?? '', input.newPassword)
  if (!set.ok) return set
  context.store.logEvent({ kind: 'accounts.resetPassword', account: context.account.id, params: { of: row.id } })
  return ok({})
}

function found(id: string, context: AccountContext): Result<AccountView> {
  const row = context.store.read((db) => rowById(db, 'account', id))
  return row ? ok(view(row, keysOf(context))) : err('NOT_FOUND', { what: 'account' })
}

function unique(roles: readonly Role[]): Role[] {
  return [...new Set(roles)]
}
