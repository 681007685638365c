import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeGb18030 } from '../../../electron/spreadsheets/gb18030.ts'
import { readWorkbook } from '../../../electron/spreadsheets/read.ts'

const lines = (content: string | Uint8Array): [number, (string | undefined)[]][] =>
  (readWorkbook(typeof content === 'string' ? Buffer.from(content) : content, 'a.csv').sheets[0]?.rows ?? []).map(({ row, cells }) => [row, Array.from(cells, (cell) => (cell?.type === 'text' ? cell.text : undefined))])

describe('.csv', () => {
  it.each([',', '\t', ';'])('fields cut by %j, quoted where needed', (d) => {
    expect(lines(`单位${d}备注${d}位次\r\n荆河${d}"a${d}b ""c"""${d}1\r\n`)).toEqual([[1, ['单位', '备注', '位次']], [2, ['荆河', `a${d}b "c"`, '1']]])
  })

  it.each(['\n', '\r\n', '\r'])('rows are numbered by their line, blank ones counted, with %j in quotes', (end) => {
    expect(lines(['a,b', '', '"x', 'y",1', ',,', 'c,d'].join(end))).toEqual([[1, ['a', 'b']], [3, [`x${end}y`, '1']], [6, ['c', 'd']]])
  })

  it('leaves out a separator line, keeps texts as they are, closes an open quote with the file', () => {
    expect(lines('sep=;\na;b,c\n018612345678;=1+1')).toEqual([[2, ['a', 'b,c']], [3, ['018612345678', '=1+1']]])
    expect(lines('a,b"c"\nd,"e')).toEqual([[1, ['a', 'b"c"']], [2, ['d', 'e']]])
  })

  it.each(['MZ', 'BM', 'PK'])('begins with %s, as a program, a picture or a zip does, and is a table all the same', (word) => {
    expect(lines(`${word},荆河\n项目,1`)).toEqual([[1, [word, '荆河']], [2, ['项目', '1']]])
  })

  it('reads every encoding that clerks have, and knows it by the bytes', () => {
    const content = '单位,责任人\n级索镇,㐂𠮷善\n'
    const expected = [[1, ['单位', '责任人']], [2, ['级索镇', '㐂𠮷善']]]
    const wide = Buffer.from(`\ufeff${content}`, 'utf16le')
    for (const bytes of [Buffer.from(content), Buffer.from(`\ufeff${content}`), encodeGb18030(content), wide, Buffer.from(wide).swap16()]) expect(lines(bytes)).toEqual(expected)
  })
})

describe('writing GB18030', () => {
  it('gives what the runtime reads back, for every character of Unicode', () => {
    const decoder = new TextDecoder('gb18030')
    for (let from = 0; from < 0x110000; from += 0x1000) {
      if (from >= 0xd800 && from < 0xe000) continue
      const text = Array.from({ length: 0x1000 }, (_, i) => String.fromCodePoint(from + i)).filter((char) => !/[\ud800-\udfff]/u.test(char)).join('')
      const back = decoder.decode(encodeGb18030(text))
      // A few private-use characters have no code of their own in the newer table.
      if (back !== text) expect([from, [...text].filter((char, i) => [...back][i] !== char && !/\p{Co}/u.test(char))]).toEqual([from, []])
    }
  })

  it('two bytes for the common ones', () => {
    expect(encodeGb18030('错误原因a').toString('hex')).toBe('b4edcef3d4add2f261')
  })
})

it('reads back any table that was written by the rules of .csv', () => {
  const field = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('荆河', 'a,b', 'x\ny', '"', '""', '；', ' 1 ', '单\r\n位')).map((value) => value.toWellFormed().replaceAll('\0', ''))
  const table = fc.array(fc.array(field, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 12 })
  fc.assert(fc.property(table, fc.constantFrom('utf-8', 'bom', 'gb18030'), (rows, encoding) => {
    fc.pre(rows.flat().join('').trim() !== '')
    const content = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n')
    const bytes = encoding === 'gb18030' ? encodeGb18030(content) : Buffer.from((encoding === 'bom' ? '\ufeff' : '') + content)
    let line = 1
    const expected: unknown[] = []
    for (const row of rows) {
      const cells = row.map((value) => (value === '' ? undefined : value))
      while (cells.length > 0 && cells.at(-1) === undefined) cells.pop()
      if (cells.length > 0) expected.push([line, cells])
      line += 1 + row.join('').replaceAll('\r\n', '\n').replaceAll('\r', '\n').split('\n').length - 1
    }
    expect(lines(bytes)).toEqual(expected)
  }), { numRuns: 300 })
})
