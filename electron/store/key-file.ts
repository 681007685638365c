/**
 * keys.json beside dutydesk.db: the raw 32-byte database key, wrapped once per account and once by the recovery code.
 * Each slot: scrypt (N = 2^17, r = 8, p = 1 unless the env says otherwise) of the secret, then AES-256-GCM; group, account id and purpose are authenticated, so slots cannot be
 * moved between folders or accounts. The names of accounts are readable (the log-in screen lists them), nothing else is.
 */
import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '../../shared/result.ts'
import { guardDisk } from './disk-errors.ts'
import { writeAtomic } from './files.ts'
import type { StoreEnv } from './store.ts'

export const keyFileFormat = 1
const fileName = 'keys.json'

const bytes = z.string().regex(/^[A-Za-z0-9+/]+=*$/)
const wrap = z.object({ n: z.int().min(2 ** 14).max(2 ** 20), r: z.int().min(1).max(32), p: z.int().min(1).max(16), salt: bytes, nonce: bytes, wrapped: bytes })
const slot = wrap.extend({ account: z.string().min(1), name: z.string().min(1) })
const keyFile = z.object({ app: z.literal('dutydesk'), format: z.literal(keyFileFormat), group: z.string().regex(/^[0-9a-f]{32}$/), slots: z.array(slot), recovery: wrap })
const anyVersion = z.object({ app: z.literal('dutydesk'), format: z.int() })

export type KeyFile = z.infer<typeof keyFile>
export type Wrapped = z.infer<typeof wrap>
export type Slot = z.infer<typeof slot>

export function hasKeyFile(dir: string): boolean {
  return existsSync(join(dir, fileName))
}

/** The format number of a key file of ours, or null when it is not ours. */
export function keyFileVersion(dir: string): number | null {
  try {
    return anyVersion.parse(JSON.parse(readFileSync(join(dir, fileName), 'utf8'))).format
  } catch {
    return null
  }
}

/** DATA_NEWER, DATA_DAMAGED (part 'keys'), DISK_*. */
export function readKeyFile(dir: string): KeyFile {
  const text = guardDisk(() => readFileSync(join(dir, fileName), 'utf8'))
  const found = keyFileVersion(dir)
  if (found !== null && found > keyFileFormat) throw new Refusal('DATA_NEWER', { found, supported: keyFileFormat })
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    throw new Refusal('DATA_DAMAGED', { part: 'keys' })
  }
  const parsed = keyFile.safeParse(raw)
  if (!parsed.success) throw new Refusal('DATA_DAMAGED', { part: 'keys' })
  return parsed.data
}

export function writeKeyFile(dir: string, file: KeyFile, env: StoreEnv): void {
  guardDisk(() => writeAtomic(join(dir, fileName), Buffer.from(`${JSON.stringify(file, null, 1)}\n`, 'utf8'), Buffer.from(env.random(6)).toString('hex')))
}

const fullCost = { n: 2 ** 17, r: 8, p: 1 } as const

function stretch(secret: string, salt: Buffer, { n, r, p }: { readonly n: number; readonly r: number; readonly p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // One keyboard gives composed, another decomposed characters for the same password.
    scrypt(secret.normalize('NFKC'), salt, 32, { N: n, r, p, maxmem: 128 * n * r * p + 64 * 1024 * 1024 }, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

function context(group: string, purpose: string): Buffer {
  return Buffer.from(`dutydesk/slot/1|${group}|${purpose}`, 'utf8')
}

/** `purpose`: 'recovery' or `account:<id>`. */
export async function wrapKey(key: Uint8Array, secret: string, group: string, purpose: string, env: StoreEnv): Promise<Wrapped> {
  const salt = Buffer.from(env.random(16))
  const nonce = Buffer.from(env.random(12))
  const cost = env.keyCost ?? fullCost
  const cipher = createCipheriv('aes-256-gcm', await stretch(secret, salt, cost), nonce)
  cipher.setAAD(context(group, purpose))
  const wrapped = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()])
  return { ...cost, salt: salt.toString('base64'), nonce: nonce.toString('base64'), wrapped: wrapped.toString('base64') }
}

/** The key, or null when the secret is not the right one. */
export async function unwrapKey(from: Wrapped, secret: string, group: string, purpose: string): Promise<Buffer | null> {
  const sealed = Buffer.from(from.wrapped, 'base64')
  const nonce = Buffer.from(from.nonce, 'base64')
  if (sealed.length !== 48 || nonce.length !== 12) throw new Refusal('DATA_DAMAGED', { part: 'keys' })
  const stretched = await stretch(secret, Buffer.from(from.salt, 'base64'), from)
  try {
    const decipher = createDecipheriv('aes-256-gcm', stretched, nonce)
    decipher.setAAD(context(group, purpose))
    decipher.setAuthTag(sealed.subarray(32))
    return Buffer.concat([decipher.update(sealed.subarray(0, 32)), decipher.final()])
  } catch {
    return null
  }
}
