/** Reading an .xlsx: one sheet's XML at a time, as bytes. */
import type { Cell } from '../../shared/domain/sheet.ts'
import { Refusal } from '../../shared/result.ts'
import { readWithLibrary } from './library.ts'
import type { Budget } from './limits.ts'
import { MergeFiller } from './merges.ts'
import { giveRow, sheetHead, type RowSink } from './rows.ts'
import { mergedRanges, sheetFrame } from './sheet-frame.ts'
import { scanRows } from './sheet-scan.ts'
import { openXlsx, visibleSheets, type SheetPart, type XlsxPackage } from './xlsx-parts.ts'
import { plainXml, UnknownDialect } from './xml.ts'
import { inflateEntry } from './zip.ts'
import { storeParts } from './zip-write.ts'

/** Beyond this the library would need more memory than the work is worth. */
export const LIBRARY_LIMIT = 96 * 1024 * 1024
/** Worksheets nest 6 deep; extensions some more. */
const MAX_DEPTH = 64

/**
 * Gives the visible sheets' rows to `sink`. Where the XML is of a dialect that the scanner does not know for certain, that
 * sheet is read by the library instead: rows already given are then skipped, so the sink never sees a row twice.
 */
export function readXlsx(bytes: Uint8Array, budget: Budget, sink: RowSink): void {
  const book = openXlsx(bytes)
  const sheets = visibleSheets(book.sheets)
  const total = sheets.reduce((sum, sheet) => sum + sheet.entry.size, 0)
  const strings = book.strings()
  let before = 0
  for (const sheet of sheets) {
    budget.checkAborted()
    sink.sheet(sheetHead(sheet.name, book.date1904))
    readSheet(book, sheet, strings, budget, sink, (at) => (before + at) / total)
    before += sheet.entry.size
  }
}

function readSheet(book: XlsxPackage, sheet: SheetPart, strings: readonly (Cell | undefined)[], budget: Budget, sink: RowSink, share: (at: number) => number): void {
  const xml = plainXml(inflateEntry(book.zip, sheet.entry))
  let lastGiven = 0
  try {
    const frame = sheetFrame(xml)
    const merges = new MergeFiller(mergedRanges(xml, frame), budget)
    scanRows(xml, frame.from, frame.to, { ...book, strings }, (row, cells, hidden, at) => {
      giveRow(sink, budget, merges, { row, hidden, share: share(at) }, cells)
      lastGiven = row
    })
  } catch (error) {
    if (!(error instanceof UnknownDialect)) throw error
    checkDepth(xml)
    readWithLibrary(checkedCopy(book, sheet, xml), 'xlsx', budget, { sheet: () => {}, row: (row) => row.row > lastGiven && sink.row(row) }, sheet.name, lastGiven)
  }
}

function checkDepth(xml: Buffer): void {
  let depth = 0
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at + 1)) {
    const end = xml.indexOf('>', at)
    if (end < 0) throw new Refusal('FILE_DAMAGED', { what: 'xml' })
    if (xml[at + 1] === 0x2f) depth -= 1
    else if (xml[end - 1] !== 0x2f) depth += 1
    if (depth > MAX_DEPTH) throw new Refusal('FILE_BOMB', { what: 'depth' })
  }
  if (depth !== 0) throw new Refusal('FILE_DAMAGED', { what: 'xml' })
}

/** The library inflates everything it finds, so it gets only parts that passed our limits, unpacked and without markup tricks. */
function checkedCopy(book: XlsxPackage, sheet: SheetPart, xml: Buffer): Uint8Array {
  let total = 0
  const parts: { name: string; bytes: Uint8Array }[] = []
  const others = new Set(book.sheets.filter((other) => other !== sheet).map((other) => other.entry))
  for (const entry of book.zip.entries) {
    if (!/\.(?:xml|rels)$/i.test(entry.name)) continue
    total += entry.size
    if (total > LIBRARY_LIMIT) throw new Refusal('FILE_DAMAGED', { what: 'dialect' })
    const bytes = others.has(entry) ? EMPTY_SHEET : entry === sheet.entry ? xml : plainXml(inflateEntry(book.zip, entry))
    parts.push({ name: entry.name.replaceAll('\\', '/'), bytes })
  }
  return storeParts(parts)
}

const EMPTY_SHEET = Buffer.from('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>')
