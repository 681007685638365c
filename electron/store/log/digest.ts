/** What machines compare: the survivors per scope, and the visible rows as one canonical text. */
import type { Database } from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { tableList, type Table } from '../registers.ts'
import { canonical, canonicalText } from './canonical.ts'
import { rowId } from './row-key.ts'

/**
 * SHA-256 per scope over the lines `table.register`, row id, change id (hex) of all survivors whose change is of that scope, ordered by
 * register name, row and change. Two machines with the same changes have the same survivors, whatever versions they run.
 */
export function digest(db: Database, tick: () => void = () => {}): Record<string, string> {
  const hashes = new Map<string, Lines>()
  const known = knownChanges(db)
  const registers = db.prepare<unknown[], { code: number; name: string }>('SELECT code, name FROM register').all().sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
  const survivors = survivorsByRegister(db, tick)
  const linesOf = (scope: string): Lines => {
    let lines = hashes.get(scope)
    if (!lines) hashes.set(scope, (lines = makeLines()))
    return lines
  }
  let done = 0
  for (const { code, name } of registers) {
    const prefix = Buffer.from(`${name}\n`, 'utf8')
    survivors.get(code)?.each((row, places) => {
      if (++done % tickRows === 0) tick()
      const ends = places.length === 1 ? [known(places[0]!)] : places.map(known).sort((a, b) => (a.id < b.id ? -1 : 1))
      for (const { scope, id } of ends) linesOf(scope).add(prefix, row, id)
    })
  }
  return Object.fromEntries([...hashes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([scope, lines]) => [scope, lines.end()]))
}

const maxKnown = 100_000
const tickRows = 4_000

type Known = { readonly scope: string; readonly id: string }

/** By a change's number. So many as fit in memory are read along two indexes, which hold all that is asked for: the changes themselves lie among their bodies. */
function knownChanges(db: Database): (n: number) => Known {
  const changes = new Map<number, Known>()
  const ofChange = db.prepare<unknown[], Known>('SELECT scope, lower(hex(id)) AS id FROM change WHERE n = ?')
  if ((db.prepare<unknown[], number>('SELECT count(*) FROM change').pluck().get() ?? 0) <= maxKnown) {
    const ids = new Map(db.prepare<unknown[], [number, string]>('SELECT n, lower(hex(id)) FROM change ORDER BY change.id').raw().all())
    for (const [n, scope] of db.prepare<unknown[], [number, string]>('SELECT n, scope FROM change ORDER BY origin, scope, seq').raw().all()) changes.set(n, { scope, id: ids.get(n)! })
  }
  return (n) => {
    let change = changes.get(n)
    if (change) return change
    if (changes.size >= maxKnown) changes.clear()
    changes.set(n, (change = ofChange.get(n)!))
    return change
  }
}

type Lines = ReturnType<typeof makeLines>
/** A named row, or where the 16 bytes of a UUID lie. */
type RowAt = string | { readonly source: Buffer; readonly at: number }

const [newline, dash] = [0x0a, 0x2d]
/** Of each scope: there may be as many scopes as somebody cares to write in. */
const linesBytes = 8 * 1024
/** Only of tables that this version does not know. */
const longPrefix = 1_000
const hexDigits = Buffer.from('0123456789abcdef', 'latin1')

/** A call of the hash costs more than a line, and a text for each of a million lines more than the hash: they are put together as bytes. */
function makeLines() {
  const hash = createHash('sha256')
  const lines = Buffer.allocUnsafe(linesBytes)
  let used = 0
  function flush(): void {
    hash.update(lines.subarray(0, used))
    used = 0
  }
  function addUuid({ source, at }: Exclude<RowAt, string>): void {
    for (let i = 0; i < uuidBytes; i++) {
      if (i === 4 || i === 6 || i === 8 || i === 10) lines[used++] = dash
      const byte = source[at + i]!
      lines[used++] = hexDigits[byte >> 4]!
      lines[used++] = hexDigits[byte & 15]!
    }
  }
  return {
    /** `prefix`: the register and a line's end. `id`: hex. */
    add(prefix: Buffer, row: RowAt, id: string): void {
      if (typeof row === 'string' || prefix.length > longPrefix) {
        flush()
        hash.update(prefix)
        hash.update(`${typeof row === 'string' ? row : rowId(row.source.subarray(row.at, row.at + uuidBytes))}\n${id}\n`)
        return
      }
      if (used + longPrefix + 128 > linesBytes) flush()
      used += prefix.copy(lines, used)
      addUuid(row)
      lines[used++] = newline
      used += lines.write(id, used, 'latin1')
      lines[used++] = newline
    },
    end(): string {
      flush()
      return hash.digest('hex')
    },
  }
}

/**
 * One walk along the index, sorted into its registers: sorting a million rows in the database takes several times as long. Named rows come before
 * UUIDs, as SQLite orders them. UUIDs come as hex of many records in one text: a row each, with a buffer of its own, takes three times as long.
 */
function survivorsByRegister(db: Database, tick: () => void): Map<number, Survivors> {
  const found = new Map<number, Survivors>()
  const of = (reg: number): Survivors => {
    const known = found.get(reg)
    if (known) return known
    const made = makeSurvivors()
    found.set(reg, made)
    return made
  }
  for (const [row, reg, n] of db.prepare<unknown[], [string, number, number]>(`SELECT row, reg, n FROM reg_write WHERE live = 1 AND row < x'' ORDER BY row, reg, n`).raw().iterate()) of(reg).addNamed(row, n)
  const next = db.prepare<unknown[], string | null>(`SELECT group_concat(hex(row) || printf('%04x%012x', reg, n), '')
    FROM (SELECT row, reg, n FROM reg_write WHERE live = 1 AND (row, reg, n) > (?, ?, ?) ORDER BY row, reg, n LIMIT ${tickRows})`).pluck()
  for (let after: [Uint8Array, number, number] = [new Uint8Array(0), 0, 0]; ; ) {
    const records = Buffer.from(next.get(...after) ?? '', 'hex')
    if (records.length === 0) return found
    for (let at = 0; at < records.length; at += recordBytes) of(records.readUInt16BE(at + uuidBytes)).add(records, at)
    const last = records.length - recordBytes
    after = [records.subarray(last, last + uuidBytes), records.readUInt16BE(last + uuidBytes), records.readUIntBE(last + uuidBytes + 2, 6)]
    tick()
  }
}

const uuidBytes = 16
/** The row, its register (two bytes) and the place of the change. */
const recordBytes = uuidBytes + 8

type Survivors = ReturnType<typeof makeSurvivors>

/** Survivors of one register in the order of their rows, 24 bytes each: a million of them stand in memory at once. */
function makeSurvivors() {
  const named = new Map<string, number[]>()
  let records = Buffer.allocUnsafe(recordBytes * 64)
  let used = 0
  const placeAt = (at: number): number => records.readUIntBE(at + uuidBytes + 2, 6)
  function isSameRow(a: number, b: number): boolean {
    for (let i = 0; i < uuidBytes; i++) if (records[a + i] !== records[b + i]) return false
    return true
  }
  return {
    addNamed(row: string, n: number): void {
      named.set(row, [...(named.get(row) ?? []), n])
    },
    /** The record at `at` of `source`. */
    add(source: Buffer, at: number): void {
      if (used === records.length) records = Buffer.concat([records], records.length * 2)
      used += source.copy(records, used, at, at + recordBytes)
    },
    /** `places`: of the changes. Named rows come first. */
    each(visit: (row: RowAt, places: readonly number[]) => void): void {
      for (const [row, places] of named) visit(row, places)
      for (let at = 0; at < used; ) {
        const places = [placeAt(at)]
        let next = at + recordBytes
        for (; next < used && isSameRow(at, next); next += recordBytes) places.push(placeAt(next))
        visit({ source: records, at }, places)
        at = next
      }
    },
  }
}

/** Chunks of `{"account":[{…},…],…}`: visible rows, their registers' columns, id and scope; tables by name, rows by id, keys sorted. */
export function* dump(db: Database): IterableIterator<string> {
  const tables = [...tableList].sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const [index, table] of tables.entries()) {
    yield `${index === 0 ? '{' : '],'}${canonicalText(table.name)}:[`
    let first = true
    for (const raw of visibleRows(db, table)) {
      yield `${first ? '' : ','}${canonical(Object.fromEntries(parsed(table, raw)))}`
      first = false
    }
  }
  yield ']}'
}

function visibleRows(db: Database, table: Table): IterableIterator<Record<string, unknown>> {
  return db.prepare<unknown[], Record<string, unknown>>(`SELECT * FROM "${table.name}" WHERE deleted = 0 ORDER BY id`).iterate()
}

function* parsed(table: Table, raw: Record<string, unknown>): IterableIterator<[string, unknown]> {
  yield ['id', raw['id']]
  yield ['scope', raw['scope']]
  for (const { name, type } of table.columns) {
    const value = raw[name]
    if (value === null || value === undefined) yield [name, null]
    else if (type === 'bool') yield [name, value === 1]
    else if (type === 'json') yield [name, JSON.parse(value as string) as unknown]
    else yield [name, value]
  }
}
