/** What a file is, by its bytes: the extension is only what somebody called it. */
import { Refusal } from '../../shared/result.ts'

export type FileKind = 'zip' | 'ole' | 'biff' | 'text'

const FOREIGN: readonly string[] = ['%PDF', '\x89PNG', '\xff\xd8\xff', 'GIF8', 'BM', 'Rar!', '7z\xbc\xaf', '\x1f\x8b', '{\\rtf', 'MZ', '\x7fELF', 'SQLite format 3', 'II*\0', 'MM\0*']

/** Throws FILE_EMPTY, FILE_WRONG_KIND or FILE_HTML for what is no spreadsheet. */
export function sniff(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) throw new Refusal('FILE_EMPTY')
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4096))
  const start = head.toString('latin1', 0, 16)
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'zip'
  if (head.length >= 4 && head.readUInt32BE(0) === 0xd0cf11e0) return 'ole'
  // A bare stream of records, as Excel 2–4 wrote it: "beginning of file" with its short length.
  if (head.length >= 4 && head[0] === 0x09 && [0, 2, 4, 8].includes(head[1] ?? 1) && head.readUInt16LE(2) >= 4 && head.readUInt16LE(2) <= 16) return 'biff'
  // Two letters may begin a table too ("MZ,荆河"): a program, a picture or a zip has zero bytes soon.
  const binary = head.includes(0)
  if (FOREIGN.some((magic) => start.startsWith(magic) && (magic.length > 2 || binary))) throw new Refusal('FILE_WRONG_KIND', { what: 'foreign' })
  if (start.startsWith('PK') && binary) throw new Refusal('FILE_DAMAGED', { what: 'zip' })
  checkMarkup(head)
  return 'text'
}

/** Web pages, mail archives and XML spreadsheets are often named .xls by the systems that export them. */
function checkMarkup(head: Buffer): void {
  const wide = head[0] === 0xff && head[1] === 0xfe
  const text = (wide ? head.toString('utf16le') : head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '')).replace(/^[\s\ufeff]+/, '').toLowerCase()
  if (text.startsWith('mime-version:') || text.startsWith('content-type: multipart')) throw new Refusal('FILE_HTML')
  if (!/^<[!?/a-z]/.test(text)) return
  const html = /<(?:!doctype\s+html|html|head|body|meta|table|tr|td|div|style|script|center|font|p|br)[\s>/]|<!--/.test(text)
  const spreadsheet = /urn:schemas-microsoft-com:office|mso-application|<(?:\w+:)?workbook[\s>]/.test(text)
  if (html || spreadsheet) throw new Refusal('FILE_HTML')
  throw new Refusal('FILE_WRONG_KIND', { what: 'xml' })
}
