import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Cell, SheetRow, Workbook } from '../../../shared/domain/sheet.ts'
import { encodeGb18030 } from '../../../electron/spreadsheets/gb18030.ts'
import { readWorkbook } from '../../../electron/spreadsheets/read.ts'
import { writeErrors, type HeaderRow, type RowReason } from '../../../electron/spreadsheets/write-errors.ts'
import { inflateEntry, openZip } from '../../../electron/spreadsheets/zip.ts'
import { writeTable } from '../../../electron/spreadsheets/write-table.ts'
import { xlsxOf } from './workbooks.ts'

const folder = fileURLToPath(new URL('../../fixtures/sample/', import.meta.url))
const names = readdirSync(folder).filter((name) => /\.(?:xlsx?|csv)$/.test(name)).sort()
const textOf = (cell: Cell | undefined): string => (cell?.type === 'text' ? cell.text : '')
const guarded = (reason: string): string => (/^\s*[=+\-@＝＋－＠\t]/.test(reason) ? `'${reason}` : reason).replaceAll('\n', ' ')

/** Headings in the row of most cells; reasons to some of the rows below. */
function plan(book: Workbook, reasons: readonly string[]): { rows: RowReason[]; headers: HeaderRow[] } {
  const headers = book.sheets.map(({ name, rows }) => ({ sheet: name, row: rows[Math.min(2, rows.length - 1)]?.row ?? 1 }))
  const rows = book.sheets.flatMap(({ name, rows }, s) => rows.filter(({ row }, i) => row > (headers[s]?.row ?? 0) && i % reasons.length !== 0).map(({ row }, i) => ({ sheet: name, row, reason: reasons[i % reasons.length] ?? '' })))
  return { rows, headers }
}

/** The copy holds the original's cells at their places, and the reasons in one column at the right rows and nowhere else. */
function check(name: string, bytes: Uint8Array, reasons: readonly string[]): Uint8Array {
  const before = readWorkbook(bytes, name)
  const { rows, headers } = plan(before, reasons)
  const copy = writeErrors(bytes, name, rows, headers)
  expect(copy.fileName).toBe(`${name.replace(/\.\w+$/, '')}-错误原因.${before.format}`)
  const after = readWorkbook(copy.bytes, copy.fileName)
  before.sheets.forEach((sheet, s) => {
    const wanted = new Map(rows.filter((row) => row.sheet === sheet.name).map(({ row, reason }) => [row, reason]))
    const found = after.sheets[s]?.rows ?? []
    const header = found.find(({ row }) => row === headers[s]?.row)
    const column = header?.cells.findIndex((cell) => textOf(cell) === '错误原因') ?? -1
    if (wanted.size > 0) expect(column).toBeGreaterThanOrEqual(Math.max(...sheet.rows.map(({ cells }) => cells.length)))
    for (const { row, cells } of found) {
      const reason = wanted.get(row)
      if (row !== header?.row) expect(textOf(cells[column])).toBe(before.format === 'csv' ? guarded(reason ?? '') : (reason ?? ''))
    }
    const without = (list: readonly SheetRow[]): unknown => list.map((row) => ({ ...row, cells: Array.from({ length: 16 }, (_, i) => (i === column ? undefined : row.cells[i])) }))
    expect(without(found)).toEqual(without(sheet.rows))
  })
  return copy.bytes
}

const REASONS = ['单位不存在：荆河道', '=1+1 不是数字', '两人同名，请写明职务；<王磊>&"李强"', '-5 超出范围\n第二行', '_x0041_ 日期有误']

describe('writing the reasons back', () => {
  it.each(names)('%s keeps everything else and reads back with the reasons at the right rows', (name) => {
    check(name, readFileSync(folder + name), REASONS)
  })

  it('an .xlsx stays byte for byte in all other parts, and its sheet outside the new cells', () => {
    const sheet = '<worksheet xmlns="m" xmlns:y="n"><sheetPr/><dimension ref="A1:B3"/><cols><col min="1" max="1" width="20"/><col min="4" max="9" width="5"/></cols><sheetData><row r="1" spans="1:2" ht="30"><c r="A1" s="3" t="inlineStr"><is><t>单位</t></is></c><c r="B1" s="4"><v>1</v></c></row><row r="3" y:k="1"><c r="A3"><f>B1*2</f><v>2</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells><pageMargins left="1"/></worksheet>'
    const original = xlsxOf({ sheet, more: [{ name: 'xl/media/印章.png', bytes: Buffer.from([1, 2, 3]) }] })
    const copy = writeErrors(original, 'a.xlsx', [{ sheet: '表1', row: 3, reason: '=甲' }, { sheet: '表1', row: 3, reason: '乙' }], [{ sheet: '表1', row: 1 }]).bytes
    const [a, b] = [openZip(original), openZip(copy)]
    expect(b.entries.map(({ name }) => name)).toEqual(a.entries.map(({ name }) => name))
    for (const [i, entry] of a.entries.entries()) if (!entry.name.includes('sheet1')) expect(inflateEntry(b, b.entries[i] ?? entry)).toEqual(inflateEntry(a, entry))
    const entry = b.byName.get('xl/worksheets/sheet1.xml')
    const cell = (ref: string, style: string, text: string): string => `<c r="${ref}"${style} t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`
    expect(entry && inflateEntry(b, entry).toString()).toBe(sheet.replace('A1:B3', 'A1:C3').replace('<col min="4"', '<col min="3" max="3" width="48" customWidth="1"/><col min="4"').replace(' spans="1:2"', '')
      .replace('<v>1</v></c></row>', `<v>1</v></c>${cell('C1', ' s="4"', '错误原因')}</row>`).replace('<v>2</v></c></row>', `<v>2</v></c>${cell('C3', '', '=甲；乙')}</row>`))
  })

  it('the copy of a copy uses the same column and drops what no longer holds', () => {
    for (const name of ['08-招商引资6月通报.xlsx', '05-招商3月-GBK.csv', '06-2026年4月招商引资通报.xls']) {
      const original = readFileSync(folder + name)
      const sheet = readWorkbook(original, name).sheets[0]
      const [header = 1, first = 1, second = 1] = sheet?.rows.filter(({ cells }) => cells.length > 5).map(({ row }) => row) ?? []
      const headers = [{ sheet: sheet?.name ?? null, row: header }]
      const once = writeErrors(original, name, [{ sheet: sheet?.name ?? null, row: first, reason: '旧' }], headers)
      const twice = writeErrors(once.bytes, name, [{ sheet: sheet?.name ?? null, row: second, reason: '新' }], headers)
      const cells = readWorkbook(twice.bytes, name).sheets[0]?.rows.map(({ row, cells }) => [row, cells.map(textOf).filter((text) => ['旧', '新', '错误原因'].includes(text))]).filter(([, found]) => (found as string[]).length > 0)
      expect(cells).toEqual([[header, ['错误原因']], [second, ['新']]])
    }
  })

  it('a .csv keeps mark, encoding, line ends and every byte of other lines; shorter lines are filled up', () => {
    const content = '通报\r\n单位,位次,\r\n荆河,1,\r\n"级\r\n索",2\r\n善南,3,'
    for (const [mark, encode] of [[Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from], [Buffer.alloc(0), encodeGb18030]] as const) {
      const original = Buffer.concat([mark, encode(content)])
      const rows = [{ sheet: null, row: 4, reason: '@x,"y"' }, { sheet: null, row: 6, reason: '没有' }]
      const copy = writeErrors(original, 'a.csv', rows, [{ sheet: null, row: 2 }]).bytes
      expect(Buffer.from(copy)).toEqual(Buffer.concat([mark, encode('通报\r\n单位,位次,,错误原因\r\n荆河,1,\r\n"级\r\n索",2,,"\'@x,""y"""\r\n善南,3,,没有')]))
    }
  })

  it('an .xlsx in XML that only the library knows gets its reasons too', () => {
    const row = (n: number): string => `<row r="${n}"><c r="A${n}"><v>${n}</v><unknown/></c></row>`
    const copy = writeErrors(xlsxOf({ sheet: `<sheetData>${row(1)}<other/>${row(2)}</sheetData>` }), 'a.xlsx', [{ sheet: '表1', row: 2, reason: '不对' }], [{ sheet: '表1', row: 1 }])
    expect(readWorkbook(copy.bytes, 'a.xlsx').sheets[0]?.rows.map(({ row, cells }) => [row, textOf(cells[1])])).toEqual([[1, '错误原因'], [2, '不对']])
  })

  it('property: whatever the table and the reasons', () => {
    const value = fc.oneof(fc.string({ maxLength: 6 }), fc.integer(), fc.constantFrom('荆河', '', '错误'))
    const table = fc.array(fc.array(value, { minLength: 1, maxLength: 9 }), { minLength: 4, maxLength: 20 })
    const reason = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).map((text) => `${text.toWellFormed().replace(/[\p{Cc}\ufffe\uffff]/gu, '')}。`)
    fc.assert(fc.property(table, fc.array(reason, { minLength: 2, maxLength: 5 }), fc.boolean(), (rows, reasons, asCsv) => {
      const clean = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell.toWellFormed().replace(/[\p{Cc}",;]/gu, '') : cell)))
      fc.pre(clean.filter((row) => row.some((cell) => cell !== '')).length > 3 && !/^sep=/i.test(String(clean[0]?.[0])))
      const columns = Array.from({ length: 9 }, () => ({ header: '列', kind: 'number' as const }))
      const content = clean.map((row) => row.join(',')).join('\n')
      fc.pre(!asCsv || !/^\s*[<{%]/.test(content) && content.length > 40)
      check(asCsv ? 'a.csv' : 'a.xlsx', asCsv ? Buffer.from(content) : writeTable([{ name: '表', columns, rows: clean }]), reasons)
    }), { numRuns: 150 })
  })
})
