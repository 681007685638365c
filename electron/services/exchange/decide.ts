/** 待核对: what waits for a person, and the decision as a change that names all survivors. */
import { err, ok, type Result } from '../../../shared/result.ts'
import { rowById } from '../../store/rows.ts'
import { tombstone } from '../../store/log/body.ts'
import { listConflicts, type Conflict, type Survivor } from '../../store/queries/conflicts.ts'
import type { WriteTx } from '../../store/store.ts'
import { tables } from '../../store/tables.ts'
import type { OpenContext } from '../context.ts'

type Side = { id: string; at: number; author: string; origin: string; value: Record<string, unknown>; register: string; shown: boolean }
export type ConflictItem = { id: string; class: 'review' | 'hard'; table: string; row: string; register: string; survivors: Side[] }

export function conflicts({ store }: OpenContext): Result<{ conflicts: ConflictItem[] }> {
  return ok({
    conflicts: store.read((db) => listConflicts(db).map((one) => ({
      id: one.id, class: one.class, table: one.table, row: one.row, register: one.register,
      survivors: one.survivors.map(({ id, at, authorId, origin, value, register, shown }) => ({ id, at, author: rowById(db, 'account', authorId)?.name ?? '', origin, value: { ...value }, register, shown })),
    }))),
  })
}

export type ResolveInput = { readonly id: string; readonly take: string; readonly note?: string | undefined }

/** `take`: the id of the surviving change whose value stands. NOT_FOUND {what: conflict | survivor}: somebody decided already, or it was never one. */
export function resolve({ id, take, note }: ResolveInput, { store, account }: OpenContext): Result<{ id: string; left: number }> {
  const decided = store.write<Result<null>>({ kind: 'exchange.resolve', author: account.id, ...(note === undefined ? {} : { note }) }, (tx) => {
    const conflict = listConflicts(tx).find((one) => one.id === id)
    if (!conflict) return err('NOT_FOUND', { what: 'conflict' })
    const chosen = conflict.survivors.find((one) => one.id === take)
    if (!chosen) return err('NOT_FOUND', { what: 'survivor' })
    if (conflict.register === tombstone) bury(tx, conflict, chosen)
    else tx.put(conflict.table, conflict.row, conflict.register as never, known(conflict, chosen) as never, chosen.scope)
    return ok(null)
  })
  return decided.ok ? ok({ id, left: store.read(listConflicts).length }) : decided
}

function bury(tx: WriteTx, { table, row }: Conflict, chosen: Survivor): void {
  if (chosen.value['deleted'] === true && chosen.register === tombstone) tx.remove(table, row)
  else tx.restore(table, row)
}

/** Every column that this version knows; what a newer one added stays in the history. */
function known({ table, register }: Conflict, { value }: Survivor): Record<string, unknown> {
  const registers = tables[table] as Readonly<Record<string, { readonly columns: Readonly<Record<string, string>> }>>
  return Object.fromEntries(Object.keys(registers[register]!.columns).map((column) => [column, value[column] ?? null]))
}
