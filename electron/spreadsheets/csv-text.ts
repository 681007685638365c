/** Encodings of .csv files. Clerks' files are GB18030 (Excel's default here) or UTF-8; both are read as bytes and decoded cell by cell. */
import { isUtf8 } from 'node:buffer'
import { Refusal } from '../../shared/result.ts'

export type CsvEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

/** `bytes`: the text without its mark, in UTF-8 or GB18030. In both, commas, quotes and line ends are single bytes of their own. */
export type CsvText = { readonly bytes: Buffer; readonly encoding: CsvEncoding; readonly mark: Buffer }

/** Throws FILE_EMPTY (nothing but space), FILE_WRONG_KIND (not text), FILE_DAMAGED (cut off or mixed encodings). */
export function decodeCsv(source: Uint8Array): CsvText {
  const all = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  const text = detect(all)
  if (text.bytes.includes(0)) throw new Refusal('FILE_WRONG_KIND', { what: 'binary' })
  if (!text.bytes.some((byte) => byte > 0x20)) throw new Refusal('FILE_EMPTY')
  return text
}

function detect(all: Buffer): CsvText {
  if (all[0] === 0xef && all[1] === 0xbb && all[2] === 0xbf) {
    const bytes = all.subarray(3)
    if (!isUtf8(bytes)) throw new Refusal('FILE_DAMAGED', { what: 'encoding' })
    return { bytes, encoding: 'utf-8', mark: all.subarray(0, 3) }
  }
  const wide = all[0] === 0xff && all[1] === 0xfe ? 'utf-16le' : all[0] === 0xfe && all[1] === 0xff ? 'utf-16be' : null
  if (wide !== null) {
    try {
      return { bytes: Buffer.from(new TextDecoder(wide, { fatal: true }).decode(all)), encoding: wide, mark: all.subarray(0, 2) }
    } catch {
      throw new Refusal('FILE_DAMAGED', { what: 'encoding' })
    }
  }
  const mark = all.subarray(0, 0)
  if (isUtf8(all)) return { bytes: all, encoding: 'utf-8', mark }
  // Most of it is UTF-8 and some byte is not: read as GB18030 it would give wrong names without a word.
  if (mostlyUtf8(all)) throw new Refusal('FILE_DAMAGED', { what: 'encoding' })
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(all)
  } catch {
    throw new Refusal(hasControls(all) ? 'FILE_WRONG_KIND' : 'FILE_DAMAGED', { what: 'encoding' })
  }
  return { bytes: all, encoding: 'gb18030', mark }
}

/** Whether most bytes beyond ASCII stand in well-formed threes of UTF-8; Chinese in GB18030 forms them only by rare chance. */
function mostlyUtf8(bytes: Buffer): boolean {
  let high = 0
  let inThrees = 0
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0
    if (byte < 0x80) continue
    const second = bytes[i + 1] ?? 0
    const third = bytes[i + 2] ?? 0
    const three = byte >= 0xe0 && byte <= 0xef && (second & 0xc0) === 0x80 && (third & 0xc0) === 0x80
    high += three ? 3 : 1
    inThrees += three ? 3 : 0
    i += three ? 2 : 0
  }
  return high > 0 && inThrees / high > 0.75
}

function hasControls(bytes: Buffer): boolean {
  return bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x1a)
}
