/** Reading with @e965/xlsx: .xls always, .xlsx where our own scanner gives up. Callers have checked the bytes for traps. */
import { read, set_cptable, SSF, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx'
import type { Cell } from '../../shared/domain/sheet.ts'
import { Refusal } from '../../shared/result.ts'
import { numberCell, textCell } from './cell-value.ts'
import { codePages } from './code-pages.ts'
import type { Budget } from './limits.ts'
import { MergeFiller, type Range } from './merges.ts'
import { formatKind } from './number-format.ts'
import { giveRow, sheetHead, type RowSink } from './rows.ts'
import { visibleSheets } from './xlsx-parts.ts'

// Chinese texts in workbooks older than Excel 97 are in a code page.
set_cptable(codePages)

const ERRORS: Readonly<Record<number, string>> = {
  0: '#NULL!', 7: '#DIV/0!', 15: '#VALUE!', 23: '#REF!', 29: '#NAME?', 36: '#NUM!', 42: '#N/A', 43: '#GETTING_DATA',
}

/** The workbook as the library knows it; whatever it throws means FILE_DAMAGED or FILE_ENCRYPTED. */
export function openWithLibrary(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, { type: 'buffer', dense: true, cellNF: true, cellStyles: true, cellHTML: false, cellText: false, cellFormula: true, sheetStubs: true })
  } catch (error) {
    const encrypted = error instanceof Error && /password|encrypt/i.test(error.message)
    throw new Refusal(encrypted ? 'FILE_ENCRYPTED' : 'FILE_DAMAGED', { what: 'library' })
  }
}

/** All visible sheets, or only the one named `only`; rows up to `skipRows` were given before and do not count again. */
export function readWithLibrary(bytes: Uint8Array, format: 'xlsx' | 'xls', budget: Budget, sink: RowSink, only?: string, skipRows = 0): void {
  const book = openWithLibrary(bytes)
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  const sheets = book.SheetNames.map((name, i) => ({ name, hidden: (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) !== 0, sheet: book.Sheets[name] }))
  const wanted = only === undefined ? visibleSheets(sheets.filter(({ sheet }) => sheet?.['!type'] === undefined || sheet['!type'] === 'sheet')) : sheets.filter(({ name }) => name === only)
  if (wanted.length === 0) throw new Refusal('FILE_DAMAGED', { what: 'no sheets' })
  wanted.forEach(({ name, sheet }, i) => {
    budget.checkAborted()
    sink.sheet(sheetHead(name, date1904))
    if (sheet !== undefined) readSheet(sheet, budget, sink, format, (share) => (i + share) / wanted.length, skipRows)
  })
}

function readSheet(sheet: WorkSheet, budget: Budget, sink: RowSink, format: 'xlsx' | 'xls', share: (ofSheet: number) => number, skipRows: number): void {
  const rows = sheet['!data'] ?? []
  const merges = new MergeFiller((sheet['!merges'] ?? []).map(({ s, e }): Range => ({ top: s.r + 1, left: s.c, bottom: e.r + 1, right: e.c })), budget)
  // Only rows that exist: a lone cell far down leaves a hole of a million.
  for (const key of Object.keys(rows)) {
    const index = Number(key)
    const source = rows[index]
    if (source === undefined || !Number.isInteger(index)) continue
    const cells = readCells(source, format)
    if (cells === null) continue
    const at = { row: index + 1, hidden: sheet['!rows']?.[index]?.hidden === true, share: share((index + 1) / rows.length) }
    if (at.row <= skipRows) merges.fill(at.row, cells)
    else giveRow(sink, budget, merges, at, cells)
  }
}

function readCells(source: readonly (CellObject | undefined)[], format: 'xlsx' | 'xls'): (Cell | undefined)[] | null {
  const cells: (Cell | undefined)[] = []
  let filled = false
  for (const key of Object.keys(source)) {
    const column = Number(key)
    const value = source[column]
    const cell = value === undefined ? undefined : readCell(value, format)
    if (cell === undefined) continue
    cells[column] = cell
    filled = true
  }
  return filled ? cells : null
}

function readCell(cell: CellObject, format: 'xlsx' | 'xls'): Cell | undefined {
  const formula = cell.f !== undefined || cell.F !== undefined
  switch (cell.t) {
    case 's': return typeof cell.v === 'string' && cell.v !== '' ? textCell(cell.v, formula) : undefined
    case 'n': return typeof cell.v === 'number' ? numberCell(cell.v, kindOf(cell), formula) : undefined
    case 'b': return { type: 'boolean', value: cell.v === true, ...(formula && { formula }) }
    case 'e': return { type: 'error', text: ERRORS[Number(cell.v)] ?? '#VALUE!', ...(formula && { formula }) }
    // An .xls always holds results: a formula without one there had an empty text.
    default: return formula && format === 'xlsx' ? { type: 'formula-without-value' } : undefined
  }
}

function kindOf(cell: CellObject): number {
  const code = typeof cell.z === 'number' ? String((SSF.get_table() as Record<number, string>)[cell.z] ?? '') : (cell.z ?? '')
  const kind = formatKind(code)
  return kind === 'percent' ? 1 : kind === 'date' ? 2 : 0
}
