/** age v1 (X25519, ChaCha20-Poly1305): whole small things, and payloads as streams. */
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { Decrypter, Encrypter } from 'age-encryption'
import { bech32 } from './bech32.ts'

const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex')

/** `identity`: `AGE-SECRET-KEY-1…`, secret; `recipient`: `age1…`. */
export type SealKey = { readonly identity: string; readonly recipient: string }

/** `scalar`: 32 random bytes. */
export function sealKey(scalar: Uint8Array): SealKey {
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, scalar]), format: 'der', type: 'pkcs8' })
  const point = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
  return { identity: bech32('age-secret-key-', scalar).toUpperCase(), recipient: bech32('age', point) }
}

export function encrypter(recipients: readonly string[]): Encrypter {
  if (recipients.length === 0) throw new TypeError('nobody could open it')
  const made = new Encrypter()
  for (const recipient of recipients) made.addRecipient(recipient)
  return made
}

export function decrypter(identities: readonly string[]): Decrypter {
  const made = new Decrypter()
  for (const identity of identities) made.addIdentity(identity)
  return made
}

export function seal(bytes: Uint8Array, recipients: readonly string[]): Promise<Uint8Array> {
  return encrypter(recipients).encrypt(bytes)
}

/** Null when none of the identities opens it, or it was changed. */
export async function unseal(bytes: Uint8Array, identities: readonly string[]): Promise<Uint8Array | null> {
  try {
    return await decrypter(identities).decrypt(bytes)
  } catch {
    return null
  }
}
