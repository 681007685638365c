/** Setting texts in one column of a worksheet's XML while every other byte stays: styles, formulas, merges, widths. */
import { columnName, parseRef } from './merges.ts'
import { sheetFrame, type SheetFrame } from './sheet-frame.ts'
import { tagEnd } from './shared-strings.ts'
import { escapeXml, UnknownDialect } from './xml.ts'

/** `texts` by row; null empties the cell if there is one. `headerRow` takes the look of the heading beside it. */
export type ColumnPatch = { readonly column: number; readonly texts: ReadonlyMap<number, string | null>; readonly headerRow: number | null; readonly width: number }

const SLASH = 0x2f

/** `xml` is plain (see plainXml). Throws UnknownDialect where rows and cells cannot be told apart for certain. */
export function patchColumn(xml: Buffer, patch: ColumnPatch): Buffer {
  const frame = sheetFrame(xml)
  const pieces: Buffer[] = [patchHead(xml, frame, patch)]
  const waiting = [...patch.texts].filter(([, text]) => text !== null).sort(([a], [b]) => a - b)
  let copied = frame.from
  const addMissing = (before: number, at: number): void => {
    for (let next = waiting[0]; next !== undefined && next[0] < before; next = waiting[0]) {
      waiting.shift()
      pieces.push(xml.subarray(copied, at), Buffer.from(`<${frame.prefix}row r="${next[0]}">${cellXml(frame, patch.column, next[0], next[1] ?? '', '')}</${frame.prefix}row>`))
      copied = at
    }
  }
  for (const row of rowSpans(xml, frame)) {
    addMissing(row.number, row.from)
    const text = patch.texts.get(row.number)
    if (text === undefined) continue
    if (waiting[0]?.[0] === row.number) waiting.shift()
    const edited = patchRow(xml, frame, row, patch, text)
    if (edited === null) continue
    pieces.push(xml.subarray(copied, row.from), edited)
    copied = row.to
  }
  addMissing(Infinity, frame.to)
  pieces.push(xml.subarray(copied, frame.to))
  // A self-closing sheetData was opened in the head.
  if (frame.to === frame.close) pieces.push(Buffer.from(`</${frame.prefix}sheetData>`))
  pieces.push(xml.subarray(frame.to))
  return Buffer.concat(pieces)
}

type Span = { readonly from: number; readonly openTo: number; readonly contentTo: number; readonly to: number }
type RowSpan = Span & { readonly number: number }
type CellSpan = Span & { readonly column: number; readonly style: string }

function* rowSpans(xml: Buffer, frame: SheetFrame): Generator<RowSpan> {
  let last = 0
  for (const span of elements(xml, frame.from, frame.to, `${frame.prefix}row`)) {
    const given = attribute(xml, span, 'r')
    const number = given === null ? last + 1 : Number(given)
    if (!(number > last)) throw new UnknownDialect('row number')
    last = number
    yield { ...span, number }
  }
}

function* cellSpans(xml: Buffer, frame: SheetFrame, row: RowSpan): Generator<CellSpan> {
  let last = -1
  for (const span of elements(xml, row.openTo, row.contentTo, `${frame.prefix}c`)) {
    const given = attribute(xml, span, 'r')
    const column = given === null ? last + 1 : (parseRef(given)?.column ?? -1)
    if (!(column > last)) throw new UnknownDialect('cell reference')
    last = column
    const style = attribute(xml, span, 's')
    yield { ...span, column, style: style === null ? '' : ` s="${style}"` }
  }
}

/** Elements named `name` that follow one another in from–to; they do not nest. */
function* elements(xml: Buffer, from: number, to: number, name: string): Generator<Span> {
  const close = `</${name}`
  for (let at = xml.indexOf('<', from); at >= 0 && at < to; ) {
    const openTo = tagEnd(xml, at) + 1
    const tag = xml.toString('latin1', at + 1, Math.min(openTo, at + 2 + name.length))
    if (tag.slice(0, name.length) !== name || !/[\s/>]/.test(tag.charAt(name.length))) throw new UnknownDialect('unknown element')
    const empty = xml[openTo - 2] === SLASH
    const contentTo = empty ? openTo : xml.indexOf(close, openTo)
    if (contentTo < 0 || contentTo > to) throw new UnknownDialect('element without end')
    const end = empty ? openTo : tagEnd(xml, contentTo) + 1
    yield { from: at, openTo, contentTo, to: end }
    at = xml.indexOf('<', end)
  }
}

function attribute(xml: Buffer, span: Span, name: string): string | null {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(xml.toString('latin1', span.from, span.openTo))
  return match === null ? null : (match[1] ?? match[2] ?? '')
}

/** The row with its new cell; null when there is nothing to change. */
function patchRow(xml: Buffer, frame: SheetFrame, row: RowSpan, patch: ColumnPatch, text: string | null): Buffer | null {
  let before = ''
  let own: CellSpan | undefined
  let after: CellSpan | undefined
  for (const cell of row.contentTo === row.openTo ? [] : cellSpans(xml, frame, row)) {
    if (cell.column < patch.column) before = cell.style
    else if (cell.column === patch.column) own = cell
    else after ??= cell
  }
  if (text === null && own === undefined) return null
  const style = own?.style ?? (row.number === patch.headerRow ? before : '')
  const from = own?.from ?? after?.from ?? row.contentTo
  const to = own?.to ?? from
  // `spans` is a hint that would now be wrong; it may be absent.
  const open = xml.toString('latin1', row.from, row.openTo).replace(/\sspans\s*=\s*(?:"[^"]*"|'[^']*')/, '')
  const empty = row.contentTo === row.openTo && row.to === row.openTo
  return Buffer.concat([
    Buffer.from(empty ? open.replace(/\s*\/>$/, '>') : open, 'latin1'),
    xml.subarray(row.openTo, Math.max(row.openTo, from)),
    Buffer.from(cellXml(frame, patch.column, row.number, text, style)),
    empty ? Buffer.from(`</${frame.prefix}row>`) : xml.subarray(to, row.to),
  ])
}

/** An inline text: it stays text whatever it begins with, and the table of shared texts stays as it is. */
function cellXml({ prefix }: SheetFrame, column: number, row: number, text: string | null, style: string): string {
  const open = `<${prefix}c r="${columnName(column)}${row}"${style}`
  if (text === null) return `${open}/>`
  // A text such as _x0041_ would be read as an escape.
  const safe = escapeXml(text.replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_'))
  return `${open} t="inlineStr"><${prefix}is><${prefix}t xml:space="preserve">${safe}</${prefix}t></${prefix}is></${prefix}c>`
}

/** Everything up to the rows: the used range grows, and the new column gets a readable width unless it has one. */
function patchHead(xml: Buffer, frame: SheetFrame, patch: ColumnPatch): Buffer {
  const p = frame.prefix
  // Latin-1 keeps every byte: only ASCII is looked for and put in.
  let head = xml.toString('latin1', 0, frame.open)
  const number = patch.column + 1
  head = head.replace(/(dimension[^<>]*?\sref\s*=\s*["'][A-Z]+\d+)(?::([A-Z]+)(\d+))?(?=["'])/, (whole, start: string, right?: string, bottom?: string) => {
    const known = parseRef(`${right ?? 'A'}1`)
    return known !== null && known.column >= patch.column ? whole : `${start}:${columnName(patch.column)}${bottom ?? String(Math.max(...patch.texts.keys()))}`
  })
  const col = `<${p}col min="${number}" max="${number}" width="${patch.width}" customWidth="1"/>`
  const cols = head.indexOf(`<${p}cols>`)
  if (cols < 0) head += head.includes(`<${p}cols`) ? '' : `<${p}cols>${col}</${p}cols>`
  else head = head.slice(0, cols) + withColumn(head.slice(cols), p, number, col)
  const open = xml.toString('latin1', frame.open, frame.from)
  return Buffer.from(head + (open.endsWith('/>') ? open.replace(/\s*\/>$/, '>') : open), 'latin1')
}

function withColumn(cols: string, prefix: string, number: number, col: string): string {
  let at = cols.indexOf(`</${prefix}cols`)
  if (at < 0) return cols
  for (const match of [...cols.matchAll(/<[\w.-]*:?col\s[^<>]*>/g)].reverse()) {
    const min = Number(/\smin\s*=\s*["'](\d+)/.exec(match[0])?.[1])
    const max = Number(/\smax\s*=\s*["'](\d+)/.exec(match[0])?.[1])
    if (min <= number && number <= max) return cols
    if (min > number) at = match.index
  }
  return cols.slice(0, at) + col + cols.slice(at)
}
