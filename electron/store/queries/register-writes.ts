/** Every write of one register as 待核对 shows it, and the conflicts that were decided. */
import { parseBody } from '../log/body.ts'
import { unpack } from '../log/log-db.ts'
import { rowKey } from '../log/row-key.ts'
import type { ReadDb } from '../read-db.ts'
import { opsOfAction, type ActionOp } from './action-history.ts'

/** `at` in ms since 1970 by the writer's clock; `origin` in hex. `live`: no known write names it. */
export type RegisterRecord = {
  readonly at: number; readonly author: string; readonly origin: string; readonly kind: string; readonly note: string | null; readonly register: string
  readonly value: Readonly<Record<string, unknown>>; readonly live: boolean
}
type Raw = { wall: number; name: string | null; origin: Buffer; body: Buffer | null; live: number; register: string }

/** `registers`: names without the table; newest first. Bodies that were erased are left out. */
export function registerRecords(db: ReadDb, table: string, row: string, registers: readonly string[], limit: number): RegisterRecord[] {
  const found = db.all<Raw>(
    `SELECT c.wall, a.name, c.origin, c.body, w.live, r.name AS register FROM reg_write w JOIN change c ON c.n = w.n JOIN register r ON r.code = w.reg LEFT JOIN account a ON a.id = c.author
     WHERE w.row = ? AND r.name IN (SELECT value FROM json_each(?)) ORDER BY c.hlc_ms DESC, c.hlc_counter DESC, c.n DESC LIMIT ?`,
    [rowKey(row), JSON.stringify(registers.map((register) => `${table}.${register}`)), limit])
  return found.flatMap((raw) => {
    if (!raw.body) return []
    const body = parseBody(unpack(raw.body))
    const register = raw.register.slice(table.length + 1)
    const op = body.ops.find((one) => one.table === table && one.row === row && one.register === register)
    return op ? [{ at: raw.wall, author: raw.name ?? '', origin: raw.origin.toString('hex'), kind: body.kind, note: body.note ?? null, register, value: op.value, live: raw.live === 1 }] : []
  })
}

/** Every value that was ever written of a register, in whichever row of the table, those that a later one replaced among them. */
export function valuesOfRegister(db: ReadDb, table: 'device', register: string): readonly RegisterRecord['value'][] {
  const rows = db.all<{ id: string }>(`SELECT id FROM "${table}" ORDER BY id`, [])
  return rows.flatMap(({ id }) => registerRecords(db, table, id, [register], -1).map((one) => one.value))
}

export type Decision = ActionOp & { readonly id: string; readonly at: number; readonly author: string; readonly note: string | null }

/** What people decided in 待核对, newest first. A decision writes one register. */
export function decisions(db: ReadDb, kind: string, limit: number): { readonly items: Decision[]; readonly total: number } {
  const total = db.get<{ n: number }>('SELECT count(*) AS n FROM action WHERE kind = ?', [kind])?.n ?? 0
  const actions = db.all<{ id: string; wall: number; note: string | null; name: string | null }>(
    'SELECT x.id, x.wall, x.note, a.name FROM action x LEFT JOIN account a ON a.id = x.author WHERE x.kind = ? ORDER BY x.wall DESC, x.id DESC LIMIT ?', [kind, limit])
  return { total, items: actions.flatMap((action) => [...opsOfAction(db, action.id)].slice(0, 1).map((op) => ({ ...op, id: action.id, at: action.wall, author: action.name ?? '', note: action.note }))) }
}
