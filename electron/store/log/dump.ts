/** The visible rows as one canonical text, which machines with the same changes have in common. */
import type { Database } from 'better-sqlite3'
import { tableList, type Table } from '../registers.ts'
import { canonical, canonicalText } from './canonical.ts'

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
