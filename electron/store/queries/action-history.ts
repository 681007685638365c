/** What the log remembers of many rows at once, and of one action: for taking a whole action back. Each body is parsed once. */
import { parseBody } from '../log/body.ts'
import { unpack } from '../log/log-db.ts'
import { rowKey } from '../log/row-key.ts'
import type { ReadDb } from '../read-db.ts'
import type { TableName } from '../tables.ts'

/** `scope` as written; `value` the whole register. */
export type EarlierWrite = { readonly register: string; readonly actionId: string; readonly scope: string; readonly value: unknown }
type Place = { readonly n: number; readonly hlc_ms: number; readonly hlc_counter: number; readonly register: string }

const placesSql = `SELECT w.n, c.hlc_ms, c.hlc_counter, r.name AS register FROM reg_write w JOIN change c ON c.n = w.n JOIN register r ON r.code = w.reg
  WHERE w.row = ? AND r.name GLOB ? ORDER BY c.hlc_ms DESC, c.hlc_counter DESC, c.n DESC`

/** Every write of every register (tombstones left out) of these rows, newest first. Rows without any are absent. */
export function earlierWrites(db: ReadDb, table: TableName, ids: readonly string[]): Map<string, EarlierWrite[]> {
  const places = new Map(ids.map((id) => [id, db.all<Place>(placesSql, [rowKey(id), `${table}.*`])]))
  const bodies = new Map<number, Set<string>>()
  for (const [id, found] of places) for (const { n } of found) bodies.set(n, (bodies.get(n) ?? new Set()).add(id))
  const values = new Map<string, EarlierWrite>()
  for (const [n, wanted] of [...bodies].sort(([a], [b]) => a - b)) {
    const raw = db.get<{ body: Buffer | null; scope: string }>('SELECT body, scope FROM change WHERE n = ?', [n])
    if (!raw?.body) continue
    const body = parseBody(unpack(raw.body))
    for (const op of body.ops) {
      if (op.table === table && wanted.has(op.row)) values.set(`${n} ${op.row} ${op.register}`, { register: op.register, actionId: body.action, scope: raw.scope, value: op.value })
    }
  }
  return new Map([...places].map(([id, found]) => [id, found.flatMap(({ n, register }) => values.get(`${n} ${id} ${register.slice(table.length + 1)}`) ?? []).filter((one) => isWhole(one.value))]))
}

/** A tombstone's value is no register of the table. */
function isWhole(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** The action that wrote this register of this row last; null when its body is not here. */
export function actionOf(db: ReadDb, table: TableName, id: string, register: string): string | null {
  return (earlierWrites(db, table, [id]).get(id) ?? []).find((one) => one.register === register)?.actionId ?? null
}

export type ActionOp = { readonly table: string; readonly row: string; readonly register: string; readonly scope: string }

/** The ops of one action, part by part. */
export function* opsOfAction(db: ReadDb, actionId: string): Generator<ActionOp> {
  const action = db.get<{ first_n: number; parts: number }>('SELECT first_n, parts FROM action WHERE id = ?', [actionId])
  if (!action) return
  let left = action.parts
  for (let n = action.first_n; left > 0; n++) {
    const raw = db.get<{ body: Buffer | null; scope: string }>('SELECT body, scope FROM change WHERE n = ?', [n])
    if (raw === undefined) return
    if (!raw.body) continue
    const body = parseBody(unpack(raw.body))
    if (body.action !== actionId) continue
    left -= 1
    for (const op of body.ops) yield { table: op.table, row: op.row, register: op.register, scope: raw.scope }
  }
}
