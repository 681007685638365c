/** What the log remembers of a row: who wrote which register when, in which action. */
import { parseBody } from '../log/body.ts'
import { unpack } from '../log/log-db.ts'
import { rowKey } from '../log/row-key.ts'
import type { ReadDb } from '../read-db.ts'
import type { RegisterName, RegisterValue, TableName } from '../tables.ts'

/** `at` in ms since 1970 by the writer's clock; `authorId` an account id, `author` its name; `kind` the use case, e.g. 'letters.issue'. */
export type HistoryHead = { readonly at: number; readonly authorId: string; readonly author: string; readonly kind: string; readonly note: string | null; readonly actionId: string }
export type RegisterWrite<V> = HistoryHead & { readonly value: V }

type Raw = { wall: number; author: string; name: string | null; body: Buffer | null; register: string }

const select = `SELECT c.wall, c.author, a.name, c.body, r.name AS register FROM reg_write w
  JOIN change c ON c.n = w.n JOIN register r ON r.code = w.reg LEFT JOIN account a ON a.id = c.author`
const newestFirst = 'ORDER BY c.hlc_ms DESC, c.hlc_counter DESC, c.n DESC'

function headOf(raw: Raw, body: { kind: string; note?: string; action: string }): HistoryHead {
  return { at: raw.wall, authorId: raw.author, author: raw.name ?? '', kind: body.kind, note: body.note ?? null, actionId: body.action }
}

/** Every write of one register, newest first. Bodies that are not on this machine are left out. */
export function registerHistory<T extends TableName, R extends RegisterName<T>>(db: ReadDb, table: T, id: string, register: R): RegisterWrite<RegisterValue<T, R>>[] {
  const rows = db.all<Raw>(`${select} WHERE w.row = ? AND r.name = ? ${newestFirst}`, [rowKey(id), `${table}.${register}`])
  return rows.flatMap((raw) => {
    if (!raw.body) return []
    const body = parseBody(unpack(raw.body))
    const op = body.ops.find((one) => one.table === table && one.row === id && one.register === register)
    return op ? [{ ...headOf(raw, body), value: op.value as RegisterValue<T, R> }] : []
  })
}

/** The actions that wrote any register of the row, newest first, each once with the registers that it wrote. */
export function rowHistory(db: ReadDb, table: TableName, id: string): (HistoryHead & { readonly registers: readonly string[] })[] {
  const rows = db.all<Raw>(`${select} WHERE w.row = ? AND r.name GLOB ? ${newestFirst}`, [rowKey(id), `${table}.*`])
  const byAction = new Map<string, HistoryHead & { registers: string[] }>()
  for (const raw of rows) {
    if (!raw.body) continue
    const body = parseBody(unpack(raw.body))
    const known = byAction.get(body.action)
    const register = raw.register.slice(table.length + 1)
    if (known) known.registers.push(register)
    else byAction.set(body.action, { ...headOf(raw, body), registers: [register] })
  }
  return [...byAction.values()]
}

/** The ids of the actions that wrote this row, whatever its table. */
export function actionsOfRow(db: ReadDb, id: string): string[] {
  const bodies = db.all<{ body: Buffer }>('SELECT DISTINCT c.n, c.body FROM reg_write w JOIN change c ON c.n = w.n WHERE w.row = ? AND c.body IS NOT NULL', [rowKey(id)])
  return [...new Set(bodies.map((raw) => parseBody(unpack(raw.body)).action))]
}
