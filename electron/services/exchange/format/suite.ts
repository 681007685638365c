/** The one place that names algorithms: a second suite (国密) gets its own object of this shape and its own name in the header. */
import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'

const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** `seed`, `publicKey`: the raw 32 bytes of Ed25519. */
export type SigningKey = {
  readonly publicKey: Buffer
  readonly sign: (context: string, bytes: Uint8Array) => Buffer
  /** Without a context: for known answers only. */
  readonly signRaw: (bytes: Uint8Array) => Buffer
}

function privateKey(seed: Uint8Array): KeyObject {
  if (seed.length !== 32) throw new TypeError('an Ed25519 seed has 32 bytes')
  return createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' })
}

/** `context` separates what is signed for one purpose from every other; a zero byte ends it. */
function signed(context: string, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${context}\0`, 'utf8'), bytes])
}

export function signingKey(seed: Uint8Array): SigningKey {
  const key = privateKey(seed)
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length)
  return { publicKey, sign: (context, bytes) => sign(null, signed(context, bytes), key), signRaw: (bytes) => sign(null, bytes, key) }
}

/** False for a wrong signature as for a key that is none. */
export function isSignedBy(publicKey: Uint8Array, context: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  try {
    const key = createPublicKey({ key: Buffer.concat([publicPrefix, publicKey]), format: 'der', type: 'spki' })
    return verify(null, signed(context, bytes), key, signature)
  } catch {
    return false
  }
}

export function newHash(): { update(bytes: Uint8Array): unknown; digest(): Buffer } {
  return createHash('sha256')
}
