import { deflateRawSync } from 'node:zlib'
import { read, utils, write, CFB, type BookType, type WorkBook } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { firstRows, refusalOf, xlsxOf, xlsxParts, zipOf } from './workbooks.ts'

const book = (): WorkBook => utils.book_new(utils.aoa_to_sheet([['单位', '位次'], ['荆河街道', 1]]), '表1')
const bytesOf = (bookType: 'xlsx' | 'biff8' | 'biff5' | 'biff2' | 'xlsb' | 'ods' | 'xlml' | 'html' | 'csv'): Uint8Array => new Uint8Array(write(book(), { type: 'buffer', bookType }) as Buffer)
const text = (value: string): Uint8Array => Buffer.from(value)
const oneRow = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'

/** An .xls with one more stream in its container. */
function withStream(path: string): Uint8Array {
  const container = CFB.read(Buffer.from(bytesOf('biff8')), { type: 'buffer' })
  CFB.utils.cfb_add(container, path, Buffer.alloc(5000, 1))
  return new Uint8Array(CFB.write(container, { type: 'buffer' }) as Buffer)
}

/** The .xls with a record put in front of all others of its workbook stream but the first. */
function withRecord(type: number, data: Buffer): Uint8Array {
  const container = CFB.read(Buffer.from(bytesOf('biff8')), { type: 'buffer' })
  const entry = CFB.find(container, 'Workbook')
  if (entry === null) throw new Error('no workbook')
  const stream = Buffer.from(entry.content as Uint8Array)
  const first = 4 + stream.readUInt16LE(2)
  const head = Buffer.alloc(4)
  head.writeUInt16LE(type, 0)
  head.writeUInt16LE(data.length, 2)
  const content = Buffer.concat([stream.subarray(0, first), head, data, stream.subarray(first)])
  entry.content = content
  entry.size = content.length
  return new Uint8Array(CFB.write(container, { type: 'buffer' }) as Buffer)
}

describe('what is no workbook', () => {
  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'FILE_EMPTY'],
    ['only space', text('\ufeff \r\n\r\n'), 'FILE_EMPTY'],
    ['a workbook without a value', xlsxOf({ sheet: '<sheetData><row r="4"><c r="A4" s="1"/></row></sheetData>' }), 'FILE_EMPTY'],
    ['a web page', text('\ufeff\n<html><table><tr><td>1</td></tr></table></html>'), 'FILE_HTML'],
    ['a bare table', text('<table border=1><tr><td>1</td></tr></table>'), 'FILE_HTML'],
    ['an XML spreadsheet', bytesOf('xlml'), 'FILE_HTML'],
    ['a mail archive', text('MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n'), 'FILE_HTML'],
    ['PDF', text('%PDF-1.7\n%âãÏÓ'), 'FILE_WRONG_KIND'],
    ['PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'FILE_WRONG_KIND'],
    ['a program', Buffer.concat([text('MZ'), Buffer.alloc(64), text('This program cannot be run in DOS mode.')]), 'FILE_WRONG_KIND'],
    ['a bitmap', Buffer.concat([text('BM'), Buffer.alloc(54), text('x'.repeat(600))]), 'FILE_WRONG_KIND'],
    ['RTF', text('{\\rtf1\\ansi'), 'FILE_WRONG_KIND'],
    ['SVG', text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'FILE_WRONG_KIND'],
    ['bytes', Buffer.from(Array.from({ length: 600 }, (_, i) => (i * 73) % 256)), 'FILE_WRONG_KIND'],
    ['a zip of pictures', zipOf([{ name: 'a.png', bytes: text('x') }]), 'FILE_WRONG_KIND'],
    ['a Word document', zipOf([{ name: '[Content_Types].xml', bytes: text('<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>') }]), 'FILE_WRONG_KIND'],
    ['an old Word document', new Uint8Array(CFB.write(wordContainer(), { type: 'buffer' }) as Buffer), 'FILE_WRONG_KIND'],
    ['OpenDocument', bytesOf('ods'), 'FILE_WRONG_KIND'],
    ['a binary workbook', bytesOf('xlsb'), 'FILE_WRONG_KIND'],
  ])('%s', (_, bytes, code) => {
    expect(refusalOf(bytes, '通报.xls')).toBe(code)
  })

  function wordContainer(): ReturnType<typeof CFB.read> {
    const container = CFB.utils.cfb_new()
    CFB.utils.cfb_add(container, '/WordDocument', Buffer.alloc(5000))
    return container
  }
})

describe('passwords and macros', () => {
  it('an encrypted .xlsx, .xls and .zip', () => {
    const container = CFB.utils.cfb_new()
    CFB.utils.cfb_add(container, '/EncryptedPackage', Buffer.alloc(6000, 7))
    CFB.utils.cfb_add(container, '/EncryptionInfo', Buffer.alloc(200, 7))
    expect(refusalOf(new Uint8Array(CFB.write(container, { type: 'buffer' }) as Buffer))).toBe('FILE_ENCRYPTED')
    expect(refusalOf(withRecord(0x2f, Buffer.alloc(54, 1)), 'a.xls')).toBe('FILE_ENCRYPTED')
    expect(refusalOf(zipOf(xlsxParts({ sheet: oneRow, sheetPart: { flags: 1 } })))).toBe('FILE_ENCRYPTED')
  })

  it('macros by part, by content type, by storage and by sheet kind', () => {
    expect(refusalOf(xlsxOf({ sheet: oneRow, more: [{ name: 'xl/vbaProject.bin', bytes: text('x') }] }))).toBe('FILE_MACRO')
    expect(refusalOf(xlsxOf({ sheet: oneRow, contentType: 'application/vnd.ms-excel.sheet.macroEnabled.main+xml' }))).toBe('FILE_MACRO')
    expect(refusalOf(xlsxOf({ sheet: oneRow, more: [{ name: 'xl\\macrosheets\\sheet1.xml', bytes: text('x') }] }))).toBe('FILE_MACRO')
    expect(refusalOf(withStream('/_VBA_PROJECT_CUR/VBA/dir'), 'a.xls')).toBe('FILE_MACRO')
    expect(refusalOf(withRecord(0x85, Buffer.from([0, 0, 0, 0, 0, 1, 1, 0, 65])), 'a.xls')).toBe('FILE_MACRO')
  })
})

describe('damage', () => {
  it.each(['xlsx', 'biff8', 'biff5'] as const)('%s cut off anywhere is refused, never read in part', (type) => {
    const whole = bytesOf(type)
    const sizes = Array.from({ length: 40 }, (_, i) => Math.floor((whole.length * (i + 1)) / 41)).filter((size) => size > 16)
    const rows = firstRows(whole)
    let refused = 0
    for (const size of sizes) {
      const outcome = refusalOf(whole.slice(0, size))
      // Only the filling behind the last stream of an .xls may be missing.
      if (outcome === 'read') expect([size, firstRows(whole.slice(0, size))]).toEqual([size, rows])
      else expect([size, outcome]).toEqual([size, 'FILE_DAMAGED'])
      refused += outcome === 'read' ? 0 : 1
    }
    expect(refused).toBeGreaterThanOrEqual(sizes.length - 2)
  })

  it('a changed byte in the packed sheet', () => {
    const parts = xlsxParts({ sheet: oneRow })
    const packed = parts.map((part) => (part.name.includes('sheet1') ? { ...part, packed: deflateRawSync(Buffer.from(part.bytes).fill(0x35, 90, 91)) } : part))
    expect(refusalOf(zipOf(packed))).toBe('FILE_DAMAGED')
  })

  it('XML that ends in the middle, two parts of one name, a missing part', () => {
    expect(refusalOf(xlsxOf({ sheet: '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v>' }))).toBe('FILE_DAMAGED')
    const parts = xlsxParts({ sheet: oneRow })
    expect(refusalOf(zipOf([...parts, { name: 'XL/worksheets/SHEET1.xml', bytes: text(oneRow) }]))).toBe('FILE_DAMAGED')
    expect(refusalOf(zipOf(parts.filter((part) => !part.name.includes('sheet1'))))).toBe('FILE_DAMAGED')
  })

  it('.csv in mixed or cut-off encodings', () => {
    const good = text('单位,位次\n荆河街道,1\n')
    expect(refusalOf(Buffer.concat([good, text('善').subarray(0, 2)]), 'a.csv')).toBe('FILE_DAMAGED')
    expect(refusalOf(Buffer.concat([text('\ufeff'), good, Buffer.from([0xb5])]), 'a.csv')).toBe('FILE_DAMAGED')
    expect(refusalOf(Buffer.from([0xb5, 0xa5, 0xce, 0xbb, 0x2c, 0xb5]), 'a.csv')).toBe('FILE_DAMAGED')
  })
})

describe('bombs', () => {
  const zeros = Buffer.alloc(40 * 1024 * 1024, 0x20)

  it('a part that declares little and unpacks to much', () => {
    expect(refusalOf(xlsxOf({ sheet: zeros, sheetPart: { declaredSize: 2000 } }))).toBe('FILE_BOMB')
  })

  it('a part that packs better than any table', () => {
    expect(refusalOf(xlsxOf({ sheet: zeros }))).toBe('FILE_BOMB')
  })

  it('lengths of 2^32 and beyond what the bytes can hold', () => {
    expect(refusalOf(xlsxOf({ sheet: oneRow, sheetPart: { declaredSize: 0xffffffff } }))).toBe('FILE_BOMB')
    expect(refusalOf(xlsxOf({ sheet: oneRow, sheetPart: { declaredSize: 0xfffffffe } }))).toBe('FILE_BOMB')
    expect(refusalOf(xlsxOf({ sheet: oneRow, sheetPart: { declaredSize: 300_000_000 } }))).toBe('FILE_BOMB')
    expect(refusalOf(xlsxOf({ sheet: oneRow, sheetPart: { packedSize: 0xfffffff0 } }))).toBe('FILE_DAMAGED')
  })

  it('entries that share their bytes, and too many entries', () => {
    const parts = xlsxParts({ sheet: oneRow })
    expect(refusalOf(zipOf([...parts, { name: 'again.xml', bytes: text('x'), headerAt: 0 }]))).toBe('FILE_BOMB')
    expect(refusalOf(zipOf(Array.from({ length: 10_001 }, (_, i) => ({ name: `${i}`, bytes: text('') }))))).toBe('FILE_BOMB')
  })

  it('entities that multiply, also in UTF-16', () => {
    const dtd = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>'
    expect(refusalOf(xlsxOf({ sheet: dtd }))).toBe('FILE_BOMB')
    expect(refusalOf(xlsxOf({ sheet: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(dtd, 'utf16le')]) }))).toBe('FILE_BOMB')
    expect(refusalOf(xlsxOf({ sheet: oneRow, workbook: dtd }))).toBe('FILE_BOMB')
  })

  it('elements that nest without end', () => {
    const deep = `<sheetData><row r="1"><c r="A1">${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</c></row></sheetData>`
    expect(refusalOf(xlsxOf({ sheet: deep }))).toBe('FILE_BOMB')
  })

  it('a merged range over the whole sheet', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>1</v></c></row>`).join('')
    expect(refusalOf(xlsxOf({ sheet: `<sheetData>${rows}</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>` }))).toBe('FILE_BOMB')
  })

  it('rows that all end in the last column', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `<row r="${i + 1}"><c r="XFD${i + 1}"><v>${i}</v></c></row>`).join('')
    expect(refusalOf(xlsxOf({ sheet: `<sheetData>${rows}</sheetData>` }))).toBe('FILE_BOMB')
  })
})

describe('sizes', () => {
  it('a file over the limit, and the default of 64 MiB', () => {
    expect(refusalOf(bytesOf('xlsx'), 'a.xlsx', { maxBytes: 1000 })).toBe('FILE_TOO_LARGE')
    expect(refusalOf(Buffer.alloc(64 * 1024 * 1024 + 1), 'a.xlsx')).toBe('FILE_TOO_LARGE')
  })

  it.each(['xlsx', 'biff8', 'csv'] as const)('%s with more rows than allowed; exactly as many are read', (type) => {
    expect(refusalOf(bytesOf(type), 'a', { maxRows: 1 })).toBe('FILE_TOO_MANY_ROWS')
    expect(refusalOf(bytesOf(type), 'a', { maxRows: 2 })).toBe('read')
  })

  it('a lone cell in the last place of a sheet is one row', () => {
    const rows = firstRows(xlsxOf({ sheet: '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>' }))
    expect(Object.keys(rows)).toEqual(['1', '1048576'])
    expect(rows[1_048_576]?.[16_383]).toEqual({ type: 'number', value: 2 })
  })

  it('stops when asked to', () => {
    expect(refusalOf(bytesOf('xlsx'), 'a.xlsx', { signal: { aborted: true } })).toBe('CANCELLED')
    const signal = { aborted: false }
    const many = text('a,b\n'.repeat(5000))
    expect(refusalOf(many, 'a.csv', { signal, onProgress: () => (signal.aborted = true) })).toBe('CANCELLED')
  })
})

it('content decides, not the name; texts that name object internals are only texts', () => {
  for (const type of ['xlsx', 'biff8', 'csv'] as const) expect(firstRows(bytesOf(type), '通报.pdf')[2]?.[0]).toEqual({ type: 'text', text: '荆河街道' })
  const rows = firstRows(xlsxOf({ sheet: '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>__proto__</t></is></c><c r="B1" t="s"><v>0</v></c></row></sheetData>', strings: '<si><t>constructor</t></si>' }))
  expect(rows[1]).toEqual([{ type: 'text', text: '__proto__' }, { type: 'text', text: 'constructor' }])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  expect(read(bytesOf('xlsx')).SheetNames).toEqual(['表1'])
})

it('workbooks older than Excel 97 read in their code page', () => {
  const sheet = utils.aoa_to_sheet([['ABCDEFGH', 7.5]])
  const ascii = Buffer.from(write(utils.book_new(sheet, 'S'), { type: 'buffer', bookType: 'biff5' }) as Buffer)
  const codePage = ascii.indexOf(Buffer.from([0x42, 0, 2, 0]))
  ascii.writeUInt16LE(936, codePage + 4)
  ascii.set(Buffer.from('beb3bad3bdd6b5c0', 'hex'), ascii.indexOf('ABCDEFGH'))
  expect(firstRows(ascii, 'old.xls')[1]).toEqual([{ type: 'text', text: '境河街道' }, { type: 'number', value: 7.5 }])
  for (const type of ['biff2', 'biff3', 'biff4'] as BookType[]) {
    const bare = new Uint8Array(write(utils.book_new(utils.aoa_to_sheet([['ABC', 7.5]]), 'S'), { type: 'buffer', bookType: type }) as Buffer)
    expect(firstRows(bare, 'older.xls')[1]).toEqual([{ type: 'text', text: 'ABC' }, { type: 'number', value: 7.5 }])
  }
})
