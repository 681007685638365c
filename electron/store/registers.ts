/** tables.ts made ready for the log: columns in canonical order, and values turned into canonical text and SQL cells in one walk. */
import { canonical, CanonicalJson, canonicalNumber, normalText } from './log/canonical.ts'
import type { SqlValue } from './read-db.ts'
import { tables, type ColumnType, type TableName } from './tables.ts'

export type Column = { readonly name: string; readonly type: ColumnType; readonly key: string }

/** `index`: place among the table's registers; `columns` sorted by name; `at`: their places among the table's columns. */
export type Register = {
  readonly table: TableName
  readonly name: string
  readonly index: number
  readonly columns: readonly Column[]
  readonly at: readonly number[]
}
/** `columns`: of all registers, in the order of the SQL table. */
export type Table = { readonly name: TableName; readonly registers: readonly Register[]; readonly columns: readonly Column[] }

/** A register's value as its op carries it, and as the table keeps it (in the order of `Register.columns`). */
export type Encoded = { readonly text: string; readonly cells: readonly SqlValue[] }

function columnOf(name: string, type: ColumnType): Column {
  return { name, type, key: `${JSON.stringify(name)}:` }
}

function makeTable(name: TableName): Table {
  const specs = Object.entries(tables[name]) as [string, { columns: Readonly<Record<string, ColumnType>> }][]
  const columns = specs.flatMap(([, spec]) => Object.entries(spec.columns).map(([column, type]) => columnOf(column, type)))
  const places = new Map(columns.map((column, place) => [column.name, place]))
  const registers = specs.map(([register, spec], index) => {
    const sorted = Object.entries(spec.columns).map(([column, type]) => columnOf(column, type)).sort((a, b) => (a.name < b.name ? -1 : 1))
    return { table: name, name: register, index, columns: sorted, at: sorted.map((column) => places.get(column.name)!) }
  })
  return { name, registers, columns }
}

export const tableList: readonly Table[] = (Object.keys(tables) as TableName[]).map(makeTable)
const byName = new Map<string, Table>(tableList.map((table) => [table.name, table]))
const registerByName = new Map<string, ReadonlyMap<string, Register>>(tableList.map((table) => [table.name, new Map(table.registers.map((one) => [one.name, one]))]))

/** Undefined for a table of a newer version. */
export function tableNamed(name: string): Table | undefined {
  return byName.get(name)
}

export function registerNamed(table: string, register: string): Register | undefined {
  return registerByName.get(table)?.get(register)
}

/** Names in the order of a row's cells. */
export function columnsOf(table: TableName): readonly string[] {
  return byName.get(table)!.columns.map((column) => column.name)
}

/** Every column must be named. Throws a TypeError on what a column cannot hold: a bug of the caller. */
export function encode(register: Register, value: Readonly<Record<string, unknown>>): Encoded {
  const cells: SqlValue[] = []
  let text = '{'
  for (const column of register.columns) {
    const item = value[column.name]
    if (item === undefined) throw new TypeError(`${register.table}.${register.name}: ${column.name} is missing`)
    const cell = stored(register, column, item)
    cells.push(cell)
    text += (text.length === 1 ? '' : ',') + column.key + canonicalCell(column.type, cell)
  }
  // Every column is there, so another property makes the count larger.
  if (Object.keys(value).length !== register.columns.length) throw new TypeError(`${register.table}.${register.name} has no ${Object.keys(value).filter((name) => !register.columns.some((column) => column.name === name)).join(', ')}`)
  return { text: `${text}}`, cells }
}

/** As `encode` gave it for what these cells hold; `cells` of the whole row, in the order of Table.columns. */
export function encodedOf(register: Register, cells: readonly SqlValue[]): Encoded {
  const own = register.at.map((place) => cells[place] ?? null)
  return { text: `{${register.columns.map((column, index) => column.key + canonicalCell(column.type, own[index]!)).join(',')}}`, cells: own }
}

function stored(register: Register, { name, type }: Column, item: unknown): SqlValue {
  if (item === null) return null
  if (type === 'text' && typeof item === 'string') return normalText(item)
  if (type === 'int' && Number.isSafeInteger(item)) return item as number
  if (type === 'real' && typeof item === 'number') return item
  if (type === 'bool' && typeof item === 'boolean') return item ? 1 : 0
  if (type === 'json') return item instanceof CanonicalJson ? item.text : canonical(item)
  throw new TypeError(`${register.table}.${register.name}: ${name} is not ${type}`)
}

/** The op's text of a cell. */
function canonicalCell(type: ColumnType, cell: SqlValue): string {
  if (cell === null) return 'null'
  switch (type) {
    case 'text': return JSON.stringify(cell)
    case 'bool': return cell === 1 ? 'true' : 'false'
    case 'json': return cell as string
    case 'int': case 'real': return canonicalNumber(cell as number)
  }
}

/**
 * The cells of a value that came from elsewhere. A version that knows other columns may have written it: what is missing or of another type reads
 * as null, what is unknown stays in the log.
 */
export function decode(register: Register, value: Readonly<Record<string, unknown>>): SqlValue[] {
  const cells: SqlValue[] = []
  for (const column of register.columns) cells.push(cellOf(column, value[column.name]))
  return cells
}

/** The same at their places among a row's cells (in the order of Table.columns). */
export function decodeInto(cells: SqlValue[], register: Register, value: Readonly<Record<string, unknown>>): void {
  const { columns, at } = register
  for (let i = 0; i < columns.length; i++) cells[at[i]!] = cellOf(columns[i]!, value[columns[i]!.name])
}

/** As `cellText` stores it, without the text that nobody needs here. */
function cellOf({ type }: Column, item: unknown): SqlValue {
  if (item === undefined || item === null) return null
  switch (type) {
    case 'text': return typeof item === 'string' ? storedOrNull(normalText, item) : null
    case 'int': return Number.isSafeInteger(item) ? (item as number) : null
    case 'real': return typeof item === 'number' && Number.isFinite(item) && (!Number.isInteger(item) || Number.isSafeInteger(item)) ? item : null
    case 'bool': return typeof item === 'boolean' ? Number(item) : null
    case 'json': return storedOrNull(canonical, item)
  }
}

function storedOrNull<T>(toText: (item: T) => string, item: T): string | null {
  try {
    return toText(item)
  } catch {
    return null
  }
}
