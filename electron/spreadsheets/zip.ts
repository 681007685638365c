/**
 * The container of an .xlsx, opened without trusting it: the central directory is checked as a whole before anything
 * is inflated, and inflating stops at the declared size.
 */
import { crc32, inflateRawSync } from 'node:zlib'
import { Refusal } from '../../shared/result.ts'

export type ZipEntry = {
  /** As stored, for copying. */
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  readonly headerAt: number
  /** The entry's record in the central directory, for copying. */
  readonly record: Buffer
}

export type Zip = {
  readonly bytes: Buffer
  readonly entries: readonly ZipEntry[]
  /** By part name: lower case, forward slashes, no leading slash (some producers write `xl\worksheets`). */
  readonly byName: ReadonlyMap<string, ZipEntry>
}

const MAX_ENTRIES = 10_000
const MAX_ENTRY_SIZE = 400 * 1024 * 1024
const MAX_TOTAL_SIZE = 1024 * 1024 * 1024
/** Real sheets pack 5–60 : 1. Small parts may pack better, so the ratio counts only beyond this size. */
const MAX_RATIO = 200
const RATIO_FROM = 32 * 1024 * 1024

const END_SIGNATURE = 0x06054b50
const END64_SIGNATURE = 0x06064b50
const LOCATOR64_SIGNATURE = 0x07064b50
const RECORD_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const IN_EXTRA = 0xffffffff

function damaged(what: string): Refusal {
  return new Refusal('FILE_DAMAGED', { what })
}

export function partKey(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()
}

/** Reads and checks the directory; throws FILE_DAMAGED, FILE_BOMB or FILE_ENCRYPTED. Nothing is inflated. */
export function openZip(source: Uint8Array): Zip {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  const { count, directoryAt, directoryEnd } = findDirectory(bytes)
  if (count > MAX_ENTRIES) throw new Refusal('FILE_BOMB', { what: 'entries' })
  const entries: ZipEntry[] = []
  const byName = new Map<string, ZipEntry>()
  let at = directoryAt
  for (let i = 0; i < count; i += 1) {
    const entry = readRecord(bytes, at, directoryEnd)
    at += entry.record.length
    const key = partKey(entry.name)
    // Two parts of one name: each program would read another one.
    if (byName.has(key)) throw damaged('duplicate entry')
    entries.push(entry)
    byName.set(key, entry)
  }
  checkSizes(entries)
  checkOverlaps(bytes, entries, directoryAt)
  return { bytes, entries, byName }
}

function findDirectory(bytes: Buffer): { count: number; directoryAt: number; directoryEnd: number } {
  const lowest = Math.max(0, bytes.length - 22 - 0xffff)
  let end = bytes.length - 22
  while (end >= lowest && bytes.readUInt32LE(end) !== END_SIGNATURE) end -= 1
  if (end < lowest || end < 0) throw damaged('no directory')
  let count = bytes.readUInt16LE(end + 10)
  let size = bytes.readUInt32LE(end + 12)
  let directoryAt = bytes.readUInt32LE(end + 16)
  let limit = end
  if ((count === 0xffff || size === IN_EXTRA || directoryAt === IN_EXTRA) && end >= 20) {
    if (bytes.readUInt32LE(end - 20) !== LOCATOR64_SIGNATURE) throw damaged('no 64-bit locator')
    const end64 = Number(bytes.readBigUInt64LE(end - 12))
    if (end64 + 56 > end || bytes.readUInt32LE(end64) !== END64_SIGNATURE) throw damaged('no 64-bit directory')
    count = Number(bytes.readBigUInt64LE(end64 + 32))
    size = Number(bytes.readBigUInt64LE(end64 + 40))
    directoryAt = Number(bytes.readBigUInt64LE(end64 + 48))
    limit = end64
  }
  if (directoryAt + size > limit) throw damaged('directory outside the file')
  return { count, directoryAt, directoryEnd: directoryAt + size }
}

function readRecord(bytes: Buffer, at: number, end: number): ZipEntry {
  if (at + 46 > end || bytes.readUInt32LE(at) !== RECORD_SIGNATURE) throw damaged('directory record')
  const nameLength = bytes.readUInt16LE(at + 28)
  const extraLength = bytes.readUInt16LE(at + 30)
  const commentLength = bytes.readUInt16LE(at + 32)
  const extraAt = at + 46 + nameLength
  const recordEnd = extraAt + extraLength + commentLength
  if (recordEnd > end) throw damaged('directory record')
  const wide = wideFields(bytes.subarray(extraAt, extraAt + extraLength))
  const size = wide(bytes.readUInt32LE(at + 24))
  const packedSize = wide(bytes.readUInt32LE(at + 20))
  const headerAt = wide(bytes.readUInt32LE(at + 42))
  const flags = bytes.readUInt16LE(at + 8)
  if ((flags & 1) !== 0) throw new Refusal('FILE_ENCRYPTED')
  return {
    name: bytes.toString('utf8', at + 46, extraAt), flags, method: bytes.readUInt16LE(at + 10), crc: bytes.readUInt32LE(at + 16),
    packedSize, size, headerAt, record: bytes.subarray(at, recordEnd),
  }
}

/** Zip64: a field of 2^32−1 has its value in the extra block, in the order size, packed size, offset. */
function wideFields(extra: Buffer): (field: number) => number {
  let at = 0
  let values = extra.subarray(0, 0)
  while (at + 4 <= extra.length) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === 1) values = extra.subarray(at + 4, at + 4 + length)
    at += 4 + length
  }
  let next = 0
  return (field) => {
    if (field !== IN_EXTRA) return field
    if (next + 8 > values.length) throw new Refusal('FILE_BOMB', { what: 'size' })
    next += 8
    return Number(values.readBigUInt64LE(next - 8))
  }
}

function checkSizes(entries: readonly ZipEntry[]): void {
  let total = 0
  for (const { size, packedSize } of entries) {
    total += size
    // Deflate cannot pack better than 1032 : 1, so a higher declared ratio is a lie.
    if (size > MAX_ENTRY_SIZE || size > packedSize * 1032 + 1024) throw new Refusal('FILE_BOMB', { what: 'size' })
    if (size > RATIO_FROM && size > packedSize * MAX_RATIO) throw new Refusal('FILE_BOMB', { what: 'ratio' })
  }
  if (total > MAX_TOTAL_SIZE) throw new Refusal('FILE_BOMB', { what: 'total' })
}

/** Entries that share bytes are how a small file unpacks to petabytes. */
function checkOverlaps(bytes: Buffer, entries: readonly ZipEntry[], directoryAt: number): void {
  let free = 0
  for (const entry of [...entries].sort((a, b) => a.headerAt - b.headerAt)) {
    if (entry.headerAt < free) throw new Refusal('FILE_BOMB', { what: 'overlap' })
    const dataAt = localDataAt(bytes, entry)
    free = dataAt + entry.packedSize
    if (free > directoryAt) throw damaged('entry outside the file')
  }
}

/** Where the packed bytes of an entry begin. */
export function localDataAt(bytes: Buffer, entry: ZipEntry): number {
  const at = entry.headerAt
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== LOCAL_SIGNATURE) throw damaged('entry header')
  return at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
}

/** The bytes of an entry, at most as many as declared: more is FILE_BOMB, fewer or a wrong checksum FILE_DAMAGED. */
export function inflateEntry(zip: Zip, entry: ZipEntry, maxSize: number = MAX_ENTRY_SIZE): Buffer {
  if (entry.size > maxSize) throw new Refusal('FILE_BOMB', { what: 'size' })
  const dataAt = localDataAt(zip.bytes, entry)
  const packed = zip.bytes.subarray(dataAt, dataAt + entry.packedSize)
  const data = unpack(packed, entry)
  if (data.length !== entry.size || crc32(data) !== entry.crc) throw damaged('checksum')
  return data
}

function unpack(packed: Buffer, entry: ZipEntry): Buffer {
  if (entry.method === 0) return packed
  if (entry.method !== 8) throw damaged('packing method')
  try {
    // One byte more than declared: zlib then needs a single buffer and no copy.
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size), chunkSize: Math.max(64, entry.size + 1) })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw new Refusal('FILE_BOMB', { what: 'size' })
    throw damaged('packed data')
  }
}
