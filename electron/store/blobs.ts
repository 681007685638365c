/**
 * Attachments and source workbooks by SHA-256 in blobs/ab/<hex>, each encrypted: `DDB1`, 12 bytes nonce, AES-256-GCM ciphertext, 16 bytes tag.
 * The file's key is HKDF-SHA256(database key, salt = the hash, `dutydesk/blob/1`); the hash is authenticated too, so files cannot be swapped.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Refusal } from '../../shared/result.ts'
import { diskRefusal, guardDisk } from './disk-errors.ts'
import { adoptBlob, blobMagic as magic, openBlobWriter, readBlob } from './blob-streams.ts'
import { makeFolder, writeAtomic } from './files.ts'
import { sha256 } from './log/change-id.ts'
import type { Blobs, StoreEnv } from './store.ts'

const hexHash = /^[0-9a-f]{64}$/

export function makeBlobs(dir: string, key: Uint8Array, env: StoreEnv): Blobs {
  const keyOf = (hash: Buffer): Buffer => Buffer.from(hkdfSync('sha256', key, hash, 'dutydesk/blob/1', 32))
  const pathOf = (hex: string): string => {
    if (!hexHash.test(hex)) throw new Refusal('ATTACHMENT_MISSING', { sha256: hex.slice(0, 64) })
    return join(dir, hex.slice(0, 2), hex)
  }

  function put(bytes: Uint8Array): string {
    const hash = sha256(bytes)
    const hex = hash.toString('hex')
    // A file that cannot be read any more is written again; the same bytes always fit the same name.
    if (isWhole(hex)) return hex
    const nonce = Buffer.from(env.random(12))
    const cipher = createCipheriv('aes-256-gcm', keyOf(hash), nonce)
    cipher.setAAD(hash)
    const sealed = Buffer.concat([magic, nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
    guardDisk(() => {
      makeFolder(join(dir, hex.slice(0, 2)))
      writeAtomic(pathOf(hex), sealed, Buffer.from(env.random(6)).toString('hex'))
    })
    return hex
  }

  function isWhole(hex: string): boolean {
    try {
      get(hex)
      return true
    } catch {
      return false
    }
  }

  function get(hex: string): Uint8Array {
    let sealed: Buffer
    try {
      sealed = readFileSync(pathOf(hex))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new Refusal('ATTACHMENT_MISSING', { sha256: hex })
      throw diskRefusal(error) ?? error
    }
    try {
      return open(sealed, Buffer.from(hex, 'hex'))
    } catch {
      throw new Refusal('DATA_DAMAGED', { part: 'blob', sha256: hex })
    }
  }

  function open(sealed: Buffer, hash: Buffer): Uint8Array {
    if (sealed.length < 32 || !sealed.subarray(0, 4).equals(magic)) throw new Error('not a blob')
    const decipher = createDecipheriv('aes-256-gcm', keyOf(hash), sealed.subarray(4, 16))
    decipher.setAAD(hash)
    decipher.setAuthTag(sealed.subarray(sealed.length - 16))
    const bytes = Buffer.concat([decipher.update(sealed.subarray(16, sealed.length - 16)), decipher.final()])
    if (!sha256(bytes).equals(hash)) throw new Error('other content')
    return bytes
  }

  return {
    put, get,
    stage: (hex, folder) => openBlobWriter(join(folder, `${hex}.part`), basename(pathOf(hex)), keyOf(Buffer.from(hex, 'hex')), env.random(12)),
    adopt: (staged) => adoptBlob(staged, join(dir, staged.sha256.slice(0, 2))),
    read: (hex) => readBlob(pathOf(hex), keyOf(Buffer.from(hex, 'hex'))),
    has: (hex) => hexHash.test(hex) && existsSync(pathOf(hex)),
  }
}
