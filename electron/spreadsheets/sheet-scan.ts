/**
 * The rows of a worksheet straight from its XML bytes, in one pass: a sheet of 100,000 rows is some 50 MB of XML, and
 * neither a tree nor one string of it fits the time and memory we have. Anything unexpected throws UnknownDialect.
 */
import type { Cell } from '../../shared/domain/sheet.ts'
import { makeCell, type CellParts } from './cell-value.ts'
import { tagEnd, RichText } from './shared-strings.ts'
import { UnknownDialect } from './xml.ts'

export type SheetBook = {
  /** By style index: 0 plain, 1 percent, 2 date. */
  readonly styles: Uint8Array
  readonly strings: readonly (Cell | undefined)[]
  readonly date1904: boolean
}

/** Cells of the row; the array is the receiver's to keep. `at` is the position in the XML, for progress. */
export type OnRow = (row: number, cells: (Cell | undefined)[], hidden: boolean, at: number) => void

const LT = 0x3c
const GT = 0x3e
const SLASH = 0x2f
const COLON = 0x3a
const EQUALS = 0x3d
const AMPERSAND = 0x26
const ROW_LIMIT = 1_048_576
const COLUMN_LIMIT = 16_384

/** `xml` is plain (see plainXml); `from`–`to` is the content of sheetData. Rows without any value are not given. */
export function scanRows(xml: Buffer, from: number, to: number, book: SheetBook, onRow: OnRow): void {
  new RowScanner(xml, to, book, onRow).run(from)
}

class RowScanner {
  private readonly xml: Buffer
  private readonly to: number
  private readonly book: SheetBook
  private readonly onRow: OnRow
  private readonly rich: RichText
  private at = 0
  /** Local name of the tag at hand: from–to, and whether it closes. */
  private nameFrom = 0
  private nameTo = 0
  private closing = false
  private empty = false
  /** A start tag whose `>` is not passed yet. */
  private pending = false
  /** The attribute's value. */
  private valueFrom = 0
  private valueTo = 0
  private row = 0
  private column = -1
  private readonly cell: CellParts = { type: '', style: 0, whole: -1, text: null, textIsPlain: true, formula: false, inline: null }

  constructor(xml: Buffer, to: number, book: SheetBook, onRow: OnRow) {
    this.xml = xml
    this.to = to
    this.book = book
    this.onRow = onRow
    this.rich = new RichText(xml)
  }

  run(from: number): void {
    this.at = from
    while (this.nextTag()) {
      if (this.closing || !this.nameIs('row')) throw new UnknownDialect('not a row')
      this.readRow()
    }
  }

  private readRow(): void {
    let given = 0
    let hidden = false
    while (this.nextAttribute()) {
      if (this.nameIs('r')) given = this.numberValue()
      else if (this.nameIs('hidden')) hidden = this.flagValue()
    }
    const row = given === 0 ? this.row + 1 : given
    // Rows out of order: which of two would count? The library decides.
    if (row <= this.row || row > ROW_LIMIT) throw new UnknownDialect('row number')
    this.row = row
    this.column = -1
    if (this.empty) return
    const cells: (Cell | undefined)[] = []
    let filled = false
    while (this.nextTag()) {
      if (this.closing) {
        if (!this.nameIs('row')) throw new UnknownDialect('row end')
        if (filled) this.onRow(row, cells, hidden, this.at)
        return
      }
      const cell = this.nameIs('c') ? this.readCell() : this.skipExtension()
      if (cell === undefined) continue
      if (cells[this.column] !== undefined) throw new UnknownDialect('cell twice')
      cells[this.column] = cell
      filled = true
    }
    throw new UnknownDialect('row without end')
  }

  private readCell(): Cell | undefined {
    const cell = this.cell
    cell.type = ''
    cell.style = 0
    cell.whole = -1
    cell.text = null
    cell.textIsPlain = true
    cell.formula = false
    cell.inline = null
    let column = -1
    while (this.nextAttribute()) {
      if (this.nameTo - this.nameFrom !== 1) continue
      const name = this.xml[this.nameFrom]
      if (name === 0x72) column = this.refValue()
      else if (name === 0x73) cell.style = this.numberValue()
      else if (name === 0x74) cell.type = this.textValue()
    }
    this.column = column < 0 ? this.column + 1 : column
    if (this.column >= COLUMN_LIMIT) throw new UnknownDialect('column')
    if (this.empty) return undefined
    while (this.nextTag()) {
      if (this.closing) {
        if (!this.nameIs('c')) throw new UnknownDialect('cell end')
        return makeCell(cell, this.book)
      }
      this.readContent(cell)
    }
    throw new UnknownDialect('cell without end')
  }

  private readContent(cell: CellParts): void {
    if (this.nameIs('v')) this.readValue(cell)
    else if (this.nameIs('f')) {
      cell.formula = true
      this.skipElement('f')
    } else if (this.nameIs('is')) {
      cell.inline = this.rich.read(this.tagStart(), 'is')
      this.at = this.rich.end
      this.pending = false
    } else this.skipExtension()
  }

  private readValue(cell: CellParts): void {
    this.finishTag()
    cell.text = ''
    if (this.empty) return
    const from = this.at
    const xml = this.xml
    let at = from
    let plain = true
    // Most values are short whole numbers (counts, places in the table of texts): no string is made for them.
    let whole = 0
    for (let byte = xml[at]; byte !== LT; byte = xml[at]) {
      if (byte === undefined) throw new UnknownDialect('value without end')
      if (byte === AMPERSAND || byte >= 0x80 || byte === 0x5f || byte === 0x0d) plain = false
      whole = byte >= 0x30 && byte <= 0x39 ? whole * 10 + byte - 0x30 : NaN
      at += 1
    }
    if (at > from && at - from < 10 && !Number.isNaN(whole) && (cell.type === '' || cell.type === 's' || cell.type === 'n')) cell.whole = whole
    else cell.text = plain ? xml.toString('latin1', from, at) : xml.toString('utf8', from, at)
    cell.textIsPlain = plain
    this.at = at
    if (!this.nextTag() || !this.closing || !this.nameIs('v')) throw new UnknownDialect('value end')
  }

  /** Behind the closing tag of a simple element whose content does not matter. */
  private skipElement(name: string): void {
    this.finishTag()
    if (this.empty) return
    while (this.nextTag()) if (this.closing && this.nameIs(name)) return
    throw new UnknownDialect('element without end')
  }

  private skipExtension(): undefined {
    if (!this.nameIs('extLst')) throw new UnknownDialect('unknown element')
    this.skipElement('extLst')
  }

  /** To the next tag before `to`; a start tag is left open so that its attributes can be read. */
  private nextTag(): boolean {
    if (this.pending) this.finishTag()
    const xml = this.xml
    let at = this.at
    while (at < this.to && xml[at] !== LT) at += 1
    if (at >= this.to) return false
    at += 1
    this.closing = xml[at] === SLASH
    if (this.closing) at += 1
    this.nameFrom = at
    for (;;) {
      const byte = xml[at]
      if (byte === undefined) throw new UnknownDialect('tag without end')
      if (byte <= 0x20 || byte === GT || byte === SLASH) break
      at += 1
      if (byte === COLON) this.nameFrom = at
    }
    this.nameTo = at
    this.at = at
    this.empty = false
    this.pending = true
    if (this.closing) this.finishTag()
    return true
  }

  private finishTag(): void {
    if (!this.pending) return
    const gt = tagEnd(this.xml, this.at)
    this.empty = this.xml[gt - 1] === SLASH && !this.closing
    this.pending = false
    this.at = gt + 1
  }

  private tagStart(): number {
    return this.xml.lastIndexOf(LT, this.nameFrom)
  }

  /** The next attribute of the open start tag; false at the tag's end, with `empty` set for `/>`. */
  private nextAttribute(): boolean {
    const xml = this.xml
    let at = this.at
    let byte = xml[at]
    while (byte !== undefined && byte <= 0x20) byte = xml[(at += 1)]
    if (byte === GT || byte === SLASH) {
      this.empty = byte === SLASH
      this.at = byte === SLASH ? at + 2 : at + 1
      this.pending = false
      return false
    }
    // The prefix stays: `x:r` is not `r`.
    this.nameFrom = at
    while (byte !== undefined && byte !== EQUALS && byte > 0x20 && byte !== GT) byte = xml[(at += 1)]
    this.nameTo = at
    while (byte !== undefined && byte !== 0x22 && byte !== 0x27 && byte !== GT) byte = xml[(at += 1)]
    if (byte === undefined || byte === GT) throw new UnknownDialect('attribute')
    const quote = byte
    this.valueFrom = at += 1
    while (at < this.to && xml[at] !== quote) at += 1
    this.valueTo = at
    this.at = at + 1
    return true
  }

  private nameIs(name: string): boolean {
    const length = this.nameTo - this.nameFrom
    if (length !== name.length) return false
    for (let i = 0; i < length; i += 1) if (this.xml[this.nameFrom + i] !== name.charCodeAt(i)) return false
    return true
  }

  private numberValue(): number {
    let value = 0
    for (let i = this.valueFrom; i < this.valueTo; i += 1) {
      const digit = (this.xml[i] ?? 0) - 0x30
      if (digit < 0 || digit > 9 || value > ROW_LIMIT) throw new UnknownDialect('number')
      value = value * 10 + digit
    }
    return value
  }

  private flagValue(): boolean {
    const text = this.textValue()
    return text === '1' || text === 'true'
  }

  private textValue(): string {
    return this.xml.toString('latin1', this.valueFrom, this.valueTo)
  }

  /** The column of a reference such as B7, which must be in this row. */
  private refValue(): number {
    let column = 0
    let at = this.valueFrom
    for (let byte = this.xml[at] ?? 0; byte >= 0x41 && byte <= 0x5a && at < this.valueTo; byte = this.xml[at] ?? 0) {
      column = column * 26 + byte - 0x40
      at += 1
    }
    this.valueFrom = at
    if (column < 1 || column > COLUMN_LIMIT || this.numberValue() !== this.row) throw new UnknownDialect('reference')
    return column - 1
  }
}
