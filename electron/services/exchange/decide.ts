/** 待核对: what waits for a person, and the decision as a change that names all survivors. */
import { err, ok, type Result } from '../../../shared/result.ts'
import { rowById } from '../../store/rows.ts'
import { tombstone } from '../../store/log/body.ts'
import { doubledRegister, listConflicts, type Conflict, type Survivor } from '../../store/queries/conflicts.ts'
import { encode, registerNamed } from '../../store/registers.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { WriteTx } from '../../store/store.ts'
import { tables } from '../../store/tables.ts'
import type { OpenContext } from '../context.ts'
import { officeOf } from '../letters/rows.ts'
import { titleOf } from './history.ts'
import { isView, settleView, viewTitle } from './integrity.ts'
import { settleRemoval, settleRest } from './aftermath.ts'
import { readMembership } from './keys/key-store.ts'
import { machineNames } from './picture.ts'

type Side = { id: string; at: number; author: string; origin: string; machine: string; value: Record<string, unknown>; register: string; shown: boolean }
export type ConflictItem = { id: string; class: 'review' | 'hard'; table: string; row: string; register: string; title: string; letterId: string | null; survivors: Side[] }

export function conflicts({ store }: OpenContext): Result<{ conflicts: ConflictItem[] }> {
  const member = readMembership(store.local, store.identity)
  const machines = member ? machineNames(store, member) : new Map<string, string>()
  return ok({
    conflicts: store.read((db) => listConflicts(db).map((one) => ({
      id: one.id, class: one.class, table: one.table, row: one.row, register: one.register, title: viewTitle(one) ?? titleOf(db, one.table, one.row), letterId: letterOf(db, one),
      survivors: one.survivors.map(({ id, at, authorId, origin, value, register, shown }) => ({
        id, at, author: rowById(db, 'account', authorId)?.name ?? '', origin, machine: machines.get(origin) ?? '', value: { ...value }, register, shown,
      })),
    }))),
  })
}

const factTables = ['delivery', 'reply', 'extension', 'recheck', 'card'] as const

/** The letter that a hard conflict holds up. */
function letterOf(db: ReadDb, { class: conflict, table, row, register, survivors }: Conflict): string | null {
  if (conflict !== 'hard') return null
  if (table === 'letter' && register !== doubledRegister) return row
  // The side that is shown may be the one without a letter: a number used on paper, a proposal that was declined.
  const ofRow = factTables.some((one) => one === table) ? rowById(db, table as (typeof factTables)[0], row)?.letterId : survivors.map((one) => one.value['letterId']).find((one) => typeof one === 'string')
  return typeof ofRow === 'string' ? ofRow : null
}

export type ResolveInput = { readonly id: string; readonly take?: string | undefined; readonly value?: Readonly<Record<string, unknown>> | undefined; readonly note?: string | undefined }

/** `take`: the id of the surviving change whose value stands; else `value`, written anew. NOT_FOUND {what: conflict | survivor}: somebody decided already, or it was never one. BAD_INPUT {field: take | value}, ROW_IN_USE, UNIT_EXISTS {name}. */
export function resolve({ id, take, value, note }: ResolveInput, { store, account, env }: OpenContext): Result<{ id: string; left: number }> {
  if ((take === undefined) === (value === undefined)) return err('BAD_INPUT', { field: 'take' })
  const decided = store.write<Result<null>>({ kind: 'exchange.resolve', author: account.id, ...(note === undefined ? {} : { note }) }, (tx) => {
    const conflict = listConflicts(tx).find((one) => one.id === id)
    if (!conflict) return err('NOT_FOUND', { what: 'conflict' })
    if (value !== undefined) return writeAnew(tx, conflict, value, { account, env })
    const chosen = conflict.survivors.find((one) => one.id === take)
    if (!chosen) return err('NOT_FOUND', { what: 'survivor' })
    if (isView(conflict)) settleView(tx, conflict, chosen, () => officeOf(tx, { account, env }))
    else if (conflict.register === tombstone) settleRemoval(tx, conflict, chosen.register === tombstone && chosen.value['deleted'] === true, () => officeOf(tx, { account, env }))
    else {
      tx.put(conflict.table, conflict.row, conflict.register as never, known(conflict, chosen.value) as never, chosen.scope)
      settleRest(tx, conflict, chosen.value, () => officeOf(tx, { account, env }))
    }
    return ok(null)
  })
  return decided.ok ? ok({ id, left: store.read(listConflicts).length }) : decided
}

/** A third text instead of either: every column of the register, of its own type. */
function writeAnew(tx: WriteTx, conflict: Conflict, value: Readonly<Record<string, unknown>>, context: Pick<OpenContext, 'account' | 'env'>): Result<null> {
  const register = registerNamed(conflict.table, conflict.register)
  // A number is its row's own: written anew it would be another one's.
  if (!register || conflict.table === 'number' || !isEncodable(register, value)) return err('BAD_INPUT', { field: 'value' })
  tx.put(conflict.table, conflict.row, conflict.register as never, value as never, conflict.survivors[0]!.scope)
  settleRest(tx, conflict, value, () => officeOf(tx, context))
  return ok(null)
}

function isEncodable(register: NonNullable<ReturnType<typeof registerNamed>>, value: Readonly<Record<string, unknown>>): boolean {
  try {
    encode(register, value)
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** Every column that this version knows; what a newer one added stays in the history. */
function known({ table, register }: Conflict, value: Survivor['value']): Record<string, unknown> {
  const registers = tables[table] as Readonly<Record<string, { readonly columns: Readonly<Record<string, string>> }>>
  return Object.fromEntries(Object.keys(registers[register]!.columns).map((column) => [column, value[column] ?? null]))
}
