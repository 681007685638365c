/** 待核对: registers with different surviving writes, and removals that did not know an edit (exchange.md section 2). */
import { conflicting } from '../../../shared/merge/survivors.ts'
import { parseBody, tombstone, type Body } from '../log/body.ts'
import { canonical } from '../log/canonical.ts'
import { unpack } from '../log/log-db.ts'
import { derivedId } from '../ids.ts'
import { rowId, rowKey, type RowKey } from '../log/row-key.ts'
import type { ReadDb } from '../read-db.ts'
import { tables, type ConflictClass, type TableName } from '../tables.ts'

/** `id` names the change; `value` is the whole register, or `{deleted}` for a removal. `at` in ms since 1970 by the writer's clock. */
export type Survivor = {
  readonly id: string; readonly at: number; readonly authorId: string; readonly origin: string; readonly scope: string; readonly register: string
  readonly value: Readonly<Record<string, unknown>>; readonly shown: boolean
}
/** `register` is 'tombstone' for a removal against an edit. Survivors: the shown one first. */
export type Conflict = { readonly id: string; readonly class: Exclude<ConflictClass, 'auto'>; readonly table: TableName; readonly row: string; readonly register: string; readonly survivors: readonly Survivor[] }

type Live = { row: RowKey; name: string; n: number; id: Buffer; wall: number; author: string; origin: Buffer; scope: string }

const columns = 'w.row, r.name, c.n, c.id, c.wall, c.author, c.origin, c.scope'
const joined = 'JOIN change c ON c.n = w.n JOIN register r ON r.code = w.reg'
/** In the order of the winner. */
const order = 'ORDER BY r.name, w.row, c.hlc_ms DESC, c.hlc_counter DESC, c.origin DESC, c.id DESC'

/** The register name under which several letters with one number are listed. */
export const doubledRegister = 'number'

/** `<table>.<register>/<row>`. */
export function conflictId(table: string, register: string, row: string): string {
  return `${table}.${register}/${row}`
}

/** Review and hard ones, by id. Several letters with one number stand as one conflict, instead of the two holders of its number row. */
export function listConflicts(db: ReadDb): Conflict[] {
  const doubled = doubledNumbers(db)
  const rows = new Set(doubled.map((one) => one.row))
  return [...doubled, ...disputedRows(db).filter((one) => one.table !== 'number' || !rows.has(one.row))].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Those of some rows only: what must be known of one letter does not walk the whole log. */
export function conflictsOfRows(db: ReadDb, rows: readonly string[]): Conflict[] {
  return rows.length === 0 ? [] : registerConflicts(db, rows.map(rowKey), new Map())
}

const rowsAtOnce = 500

/** One walk along the index finds the rows that may have any: more than one survivor, or a removal. */
function disputedRows(db: ReadDb): Conflict[] {
  const rows = db.all<{ row: RowKey }>(`SELECT DISTINCT row FROM (SELECT row, reg FROM reg_write WHERE live = 1 GROUP BY row, reg
    HAVING count(*) > 1 OR reg IN (SELECT code FROM register WHERE name GLOB '*.${tombstone}'))`).map((one) => one.row)
  const bodies = new Map<number, Body | null>()
  const found: Conflict[] = []
  for (let from = 0; from < rows.length; from += rowsAtOnce) found.push(...registerConflicts(db, rows.slice(from, from + rowsAtOnce), bodies))
  return found
}

function registerConflicts(db: ReadDb, keys: readonly RowKey[], bodies: Map<number, Body | null>): Conflict[] {
  const among = `AND row IN (${keys.map(() => '?').join(', ')})`
  const forked = db.all<Live>(`SELECT ${columns} FROM (SELECT row, reg FROM reg_write WHERE live = 1 ${among} GROUP BY row, reg HAVING count(*) > 1) AS f
    JOIN reg_write AS w ON w.row = f.row AND w.reg = f.reg AND w.live = 1 ${joined} ${order}`, keys)
  const found: Conflict[] = []
  for (const writes of Map.groupBy(forked, (one) => `${one.name}\n${rowId(one.row)}`).values()) {
    const [table, register] = splitName(writes[0]!.name)
    const conflict = classOf(table, register)
    if (conflict === 'auto' || register === tombstone) continue
    const survivors = writes.flatMap((one, index) => survivorOf(db, bodies, one, index === 0))
    if (conflicting(survivors.map((one) => canonical(one.value)))) found.push(conflictOf(conflict, table as TableName, register, rowId(writes[0]!.row), survivors))
  }
  return [...found, ...removals(db, bodies, keys)]
}

/** A row is shown although a removal survives, because an edit was not known to it. */
function removals(db: ReadDb, bodies: Map<number, Body | null>, keys: readonly RowKey[]): Conflict[] {
  const among = `AND w.row IN (${keys.map(() => '?').join(', ')})`
  const graves = db.all<Live>(`SELECT ${columns} FROM reg_write AS w ${joined} WHERE w.live = 1 ${among} AND r.name GLOB '*.${tombstone}' ${order}`, keys)
  const found: Conflict[] = []
  for (const writes of Map.groupBy(graves, (one) => `${one.name}\n${rowId(one.row)}`).values()) {
    const [table] = splitName(writes[0]!.name)
    const row = rowId(writes[0]!.row)
    if (!Object.hasOwn(tables, table)) continue
    const graveOps = writes.flatMap((one) => opOf(db, bodies, one) ?? [])
    const known = new Set(graveOps.filter((op) => op.value['deleted'] === true).flatMap((op) => op.pred))
    const shown = writes.flatMap((one) => survivorOf(db, bodies, one, false))
    if (shown[0]?.value['deleted'] !== true) continue
    const edits = db.all<Live>(`SELECT ${columns} FROM reg_write AS w ${joined} WHERE w.live = 1 AND w.row = ? AND r.name GLOB ? AND r.name <> ? ${order}`, [writes[0]!.row, `${table}.*`, writes[0]!.name])
    const unknown = edits.filter((one) => !known.has(one.id.toString('hex'))).flatMap((one) => survivorOf(db, bodies, one, true))
    if (unknown.length > 0) found.push(conflictOf('hard', table as TableName, tombstone, row, [...unknown, ...shown]))
  }
  return found
}

function conflictOf(conflict: Conflict['class'], table: TableName, register: string, row: string, survivors: readonly Survivor[]): Conflict {
  return { id: conflictId(table, register, row), class: conflict, table, row, register, survivors }
}

function classOf(table: string, register: string): ConflictClass {
  if (!Object.hasOwn(tables, table)) return 'auto'
  const registers = tables[table as TableName] as Readonly<Record<string, { readonly conflict: ConflictClass }>>
  return registers[register]?.conflict ?? 'auto'
}

function splitName(name: string): [table: string, register: string] {
  const dot = name.indexOf('.')
  return [name.slice(0, dot), name.slice(dot + 1)]
}

function opOf(db: ReadDb, bodies: Map<number, Body | null>, live: Live): Body['ops'][number] | undefined {
  if (!bodies.has(live.n)) {
    const raw = db.get<{ body: Buffer | null }>('SELECT body FROM change WHERE n = ?', [live.n])
    bodies.set(live.n, raw?.body ? parseBody(unpack(raw.body)) : null)
  }
  const [table, register] = splitName(live.name)
  return bodies.get(live.n)?.ops.find((op) => op.table === table && op.register === register && op.row === rowId(live.row))
}

function survivorOf(db: ReadDb, bodies: Map<number, Body | null>, live: Live, shown: boolean): Survivor[] {
  const op = opOf(db, bodies, live)
  if (!op) return []
  return [{ id: live.id.toString('hex'), at: live.wall, authorId: live.author, origin: live.origin.toString('hex'), scope: live.scope, register: op.register, value: op.value, shown }]
}

/**
 * Letters in force that bear one number. `register` is 'number', `row` the number's row; a survivor is the write that issued one of the letters, its value
 * `{letterId, number, issuedOn, unitId, officialId}`. Numbers of one series and year come in the order of the index.
 */
function doubledNumbers(db: ReadDb): Conflict[] {
  const twice = db.all<{ series: string; year: number; seq: number }>(
    'SELECT series, year, seq FROM letter WHERE deleted = 0 AND voidedOn IS NULL AND series IS NOT NULL AND seq IS NOT NULL GROUP BY series, year, seq HAVING count(*) > 1')
  return twice.map(({ series, year, seq }) => {
    const letters = db.all<{ id: string; number: string; issuedOn: string | null; unitId: string | null; officialId: string | null }>(
      'SELECT id, number, issuedOn, unitId, officialId FROM letter WHERE series = ? AND year = ? AND seq = ? AND deleted = 0 AND voidedOn IS NULL ORDER BY id', [series, year, seq])
    const row = derivedId('number', series, year, seq)
    const survivors = letters.flatMap(({ id, ...letter }) => {
      const [write] = db.all<Live>(`SELECT ${columns} FROM reg_write AS w ${joined} WHERE w.live = 1 AND w.row = ? AND r.name = 'letter.issue' ${order} LIMIT 1`, [rowKey(id)])
      return write ? [{ id: write.id.toString('hex'), at: write.wall, authorId: write.author, origin: write.origin.toString('hex'), scope: write.scope, register: 'issue', value: { letterId: id, ...letter }, shown: false }] : []
    })
    return conflictOf('hard', 'letter', doubledRegister, row, survivors)
  }).filter((one) => new Set(one.survivors.map((survivor) => survivor.id)).size > 1)
}

/** Whether another letter in force bears its number. */
export function sharesNumber(db: ReadDb, letterId: string): boolean {
  return db.get(`SELECT 1 FROM letter AS a JOIN letter AS b ON b.series = a.series AND b.year = a.year AND b.seq = a.seq AND b.id <> a.id
    WHERE a.id = ? AND a.voidedOn IS NULL AND b.deleted = 0 AND b.voidedOn IS NULL`, [letterId]) !== undefined
}
