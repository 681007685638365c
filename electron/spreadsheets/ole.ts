/** The container of an .xls (OLE2) looked at before the library gets it: what it holds, whether it is whole. */
import { Refusal } from '../../shared/result.ts'

const FREE = 0xffffffff
const LAST_SECTOR = 0xfffffff9
const STREAM = 2
const ROOT = 5
const MAX_NAMES = 100_000

function damaged(what: string): Refusal {
  return new Refusal('FILE_DAMAGED', { what })
}

/** Throws FILE_ENCRYPTED, FILE_MACRO, FILE_DAMAGED (truncated) or FILE_WRONG_KIND (a Word document in the same container). */
export function checkOle(source: Uint8Array): void {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  if (bytes.length < 1024) throw damaged('container')
  const ole = new Ole(bytes)
  const names = ole.entries.map((entry) => entry.name.toLowerCase())
  if (names.includes('encryptedpackage') || names.includes('encryptioninfo')) throw new Refusal('FILE_ENCRYPTED')
  if (names.some((name) => name === '_vba_project_cur' || name === '_vba_project' || name === 'vba')) throw new Refusal('FILE_MACRO')
  const book = ole.entries.find(({ name }) => /^(?:workbook|book)$/i.test(name))
  if (book === undefined) throw new Refusal('FILE_WRONG_KIND', { what: 'ole' })
  checkRecords(ole.stream(book))
}

/** The records of the workbook: FILEPASS means a password, a macro sheet means macros, an unfinished record damage. */
export function checkRecords(stream: Buffer): void {
  let depth = 0
  let ended = false
  for (let at = 0; at + 4 <= stream.length; ) {
    const type = stream.readUInt16LE(at)
    const length = stream.readUInt16LE(at + 2)
    if (type === 0 && length === 0 && depth === 0 && ended) return
    if (at + 4 + length > stream.length) throw damaged('record')
    if (type === 0x002f && length > 0) throw new Refusal('FILE_ENCRYPTED')
    // BoundSheet: the byte behind position and visibility is 1 for a macro sheet, 6 for a module.
    if (type === 0x0085 && length >= 6 && (stream[at + 9] === 1 || stream[at + 9] === 6)) throw new Refusal('FILE_MACRO')
    if (type === 0x0809 || type === 0x0409 || type === 0x0209 || type === 0x0009) depth += 1
    if (type === 0x000a) {
      depth -= 1
      ended = true
    }
    at += 4 + length
  }
  if (depth !== 0 || !ended) throw damaged('records')
}

type OleEntry = { readonly name: string; readonly kind: number; readonly start: number; readonly size: number }

class Ole {
  readonly entries: readonly OleEntry[]
  private readonly bytes: Buffer
  private readonly sectorSize: number
  private readonly table: readonly number[]
  private readonly miniCutoff: number

  constructor(bytes: Buffer) {
    this.bytes = bytes
    const shift = bytes.readUInt16LE(30)
    if (shift !== 9 && shift !== 12) throw damaged('container')
    this.sectorSize = 1 << shift
    this.miniCutoff = bytes.readUInt32LE(56)
    this.table = this.readTable()
    this.entries = this.readDirectory()
    this.checkWhole()
  }

  /** The bytes of a stream that is stored in whole sectors; a workbook always is. */
  stream(entry: OleEntry): Buffer {
    const data = entry.size < this.miniCutoff ? this.miniStream(entry) : Buffer.concat(this.chain(entry.start).map((sector) => this.sector(sector)))
    if (data.length < entry.size) throw damaged('stream')
    return data.subarray(0, entry.size)
  }

  private miniStream(entry: OleEntry): Buffer {
    const root = this.entries[0]
    if (root === undefined) throw damaged('container')
    const store = Buffer.concat(this.chain(root.start).map((sector) => this.sector(sector)))
    const table = Buffer.concat(this.chain(this.bytes.readUInt32LE(60)).map((sector) => this.sector(sector)))
    const pieces: Buffer[] = []
    for (let at = entry.start; at <= LAST_SECTOR; at = table.readUInt32LE(at * 4)) {
      if ((at + 1) * 64 > store.length || (at + 1) * 4 > table.length || pieces.length * 64 > entry.size) throw damaged('chain')
      pieces.push(store.subarray(at * 64, at * 64 + 64))
    }
    return Buffer.concat(pieces)
  }

  private readTable(): number[] {
    const sectors: number[] = []
    for (let at = 76; at < 512; at += 4) sectors.push(this.bytes.readUInt32LE(at))
    const seen = new Set<number>()
    const perSector = this.sectorSize / 4
    for (let next = this.bytes.readUInt32LE(68); next <= LAST_SECTOR; ) {
      if (seen.has(next)) throw damaged('chain')
      seen.add(next)
      const sector = this.sector(next)
      for (let i = 0; i < perSector - 1; i += 1) sectors.push(sector.readUInt32LE(i * 4))
      next = sector.readUInt32LE((perSector - 1) * 4)
    }
    const table: number[] = []
    for (const number of sectors) {
      if (number > LAST_SECTOR) continue
      const sector = this.sector(number)
      if (sector.length < this.sectorSize) throw damaged('truncated')
      for (let i = 0; i < perSector; i += 1) table.push(sector.readUInt32LE(i * 4))
    }
    return table
  }

  /** Every sector of every stream must lie within the file. The table's own tail says nothing: some writers fill it with end marks. */
  private checkWhole(): void {
    let sectors = 0
    for (const { start, size, kind } of this.entries) {
      if (size === 0 || (kind === STREAM && size < this.miniCutoff) || (kind !== STREAM && kind !== ROOT)) continue
      const chain = this.chain(start)
      sectors += chain.length
      // More than there are: streams share sectors, which no program writes.
      if (sectors > this.table.length) throw damaged('chain')
      let length = 0
      for (const number of chain) length += this.sector(number).length
      if (length < size) throw damaged('truncated')
    }
  }

  private sector(number: number): Buffer {
    const at = (number + 1) * this.sectorSize
    if (at >= this.bytes.length) throw damaged('truncated')
    return this.bytes.subarray(at, at + this.sectorSize)
  }

  private chain(start: number): number[] {
    const sectors: number[] = []
    for (let at = start; at <= LAST_SECTOR; at = this.table[at] ?? FREE) {
      if (sectors.length > this.table.length) throw damaged('chain')
      sectors.push(at)
    }
    return sectors
  }

  private readDirectory(): OleEntry[] {
    const entries: OleEntry[] = []
    for (const number of this.chain(this.bytes.readUInt32LE(48))) {
      const sector = this.sector(number)
      if (sector.length < this.sectorSize) throw damaged('truncated')
      for (let at = 0; at + 128 <= sector.length && entries.length < MAX_NAMES; at += 128) {
        const length = Math.min(64, sector.readUInt16LE(at + 64))
        if (sector[at + 66] === 0 || length < 2) continue
        entries.push({ name: sector.toString('utf16le', at, at + length - 2), kind: sector[at + 66] ?? 0, start: sector.readUInt32LE(at + 116), size: sector.readUInt32LE(at + 120) })
      }
    }
    return entries
  }
}
