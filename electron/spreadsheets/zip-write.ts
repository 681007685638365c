/** Writing .zip containers: a copy with some entries replaced, or a new one from plain parts. */
import { crc32, deflateRawSync } from 'node:zlib'
import { type Zip, type ZipEntry, localDataAt } from './zip.ts'

/** A copy of `zip` in which the entries of `replaced` (by stored name) have new bytes; all others are copied as they are packed. */
export function replaceEntries(zip: Zip, replaced: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const out = new ZipOutput()
  for (const entry of zip.entries) {
    const bytes = replaced.get(entry.name)
    if (bytes === undefined) out.addPacked(entry, packedBytes(zip, entry), entry)
    else out.addPacked(entry, deflateRawSync(bytes), { method: 8, crc: crc32(bytes), size: bytes.length })
  }
  return out.finish()
}

/** A new container with every part stored unpacked: for handing checked parts to a reader that would not check them itself. */
export function storeParts(parts: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Uint8Array {
  const out = new ZipOutput()
  for (const { name, bytes } of parts) {
    out.addPacked({ name, record: Buffer.alloc(46), flags: 0x0800 }, bytes, { method: 0, crc: crc32(bytes), size: bytes.length })
  }
  return out.finish()
}

function packedBytes(zip: Zip, entry: ZipEntry): Buffer {
  const at = localDataAt(zip.bytes, entry)
  return zip.bytes.subarray(at, at + entry.packedSize)
}

type Content = { readonly method: number; readonly crc: number; readonly size: number }

class ZipOutput {
  private readonly pieces: Uint8Array[] = []
  private readonly records: Uint8Array[] = []
  private at = 0

  /** Extra fields and comments are dropped (they hold sizes and times that no longer fit); time and attributes are kept. */
  addPacked(entry: Pick<ZipEntry, 'name' | 'record' | 'flags'>, packed: Uint8Array, content: Content): void {
    const name = entry.record.length > 46 ? entry.record.subarray(46, 46 + entry.record.readUInt16LE(28)) : Buffer.from(entry.name, 'utf8')
    // Bit 3 (sizes after the data) no longer holds: the header has them now.
    const flags = entry.flags & ~0x0008
    const record = Buffer.alloc(46)
    record.writeUInt32LE(0x02014b50, 0)
    record.writeUInt16LE(20, 4)
    record.writeUInt16LE(20, 6)
    record.writeUInt16LE(flags, 8)
    record.writeUInt16LE(content.method, 10)
    entry.record.copy(record, 12, 12, 16)
    record.writeUInt32LE(content.crc, 16)
    record.writeUInt32LE(packed.length, 20)
    record.writeUInt32LE(content.size, 24)
    record.writeUInt16LE(name.length, 28)
    entry.record.copy(record, 36, 36, 42)
    record.writeUInt32LE(this.at, 42)
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    record.copy(header, 4, 6, 30)
    this.push(header, name, packed)
    this.records.push(record, name)
  }

  finish(): Uint8Array {
    const directoryAt = this.at
    const count = this.records.length / 2
    this.push(...this.records)
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(count, 8)
    end.writeUInt16LE(count, 10)
    end.writeUInt32LE(this.at - directoryAt, 12)
    end.writeUInt32LE(directoryAt, 16)
    this.push(end)
    return Buffer.concat(this.pieces)
  }

  private push(...pieces: Uint8Array[]): void {
    for (const piece of pieces) {
      this.pieces.push(piece)
      this.at += piece.length
    }
  }
}
