/** What machines compare: the survivors per scope, and the visible rows as one canonical text. */
import type { Database } from 'better-sqlite3'
import { createHash, type Hash } from 'node:crypto'
import { tableList, type Table } from '../registers.ts'
import { canonical, canonicalText } from './canonical.ts'
import { rowId, type RowKey } from './row-key.ts'

/**
 * SHA-256 per scope over the lines `table.register`, row id, change id (hex) of all survivors whose change is of that scope, ordered by
 * register name, row and change. Two machines with the same changes have the same survivors, whatever versions they run.
 */
export function digest(db: Database): Record<string, string> {
  const hashes = new Map<string, Hash>()
  const rows = db.prepare<unknown[], { scope: string; name: string; row: RowKey; id: Buffer }>(
    `SELECT c.scope, r.name, w.row, c.id FROM reg_write AS w JOIN change AS c ON c.n = w.n JOIN register AS r ON r.code = w.reg
     WHERE w.live = 1 ORDER BY r.name, w.row, c.id`)
  for (const { scope, name, row, id } of rows.iterate()) {
    let hash = hashes.get(scope)
    if (!hash) hashes.set(scope, (hash = createHash('sha256')))
    hash.update(`${name}\n${rowId(row)}\n${id.toString('hex')}\n`)
  }
  return Object.fromEntries([...hashes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([scope, hash]) => [scope, hash.digest('hex')]))
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
