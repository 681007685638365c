/** Attachments piece by piece, in the format of blobs.ts: a scan of a gigabyte never stands in memory. */
import { createCipheriv, createDecipheriv, createHash, type CipherGCM } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Refusal } from '../../shared/result.ts'
import { diskRefusal, guardDisk } from './disk-errors.ts'
import { makeFolder, syncFolder } from './files.ts'

export const blobMagic = Buffer.from('DDB1', 'ascii')
const [headBytes, tagBytes, pieceBytes] = [16, 16, 1024 * 1024]

/** An attachment under way: sealed into a file beside, fsynced by `finish`; `abort` removes it. */
export type BlobWriter = { readonly write: (piece: Uint8Array) => void; readonly finish: () => StagedBlob; readonly abort: () => void }
/** Whole and on the disk, but not yet under its name. */
export type StagedBlob = { readonly sha256: string; readonly part: string }

/** `key`: of this hash. DISK_*. */
export function openBlobWriter(part: string, sha256: string, key: Uint8Array, nonce: Uint8Array): BlobWriter {
  const cipher: CipherGCM = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(sha256, 'hex'))
  const handle = guardDisk(() => openSync(part, 'wx', 0o600))
  const put = (bytes: Uint8Array): void => guardDisk(() => {
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
  })
  const abort = (): void => {
    closeSync(handle)
    rmSync(part, { force: true })
  }
  try {
    put(Buffer.concat([blobMagic, nonce]))
  } catch (error) {
    abort()
    throw error
  }
  return {
    write: (piece) => put(cipher.update(piece)),
    finish() {
      put(Buffer.concat([cipher.final(), cipher.getAuthTag()]))
      guardDisk(() => fsyncSync(handle))
      closeSync(handle)
      return { sha256, part }
    },
    abort,
  }
}

/** Gives a staged attachment its name. */
export function adoptBlob({ part, sha256 }: StagedBlob, folder: string): void {
  guardDisk(() => {
    makeFolder(folder)
    renameSync(part, join(folder, sha256))
    syncFolder(folder)
  })
}

/** Size of the content, and its pieces. DATA_DAMAGED at the latest behind the last piece: nobody may count on a piece before the walk has ended. */
export function readBlob(path: string, key: Uint8Array): { readonly size: number; readonly pieces: () => Generator<Uint8Array> } {
  const sha256 = basename(path)
  const damaged = (): Refusal => new Refusal('DATA_DAMAGED', { part: 'blob', sha256 })
  const handle = openForReading(path, sha256)
  const size = fstatSync(handle).size - headBytes - tagBytes
  if (size < 0) {
    closeSync(handle)
    throw damaged()
  }
  return { size, pieces: () => pieces(handle, size, key, sha256, damaged) }
}

function openForReading(path: string, sha256: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new Refusal('ATTACHMENT_MISSING', { sha256 })
    throw diskRefusal(error) ?? error
  }
}

function* pieces(handle: number, size: number, key: Uint8Array, sha256: string, damaged: () => Refusal): Generator<Uint8Array> {
  try {
    const at = (from: number, length: number): Buffer => guardDisk(() => {
      const bytes = Buffer.alloc(length)
      for (let got = 0; got < length; ) {
        const read = readSync(handle, bytes, got, length - got, from + got)
        if (read === 0) throw damaged()
        got += read
      }
      return bytes
    })
    const head = at(0, headBytes)
    if (!head.subarray(0, 4).equals(blobMagic)) throw damaged()
    const decipher = createDecipheriv('aes-256-gcm', key, head.subarray(4))
    decipher.setAAD(Buffer.from(sha256, 'hex'))
    decipher.setAuthTag(at(headBytes + size, tagBytes))
    const hash = createHash('sha256')
    for (let from = 0; from < size; from += pieceBytes) {
      const piece = decipher.update(at(headBytes + from, Math.min(pieceBytes, size - from)))
      hash.update(piece)
      yield piece
    }
    if (!isWhole(decipher) || hash.digest('hex') !== sha256) throw damaged()
  } finally {
    closeSync(handle)
  }
}

function isWhole(decipher: { final: () => Uint8Array }): boolean {
  try {
    decipher.final()
    return true
  } catch {
    return false
  }
}
