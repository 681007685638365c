/** Pages of the register. Every page reads letter_list alone (store/letter-list.ts) and stays under 20 ms for 100,000 letters in any sorting. */
import { letterStates, letterTypes, type LetterState, type LetterType, type RecheckOutcome } from '../../../shared/domain/letters/types.ts'
import { gramQuery, searchRuns } from '../../../shared/text/grams.ts'
import type { ReadDb, SqlValue } from '../read-db.ts'
import { readCursor, writeCursor, type Direction, type Page } from './keyset.ts'

export type LetterSort = 'number' | 'issuedOn' | 'replyDue' | 'unit' | 'official' | 'state' | 'created'
export type LetterFilter = {
  readonly states?: readonly LetterState[] | null
  readonly type?: LetterType | null
  /** Of the number. */
  readonly year?: number | null
  readonly unitId?: string | null
  readonly officialId?: string | null
  /** An explanation was due before this day and is still awaited. */
  readonly overdueOn?: string | null
  /** 复核 was asked for and is not decided. */
  readonly recheck?: boolean
  /** Words in number, unit, official, matter or cause. */
  readonly query?: string | null
}

/** `issuedBy` and `draftedBy` are account names; `unit`, `official`, `post` as of the issue. */
export type LetterListRow = {
  readonly n: number; readonly id: string; readonly state: LetterState; readonly type: LetterType; readonly unitId: string; readonly unit: string; readonly officialId: string | null
  readonly official: string | null; readonly post: string | null; readonly matter: string; readonly cause: string; readonly number: string | null; readonly issuedOn: string | null
  readonly issuedBy: string | null; readonly deliveredOn: string | null; readonly replyDue: string | null; readonly repliedOn: string | null; readonly conclusion: string | null
  readonly closedOn: string | null; readonly voidReason: string | null; readonly draftedBy: string; readonly recheckDue: string | null; readonly recheckOutcome: RecheckOutcome | null
}

const sortKeys: Readonly<Record<LetterSort, string>> = {
  number: 'kNumber', issuedOn: 'kIssued', replyDue: 'kDue', unit: 'kUnit', official: 'kOfficial', state: 'state', created: 'letterId',
}

/** Up to so many letters are fetched by the filter's own index and sorted; for more, walking the sort's index finds a page sooner. */
const fewLetters = 1_500

const rowColumns = `v.n, v.letterId AS id, v.state, v.type, v.unitId, v.unit, v.officialId, v.official, v.post, v.matter, v.cause, v.number, v.issuedOn,
  (SELECT name FROM account WHERE id = v.issuedBy) AS issuedBy, v.deliveredOn, v.replyDue, v.repliedOn, v.conclusion, v.closedOn, v.voidReason, v.recheckDue, v.recheckOutcome,
  coalesce((SELECT name FROM account WHERE id = v.draftedBy), '') AS draftedBy`

type RawRow = Omit<LetterListRow, 'state' | 'type'> & { readonly state: number; readonly type: number; readonly sortValue?: string | number }

export function shapeLetter(raw: RawRow): LetterListRow {
  const { sortValue, ...row } = raw
  void sortValue
  return { ...row, state: letterStates[raw.state] ?? 'draft', type: letterTypes[raw.type] ?? 'reminder' }
}

type Part = { readonly sql: string; readonly params: readonly SqlValue[] }

/** The plain filters. `hide` (a unary plus) keeps the planner from their indexes while it walks the sort's. */
function plainParts(filter: LetterFilter, hide: boolean): readonly Part[] {
  const plus = hide ? '+' : ''
  const parts: Part[] = []
  if (filter.states && filter.states.length > 0) {
    const codes = filter.states.map((state) => letterStates.indexOf(state))
    parts.push({ sql: `${plus}v.state IN (${codes.map(() => '?').join(', ')})`, params: codes })
  }
  if (filter.type) parts.push({ sql: `${plus}v.type = ?`, params: [letterTypes.indexOf(filter.type)] })
  if (filter.year) parts.push({ sql: `${plus}v.year = ?`, params: [filter.year] })
  if (filter.unitId) parts.push({ sql: `${plus}v.unitId = ?`, params: [filter.unitId] })
  if (filter.officialId) parts.push({ sql: `${plus}v.officialId = ?`, params: [filter.officialId] })
  if (filter.overdueOn) parts.push({ sql: `${plus}v.waitDue < ?`, params: [filter.overdueOn] })
  if (filter.recheck) parts.push({ sql: `${plus}v.recheckDue IS NOT NULL`, params: [] })
  return parts
}

const tallied = (filter: LetterFilter): boolean => !filter.unitId && !filter.officialId && !filter.overdueOn && !filter.recheck

function join(parts: readonly Part[]): Part {
  return { sql: parts.length === 0 ? '' : ` WHERE ${parts.map((part) => part.sql).join(' AND ')}`, params: parts.flatMap((part) => part.params) }
}

/** How many letters the filter (without words) leaves: from the tally where it can be. */
function countPlain(db: ReadDb, filter: LetterFilter): number {
  const where = join(plainParts(filter, false))
  const sql = tallied(filter) ? `SELECT coalesce(sum(v.letters), 0) AS c FROM letter_tally AS v${where.sql}` : `SELECT count(*) AS c FROM letter_list AS v${where.sql}`
  return db.get<{ c: number }>(sql, where.params)?.c ?? 0
}

type Plan = { readonly parts: readonly Part[]; readonly walk: boolean; readonly total: number }

/**
 * Words: few hits are joined by their row numbers; more are kept as a set that the walk along the sort asks; where a fifth of all letters or more hold
 * the words, the walk looks into the rows themselves and finds its page at once.
 */
function planWords(db: ReadDb, filter: LetterFilter, words: string, match: string): Plan {
  const hits = db.all<{ rowid: number }>('SELECT rowid FROM letter_text WHERE letter_text MATCH ? LIMIT ?', [match, fewLetters + 1])
  const bare = plainParts(filter, true)
  const count = (among: Part): number => {
    const where = join([among, ...bare])
    return db.get<{ c: number }>(`SELECT count(*) AS c FROM letter_list AS v${where.sql}`, where.params)?.c ?? 0
  }
  if (hits.length <= fewLetters) {
    const among: Part = { sql: 'v.n IN (SELECT value FROM json_each(?))', params: [JSON.stringify(hits.map((hit) => hit.rowid))] }
    return { parts: [among, ...bare], walk: false, total: count(among) }
  }
  const found = db.get<{ c: number }>('SELECT count(*) AS c FROM letter_text WHERE letter_text MATCH ?', [match])?.c ?? 0
  const among: Part = { sql: 'v.n IN (SELECT rowid FROM letter_text WHERE letter_text MATCH ?)', params: [match] }
  const total = bare.length === 0 ? found : count(among)
  const inRows = searchRuns(words).map((run): Part => ({ sql: 'instr(v.words, ?) > 0', params: [run] }))
  return { parts: [...bare, ...(found * 5 >= countPlain(db, {}) ? inRows : [{ ...among, sql: `+${among.sql}` }])], walk: true, total }
}

function planPage(db: ReadDb, filter: LetterFilter): Plan | null {
  const words = filter.query?.trim() ?? ''
  if (words !== '') {
    const match = gramQuery(words)
    return match === null ? null : planWords(db, filter, words, match)
  }
  const total = countPlain(db, filter)
  const narrow = plainParts(filter, false).length > 0 && (total <= fewLetters || Boolean(filter.unitId) || Boolean(filter.officialId) || filter.recheck === true)
  return { parts: plainParts(filter, !narrow), walk: !narrow, total }
}

/** The SQL of one page; exported so that a test can read its query plan. */
export function letterPageSql(plan: Pick<Plan, 'parts' | 'walk'>, sort: LetterSort, direction: Direction, after: boolean): string {
  const key = sortKeys[sort]
  const shown = plan.walk ? `v.${key}` : `+v.${key}`
  const step = direction === 'asc' ? '>' : '<'
  const order = direction === 'asc' ? 'ASC' : 'DESC'
  const parts = after ? [...plan.parts, { sql: `(${shown}, v.n) ${step} (?, ?)`, params: [] }] : plan.parts
  const by = plan.walk ? ` INDEXED BY letter_list_by_${key}` : ''
  const page = `SELECT v.n AS n, v.${key} AS k FROM letter_list AS v${by}${join(parts).sql} ORDER BY ${shown} ${order}, v.n ${order} LIMIT ?`
  return `WITH page AS MATERIALIZED (${page}) SELECT page.k AS sortValue, ${rowColumns} FROM page CROSS JOIN letter_list AS v ON v.n = page.n ORDER BY page.k ${order}, page.n ${order}`
}

/** One page in the sorting asked for; `total` counts the whole filter. Words without a letter or digit find nothing. */
export function listLetters(db: ReadDb, filter: LetterFilter, sort: LetterSort, direction: Direction, cursorText: string | null | undefined, limit: number): Page<LetterListRow> {
  const cursor = readCursor(cursorText)
  const plan = planPage(db, filter)
  if (plan === null) return { items: [], next: null, total: 0 }
  const params = [...plan.parts.flatMap((part) => part.params), ...(cursor ? [cursor.value, Number(cursor.id)] : []), limit + 1]
  const rows = db.all<RawRow>(letterPageSql(plan, sort, direction, cursor !== null), params)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items: items.map(shapeLetter), next: rows.length > limit && last ? writeCursor({ value: last.sortValue ?? null, id: String(last.n) }) : null, total: plan.total }
}

/** List rows by id, in the order of `ids`; unknown ones are left out. */
export function letterRows(db: ReadDb, ids: readonly string[]): readonly LetterListRow[] {
  const rows = db.all<RawRow>(`SELECT ${rowColumns} FROM json_each(?) AS j CROSS JOIN letter_list AS v ON v.letterId = j.value ORDER BY j.key`, [JSON.stringify(ids)])
  return rows.map(shapeLetter)
}

/** The register as printed: issued letters (void ones too) in the order of their numbers. */
export function registerRows(db: ReadDb, filter: Pick<LetterFilter, 'year' | 'unitId'>): readonly LetterListRow[] {
  const where = join([{ sql: 'v.year > 0', params: [] }, ...plainParts(filter, false)])
  return db.all<RawRow>(`SELECT ${rowColumns} FROM letter_list AS v${where.sql} ORDER BY v.kNumber, v.n`, where.params).map(shapeLetter)
}

/** Everything that one official has had, or that is being written to them, newest first. */
export function lettersOfOfficial(db: ReadDb, officialId: string): readonly LetterListRow[] {
  return db.all<RawRow>(`SELECT ${rowColumns} FROM letter_list AS v WHERE v.officialId = ? ORDER BY v.kIssued DESC, v.n DESC`, [officialId]).map(shapeLetter)
}

/** Letters to a unit where no official is named (papers to the unit itself). */
export function lettersOfUnitItself(db: ReadDb, unitId: string): readonly LetterListRow[] {
  return db.all<RawRow>(`SELECT ${rowColumns} FROM letter_list AS v WHERE v.unitId = ? AND v.officialId IS NULL ORDER BY v.kIssued DESC, v.n DESC`, [unitId]).map(shapeLetter)
}

/** Issued and closed in a month (`2026-06`) by type, and the explanations received in it; withdrawn letters are in none of the counts. */
export function lettersOfMonth(db: ReadDb, month: string): { readonly byType: readonly { readonly type: LetterType; readonly issued: number; readonly closed: number }[]; readonly replies: number } {
  const gone = letterStates.indexOf('void')
  const params = { from: `${month}-01`, to: `${month}-31`, gone, closed: letterStates.indexOf('closed') }
  const counts = db.all<{ type: number; issued: number; closed: number }>(
    `SELECT v.type, sum(v.issuedOn BETWEEN @from AND @to) AS issued, sum(v.state = @closed AND v.closedOn BETWEEN @from AND @to) AS closed FROM letter_list AS v
     WHERE v.state <> @gone AND v.issuedOn <= @to GROUP BY v.type ORDER BY v.type`, params)
  const replies = db.get<{ c: number }>('SELECT count(*) AS c FROM reply AS r JOIN letter_list AS v ON v.letterId = r.letterId WHERE r.deleted = 0 AND r.receivedOn BETWEEN @from AND @to AND v.state <> @gone', { from: params.from, to: params.to, gone })
  return { byType: counts.map((one) => ({ type: letterTypes[one.type] ?? 'reminder', issued: one.issued, closed: one.closed ?? 0 })), replies: replies?.c ?? 0 }
}

/** Letters whose 复核 waits for its decision, the nearest day first. */
export function openRechecks(db: ReadDb): readonly LetterListRow[] {
  return db.all<RawRow>(`SELECT ${rowColumns} FROM letter_list AS v WHERE v.recheckDue IS NOT NULL ORDER BY v.recheckDue, v.n`, []).map(shapeLetter)
}

/** What R7 looks at: awaited explanations that were due before `date`. */
export function overdueLetters(db: ReadDb, date: string): readonly LetterListRow[] {
  return db.all<RawRow>(`SELECT ${rowColumns} FROM letter_list AS v WHERE v.waitDue < ? ORDER BY v.waitDue, v.n`, [date]).map(shapeLetter)
}
