/** Lists and pages of units and officials. */
import { nameQuery } from '../name-tokens.ts'
import type { ReadDb, SqlValue } from '../read-db.ts'
import { rowsWhere, textsOf, type Row } from '../rows.ts'
import { keysetPage, type Direction, type Page } from './keyset.ts'

/** Letters that still wait for something: issued, not closed, not void (places in letterStates, see letter-list.ts). */
const openLetters = (column: 'unitId' | 'officialId', value: string): string =>
  `(SELECT count(*) FROM letter_list l WHERE l.${column} = ${value} AND l.state BETWEEN 4 AND 9)`

/** Rows whose name, pinyin or initials begin somewhere with the query. */
function tokenFilter(kind: 'official' | 'unit', query: string | null | undefined, column: string): { where: string[]; params: SqlValue[] } {
  const text = nameQuery(query ?? '')
  if (text === '') return { where: [], params: [] }
  const tokens = kind === 'official' ? 'SELECT n FROM official_token' : 'SELECT id FROM unit_token'
  return { where: [`${column} IN (${tokens} WHERE token >= ? AND token < ?)`], params: [text, `${text}\u{10ffff}`] }
}

export type UnitListRow = {
  readonly id: string; readonly name: string; readonly shortName: string | null; readonly kind: string; readonly aliases: readonly string[]
  readonly officials: number; readonly openLetters: number; readonly head: string | null; readonly headId: string | null
}

type UnitRaw = Omit<UnitListRow, 'aliases'> & { aliases: string | null; sortValue: string | number | null }

const unitSelect = (sort: string): string => `SELECT u.id, u.name, u.shortName, u.kind, u.aliases, ${sort} AS sortValue,
  (SELECT count(*) FROM official_list o WHERE o.unitId = u.id) AS officials, ${openLetters('unitId', 'u.id')} AS openLetters, h.name AS head, h.officialId AS headId
  FROM unit u LEFT JOIN official_list h ON h.n = (SELECT o.n FROM official_list o WHERE o.unitId = u.id AND o.isHead = 1 ORDER BY o.kUnit LIMIT 1)`

const unitShape = ({ sortValue: _, aliases, ...raw }: UnitRaw): UnitListRow => ({ ...raw, aliases: aliases === null ? [] : textsOf(JSON.parse(aliases)) })

export type UnitFilter = { readonly query?: string | null; readonly kind?: string | null; readonly sort: 'order' | 'name'; readonly direction: Direction; readonly cursor?: string | null; readonly limit: number }

export function unitPage(db: ReadDb, filter: UnitFilter): Page<UnitListRow> {
  const tokens = tokenFilter('unit', filter.query, 'u.id')
  const sort = filter.sort === 'order' ? 'COALESCE(u.orderNo, 999999)' : 'u.name'
  return keysetPage<UnitRaw, UnitListRow>(db, {
    select: unitSelect(sort), count: 'SELECT count(*) AS n FROM unit u', id: 'u.id', sort,
    where: ['u.deleted = 0', 'u.name IS NOT NULL', ...tokens.where, ...(filter.kind ? ['u.kind = ?'] : [])], params: [...tokens.params, ...(filter.kind ? [filter.kind] : [])],
    direction: filter.direction, cursor: filter.cursor, limit: filter.limit,
  }, unitShape)
}

export function unitListRow(db: ReadDb, id: string): UnitListRow | undefined {
  const raw = db.get<UnitRaw>(`${unitSelect('0')} WHERE u.id = ? AND u.deleted = 0`, [id])
  return raw && unitShape(raw)
}

/** Every unit, for matching names; a few hundred rows. */
export function allUnits(db: ReadDb): Row<'unit'>[] {
  return rowsWhere(db, 'unit', 'name IS NOT NULL', [], 'ORDER BY COALESCE(orderNo, 999999), name, id')
}

/** Every text that a workbook may use for the unit. */
export function spellingsOf(unit: Pick<Row<'unit'>, 'name' | 'shortName' | 'aliases'>): readonly string[] {
  return [unit.name, unit.shortName, ...textsOf(unit.aliases)].filter((text): text is string => text !== null && text !== '')
}

export function largestUnitOrder(db: ReadDb): number {
  return db.get<{ n: number | null }>('SELECT max(orderNo) AS n FROM unit')?.n ?? 0
}

export type OfficialListRow = {
  readonly id: string; readonly name: string; readonly gender: string | null; readonly birth: string | null; readonly unitId: string | null; readonly unit: string | null; readonly title: string | null
  readonly isHead: boolean; readonly namesake: boolean; readonly openLetters: number; readonly letters: number; readonly awards: number
}
type OfficialRaw = Omit<OfficialListRow, 'isHead' | 'namesake'> & { isHead: number; namesake: number; n: number; sortValue: string | number | null }

const officialSelect = (sort: string): string => `SELECT o.officialId AS id, o.n, o.name, o.gender, o.birth, o.unitId, o.unit, o.title, o.isHead, ${sort} AS sortValue,
  EXISTS (SELECT 1 FROM official_list x WHERE x.name = o.name AND x.n <> o.n) AS namesake, ${openLetters('officialId', 'o.officialId')} AS openLetters,
  (SELECT count(*) FROM letter_list l WHERE l.officialId = o.officialId AND l.state BETWEEN 4 AND 10) AS letters,
  (SELECT count(*) FROM report r WHERE r.officialId = o.officialId AND r.kind = 'awards' AND r.deleted = 0) AS awards FROM official_list o`

const officialShape = ({ sortValue: _, n: __, isHead, namesake, ...raw }: OfficialRaw): OfficialListRow => ({ ...raw, isHead: isHead === 1, namesake: namesake === 1 })

export type OfficialFilter = {
  readonly query?: string | null; readonly unitId?: string | null; readonly onlyHeads: boolean; readonly sort: 'unit' | 'name'; readonly direction: Direction; readonly cursor?: string | null; readonly limit: number
}

export function officialPage(db: ReadDb, filter: OfficialFilter): Page<OfficialListRow> {
  const tokens = tokenFilter('official', filter.query, 'o.n')
  const sort = filter.sort === 'unit' ? 'o.kUnit' : 'o.kName'
  return keysetPage<OfficialRaw, OfficialListRow>(db, {
    select: officialSelect(sort), count: 'SELECT count(*) AS n FROM official_list o', sort, id: 'o.officialId',
    where: [...tokens.where, ...(filter.unitId ? ['o.unitId = ?'] : []), ...(filter.onlyHeads ? ['o.isHead = 1'] : [])], params: [...tokens.params, ...(filter.unitId ? [filter.unitId] : [])],
    direction: filter.direction, cursor: filter.cursor, limit: filter.limit,
  }, officialShape)
}

export function officialListRow(db: ReadDb, id: string): OfficialListRow | undefined {
  const raw = db.get<OfficialRaw>(`${officialSelect('0')} WHERE o.officialId = ?`, [id])
  return raw && officialShape(raw)
}

/** Others of the same name, with what tells them apart. */
export function namesakesOf(db: ReadDb, id: string): { id: string; name: string; unit: string | null; birth: string | null; title: string | null }[] {
  return db.all(`SELECT x.officialId AS id, x.name, x.unit, x.birth, x.title FROM official_list o JOIN official_list x ON x.name = o.name AND x.n <> o.n WHERE o.officialId = ? ORDER BY x.kUnit, x.n`, [id])
}

/** Officials in post in this unit under this name (for the refusal of silent namesakes). */
export function inUnitByName(db: ReadDb, unitId: string, name: string): string[] {
  return db.all<{ id: string }>('SELECT officialId AS id FROM official_list WHERE unitId = ? AND name = ?', [unitId, name]).map((row) => row.id)
}

export function postsOf(db: ReadDb, officialId: string): (Row<'post'> & { unitName: string | null })[] {
  return rowsWhere(db, 'post', 'officialId = ?', [officialId], 'ORDER BY until IS NOT NULL, since DESC, id').map((post) => ({
    ...post, unitName: db.get<{ name: string | null }>('SELECT name FROM unit WHERE id = ?', [post.unitId])?.name ?? null,
  }))
}

/** Of the unit only. */
export function postIdsOf(db: ReadDb, officialId: string, unitId: string): string[] {
  return db.all<{ id: string }>('SELECT id FROM post WHERE officialId = ? AND unitId = ? AND deleted = 0', [officialId, unitId]).map((post) => post.id)
}

export function postsInUnit(db: ReadDb, unitId: string): { postId: string; officialId: string; name: string; title: string | null; isHead: number; portfolio: string | null }[] {
  return db.all(`SELECT p.id AS postId, p.officialId, o.name, p.title, p.isHead, p.portfolio FROM post p JOIN official o ON o.id = p.officialId
    WHERE p.unitId = ? AND p.deleted = 0 AND o.deleted = 0 AND o.joinedInto IS NULL AND p.until IS NULL ORDER BY p.isHead DESC, o.name, p.id`, [unitId])
}

export type PostOfName = { readonly officialId: string; readonly name: string; readonly unitId: string; readonly from: string | null; readonly to: string | null }

type PersonRow = { readonly id: string; readonly joined: string | null; readonly name: string }
type PostRow = { readonly officialId: string; readonly unitId: string; readonly since: string | null; readonly until: string | null }

/** Ten steps at most: a ring must not hang. */
function rootOf(people: ReadonlyMap<string, PersonRow>, person: PersonRow): string {
  let { id, joined } = person
  for (let step = 0; step < 10 && joined !== null; step++) {
    id = joined
    joined = people.get(id)?.joined ?? null
  }
  return id
}

/** Every post with its person's name, for matching names within a unit on a date. Their units and days are few texts, however many posts there are. */
export function allPosts(db: ReadDb): PostOfName[] {
  const texts = new Map<string, string>()
  const one = <T extends string | null>(text: T): T => {
    if (text === null) return text
    const known = texts.get(text)
    if (known === undefined) texts.set(text, text)
    return (known ?? text) as T
  }
  // Two walks along the tables: a join asks the index once a post.
  const people = new Map<string, PersonRow>()
  for (const { id, joined, name } of db.iterate<PersonRow>('SELECT id, joinedInto AS joined, name FROM official WHERE deleted = 0 AND name IS NOT NULL')) people.set(id, { id, joined, name })
  const posts: PostOfName[] = []
  for (const { officialId, unitId, since, until } of db.iterate<PostRow>('SELECT officialId, unitId, since, until FROM post WHERE deleted = 0 AND unitId IS NOT NULL')) {
    const person = people.get(officialId)
    if (person) posts.push({ officialId: rootOf(people, person), name: person.name, unitId: one(unitId), from: one(since), to: one(until) })
  }
  return posts
}

/** Who was joined into this one, also by way of another: two machines may each have joined a part. */
export function joinedInto(db: ReadDb, id: string): { id: string; unit: string | null; birth: string | null; title: string | null }[] {
  return db.all(`WITH RECURSIVE twin(id) AS (SELECT id FROM official WHERE joinedInto = ?1 AND deleted = 0
      UNION SELECT o.id FROM twin JOIN official o ON o.joinedInto = twin.id WHERE o.deleted = 0)
    SELECT o.id, u.name AS unit, o.birth, p.title FROM twin JOIN official o ON o.id = twin.id AND o.id <> ?1 LEFT JOIN post p ON p.id = (SELECT id FROM post WHERE officialId = o.id AND deleted = 0 ORDER BY since DESC, id LIMIT 1)
    LEFT JOIN unit u ON u.id = p.unitId ORDER BY o.id`, { 1: id })
}

export function cardsOf(db: ReadDb, unitId: string): Row<'card'>[] {
  return rowsWhere(db, 'card', 'unitId = ?', [unitId], 'ORDER BY since DESC, id')
}

export function nameOf(db: ReadDb, table: 'unit' | 'official', id: string | null): string | null {
  return id === null ? null : (db.get<{ name: string | null }>(`SELECT name FROM "${table}" WHERE id = ?`, [id])?.name ?? null)
}

const uses: Readonly<Partial<Record<string, readonly string[]>>> = {
  unit: ['SELECT 1 FROM report WHERE unitId = ? AND deleted = 0', 'SELECT 1 FROM letter WHERE unitId = ? AND deleted = 0'],
  official: ['SELECT 1 FROM report WHERE officialId = ? AND deleted = 0', 'SELECT 1 FROM letter WHERE officialId = ? AND deleted = 0'],
}

const held: Readonly<Partial<Record<string, readonly string[]>>> = {
  unit: ['SELECT id FROM post WHERE unitId = ? AND deleted = 0'],
  official: ['SELECT id FROM official WHERE joinedInto = ? AND deleted = 0'],
}

/** How many of these rows stand in reports or letters, are whom others were joined into, or (units) hold posts that are not among them. */
export function rosterUses(db: ReadDb, made: readonly { readonly table: string; readonly id: string }[]): number {
  const going = new Set(made.map((one) => one.id))
  return made.filter(({ table, id }) => {
    if ((uses[table] ?? []).some((sql) => db.get(`${sql} LIMIT 1`, [id]) !== undefined)) return true
    return (held[table] ?? []).some((sql) => db.all<{ id: string }>(sql, [id]).some((one) => !going.has(one.id)))
  }).length
}
