/** The reasons into a .csv, byte by byte: what was there stays, in its own encoding and with its own line ends. */
import { csvDelimiter, csvRecords, fieldDecoder, type CsvField, type CsvRecord } from './csv.ts'
import { decodeCsv, type CsvEncoding, type CsvText } from './csv-text.ts'
import { encodeGb18030 } from './gb18030.ts'
import { REASON_HEADER, type SheetReasons } from './reasons.ts'

/** The column lies behind the longest line, so that it lines up; shorter lines with a reason are filled with delimiters. */
export function writeCsvErrors(original: Uint8Array, reasons: SheetReasons | undefined): Uint8Array {
  if (reasons === undefined) return original.slice()
  const text = decodeCsv(original)
  const delimiter = csvDelimiter(text)
  const column = columnFor(text, delimiter, reasons)
  const pieces: Uint8Array[] = []
  let copied = 0
  for (const record of csvRecords(text, delimiter)) {
    const reason = reasons.texts.get(record.line)
    if (reason === undefined) continue
    const place = placeOf(record, column)
    const fill = String.fromCharCode(delimiter).repeat(Math.max(0, column - record.fields.length + 1))
    pieces.push(text.bytes.subarray(copied, place.from), encodeText(fill + csvField(reason ?? '', delimiter), text.encoding))
    copied = place.to
  }
  pieces.push(text.bytes.subarray(copied))
  return withMark(Buffer.concat(pieces), text)
}

/** The column of an earlier copy, else behind all fields, empty ones included. */
function columnFor(text: CsvText, delimiter: number, { column, headerRow }: SheetReasons): number {
  const decode = fieldDecoder(text)
  let width = 0
  for (const { line, fields } of csvRecords(text, delimiter)) {
    const field = line === headerRow ? fields[column] : undefined
    if (field !== undefined && decode(field) === REASON_HEADER) return column
    width = Math.max(width, fields.length)
  }
  return width
}

function placeOf(record: CsvRecord, column: number): CsvField {
  return record.fields[column] ?? { from: record.end, to: record.end }
}

/** Quoted where needed. A text that a spreadsheet program would take for a formula gets an apostrophe: quotes do not stop it. */
function csvField(text: string, delimiter: number): string {
  // A line end in the reason would move all later rows to other lines.
  const line = text.replace(/[\r\n]+/g, ' ')
  const safe = /^\s*[=+\-@＝＋－＠\t]/.test(line) ? `'${line}` : line
  return safe.includes('"') || safe.includes(String.fromCharCode(delimiter)) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** UTF-16 files were read as UTF-8 and go back as a whole. */
function encodeText(text: string, encoding: CsvEncoding): Buffer {
  return encoding === 'gb18030' ? encodeGb18030(text) : Buffer.from(text)
}

function withMark(bytes: Buffer, { encoding, mark }: CsvText): Uint8Array {
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be') return Buffer.concat([mark, bytes])
  const wide = Buffer.from(bytes.toString('utf8'), 'utf16le')
  return Buffer.concat([mark, encoding === 'utf-16le' ? wide : wide.swap16()])
}
