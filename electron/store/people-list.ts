/**
 * The list of officials (one narrow row each with the post of now) and the tokens that officials and units are found by.
 * Part of the projection: made from official, post and unit, thrown away and made anew with it.
 */
import type { Database, Statement } from 'better-sqlite3'
import { nameTokens, sortName } from './name-tokens.ts'
import { textsOf } from './rows.ts'

/** `kUnit`: unit's place, head first, then the name; `kName`: pinyin and name. `n` breaks ties. An official joined into another is not listed. */
export const peopleListSchema: readonly string[] = [
  `CREATE TABLE official_list (n INTEGER PRIMARY KEY, officialId TEXT NOT NULL UNIQUE, name TEXT NOT NULL, gender TEXT, birth TEXT, postId TEXT, unitId TEXT, unit TEXT,
    title TEXT, isHead INTEGER NOT NULL, kUnit TEXT NOT NULL, kName TEXT NOT NULL)`,
  'CREATE INDEX official_list_by_kUnit ON official_list (kUnit, n, isHead)',
  'CREATE INDEX official_list_by_kName ON official_list (kName, n, isHead)',
  'CREATE INDEX official_list_unit_kUnit ON official_list (unitId, kUnit, n, isHead)',
  'CREATE INDEX official_list_unit_kName ON official_list (unitId, kName, n, isHead)',
  'CREATE INDEX official_list_name ON official_list (name)',
  'CREATE INDEX official_joins ON official (joinedInto, id) WHERE joinedInto IS NOT NULL',
  // Few, and asked for by 待核对: who was removed while somebody still needs him.
  'CREATE INDEX official_gone ON official (id) WHERE deleted = 1',
  'CREATE TABLE official_token (token TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (token, n)) WITHOUT ROWID',
  'CREATE TABLE unit_token (token TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (token, id)) WITHOUT ROWID',
  'CREATE INDEX unit_token_id ON unit_token (id)',
]
export const peopleListTables: readonly string[] = ['official_list', 'official_token', 'unit_token']

const statements = new WeakMap<Database, Map<string, Statement<unknown[], unknown>>>()

/** Prepared once a connection: a rebuild derives every official of the record. */
function prepared(db: Database, sql: string): Statement<unknown[], unknown> {
  const known = statements.get(db) ?? new Map<string, Statement<unknown[], unknown>>()
  statements.set(db, known)
  const made = known.get(sql) ?? db.prepare<unknown[], unknown>(sql)
  known.set(sql, made)
  return made
}

/** `n`: the official's place in the list. Tokens have no index by place: those of a name are made again to take them away. */
type OfficialTokens = { readonly n: number; readonly before: string | null; readonly after: string | null }

/** In the order of the tokens, and in one statement each way: a roster of 100,000 people brings a million. */
function setOfficialTokens(db: Database, changed: readonly OfficialTokens[]): void {
  const tokens = (pick: (one: OfficialTokens) => string | null): string =>
    JSON.stringify(changed.flatMap((one) => Array.from(nameTokens(pick(one) ?? ''), (token): [string, number] => [token, one.n])).sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1])))
  if (changed.some((one) => one.before !== null)) {
    prepared(db, 'DELETE FROM official_token WHERE (token, n) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))').run(tokens((one) => one.before))
  }
  prepared(db, 'INSERT OR IGNORE INTO official_token (token, n) SELECT value ->> 0, value ->> 1 FROM json_each(?)').run(tokens((one) => one.after))
}

function setUnitTokens(db: Database, id: string, names: readonly string[]): void {
  prepared(db, 'DELETE FROM unit_token WHERE id = ?').run(id)
  const insert = prepared(db, 'INSERT INTO unit_token (token, id) VALUES (?, ?)')
  for (const token of new Set(names.flatMap((name) => [...nameTokens(name)]))) insert.run(token, id)
}

type OfficialRaw = { id: string; deleted: number; name: string | null; gender: string | null; birth: string | null; joinedInto: string | null }
type PostRaw = { postId: string; unitId: string | null; unit: string | null; orderNo: number | null; title: string | null; isHead: number | null }

/** The post of now: still held before ended ones, a head's before others, the newest first. */
const currentPost = `SELECT p.id AS postId, p.unitId, u.name AS unit, u.orderNo, p.title, p.isHead FROM post p LEFT JOIN unit u ON u.id = p.unitId
  WHERE p.officialId = ? AND p.deleted = 0 ORDER BY p.until IS NOT NULL, p.isHead DESC, p.since DESC, p.id LIMIT 1`

const upsert = `INSERT INTO official_list (officialId, name, gender, birth, postId, unitId, unit, title, isHead, kUnit, kName) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT(officialId) DO UPDATE SET name = excluded.name, gender = excluded.gender, birth = excluded.birth, postId = excluded.postId, unitId = excluded.unitId,
  unit = excluded.unit, title = excluded.title, isHead = excluded.isHead, kUnit = excluded.kUnit, kName = excluded.kName RETURNING n`

const batch = 2_000

/** Brings the officials' rows and tokens up to date; one that is deleted or joined into another leaves the list. */
export function deriveOfficials(db: Database, ids: Iterable<string>): void {
  let changed: OfficialTokens[] = []
  for (const id of ids) {
    const tokens = deriveOfficial(db, id)
    if (tokens) changed.push(tokens)
    if (changed.length < batch) continue
    setOfficialTokens(db, changed)
    changed = []
  }
  if (changed.length > 0) setOfficialTokens(db, changed)
}

/** The row; undefined when its name did not change. */
function deriveOfficial(db: Database, officialId: string): OfficialTokens | undefined {
  const official = prepared(db, 'SELECT id, deleted, name, gender, birth, joinedInto FROM official WHERE id = ?').get(officialId) as OfficialRaw | undefined
  const known = prepared(db, 'SELECT n, name FROM official_list WHERE officialId = ?').get(officialId) as { n: number; name: string } | undefined
  if (official === undefined || official.deleted !== 0 || official.name === null || official.joinedInto !== null) {
    if (known === undefined) return undefined
    prepared(db, 'DELETE FROM official_list WHERE n = ?').run(known.n)
    return { n: known.n, before: known.name, after: null }
  }
  const post = prepared(db, currentPost).get(officialId) as PostRaw | undefined
  const kName = sortName(official.name)
  const head = post?.isHead === 1
  const kUnit = `${String(post?.orderNo ?? 999_999).padStart(6, '0')}|${post?.unit ?? '～'}|${head ? 0 : 1}|${kName}`
  const { n } = prepared(db, upsert).get(
    official.id, official.name, official.gender, official.birth, post?.postId ?? null, post?.unitId ?? null, post?.unit ?? null, post?.title ?? null, head ? 1 : 0, kUnit, kName) as { n: number }
  return known?.name === official.name ? undefined : { n, before: known?.name ?? null, after: official.name }
}

type UnitRaw = { deleted: number; name: string | null; shortName: string | null; aliases: string | null }

export function deriveUnit(db: Database, unitId: string): void {
  const unit = prepared(db, 'SELECT deleted, name, shortName, aliases FROM unit WHERE id = ?').get(unitId) as UnitRaw | undefined
  if (unit === undefined || unit.deleted !== 0 || unit.name === null) return setUnitTokens(db, unitId, [])
  const aliases = unit.aliases === null ? [] : textsOf(JSON.parse(unit.aliases))
  setUnitTokens(db, unitId, [unit.name, ...(unit.shortName === null ? [] : [unit.shortName]), ...aliases])
}

/** The officials whose list row shows this unit's name. */
export function officialsShowing(db: Database, unitId: string): readonly string[] {
  return (prepared(db, 'SELECT officialId FROM official_list WHERE unitId = ?').all(unitId) as { officialId: string }[]).map((row) => row.officialId)
}
