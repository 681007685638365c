/** Names of typefaces in TTF, OTF and TTC files. Bytes come from the caller, a few at a time. */

/** Bytes of a file from `offset`; shorter at its end. */
export type ReadPart = (offset: number, length: number) => Uint8Array

export const fontLimits = { faces: 64, tables: 128, nameBytes: 256 * 1024, records: 2000, nameLength: 200 } as const

/** Family and full names (ids 1, 4, 16) of every face. A file that is no font, broken or beyond the limits gives what was read until then. */
export function familyNames(read: ReadPart): ReadonlySet<string> {
  const names = new Set<string>()
  try {
    for (const face of faceOffsets(read)) for (const name of namesOfFace(read, face)) names.add(name)
  } catch {
    // A broken file says nothing more: offsets beyond its end.
  }
  return names
}

function view(read: ReadPart, offset: number, length: number): DataView {
  const bytes = read(offset, length)
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

const collection = 0x74746366
const fontTags: ReadonlySet<number> = new Set([0x00010000, 0x4f54544f, 0x74727565])

function faceOffsets(read: ReadPart): readonly number[] {
  const head = view(read, 0, 12)
  const tag = head.getUint32(0)
  if (fontTags.has(tag)) return [0]
  if (tag !== collection) return []
  const count = Math.min(head.getUint32(8), fontLimits.faces)
  const offsets = view(read, 12, count * 4)
  return Array.from({ length: count }, (_, i) => offsets.getUint32(i * 4))
}

function namesOfFace(read: ReadPart, face: number): readonly string[] {
  const count = Math.min(view(read, face, 12).getUint16(4), fontLimits.tables)
  const tables = view(read, face + 12, count * 16)
  for (let i = 0; i < count; i += 1) {
    if (tables.getUint32(i * 16) !== 0x6e616d65) continue
    return namesOfTable(view(read, tables.getUint32(i * 16 + 8), Math.min(tables.getUint32(i * 16 + 12), fontLimits.nameBytes)))
  }
  return []
}

const wanted: ReadonlySet<number> = new Set([1, 4, 16])

function namesOfTable(table: DataView): readonly string[] {
  const count = Math.min(table.getUint16(2), fontLimits.records)
  const storage = table.getUint16(4)
  const names: string[] = []
  for (let i = 0; i < count; i += 1) {
    const at = 6 + i * 12
    const platform = table.getUint16(at)
    const length = table.getUint16(at + 8)
    const start = storage + table.getUint16(at + 10)
    // Unicode and Windows names are UTF-16; the old Macintosh ones repeat them in codes of their own.
    if (!wanted.has(table.getUint16(at + 6)) || (platform !== 0 && platform !== 3) || start + length > table.byteLength || length > fontLimits.nameLength * 2) continue
    let name = ''
    for (let j = 0; j + 1 < length; j += 2) name += String.fromCharCode(table.getUint16(start + j))
    names.push(name)
  }
  return names
}
