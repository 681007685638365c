/**
 * Texts into one column of the sheets of an .xls (BIFF8, [MS-XLS]) while every other record stays: the library would lose
 * looks, hidden rows and formulas when it writes the workbook anew.
 */
import { CFB } from '@e965/xlsx'
import type { SheetReasons } from './reasons.ts'

const R = {
  formula: 0x0006, eof: 0x000a, colInfo: 0x007d, boundSheet: 0x0085, mulRk: 0x00bd, mulBlank: 0x00be, rString: 0x00d6, dbCell: 0x00d7, labelSst: 0x00fd,
  dimensions: 0x0200, blank: 0x0201, number: 0x0203, label: 0x0204, boolErr: 0x0205, string: 0x0207, row: 0x0208, index: 0x020b, array: 0x0221, table: 0x0236,
  rk: 0x027e, sharedFormula: 0x04bc, bof: 0x0809,
} as const
const CELLS: ReadonlySet<number> = new Set([R.formula, R.mulRk, R.mulBlank, R.rString, R.labelSst, R.blank, R.number, R.label, R.boolErr, R.rk])
/** They belong to the formula before them. */
const FOLLOWERS: ReadonlySet<number> = new Set([R.string, R.array, R.table, R.sharedFormula])
/** The look of a plain cell in every workbook. */
const PLAIN_STYLE = 15
/** A text cell of this kind holds no more. */
const MAX_TEXT = 255

type Record = { readonly type: number; readonly at: number; readonly data: Buffer; readonly whole: Buffer }

/** The patched container, or null for what is not BIFF8 or is laid out in an unknown way: then the library must write it. */
export function patchXls(original: Uint8Array, plans: ReadonlyMap<string | null, SheetReasons>, width: number): Uint8Array | null {
  const container = CFB.read(Buffer.from(original), { type: 'buffer' })
  const entry = CFB.find(container, 'Workbook')
  if (entry === null) return null
  const content = patchStream(Buffer.from(entry.content as Uint8Array), plans, width)
  if (content === null) return null
  entry.content = content
  entry.size = content.length
  return new Uint8Array(CFB.write(container, { type: 'buffer' }) as Buffer)
}

function patchStream(stream: Buffer, plans: ReadonlyMap<string | null, SheetReasons>, width: number): Buffer | null {
  if (stream.length < 8 || stream.readUInt16LE(0) !== R.bof || stream.readUInt16LE(4) !== 0x0600) return null
  const all = [...records(stream)]
  const sheetAt = new Map<number, SheetReasons>()
  const bounds = all.filter(({ type }) => type === R.boundSheet)
  for (const { data } of bounds) {
    const plan = plans.get(sheetName(data))
    if (plan !== undefined) sheetAt.set(data.readUInt32LE(0), plan)
  }
  const out: Buffer[] = []
  const moved = new Map<number, number>()
  let length = 0
  let patcher: SheetPatcher | null = null
  let depth = 0
  for (const record of all) {
    if (record.type === R.bof && depth === 0) {
      moved.set(record.at, length)
      const plan = sheetAt.get(record.at)
      patcher = plan === undefined ? null : new SheetPatcher(plan, width)
    }
    depth += record.type === R.bof ? 1 : record.type === R.eof ? -1 : 0
    // Both hold positions that no longer fit; programs make them anew.
    if (record.type === R.index || record.type === R.dbCell) continue
    const pieces = patcher === null || depth > 1 ? [record.whole] : patcher.next(record)
    if (record.type === R.eof && depth === 0 && patcher?.done === false) return null
    for (const piece of pieces) length += piece.length
    out.push(...pieces)
  }
  const patched = Buffer.concat(out)
  // Nothing before the first sheet changed its length, so these lie where they lay.
  for (const { at, data } of bounds) patched.writeUInt32LE(moved.get(data.readUInt32LE(0)) ?? 0, at + 4)
  return patched
}

function* records(stream: Buffer): Generator<Record> {
  let depth = 0
  for (let at = 0; at + 4 <= stream.length; ) {
    const type = stream.readUInt16LE(at)
    const end = at + 4 + stream.readUInt16LE(at + 2)
    // Filling behind the last sheet.
    if (depth === 0 && type !== R.bof) return
    depth += type === R.bof ? 1 : type === R.eof ? -1 : 0
    yield { type, at, data: stream.subarray(at + 4, end), whole: stream.subarray(at, end) }
    at = end
  }
}

function sheetName(data: Buffer): string {
  const length = data[6] ?? 0
  return ((data[7] ?? 0) & 1) === 1 ? data.toString('utf16le', 8, 8 + length * 2) : data.toString('latin1', 8, 8 + length)
}

function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(type, 0)
  head.writeUInt16LE(data.length, 2)
  return Buffer.concat([head, data])
}

class SheetPatcher {
  private readonly plan: SheetReasons
  private readonly width: number
  private readonly waiting: number[]
  private lastRow = -1
  private lastStyle = PLAIN_STYLE
  private widthPlaced = false

  constructor(plan: SheetReasons, width: number) {
    this.plan = plan
    this.width = width
    this.waiting = [...plan.texts.keys()].filter((row) => plan.texts.get(row) !== null).sort((a, b) => a - b)
  }

  get done(): boolean {
    return this.waiting.length === 0
  }

  /** What stands in the copy for this record. */
  next(source: Record): Buffer[] {
    const { type } = source
    if (CELLS.has(type)) return this.cell(source)
    if (FOLLOWERS.has(type)) return [source.whole]
    const before = this.flush(this.lastRow + 1)
    if (type === R.colInfo && source.data.readUInt16LE(2) >= this.plan.column) this.widthPlaced = true
    if (type === R.row) return [...before, this.widen(source, this.plan.texts.has(source.data.readUInt16LE(0) + 1), 4)]
    if (type !== R.dimensions) return [...before, source.whole]
    return [...before, ...(this.widthPlaced ? [] : [this.columnWidth()]), this.widen(source, true, 10)]
  }

  private cell(source: Record): Buffer[] {
    const row = source.data.readUInt16LE(0) + 1
    const first = source.data.readUInt16LE(2)
    const { column } = this.plan
    const last = source.type === R.mulRk || source.type === R.mulBlank ? source.data.readUInt16LE(source.data.length - 2) : first
    const before = this.flush(first > column ? row + 1 : row)
    this.lastRow = row
    if (last < column || first > column || !this.plan.texts.has(row)) {
      this.lastStyle = first < column ? source.data.readUInt16LE(4) : this.lastStyle
      return [...before, source.whole]
    }
    // A cell is there already: an empty one with a look, or the reason of an earlier copy.
    const text = this.plan.texts.get(row) ?? null
    if (text !== null) this.waiting.shift()
    for (let at = first; at <= last; at += 1) {
      const style = source.data.readUInt16LE(source.type === R.mulBlank ? 4 + (at - first) * 2 : 4)
      before.push(at === column && text !== null ? this.label(row, style, text) : this.blank(row, at, style))
    }
    return before
  }

  /** The texts of the rows before `row` that have no cell yet. */
  private flush(row: number): Buffer[] {
    const pieces: Buffer[] = []
    while ((this.waiting[0] ?? Infinity) < row) {
      const at = this.waiting.shift() ?? 0
      pieces.push(this.label(at, at === this.plan.headerRow && at === this.lastRow ? this.lastStyle : PLAIN_STYLE, this.plan.texts.get(at) ?? ''))
    }
    return pieces
  }

  private label(row: number, style: number, text: string): Buffer {
    const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1).toWellFormed()}…` : text
    const data = Buffer.alloc(9)
    data.writeUInt16LE(row - 1, 0)
    data.writeUInt16LE(this.plan.column, 2)
    data.writeUInt16LE(style, 4)
    data.writeUInt16LE(short.length, 6)
    data[8] = 1
    return record(R.label, Buffer.concat([data, Buffer.from(short, 'utf16le')]))
  }

  private blank(row: number, column: number, style: number): Buffer {
    const data = Buffer.alloc(6)
    data.writeUInt16LE(row - 1, 0)
    data.writeUInt16LE(column, 2)
    data.writeUInt16LE(style, 4)
    return record(R.blank, data)
  }

  /** A row or the sheet ends behind the new column now. `at`: where its end stands. */
  private widen(source: Record, wanted: boolean, at: number): Buffer {
    if (!wanted || source.data.readUInt16LE(at) > this.plan.column) return source.whole
    const copy = Buffer.from(source.whole)
    copy.writeUInt16LE(this.plan.column + 1, 4 + at)
    return copy
  }

  private columnWidth(): Buffer {
    const data = Buffer.alloc(12)
    data.writeUInt16LE(this.plan.column, 0)
    data.writeUInt16LE(this.plan.column, 2)
    data.writeUInt16LE(this.width * 256, 4)
    data.writeUInt16LE(PLAIN_STYLE, 6)
    return record(R.colInfo, data)
  }
}
