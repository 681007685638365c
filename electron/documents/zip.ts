/** A zip with fixed dates, so that equal parts give equal bytes; parts that never change are deflated once. */
import { crc32, deflateRawSync } from 'node:zlib'

export type ZipPart = { readonly name: string; readonly crc: number; readonly size: number; readonly packed: Uint8Array }

const utf8 = new TextEncoder()

export function zipPart(name: string, data: string | Uint8Array): ZipPart {
  const bytes = typeof data === 'string' ? utf8.encode(data) : data
  return { name, crc: crc32(bytes), size: bytes.length, packed: deflateRawSync(bytes, { level: 6 }) }
}

/** 1980-01-01 00:00, the zero of zip's calendar: a letter's bytes must not tell when or where it was made. */
const dosDate = 0x0021

export function zipFile(parts: readonly ZipPart[]): Uint8Array {
  const names = parts.map((part) => utf8.encode(part.name))
  const local = parts.reduce((sum, part, i) => sum + 30 + (names[i]?.length ?? 0) + part.packed.length, 0)
  const central = names.reduce((sum, name) => sum + 46 + name.length, 0)
  const out = new Uint8Array(local + central + 22)
  const view = new DataView(out.buffer)
  let at = 0
  let entry = local
  parts.forEach((part, i) => {
    const name = names[i] ?? new Uint8Array()
    view.setUint32(entry, 0x02014b50, true)
    view.setUint16(entry + 4, 20, true)
    writeCommon(view, entry + 6, part, name.length)
    view.setUint32(entry + 42, at, true)
    out.set(name, entry + 46)
    entry += 46 + name.length
    view.setUint32(at, 0x04034b50, true)
    writeCommon(view, at + 4, part, name.length)
    out.set(name, at + 30)
    out.set(part.packed, at + 30 + name.length)
    at += 30 + name.length + part.packed.length
  })
  view.setUint32(entry, 0x06054b50, true)
  view.setUint16(entry + 8, parts.length, true)
  view.setUint16(entry + 10, parts.length, true)
  view.setUint32(entry + 12, central, true)
  view.setUint32(entry + 16, local, true)
  return out
}

/** The fields that a local header and a directory entry share; flag 0x800 says that names are UTF-8. */
function writeCommon(view: DataView, at: number, part: ZipPart, nameLength: number): void {
  view.setUint16(at, 20, true)
  view.setUint16(at + 2, 0x0800, true)
  view.setUint16(at + 4, 8, true)
  view.setUint16(at + 8, dosDate, true)
  view.setUint32(at + 10, part.crc, true)
  view.setUint32(at + 14, part.packed.length, true)
  view.setUint32(at + 18, part.size, true)
  view.setUint16(at + 22, nameLength, true)
}
