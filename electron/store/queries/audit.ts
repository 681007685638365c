/** The audit trail: actions of the log (synced, every machine) and local events (log-ins, prints) in one list by time. */
import type { ReadDb } from '../read-db.ts'
import { actionsOfRow } from './history.ts'
import { keysetPage, type Direction, type Page } from './keyset.ts'

export type AuditFilter = {
  readonly accountId?: string | null | undefined
  readonly kind?: string | null | undefined
  /** Only actions that wrote this row. */
  readonly rowId?: string | null | undefined
  /** Ms since 1970; `from` included, `to` excluded. */
  readonly from?: number | null | undefined
  readonly to?: number | null | undefined
  readonly direction: Direction
  readonly cursor?: string | null | undefined
  readonly limit: number
}
/** `origin`: hex of the installation that wrote it; null for a local event. `whole`: every part of the action is here (exchange.md section 1). */
export type AuditRow = {
  readonly id: string; readonly at: number; readonly account: string; readonly accountId: string; readonly action: string; readonly origin: string | null
  readonly rows: number; readonly note: string | null; readonly whole: boolean
}
type Raw = { id: string; sortValue: number; account: string | null; accountId: string; action: string; origin: string | null; rows: number; note: string | null; whole: number }

// Both sides carry the id that breaks ties of one millisecond: 'a' + action id, 'e' + the event's number, zero-filled so that text sorts as the number does.
const both = `(
  SELECT 'a' || x.id AS id, x.wall AS at, x.author AS accountId, x.kind AS action, lower(hex(x.origin)) AS origin, x.ops AS rows, x.note AS note, x.id AS actionId, x.parts > 0 AND x.arrived >= x.parts AS whole FROM action x
  UNION ALL
  SELECT 'e' || printf('%015d', e.n), e.at, COALESCE(e.account, ''), e.kind, NULL, 0, NULLIF(e.params, '{}'), NULL, 1 FROM event e
) t`

export function auditPage(db: ReadDb, filter: AuditFilter): Page<AuditRow> {
  const where: string[] = []
  const params: (string | number)[] = []
  const add = (condition: string, ...values: (string | number)[]): void => {
    where.push(condition)
    params.push(...values)
  }
  if (filter.accountId) add('t.accountId = ?', filter.accountId)
  if (filter.kind) add('t.action = ?', filter.kind)
  if (filter.from !== null && filter.from !== undefined) add('t.at >= ?', filter.from)
  if (filter.to !== null && filter.to !== undefined) add('t.at < ?', filter.to)
  if (filter.rowId) add('t.actionId IN (SELECT value FROM json_each(?))', JSON.stringify(actionsOfRow(db, filter.rowId)))
  return keysetPage<Raw, AuditRow>(db, {
    select: `SELECT t.id, t.at AS sortValue, p.name AS account, t.accountId, t.action, t.origin, t.rows, t.note, t.whole FROM ${both} LEFT JOIN account p ON p.id = t.accountId`,
    count: `SELECT count(*) AS n FROM ${both}`,
    where, params, sort: 't.at', id: 't.id', direction: filter.direction, cursor: filter.cursor, limit: filter.limit,
  }, (raw) => ({ id: raw.id, at: raw.sortValue, account: raw.account ?? '', accountId: raw.accountId, action: raw.action, origin: raw.origin, rows: raw.rows, note: raw.note, whole: raw.whole === 1 }))
}
