/**
 * The new changes of a package between its two readings: checked to the authenticated end first, applied after it. They lie in a file of the inbox, sealed
 * under a key that only this process has, so that neither memory nor a lost disk holds them; record by record, so that the second reading parses nothing.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { guardDisk } from '../../store/disk-errors.ts'
import type { Change } from '../../store/log/change-id.ts'

/** What a second thread needs to read it. `blocks`: lengths. */
export type StagedFile = { readonly path: string; readonly key: Uint8Array; readonly nonce: Uint8Array; readonly blocks: readonly number[] }

const blockBytes = 1024 * 1024
/** Four hashes, three numbers as doubles, counter and schema, flags, and the lengths of scope, author and body. */
const fixedBytes = 32 + 16 + 32 + 32 + 8 * 3 + 4 * 2 + 1 + 2 + 2 + 4

export type Staging = {
  readonly count: () => number
  readonly add: (changes: readonly Change[]) => void
  /** Every change in the order it came; may be walked again. */
  readonly changes: () => IterableIterator<Change>
  /** Nothing is added any more. */
  readonly file: () => StagedFile
  readonly close: () => void
}

function encode(change: Change): Buffer {
  const [scope, author] = [Buffer.from(change.scope, 'utf8'), Buffer.from(change.author, 'utf8')]
  const body = change.body ?? Buffer.alloc(0)
  const out = Buffer.allocUnsafe(fixedBytes + scope.length + author.length + body.length)
  change.id.copy(out, 0)
  change.origin.copy(out, 32)
  if (change.prev) change.prev.copy(out, 48)
  else out.fill(0, 48, 80)
  change.bodyHash.copy(out, 80)
  out.writeDoubleBE(change.seq, 112)
  out.writeDoubleBE(change.hlcMs, 120)
  out.writeDoubleBE(change.wall, 128)
  out.writeUInt32BE(change.hlcCounter, 136)
  out.writeUInt32BE(change.schema, 140)
  out.writeUInt8((change.prev ? 1 : 0) | (change.body ? 2 : 0), 144)
  out.writeUInt16BE(scope.length, 145)
  out.writeUInt16BE(author.length, 147)
  out.writeUInt32BE(body.length, 149)
  scope.copy(out, fixedBytes)
  author.copy(out, fixedBytes + scope.length)
  body.copy(out, fixedBytes + scope.length + author.length)
  return out
}

function decode(block: Buffer, at: number): { readonly change: Change; readonly next: number } {
  const flags = block.readUInt8(at + 144)
  const scopeEnd = at + fixedBytes + block.readUInt16BE(at + 145)
  const authorEnd = scopeEnd + block.readUInt16BE(at + 147)
  const next = authorEnd + block.readUInt32BE(at + 149)
  return {
    next,
    change: {
      id: block.subarray(at, at + 32), origin: block.subarray(at + 32, at + 48), prev: (flags & 1) === 1 ? block.subarray(at + 48, at + 80) : null, bodyHash: block.subarray(at + 80, at + 112),
      seq: block.readDoubleBE(at + 112), hlcMs: block.readDoubleBE(at + 120), wall: block.readDoubleBE(at + 128), hlcCounter: block.readUInt32BE(at + 136), schema: block.readUInt32BE(at + 140),
      scope: block.toString('utf8', at + fixedBytes, scopeEnd), author: block.toString('utf8', scopeEnd, authorEnd), body: (flags & 2) === 2 ? block.subarray(authorEnd, next) : null,
    },
  }
}

/** Of one block. */
export function* changesIn(block: Buffer): IterableIterator<Change> {
  for (let at = 0; at < block.length; ) {
    const { change, next } = decode(block, at)
    at = next
    yield change
  }
}

/** Whole changes each, in the order they came; each a buffer of its own. DISK_*. */
export function* readBlocks({ path, key, nonce, blocks }: StagedFile): IterableIterator<Buffer> {
  const handle = guardDisk(() => openSync(path, 'r'))
  try {
    const decipher = createDecipheriv('aes-256-ctr', key, nonce)
    let from = 0
    for (const length of blocks) {
      const sealed = Buffer.allocUnsafe(length)
      guardDisk(() => {
        for (let got = 0; got < length; ) {
          const read = readSync(handle, sealed, got, length - got, from + got)
          if (read === 0) throw Object.assign(new Error('the staged changes are gone'), { code: 'EIO' })
          got += read
        }
      })
      from += length
      yield decipher.update(sealed)
    }
  } finally {
    closeSync(handle)
  }
}

/** `folder`: of this import; whoever made it removes it. DISK_*. */
export function makeStaging(folder: string, random: (n: number) => Uint8Array): Staging {
  const path = join(folder, 'changes.part')
  const [key, nonce] = [random(32), random(16)]
  const handle = guardDisk(() => openSync(path, 'wx', 0o600))
  const cipher = createCipheriv('aes-256-ctr', key, nonce)
  const blocks: number[] = []
  let open: Buffer[] = []
  let [openBytes, count] = [0, 0]

  function flush(): void {
    if (openBytes === 0) return
    const sealed = cipher.update(Buffer.concat(open, openBytes))
    guardDisk(() => {
      for (let at = 0; at < sealed.length; ) at += writeSync(handle, sealed, at)
    })
    blocks.push(sealed.length)
    open = []
    openBytes = 0
  }

  function file(): StagedFile {
    flush()
    return { path, key, nonce, blocks }
  }

  return {
    count: () => count,
    add(changes) {
      for (const change of changes) {
        const bytes = encode(change)
        open.push(bytes)
        openBytes += bytes.length
        if (openBytes >= blockBytes) flush()
      }
      count += changes.length
    },
    *changes() {
      for (const block of readBlocks(file())) yield* changesIn(block)
    },
    file,
    close() {
      closeSync(handle)
      rmSync(path, { force: true })
    },
  }
}
