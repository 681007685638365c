/** Workbooks for tests: from plain rows, and from files through the library's own reader (not the product's). */
import { readFileSync } from 'node:fs'
import { read, utils } from '@e965/xlsx'
import type { CellObject, WorkSheet } from '@e965/xlsx'
import type { Cell, Sheet, SheetRow, Workbook } from '../../shared/domain/sheet.ts'

type Plain = string | number | Cell | null

/** Row 1 is the first list; null and '' are empty cells, an empty list a blank row. */
export function sheetOf(rows: readonly (readonly Plain[])[], name: string | null = 'Sheet1', extra: { readonly date1904?: true } = {}): Sheet {
  const cells = rows.map((row, at): SheetRow => ({ row: at + 1, cells: row.map(cellOf) }))
  return { name, rows: cells.filter((row) => row.cells.some((cell) => cell !== undefined)), ...extra }
}

function cellOf(plain: Plain): Cell | undefined {
  if (plain === null || plain === '') return undefined
  if (typeof plain === 'string') return { type: 'text', text: plain }
  return typeof plain === 'number' ? { type: 'number', value: plain } : plain
}

export function workbookOf(...sheets: readonly Sheet[]): Workbook {
  return { format: sheets[0]?.name === null ? 'csv' : 'xlsx', sheets }
}

export function percent(value: number): Cell {
  return { type: 'number', value, percent: true }
}

export function dateCell(value: number): Cell {
  return { type: 'number', value, date: true }
}

/** Reads a file with the spreadsheet library; .csv by a split at commas (the sample quotes nothing). */
export function readWithLibrary(path: string): Workbook {
  const bytes = readFileSync(path)
  if (path.endsWith('.csv')) return csvWorkbook(bytes)
  const book = read(bytes, { cellNF: true, cellFormula: true, sheetStubs: true })
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  const sheets = book.SheetNames.map((name): Sheet => ({ name, rows: rowsOf(book.Sheets[name] ?? {}), ...(date1904 ? { date1904: true as const } : {}) }))
  return { format: path.endsWith('.xls') ? 'xls' : 'xlsx', sheets }
}

function csvWorkbook(bytes: Uint8Array): Workbook {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    text = new TextDecoder('gb18030').decode(bytes)
  }
  return workbookOf(sheetOf(text.split(/\r?\n/).map((line) => line.split(',')), null))
}

function rowsOf(sheet: WorkSheet): readonly SheetRow[] {
  const range = utils.decode_range(sheet['!ref'] ?? 'A1')
  const merged = new Map<string, string>()
  for (const merge of sheet['!merges'] ?? []) {
    for (let row = merge.s.r; row <= merge.e.r; row++) {
      for (let column = merge.s.c; column <= merge.e.c; column++) merged.set(utils.encode_cell({ r: row, c: column }), utils.encode_cell(merge.s))
    }
  }
  const rows: SheetRow[] = []
  for (let row = range.s.r; row <= range.e.r; row++) {
    const cells = Array.from({ length: range.e.c + 1 }, (_, column) => {
      const at = utils.encode_cell({ r: row, c: column })
      return fromLibrary(sheet[merged.get(at) ?? at] as CellObject | undefined)
    })
    const hidden = sheet['!rows']?.[row]?.hidden === true
    if (cells.some((cell) => cell !== undefined)) rows.push(hidden ? { row: row + 1, cells, hidden } : { row: row + 1, cells })
  }
  return rows
}

function fromLibrary(cell: CellObject | undefined): Cell | undefined {
  if (cell === undefined) return undefined
  const format = String(cell.z ?? '')
  switch (cell.t) {
    case 'n':
      if (cell.v === undefined) return cell.f === undefined ? undefined : { type: 'formula-without-value' }
      return { type: 'number', value: Number(cell.v), ...(format.includes('%') ? { percent: true as const } : {}), ...(/y/.test(format) ? { date: true as const } : {}) }
    case 'e':
      return { type: 'error', text: String(cell.w ?? cell.v) }
    case 'b':
      return { type: 'boolean', value: cell.v === true }
    case 's':
      return { type: 'text', text: String(cell.v) }
    default:
      return cell.f === undefined ? undefined : { type: 'formula-without-value' }
  }
}
