/** The bad rows back to their sender: a copy of the same workbook with the reasons in a column 错误原因. */
import { write, type WorkBook } from '@e965/xlsx'
import { Refusal } from '../../shared/result.ts'
import { writeCsvErrors } from './csv-errors.ts'
import { openWithLibrary } from './library.ts'
import type { ReadOptions } from './limits.ts'
import { columnName, parseRange } from './merges.ts'
import { readRows } from './read.ts'
import { REASON_HEADER, type SheetReasons } from './reasons.ts'
import { patchColumn } from './sheet-patch.ts'
import { openXlsx } from './xlsx-parts.ts'
import { patchXls } from './xls-patch.ts'
import { plainXml, UnknownDialect } from './xml.ts'
import { LIBRARY_LIMIT } from './xlsx.ts'
import { inflateEntry, type Zip } from './zip.ts'
import { replaceEntries, storeParts } from './zip-write.ts'

/** `sheet` is null for a .csv; `row` as the reader numbers rows. */
export type RowReason = { readonly sheet: string | null; readonly row: number; readonly reason: string }
export type HeaderRow = { readonly sheet: string | null; readonly row: number }
export type MarkedCopy = { readonly bytes: Uint8Array; readonly fileName: string }

const REASON_WIDTH = 48

/**
 * A copy of `original` with a new last column 错误原因 (or that column again, when the file is such a copy itself): the heading in
 * the header row, each reason in its row, several reasons of one row joined by ；. An .xlsx or .csv stays otherwise byte for byte
 * in every sheet and row, an .xls record by record (reasons cut to 255 characters). One older than Excel 97 keeps values, merges and
 * number formats only. Throws as readRows.
 */
export function writeErrors(original: Uint8Array, fileName: string, reasons: readonly RowReason[], headerRows: readonly HeaderRow[], options: ReadOptions = {}): MarkedCopy {
  const sheets = new Map<string | null, SheetShape>()
  let shape: SheetShape | undefined
  const format = readRows(original, fileName, options, {
    sheet: ({ name }) => {
      const header = headerRows.find(({ sheet }) => sheet === name)?.row ?? null
      sheets.set(name, (shape = { header, width: 0, old: null, filled: [], reasons: reasonsOf(reasons, name) }))
    },
    row: ({ row, cells }) => shape !== undefined && measure(shape, row, cells),
  })
  const plans = new Map<string | null, SheetReasons>()
  for (const [name, sheet] of sheets) if (sheet.reasons.size > 0) plans.set(name, plan(sheet, format === 'xls' ? 256 : 16_384))
  const bytes = format === 'csv' ? writeCsvErrors(original, plans.get(null)) : format === 'xls' ? patchXls(original, plans, REASON_WIDTH) ?? rewrite(openWithLibrary(original), plans, 'biff8') : patchXlsx(original, plans)
  return { bytes, fileName: `${fileName.replace(/\.[^.]*$/, '')}-${REASON_HEADER}.${format}` }
}

type SheetShape = {
  readonly header: number | null
  width: number
  /** The column of an earlier copy. */
  old: number | null
  /** Rows with something in that column. */
  filled: number[]
  readonly reasons: ReadonlyMap<number, string>
}

function reasonsOf(reasons: readonly RowReason[], sheet: string | null): ReadonlyMap<number, string> {
  const texts = new Map<number, string>()
  for (const { sheet: of, row, reason } of reasons) {
    if (of !== sheet) continue
    const before = texts.get(row)
    texts.set(row, before === undefined ? reason : `${before}；${reason}`)
  }
  return texts
}

function measure(shape: SheetShape, row: number, cells: readonly ({ readonly type: string; readonly text?: string } | undefined)[]): void {
  shape.width = Math.max(shape.width, cells.length)
  if (row === shape.header && cells.at(-1)?.text === REASON_HEADER) shape.old = cells.length - 1
  else if (shape.old !== null && cells[shape.old] !== undefined) shape.filled.push(row)
}

function plan(shape: SheetShape, limit: number): SheetReasons {
  const column = shape.old ?? shape.width
  if (column >= limit) throw new Refusal('FILE_BOMB', { what: 'columns' })
  const texts = new Map<number, string | null>(shape.filled.map((row) => [row, null]))
  if (shape.header !== null) texts.set(shape.header, REASON_HEADER)
  for (const [row, text] of shape.reasons) texts.set(row, text)
  return { column, headerRow: shape.header, texts }
}

function patchXlsx(original: Uint8Array, plans: ReadonlyMap<string | null, SheetReasons>): Uint8Array {
  const book = openXlsx(original)
  const replaced = new Map<string, Uint8Array>()
  try {
    for (const { name, entry } of book.sheets) {
      const reasons = plans.get(name)
      if (reasons !== undefined) replaced.set(entry.name, patchColumn(plainXml(inflateEntry(book.zip, entry)), { ...reasons, width: REASON_WIDTH }))
    }
  } catch (error) {
    if (!(error instanceof UnknownDialect)) throw error
    return rewrite(openWithLibrary(checkedParts(book.zip)), plans, 'xlsx')
  }
  return replaceEntries(book.zip, replaced)
}

/** The library unpacks whatever it is given, so it gets everything unpacked within our limits. */
function checkedParts(zip: Zip): Uint8Array {
  const total = zip.entries.reduce((sum, { size }) => sum + size, 0)
  if (total > LIBRARY_LIMIT) throw new Refusal('FILE_DAMAGED', { what: 'dialect' })
  return storeParts(zip.entries.map((entry) => ({ name: entry.name, bytes: inflateEntry(zip, entry) })))
}

/** Through the library: values, formulas, merges, number formats and widths stay, other looks are lost. */
function rewrite(book: WorkBook, plans: ReadonlyMap<string | null, SheetReasons>, bookType: 'biff8' | 'xlsx'): Uint8Array {
  for (const [name, { column, texts }] of plans) {
    const sheet = name === null ? undefined : book.Sheets[name]
    if (sheet === undefined) continue
    const rows = (sheet['!data'] ??= [])
    for (const [row, text] of texts) {
      const cells = (rows[row - 1] ??= [])
      if (text === null) delete cells[column]
      else cells[column] = { t: 's', v: text }
    }
    const right = Math.max(column, parseRange(sheet['!ref'] ?? 'A1')?.right ?? 0)
    sheet['!ref'] = `A1:${columnName(right)}${rows.length}`
    const widths = (sheet['!cols'] ??= [])
    widths[column] = { wch: REASON_WIDTH }
  }
  return new Uint8Array(write(book, { type: 'buffer', bookType, cellStyles: true, compression: true, bookSST: true }) as Buffer)
}
