import { utils, write, type CellObject, type WorkSheet } from '@e965/xlsx'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWorkbook } from '../../../electron/spreadsheets/read.ts'
import { firstRows, libraryView, plain, xlsxOf } from './workbooks.ts'

const text = (value: string) => ({ type: 'text', text: value })
const number = (value: number) => ({ type: 'number', value })
const rowsOf = (sheet: string, more: { strings?: string; styles?: string; workbook?: string } = {}) => firstRows(xlsxOf({ sheet, ...more }))
const cellOf = (cell: string, more = {}) => rowsOf(`<sheetData><row r="1">${cell}<c r="Z1"><v>0</v></c></row></sheetData>`, more)[1]?.[0]

describe('cells', () => {
  it('texts: shared, rich, with reading aid, inline, escaped', () => {
    const strings = '<si><t>荆河</t></si><si><r><t>荆</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 河</t></r><rPh sb="0" eb="1"><t>jing</t></rPh><phoneticPr fontId="1"/></si><si/><si><t/></si><si><t>&lt;a&gt; &amp;amp; &#21333;&#x4F4D; _x000D_ _x005F_x0041_</t></si>'
    expect([0, 1, 2, 3, 4].map((i) => cellOf(`<c r="A1" t="s"><v>${i}</v></c>`, { strings }))).toEqual([text('荆河'), text('荆 河'), undefined, undefined, text('<a> &amp; 单位 \r _x0041_')])
    expect(cellOf('<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>')).toEqual(text('ab'))
    expect(cellOf('<c r="A1" t="inlineStr"><is/></c>')).toBeUndefined()
  })

  it('numbers, booleans, errors, dates', () => {
    const styles = '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="171" formatCode="0.00&quot;%&quot;"/><numFmt numFmtId="172" formatCode="[Red]0.0%;-0.0%"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="10"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/></cellXfs>'
    const at = (style: number) => cellOf(`<c r="A1" s="${style}"><v>0.125</v></c>`, { styles })
    const percent = { ...number(0.125), percent: true }
    const date = { ...number(0.125), date: true }
    expect([0, 1, 2, 3, 4, 5, 99].map(at)).toEqual([number(0.125), percent, date, date, number(0.125), percent, number(0.125)])
    expect(cellOf('<c r="A1"><v>-1.5E-3</v></c>')).toEqual(number(-0.0015))
    expect(cellOf('<c r="A1" t="b"><v>1</v></c>')).toEqual({ type: 'boolean', value: true })
    expect(cellOf('<c r="A1" t="e"><v>#DIV/0!</v></c>')).toEqual({ type: 'error', text: '#DIV/0!' })
    expect(cellOf('<c r="A1" t="d"><v>2026-03-05T12:00:00</v></c>')).toEqual({ ...number(46086.5), date: true })
  })

  it('formulas with a result, without one, and with an empty text', () => {
    expect(cellOf('<c r="A1"><f>B1*2</f><v>4</v></c>')).toEqual({ ...number(4), formula: true })
    expect(cellOf('<c r="A1" t="str"><f>IF(A2&gt;1,"x")</f><v>x</v></c>')).toEqual({ ...text('x'), formula: true })
    expect(cellOf('<c r="A1"><f t="shared" si="0"/><v>4</v></c>')).toEqual({ ...number(4), formula: true })
    for (const cell of ['<f>B1</f>', '<f>B1</f><v/>', '<f>B1</f><v></v>']) expect(cellOf(`<c r="A1">${cell}</c>`)).toEqual({ type: 'formula-without-value' })
    expect(cellOf('<c r="A1" t="str"><f>""</f><v></v></c>')).toBeUndefined()
  })
})

describe('sheets', () => {
  it('rows keep their numbers, blank ones count, hidden ones are flagged', () => {
    const bytes = xlsxOf({ sheet: '<sheetData><row r="2" hidden="1"><c r="B2"><v>1</v></c></row><row r="5"><c r="A5" s="1"/></row><row><c><v>6</v></c><c/><c r="D6"><v>7</v></c><c><v>8</v></c></row></sheetData>' })
    const rows = readWorkbook(bytes, 'a').sheets[0]?.rows
    expect(rows?.map(({ row, hidden }) => [row, hidden])).toEqual([[2, true], [6, undefined]])
    expect(Array.from(rows?.[1]?.cells ?? [])).toEqual([number(6), undefined, undefined, number(7), number(8)])
  })

  it('a merged cell gives its value to all its cells; an empty cell inherits nothing', () => {
    const row = (r: number, ...cells: string[]) => `<row r="${r}">${cells.map((ref) => `<c r="${ref}${r}"><v>${r}</v></c>`).join('')}</row>`
    const rows = rowsOf(`<sheetData>${row(1, 'A', 'B')}${row(2, 'B')}${row(3, 'B')}${row(9, 'C')}</sheetData><mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="C1:D7"/></mergeCells>`)
    expect(rows).toEqual({ 1: [number(1), number(1)], 2: [number(1), number(2)], 3: [undefined, number(3)], 9: [undefined, undefined, number(9)] })
    const tall = rowsOf(`<sheetData>${row(1, 'A', 'B')}<row r="2"><c r="A2"/></row>${row(4, 'B')}</sheetData><x:mergeCells><x:mergeCell ref="A1:A4"/></x:mergeCells>`)
    expect(tall).toEqual({ 1: [number(1), number(1)], 4: [number(1), number(4)] })
  })

  it('only visible sheets, all of them when none is visible; charts are passed over', () => {
    const sheet = (name: string, state: string) => `<sheet name="${name}" sheetId="1" ${state} r:id="rId1"/>`
    const names = (...sheets: string[]) => readWorkbook(xlsxOf({ sheet: '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>', workbook: `<workbook xmlns:r="x"><workbookPr date1904="1"/><sheets>${sheets.join('')}</sheets></workbook>` }), 'a').sheets.map(({ name, date1904 }) => [name, date1904])
    expect(names(sheet('甲&amp;乙', ''), sheet('b', 'state="hidden"'), sheet('c', 'state="veryHidden"'))).toEqual([['甲&乙', true]])
    expect(names(sheet('a', 'state="hidden"'), sheet('b', 'state="hidden"'))).toEqual([['a', true], ['b', true]])
    expect(names(sheet('a', ''), '<sheet name="图" r:id="rId3"/>')).toEqual([['a', true]])
  })

  it('producers with prefixes, comments, CDATA, single quotes, UTF-16', () => {
    const expected = { 1: [text('a<b'), number(2)] }
    const prefixed = `<?xml version="1.0"?>\n<x:worksheet xmlns:x="m"><x:sheetData><x:row r='1'><x:c r='A1' t='inlineStr'><x:is><x:t>a&lt;b</x:t></x:is></x:c><x:c r='B1'><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>`
    const noted = '<worksheet><!-- <row> --><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c><c r="B1"><!--2--><v>2</v></c></row></sheetData></worksheet>'
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`<?xml version="1.0" encoding="UTF-16"?>${noted}`, 'utf16le')])
    for (const sheet of [prefixed, noted, wide]) expect(rowsOf(sheet as string)).toEqual(expected)
  })

  it('XML it does not know goes to the library, and no row is given twice', () => {
    const known = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    const rows = rowsOf(`<sheetData>${known}<row r="3"><c r="A3"><v>3</v><unknown/></c></row></sheetData>`)
    expect(rows).toEqual({ 1: [number(1)], 2: [number(2)], 3: [number(3)] })
  })

  it('tells how far it is', () => {
    const seen: [number, number | null][] = []
    const rows = Array.from({ length: 4500 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>${i}</v></c></row>`).join('')
    readWorkbook(xlsxOf({ sheet: `<sheetData>${rows}</sheetData>` }), 'a', { onProgress: (...at) => seen.push(at) })
    expect(seen.map(([at]) => at)).toEqual([2000, 4000, 4500])
    for (const [, total] of seen) expect(total).toBeGreaterThan(4000)
    for (const [, total] of seen) expect(total).toBeLessThan(5000)
  })
})

const cellText = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('荆河街道', '=1+1', '018612345678', ' a ', '<&>"\'', '_x0041_', 'a\nb', '__proto__', '</t>', ']]>'))
  // Characters that XML cannot hold are the writer's business, not the reader's; it writes a carriage return as a line feed.
  .map((value) => value.toWellFormed().replace(/(?!\n)[\p{Cc}\ufffe\uffff]/gu, ''))
const cellArb: fc.Arbitrary<CellObject> = fc.oneof(
  cellText.map((v): CellObject => ({ t: 's', v })),
  fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((v): CellObject => ({ t: 'n', v: Object.is(v, -0) ? 0 : v })),
  fc.tuple(fc.double({ min: 0, max: 60_000, noNaN: true }), fc.constantFrom('0%', '0.0%', 'yyyy-mm-dd', 'm/d/yy', '0.00', '#,##0', 'yyyy"年"m"月"d"日"', '[h]:mm', '0.0"万元"')).map(([v, z]): CellObject => ({ t: 'n', v, z })),
  fc.boolean().map((v): CellObject => ({ t: 'b', v })),
  fc.constantFrom<CellObject>({ t: 'e', v: 7 }, { t: 'e', v: 42 }, { t: 'n', v: 3, f: 'SUM(A1,B2)' }, { t: 's', v: 'x', f: 'A1&"<"' }),
)
const sheetArb = fc.record({
  cells: fc.array(fc.record({ r: fc.nat(40), c: fc.nat(30), cell: cellArb }), { minLength: 1, maxLength: 40 }),
  merges: fc.array(fc.record({ r: fc.nat(8), c: fc.nat(8), h: fc.nat(3), w: fc.nat(3) }), { maxLength: 3 }),
  hidden: fc.array(fc.nat(40), { maxLength: 3 }),
})

function buildSheet({ cells, merges, hidden }: { cells: { r: number; c: number; cell: CellObject }[]; merges: { r: number; c: number; h: number; w: number }[]; hidden: number[] }): WorkSheet {
  const sheet: WorkSheet = { '!ref': 'A1:AF42', '!rows': [] }
  for (const { r, c, cell } of cells) sheet[utils.encode_cell({ r, c })] = cell
  const apart = merges.filter((a, i) => merges.findIndex((b) => a.r <= b.r + b.h && b.r <= a.r + a.h && a.c <= b.c + b.w && b.c <= a.c + a.w) === i)
  // The cells under a merged cell hold nothing, as spreadsheet programs leave them.
  for (const { r, c, h, w } of apart) for (let y = r; y <= r + h; y += 1) for (let x = c; x <= c + w; x += 1) if (y !== r || x !== c) delete sheet[utils.encode_cell({ r: y, c: x })]
  sheet['!merges'] = apart.filter(({ h, w }) => h + w > 0).map(({ r, c, h, w }) => ({ s: { r, c }, e: { r: r + h, c: c + w } }))
  for (const row of hidden) (sheet['!rows'] ??= [])[row] = { hidden: true }
  return sheet
}

it('reads random workbooks as the library reads them', () => {
  fc.assert(fc.property(fc.array(sheetArb, { minLength: 1, maxLength: 3 }), fc.boolean(), fc.boolean(), (sheets, bookSST, date1904) => {
    const book = utils.book_new()
    sheets.forEach((sheet, i) => utils.book_append_sheet(book, buildSheet(sheet), `表${i + 1}`))
    book.Workbook = { WBProps: { date1904 } }
    const bytes = new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx', bookSST, compression: true }) as Buffer)
    const expected = libraryView(bytes)
    fc.pre(expected.some(({ rows }) => rows.length > 0))
    expect(plain(readWorkbook(bytes, 'a.xlsx').sheets)).toEqual(plain(expected))
  }), { numRuns: 300 })
})
