/** The little XML that the parts of an .xlsx need: no DOM, no recursion, no entities but the five and character numbers. */
import { Refusal } from '../../shared/result.ts'

/** The reader met XML that it does not know for certain: the caller falls back to the library. */
export class UnknownDialect extends Error {}

/** XML bytes as plain UTF-8 without comments, CDATA and processing instructions. A DTD is refused: it can grow without limit. */
export function plainXml(bytes: Buffer): Buffer {
  const utf8 = asUtf8(bytes)
  const first = utf8.indexOf('<!')
  const instruction = utf8.indexOf('<?', utf8.indexOf('?>') + 1)
  if (first < 0 && instruction < 0) return utf8
  if (utf8.includes('<!DOCTYPE') || utf8.includes('<!ENTITY')) throw new Refusal('FILE_BOMB', { what: 'DTD' })
  return withoutMarkup(utf8)
}

function asUtf8(bytes: Buffer): Buffer {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0
  if (mark === 0xfffe || bytes[1] === 0) return recoded(bytes, 'utf-16le')
  if (mark === 0xfeff || bytes[0] === 0) return recoded(bytes, 'utf-16be')
  const head = bytes.toString('latin1', 0, Math.min(200, bytes.length))
  const encoding = /^[^<]*<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1]?.toLowerCase()
  if (encoding === undefined || encoding === 'utf-8' || encoding === 'utf8' || encoding === 'us-ascii') return bytes
  try {
    return recoded(bytes, encoding)
  } catch {
    throw new Refusal('FILE_DAMAGED', { what: 'encoding' })
  }
}

/** The declaration goes: it names an encoding that no longer holds. */
function recoded(bytes: Buffer, encoding: string): Buffer {
  return Buffer.from(new TextDecoder(encoding).decode(bytes).replace(/^\s*<\?xml[^>]*\?>/, ''))
}

function withoutMarkup(utf8: Buffer): Buffer {
  const text = utf8.toString('utf8')
  return Buffer.from(text.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, cdata?: string) => escapeXml(cdata ?? '')))
}

export type Tag = { readonly name: string; readonly attributes: ReadonlyMap<string, string>; readonly empty: boolean; readonly closing: boolean }

const TAG = /<(\/?)(?:[^\s<>/:="']+:)?([^\s<>/:="']+)((?:\s+[^\s<>/="']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/g
const ATTRIBUTE = /([^\s<>/="']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g

/** The tags of a small part in order; names of elements and attributes without their prefix. Text between tags is not given. */
export function* tags(xml: string): Generator<Tag> {
  for (const match of xml.matchAll(TAG)) {
    const attributes = new Map<string, string>()
    for (const [, name = '', double, single] of (match[3] ?? '').matchAll(ATTRIBUTE)) {
      // `r:id` and `id` are different things: a plain attribute wins over one with a prefix.
      const local = name.slice(name.indexOf(':') + 1)
      if (local === name || !attributes.has(local)) attributes.set(local, unescapeXml(double ?? single ?? ''))
    }
    yield { name: match[2] ?? '', attributes, empty: match[4] === '/', closing: match[1] === '/' }
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/g, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
  })
}

/** Text of a cell: entities, line ends as XML wants them, and the `_x000D_` escapes of spreadsheets. */
export function cellText(raw: string): string {
  let text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw
  text = unescapeXml(text)
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** For text between tags and in attributes; characters that XML cannot hold become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex -- these are the characters to be kept out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\r', '&#13;')
}
