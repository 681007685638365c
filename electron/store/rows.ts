/** Rows of the projection as typed values: bools and JSON columns parsed. */
import type { ReadDb, SqlParams } from './read-db.ts'
import { tables, type ColumnType, type RegisterName, type RegisterValue, type TableName } from './tables.ts'

type UnionToIntersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never
type AllRegisters<T extends TableName> = UnionToIntersection<{ [R in RegisterName<T>]: RegisterValue<T, R> }[RegisterName<T>]>

/** A whole row: every register's columns, null where nothing was written yet. */
export type Row<T extends TableName> = { readonly id: string; readonly scope: string; readonly deleted: boolean } & AllRegisters<T>

type Raw = Record<string, unknown>

const columnTypes = Object.fromEntries(
  Object.entries(tables).map(([table, registers]) => [
    table,
    Object.assign({}, ...Object.values(registers).map((register) => register.columns)) as Record<string, ColumnType>,
  ]),
) as Record<TableName, Record<string, ColumnType>>

/** Parses what SQL gave of `table`'s columns (any subset, further columns untouched). */
export function parseRow<T extends TableName>(table: T, raw: Raw): Row<T> {
  const types = columnTypes[table]
  const out: Raw = {}
  for (const [name, value] of Object.entries(raw)) {
    const type = types[name] ?? (name === 'deleted' ? 'bool' : undefined)
    if (value === null || type === undefined) out[name] = value
    else if (type === 'bool') out[name] = value === 1
    else if (type === 'json') out[name] = JSON.parse(value as string) as unknown
    else out[name] = value
  }
  return out as Row<T>
}

/** The texts of a JSON column that should be a list of texts: another machine's program may have written anything. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

/** The row with this id, or undefined when unknown or deleted. */
export function rowById<T extends TableName>(db: ReadDb, table: T, id: string): Row<T> | undefined {
  const raw = db.get<Raw>(`SELECT * FROM "${table}" WHERE id = ? AND deleted = 0`, [id])
  return raw && parseRow(table, raw)
}

/** The rows with these ids, by id; unknown and deleted ones are left out. One read for a whole file: within a write a read brings everything up to date first. */
export function rowsById<T extends TableName>(db: ReadDb, table: T, ids: readonly string[]): Map<string, Row<T>> {
  const raw = db.all<Raw>(`SELECT t.* FROM json_each(?) AS j CROSS JOIN "${table}" AS t ON t.id = j.value WHERE t.deleted = 0`, [JSON.stringify(ids)])
  return new Map(raw.map((row) => [row['id'] as string, parseRow(table, row)]))
}

/** Runs `SELECT * FROM table WHERE deleted = 0 AND (where) tail`, for the queries/ files. `where` and `tail` are SQL texts of the caller, never user input. */
export function rowsWhere<T extends TableName>(db: ReadDb, table: T, where: string, params: SqlParams = [], tail = ''): Row<T>[] {
  return db.all<Raw>(`SELECT * FROM "${table}" WHERE deleted = 0 AND (${where}) ${tail}`, params).map((raw) => parseRow(table, raw))
}
