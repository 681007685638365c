/** What the kinds of conflicts have in common: the sides as writes of the log, in the order of the winner. */
import { parseBody, type Body } from '../../log/body.ts'
import { unpack } from '../../log/log-db.ts'
import { rowId, rowKey, type RowKey } from '../../log/row-key.ts'
import type { ReadDb } from '../../read-db.ts'
import type { ConflictClass, TableName } from '../../tables.ts'

/** `id` names the change; `value` is the whole register, or `{deleted}` for a removal. `at` in ms since 1970 by the writer's clock. */
export type Survivor = {
  readonly id: string; readonly at: number; readonly authorId: string; readonly origin: string; readonly scope: string; readonly register: string
  readonly value: Readonly<Record<string, unknown>>; readonly shown: boolean
}
/** `register` is 'tombstone' for a removal against an edit or a use. Survivors: the shown one first. */
export type Conflict = { readonly id: string; readonly class: Exclude<ConflictClass, 'auto'>; readonly table: TableName; readonly row: string; readonly register: string; readonly survivors: readonly Survivor[] }

export type Live = { row: RowKey; name: string; n: number; id: Buffer; wall: number; author: string; origin: Buffer; scope: string }
/** The ops of a change by table, register and row. */
export type Bodies = Map<number, ReadonlyMap<string, Body['ops'][number]>>

export const columns = 'w.row, r.name, c.n, c.id, c.wall, c.author, c.origin, c.scope'
export const joined = 'JOIN change c ON c.n = w.n JOIN register r ON r.code = w.reg'
export const order = 'ORDER BY r.name, w.row, c.hlc_ms DESC, c.hlc_counter DESC, c.origin DESC, c.id DESC'

/** `<table>.<register>/<row>`. */
export function conflictId(table: string, register: string, row: string): string {
  return `${table}.${register}/${row}`
}

export function conflictOf(conflict: Conflict['class'], table: TableName, register: string, row: string, survivors: readonly Survivor[]): Conflict {
  return { id: conflictId(table, register, row), class: conflict, table, row, register, survivors }
}

export function splitName(name: string): [table: string, register: string] {
  const dot = name.indexOf('.')
  return [name.slice(0, dot), name.slice(dot + 1)]
}

export function opOf(db: ReadDb, bodies: Bodies, live: Live): Body['ops'][number] | undefined {
  if (!bodies.has(live.n)) {
    const raw = db.get<{ body: Buffer | null }>('SELECT body FROM change WHERE n = ?', [live.n])
    const ops = raw?.body ? parseBody(unpack(raw.body)).ops : []
    bodies.set(live.n, new Map(ops.map((op) => [`${op.table}.${op.register}/${op.row}`, op])))
  }
  return bodies.get(live.n)!.get(`${live.name}/${rowId(live.row)}`)
}

function sideOf(live: Live, register: string, value: Survivor['value'], shown: boolean): Survivor {
  return { id: live.id.toString('hex'), at: live.wall, authorId: live.author, origin: live.origin.toString('hex'), scope: live.scope, register, value, shown }
}

export function survivorOf(db: ReadDb, bodies: Bodies, live: Live, shown: boolean): Survivor[] {
  const op = opOf(db, bodies, live)
  return op ? [sideOf(live, op.register, op.value, shown)] : []
}

/** The write that stands in a register, told with a value of the caller's; none where its change is not here. */
export function standing(db: ReadDb, table: TableName, register: string, row: string, value: Survivor['value'], shown = false): Survivor[] {
  const [write] = db.all<Live>(`SELECT ${columns} FROM reg_write AS w ${joined} WHERE w.live = 1 AND w.row = ? AND r.name = ? ${order} LIMIT 1`, [rowKey(row), `${table}.${register}`])
  return write ? [sideOf(write, register, value, shown)] : []
}
