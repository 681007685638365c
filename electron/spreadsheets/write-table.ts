/** Lists out as .xlsx. */
import { utils, write, type CellObject, type WorkSheet } from '@e965/xlsx'

export type TableColumn = { readonly header: string; /** In characters. */ readonly width?: number; readonly kind: 'text' | 'number' | 'date' }
/** A date is ISO text `2026-06-30`; a text that does not fit its column's kind is written as text, null as an empty cell. */
export type TableValue = string | number | null
export type Table = { readonly name: string; readonly columns: readonly TableColumn[]; readonly rows: readonly (readonly TableValue[])[] }

const DAY = 86_400_000
/** 1899-12-30, day 0 of spreadsheets. */
const DAY_ZERO = Date.UTC(1899, 11, 30)

/** One sheet per table: bold is beyond the library, so the header is marked by the filter over it. Texts stay texts (018…). */
export function writeTable(tables: readonly Table[]): Uint8Array {
  const book = utils.book_new()
  for (const table of tables) utils.book_append_sheet(book, sheetOf(table), sheetName(table.name, book.SheetNames))
  return new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true, compression: true }) as Buffer)
}

function sheetOf({ columns, rows }: Table): WorkSheet {
  const data: (CellObject | undefined)[][] = [columns.map(({ header }) => textCell(header))]
  for (const row of rows) data.push(columns.map(({ kind }, i) => cellOf(row[i] ?? null, kind)))
  const range = { s: { r: 0, c: 0 }, e: { r: rows.length, c: Math.max(0, columns.length - 1) } }
  const ref = utils.encode_range(range)
  return {
    '!ref': ref, '!data': data as CellObject[][], '!autofilter': { ref },
    '!cols': columns.map(({ width, header }) => ({ wch: width ?? Math.max(10, header.length * 2 + 2) })),
  }
}

function cellOf(value: TableValue, kind: TableColumn['kind']): CellObject | undefined {
  if (value === null || value === '') return undefined
  if (kind === 'date' && typeof value === 'string') {
    const day = dayOf(value)
    return day === null ? textCell(value) : { t: 'n', v: day, z: 'yyyy-mm-dd' }
  }
  if (kind !== 'text' && typeof value === 'number' && Number.isFinite(value)) return { t: 'n', v: value }
  return textCell(String(value))
}

/** `@` is the text format: retyping the cell in a spreadsheet program keeps it text. */
function textCell(text: string): CellObject {
  return { t: 's', v: text, z: '@' }
}

function dayOf(text: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (match === null) return null
  const time = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return new Date(time).toISOString().slice(0, 10) === text ? (time - DAY_ZERO) / DAY : null
}

/** At most 31 characters, none of []:*?/\, no two alike: a spreadsheet program would call the file damaged. */
function sheetName(wanted: string, taken: readonly string[]): string {
  const plain = wanted.replace(/[[\]:*?/\\]/g, ' ').replace(/^'+|'+$/g, '').trim() || 'Sheet'
  for (let n = 1; ; n += 1) {
    const ending = n === 1 ? '' : ` (${n})`
    const name = plain.slice(0, 31 - ending.length) + ending
    if (!taken.some((other) => other.toLowerCase() === name.toLowerCase())) return name
  }
}
