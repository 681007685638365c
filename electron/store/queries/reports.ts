/** Duty reports: pages in the order of arrival (newest first or last), pages of persons and units, earlier versions. */
import { gramQuery } from '../../../shared/text/grams.ts'
import type { Figures } from '../../../shared/domain/kinds.ts'
import type { ReadDb, SqlValue } from '../read-db.ts'
import type { Direction, Page } from './keyset.ts'
import { readCursor, writeCursor } from './keyset.ts'

/** As the contract's `reportRow`. */
export type ReportListRow = {
  readonly id: string; readonly kind: string; readonly period: string; readonly unitId: string; readonly unit: string; readonly officialId: string | null; readonly official: string | null
  readonly item: string | null; readonly figures: Record<string, Figures[string]>; readonly remark: string | null; readonly bulletinId: string | null; readonly sheet: string | null; readonly sheetRow: number | null; readonly version: number
}
type Raw = Omit<ReportListRow, 'figures'> & { readonly no: number; readonly figures: string | null }

const columns = `r.no, r.id, r.kind, coalesce(r.period, '') AS period, coalesce(r.unitId, '') AS unitId, coalesce((SELECT name FROM unit WHERE id = r.unitId), '') AS unit, r.officialId,
  (SELECT name FROM official WHERE id = r.officialId) AS official, r.item, r.figures, r.remark, r.bulletinId, r.sheet, r.sheetRow, coalesce(r.version, 1) AS version`

function shape({ no: _, figures, ...raw }: Raw): ReportListRow {
  return { ...raw, figures: figures === null ? {} : (JSON.parse(figures) as Record<string, Figures[string]>) }
}

export type ReportFilter = {
  readonly query?: string | null; readonly kind?: string | null; readonly period?: string | null; readonly unitId?: string | null; readonly officialId?: string | null; readonly bulletinId?: string | null
}

/** Narrow filters use their own index; a kind alone, or a period alone, is met while walking the rows in their order. */
function whereOf(filter: ReportFilter): { where: string[]; params: SqlValue[] } {
  const where = ['r.deleted = 0']
  const params: SqlValue[] = []
  const narrow = Boolean(filter.unitId) || Boolean(filter.officialId) || Boolean(filter.bulletinId)
  const both = Boolean(filter.kind) && Boolean(filter.period)
  const add = (column: string, value: string | null | undefined, hide: boolean): void => {
    if (!value) return
    where.push(`${hide ? '+' : ''}r.${column} = ?`)
    params.push(value)
  }
  add('bulletinId', filter.bulletinId, false)
  add('officialId', filter.officialId, Boolean(filter.bulletinId))
  add('unitId', filter.unitId, Boolean(filter.bulletinId) || Boolean(filter.officialId))
  add('kind', filter.kind, narrow || !both)
  add('period', filter.period, narrow || !both)
  return { where, params }
}

/** One page by row number; `total` counts the filter. Words that hold no letter or digit find nothing. */
export function reportPage(db: ReadDb, filter: ReportFilter, direction: Direction, cursorText: string | null | undefined, limit: number): Page<ReportListRow> {
  const cursor = readCursor(cursorText)
  const words = filter.query?.trim() ?? ''
  const match = words === '' ? null : gramQuery(words)
  if (words !== '' && match === null) return { items: [], next: null, total: 0 }
  const { where, params } = whereOf(filter)
  const plain = where.length === 1
  const from = match === null ? 'report r' : 'report_text t CROSS JOIN report r ON r.no = t.rowid'
  const key = match === null ? 'r.no' : 't.rowid'
  const all = match === null ? where : ['report_text MATCH ?', ...where.map((one) => one.replace(/^r\./, '+r.').replace(/^\+\+/, '+'))]
  const values = match === null ? params : [match, ...params]
  const step = direction === 'asc' ? '>' : '<'
  const paged = cursor === null ? all : [...all, `${key} ${step} ?`]
  const sql = `SELECT ${columns} FROM ${from} WHERE ${paged.join(' AND ')} ORDER BY ${key} ${direction === 'asc' ? 'ASC' : 'DESC'} LIMIT ?`
  const rows = db.all<Raw>(sql, [...values, ...(cursor ? [Number(cursor.value)] : []), limit + 1])
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const countSql = match !== null && plain ? 'SELECT count(*) AS c FROM report_text WHERE report_text MATCH ?' : `SELECT count(*) AS c FROM ${from} WHERE ${all.join(' AND ')}`
  const total = db.get<{ c: number }>(countSql, match !== null && plain ? [match] : values)?.c ?? 0
  return { items: items.map(shape), next: rows.length > limit && last ? writeCursor({ value: last.no, id: last.id }) : null, total }
}

export function reportById(db: ReadDb, id: string): ReportListRow | undefined {
  const raw = db.get<Raw>(`SELECT ${columns} FROM report r WHERE r.id = ? AND r.deleted = 0`, [id])
  return raw && shape(raw)
}

/** Newest period first; at most 500, a page about one person. */
export function reportsOfOfficial(db: ReadDb, officialId: string): ReportListRow[] {
  return db.all<Raw>(`SELECT ${columns} FROM report r WHERE r.officialId = ? AND r.deleted = 0 ORDER BY r.period DESC, r.no LIMIT 500`, [officialId]).map(shape)
}

/** Every report of one kind and period in the order of arrival; a few hundred rows, 5,000 at most. */
export function reportsOfPeriod(db: ReadDb, kind: string, period: string): ReportListRow[] {
  return db.all<Raw>(`SELECT ${columns} FROM report r WHERE r.kind = ? AND r.period = ? AND r.deleted = 0 ORDER BY r.no LIMIT 5000`, [kind, period]).map(shape)
}

/** For a kind of which there are few (assessments): all of it is walked, newest period first. */
export function reportsOfUnit(db: ReadDb, unitId: string, kind: string): ReportListRow[] {
  return db.all<Raw>(`SELECT ${columns} FROM report r WHERE +r.unitId = ? AND r.kind = ? AND r.deleted = 0 ORDER BY r.period DESC, r.no LIMIT 200`, [unitId, kind]).map(shape)
}

/** Periods that have reports, newest first. Skips along the index instead of reading every row. */
export function reportPeriods(db: ReadDb): string[] {
  const sql = `WITH RECURSIVE k(kind, period) AS (
      SELECT * FROM (SELECT kind, period FROM report WHERE kind IS NOT NULL AND period IS NOT NULL ORDER BY kind, period LIMIT 1)
      UNION ALL SELECT (SELECT kind FROM report WHERE (kind, period) > (k.kind, k.period) ORDER BY kind, period LIMIT 1),
                       (SELECT period FROM report WHERE (kind, period) > (k.kind, k.period) ORDER BY kind, period LIMIT 1) FROM k WHERE k.kind IS NOT NULL)
    SELECT DISTINCT period FROM k WHERE period IS NOT NULL ORDER BY period DESC`
  return db.all<{ period: string }>(sql).map((row) => row.period)
}
