/** Builders for tests of the spreadsheet readers: containers from parts, and the library's view of a workbook. */
import { crc32, deflateRawSync } from 'node:zlib'
import { read, SSF, type CellObject } from '@e965/xlsx'
import type { Cell, Workbook } from '../../../shared/domain/sheet.ts'
import { Refusal } from '../../../shared/result.ts'
import { formatKind } from '../../../electron/spreadsheets/number-format.ts'
import { readWorkbook } from '../../../electron/spreadsheets/read.ts'

export type Part = {
  readonly name: string
  readonly bytes: Uint8Array
  /** What the directory claims instead of the truth. */
  readonly declaredSize?: number
  readonly packed?: Uint8Array
  readonly packedSize?: number
  readonly flags?: number
  readonly headerAt?: number
}

/** A .zip written by hand, so that it can lie. */
export function zipOf(parts: readonly Part[]): Uint8Array {
  const pieces: Buffer[] = []
  const records: Buffer[] = []
  let at = 0
  for (const part of parts) {
    const name = Buffer.from(part.name)
    const packed = Buffer.from(part.packed ?? deflateRawSync(part.bytes))
    const record = Buffer.alloc(46)
    record.writeUInt32LE(0x02014b50, 0)
    record.writeUInt16LE(part.flags ?? 0, 8)
    record.writeUInt16LE(8, 10)
    record.writeUInt32LE(crc32(part.bytes), 16)
    record.writeUInt32LE(part.packedSize ?? packed.length, 20)
    record.writeUInt32LE(part.declaredSize ?? part.bytes.length, 24)
    record.writeUInt16LE(name.length, 28)
    record.writeUInt32LE(part.headerAt ?? at, 42)
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    record.copy(header, 4, 6, 30)
    pieces.push(header, name, packed)
    records.push(record, name)
    at += 30 + name.length + packed.length
  }
  const directory = Buffer.concat(records)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...pieces, directory, end])
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export type XlsxParts = {
  /** The whole sheet part, or only what stands within its root element when it does not begin with `<?xml` or `<worksheet`. */
  readonly sheet: string | Uint8Array
  readonly strings?: string
  readonly styles?: string
  readonly workbook?: string
  readonly contentType?: string
  readonly more?: readonly Part[]
  readonly sheetPart?: Partial<Part>
}

export function xlsxParts({ sheet, strings, styles, workbook, contentType, more, sheetPart }: XlsxParts): Part[] {
  const part = (name: string, text: string | Uint8Array): Part => ({ name, bytes: typeof text === 'string' ? Buffer.from(text) : text })
  const whole = typeof sheet !== 'string' || /^<(?:\?xml|!|\w+:worksheet|worksheet)/.test(sheet) ? sheet : `<worksheet xmlns="${MAIN}">${sheet}</worksheet>`
  return [
    part('[Content_Types].xml', `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="${contentType ?? `${TYPES}.sheet.main+xml`}"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${TYPES}.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`),
    part('_rels/.rels', `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
    part('xl/workbook.xml', workbook ?? `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="表1" sheetId="1" r:id="rId1"/></sheets></workbook>`),
    part('xl/_rels/workbook.xml.rels', `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="${OFFICE}/styles" Target="/xl/styles.xml"/></Relationships>`),
    part('xl/sharedStrings.xml', `<sst xmlns="${MAIN}">${strings ?? ''}</sst>`),
    part('xl/styles.xml', `<styleSheet xmlns="${MAIN}">${styles ?? ''}</styleSheet>`),
    { ...part('xl/worksheets/sheet1.xml', whole), ...sheetPart },
    ...(more ?? []),
  ]
}

export function xlsxOf(parts: XlsxParts): Uint8Array {
  return zipOf(xlsxParts(parts))
}

/** Rows of the first sheet as `row: [cells]`, for short expectations. */
export function firstRows(bytes: Uint8Array, fileName = 'a.xlsx'): Record<number, (Cell | undefined)[]> {
  return Object.fromEntries((readWorkbook(bytes, fileName).sheets[0]?.rows ?? []).map(({ row, cells }) => [row, Array.from(cells)]))
}

export function refusalOf(bytes: Uint8Array, fileName = 'a.xlsx', options: Parameters<typeof readWorkbook>[2] = {}): string {
  try {
    readWorkbook(bytes, fileName, options)
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'read'
}

/** What the library sees, told in our words but by other code than the product's. Covered cells of merges get the first cell's value. */
export function libraryView(bytes: Uint8Array): Workbook['sheets'] {
  const book = read(bytes, { type: 'buffer', cellNF: true, cellStyles: true, sheetStubs: true, dense: false })
  return book.SheetNames.flatMap((name, i) => {
    if ((book.Workbook?.Sheets?.[i]?.Hidden ?? 0) !== 0) return []
    const sheet = book.Sheets[name] ?? {}
    const rows = new Map<number, (Cell | undefined)[]>()
    for (const key of Object.keys(sheet)) {
      const at = /^([A-Z]+)(\d+)$/.exec(key)
      const cell = at === null ? undefined : viewOf(sheet[key] as CellObject)
      if (at === null || cell === undefined) continue
      const row = rows.get(Number(at[2])) ?? []
      row[[...(at[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1] = cell
      rows.set(Number(at[2]), row)
    }
    for (const { s, e } of sheet['!merges'] ?? []) {
      const value = rows.get(s.r + 1)?.[s.c]
      for (let r = s.r; r <= e.r; r += 1) {
        const row = rows.get(r + 1)
        if (row !== undefined) for (let c = s.c; c <= e.c; c += 1) if (value !== undefined || c < row.length) row[c] = value
      }
    }
    const list = [...rows].sort(([a], [b]) => a - b).map(([row, cells]) => ({ row, cells: Array.from(cells), ...(sheet['!rows']?.[row - 1]?.hidden === true && { hidden: true as const }) }))
    return [{ name, rows: list, ...(book.Workbook?.WBProps?.date1904 === true && { date1904: true as const }) }]
  })
}

function viewOf(cell: CellObject): Cell | undefined {
  const formula = cell.f === undefined ? {} : ({ formula: true } as const)
  if (cell.t === 's') return cell.v === '' || cell.v === undefined ? undefined : { type: 'text', text: String(cell.v), ...formula }
  if (cell.t === 'b') return { type: 'boolean', value: cell.v === true, ...formula }
  if (cell.t === 'e') return { type: 'error', text: cell.w ?? '', ...formula }
  if (cell.t !== 'n') return cell.f === undefined ? undefined : { type: 'formula-without-value' }
  const code = String(cell.z ?? '')
  const kind = code.includes('%') ? { percent: true as const } : SSF.is_date(code) || formatKind(code) === 'date' ? { date: true as const } : {}
  return { type: 'number', value: Number(cell.v), ...kind, ...formula }
}

/** Our view with holes made plain, to compare. */
export function plain(sheets: Workbook['sheets']): unknown {
  return sheets.map((sheet) => ({ ...sheet, rows: sheet.rows.map((row) => ({ ...row, cells: trimmed(row.cells) })) }))
}

function trimmed(cells: readonly (Cell | undefined)[]): (Cell | undefined)[] {
  const all = Array.from(cells)
  while (all.length > 0 && all.at(-1) === undefined) all.pop()
  return all
}
