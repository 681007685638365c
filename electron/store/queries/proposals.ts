/** 拟办: pages, counts, and what the rules read. */
import type { ReadDb, SqlValue } from '../read-db.ts'
import { parseRow, rowsWhere, type Row } from '../rows.ts'
import { keysetPage, type Direction, type Page } from './keyset.ts'

export type ProposalFilter = {
  readonly period?: string | null; readonly ruleId?: string | null; readonly state?: string | null; readonly incomplete?: boolean | null; readonly unitId?: string | null
  readonly officialId?: string | null; readonly query?: string | null
}
export type ProposalSort = 'unit' | 'rule' | 'period'

/** The row with the names as they are now. `officialId` is the finding's; whom it goes to is `addresseeId` where a person filled one in. */
export type ProposalListRow = Row<'proposal'> & { readonly unitName: string; readonly officialName: string | null; readonly officialTitle: string | null }
type Raw = Record<string, unknown> & { id: string; sortValue: string | null }

const to = 'coalesce(p.addresseeId, p.officialId)'
const columns = `p.*, u.name AS unitName, o.name AS officialName, (SELECT t.title FROM post AS t WHERE t.officialId = ${to} AND t.unitId = p.unitId AND t.deleted = 0
  AND t.title IS NOT NULL ORDER BY t.until IS NOT NULL, t.since DESC, t.id LIMIT 1) AS officialTitle`
const from = `proposal AS p LEFT JOIN unit AS u ON u.id = p.unitId LEFT JOIN official AS o ON o.id = ${to}`
const sorts: Readonly<Record<ProposalSort, string>> = {
  unit: "coalesce(u.pinyin, '') || ' ' || p.unitId",
  rule: "coalesce(p.ruleId, '') || ' ' || coalesce(p.period, '')",
  period: "coalesce(p.period, '') || ' ' || coalesce(p.ruleId, '')",
}

function shape(raw: Raw): ProposalListRow {
  const { sortValue, ...rest } = raw
  void sortValue
  return parseRow('proposal', rest) as ProposalListRow
}

function conditions(filter: ProposalFilter): { readonly where: readonly string[]; readonly params: readonly SqlValue[] } {
  const where = ['p.deleted = 0']
  const params: SqlValue[] = []
  const equal = (column: string, value: string | null | undefined): void => {
    if (value === null || value === undefined || value === '') return
    where.push(`${column} = ?`)
    params.push(value)
  }
  equal('p.period', filter.period)
  equal('p.ruleId', filter.ruleId)
  equal('p.state', filter.state)
  equal('p.unitId', filter.unitId)
  equal(to, filter.officialId)
  if (filter.incomplete !== null && filter.incomplete !== undefined) where.push(`${to} IS ${filter.incomplete ? '' : 'NOT '}NULL`)
  for (const word of (filter.query ?? '').normalize('NFKC').toLowerCase().split(/\s+/u).filter((one) => one !== '')) {
    where.push("instr(lower(coalesce(u.name, '') || ' ' || coalesce(o.name, '') || ' ' || coalesce(p.item, '') || ' ' || coalesce(p.matter, '') || ' ' || coalesce(p.cause, '')), ?) > 0")
    params.push(word)
  }
  return { where, params }
}

export function listProposals(db: ReadDb, filter: ProposalFilter, sort: ProposalSort, direction: Direction, cursor: string | null | undefined, limit: number): Page<ProposalListRow> {
  const { where, params } = conditions(filter)
  return keysetPage<Raw, ProposalListRow>(db, {
    select: `SELECT ${columns}, ${sorts[sort]} AS sortValue FROM ${from}`, count: `SELECT count(*) AS n FROM ${from}`, where, params,
    sort: sorts[sort], id: 'p.id', direction, cursor, limit,
  }, shape)
}

/** In the order of `ids`; unknown ones are left out. */
export function proposalRows(db: ReadDb, ids: readonly string[]): readonly ProposalListRow[] {
  const wanted = JSON.stringify(ids)
  return db.all<Raw>(`SELECT ${columns}, NULL AS sortValue FROM json_each(?) AS j CROSS JOIN ${from.replace('proposal AS p', 'proposal AS p ON p.id = j.value')} WHERE p.deleted = 0 ORDER BY j.key`, [wanted]).map(shape)
}

export function proposalsOfPeriod(db: ReadDb, period: string): readonly Row<'proposal'>[] {
  return rowsWhere(db, 'proposal', 'period = ?', [period])
}

/** Open proposals about overdue letters stand beside every period: R7 looks at a day. */
export function openAboutLetters(db: ReadDb): readonly Row<'proposal'>[] {
  return rowsWhere(db, 'proposal', "state = 'open' AND aboutLetterId IS NOT NULL")
}

export function proposalCounts(db: ReadDb): readonly { readonly period: string; readonly ruleId: string; readonly state: string; readonly count: number }[] {
  return db.all("SELECT period, ruleId, state, count(*) AS count FROM proposal WHERE deleted = 0 GROUP BY period, ruleId, state ORDER BY period DESC, ruleId, state")
}

export function openProposalsOf(db: ReadDb, officialId: string): readonly Row<'proposal'>[] {
  return rowsWhere(db, 'proposal', "(officialId = ?1 AND addresseeId IS NULL OR addresseeId = ?1) AND state = 'open'", { 1: officialId }, 'ORDER BY id')
}

/** Current report rows of a kind in the periods. */
export function reportsFor(db: ReadDb, kind: string, periods: readonly string[]): readonly Row<'report'>[] {
  return db.all<Record<string, unknown>>('SELECT r.* FROM json_each(?) AS j CROSS JOIN report AS r ON r.kind = ? AND r.period = j.value WHERE r.deleted = 0 ORDER BY r.id', [JSON.stringify(periods), kind])
    .map((raw) => parseRow('report', raw))
}

/** With the names and the file that each row stands in, in the order of `ids`. */
export function reportRowsById(db: ReadDb, ids: readonly string[]): readonly (Row<'report'> & { readonly unitName: string; readonly officialName: string | null; readonly fileName: string | null; readonly title: string | null; readonly sender: string | null })[] {
  return db.all<Record<string, unknown>>(
    `SELECT r.*, u.name AS unitName, o.name AS officialName, b.fileName AS fileName, b.title AS title, b.sender AS sender FROM json_each(?) AS j CROSS JOIN report AS r ON r.id = j.value
     LEFT JOIN unit AS u ON u.id = r.unitId LEFT JOIN official AS o ON o.id = r.officialId LEFT JOIN bulletin AS b ON b.id = r.bulletinId WHERE r.deleted = 0 ORDER BY j.key`, [JSON.stringify(ids)],
  ).map((raw) => parseRow('report', raw) as ReturnType<typeof reportRowsById>[number])
}

export function unitKinds(db: ReadDb): readonly { readonly id: string; readonly kind: string }[] {
  return db.all('SELECT id, kind FROM unit WHERE deleted = 0')
}

/** Every 主要负责人 in office on `date`; a unit may have none or several. */
export function headsOn(db: ReadDb, date: string): readonly { readonly unitId: string; readonly officialId: string }[] {
  return db.all(
    `SELECT DISTINCT p.unitId AS unitId, p.officialId AS officialId FROM post AS p JOIN official AS o ON o.id = p.officialId AND o.deleted = 0
     WHERE p.deleted = 0 AND p.isHead = 1 AND coalesce(p.since, '') <= ?1 AND (p.until IS NULL OR p.until >= substr(?1, 1, length(p.until)))`, { 1: date })
}
