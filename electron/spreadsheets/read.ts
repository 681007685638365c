/** The way in: bytes of any workbook a department may send, rows out. */
import type { Sheet, SheetRow, Workbook } from '../../shared/domain/sheet.ts'
import { Refusal } from '../../shared/result.ts'
import { readCsv } from './csv.ts'
import { readWithLibrary } from './library.ts'
import { Budget, type ReadOptions } from './limits.ts'
import { checkOle, checkRecords } from './ole.ts'
import type { RowSink, SheetHead } from './rows.ts'
import { sniff } from './sniff.ts'
import { readXlsx } from './xlsx.ts'

/**
 * Gives the rows of the visible sheets (all sheets when none is visible) to `sink` as they are read; blank rows are left out.
 * Content decides the format, not the name. Throws Refusal with a FILE_* code (param `file`), or CANCELLED; rows given before count as nothing.
 */
export function readRows(bytes: Uint8Array, fileName: string, options: ReadOptions, sink: RowSink): Workbook['format'] {
  try {
    const budget = new Budget(options)
    if (bytes.length > budget.maxBytes) throw new Refusal('FILE_TOO_LARGE', { maxMegabytes: Math.floor(budget.maxBytes / 1024 / 1024) })
    budget.checkAborted()
    const format = readKind(bytes, budget, sink)
    if (budget.rows === 0) throw new Refusal('FILE_EMPTY')
    budget.finish()
    return format
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(error.code, { file: fileName, ...error.params })
    // Hostile offsets and lengths end as range errors of the buffers; the file is then not what it says.
    if (error instanceof RangeError) throw new Refusal('FILE_DAMAGED', { file: fileName, what: 'range' })
    throw error
  }
}

/** The whole workbook at once, see readRows. For large files prefer readRows: the rows of 200,000 lines weigh some 200 MB. */
export function readWorkbook(bytes: Uint8Array, fileName: string, options: ReadOptions = {}): Workbook {
  const sheets: (SheetHead & { rows: SheetRow[] })[] = []
  const format = readRows(bytes, fileName, options, {
    sheet: (head) => sheets.push({ ...head, rows: [] }),
    row: (row) => sheets.at(-1)?.rows.push(row),
  })
  return { format, sheets: sheets satisfies Sheet[] }
}

function readKind(bytes: Uint8Array, budget: Budget, sink: RowSink): Workbook['format'] {
  const kind = sniff(bytes)
  switch (kind) {
    case 'zip':
      readXlsx(bytes, budget, sink)
      return 'xlsx'
    case 'ole':
      checkOle(bytes)
      readWithLibrary(bytes, 'xls', budget, sink)
      return 'xls'
    case 'biff':
      checkRecords(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
      readWithLibrary(bytes, 'xls', budget, sink)
      return 'xls'
    case 'text':
      readCsv(bytes, budget, sink)
      return 'csv'
  }
}
