/**
 * Known answers for every primitive, before anybody is let in: another runtime (Electron carries BoringSSL) must compute the same as the one that wrote the packages.
 * Sources: FIPS 180-4; RFC 8032 7.1 test 3; GCM specification test case 14; SP 800-38A F.5.5; RFC 7914 section 12; RFC 7748 section 6.1; RFC 5869 A.1. ChaCha20-Poly1305 is tested
 * where it is used: a file of the public age tool must open.
 */
import { createCipheriv, createPrivateKey, createPublicKey, diffieHellman, hash, hkdfSync, scryptSync } from 'node:crypto'
import { Refusal } from '../../../../shared/result.ts'
import { isSignedBy, signingKey } from '../format/suite.ts'
import { sealKey, unseal } from './seal.ts'

/** `compute` gives hex, 'true' or a text. */
export type KnownAnswer = { readonly name: string; readonly expected: string; readonly compute: () => string | Promise<string> }

const hex = (text: string): Buffer => Buffer.from(text, 'hex')
const bob = hex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb')
const alicePublic = hex('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a')
const signSeed = hex('c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7')
const signPublic = 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025'

/** `age -r` (version 1.1.1) of `督查台` to the recipient of Bob's key. */
const ageFile =
  'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBDZTRWcE9YK0FSd3JiZ0xDcy9uWkpFRGJOckZDNVZnSmFGanVZM204SFIwCkVhTGxDK25HdlFLT3V0' +
  'TjBmZ3VtdUYzM1ZGZ0hVbDIwOVI5L3R5MXdsMG8KLS0tIEhkYVAzVHo3TnBWbmZaclZ2Y3R2clc1UlJrTjJqUkxCdlk5eEVDenptMXcKCRQ+46dLc0cbJPwO' +
  '1GSMHp8N3LixGrd8WThG/UJgV51k9rIiW2YQ63s='

function gcm(): string {
  const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12))
  return Buffer.concat([cipher.update(Buffer.alloc(16)), cipher.final(), cipher.getAuthTag()]).toString('hex')
}

function ctr(): string {
  const cipher = createCipheriv('aes-256-ctr', hex('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4'), hex('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'))
  return cipher.update(hex('6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51')).toString('hex')
}

function x25519(): string {
  const privateKey = createPrivateKey({ key: Buffer.concat([hex('302e020100300506032b656e04220420'), bob]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey({ key: Buffer.concat([hex('302a300506032b656e032100'), alicePublic]), format: 'der', type: 'spki' })
  return diffieHellman({ privateKey, publicKey }).toString('hex')
}

/** A signature of our own must hold, and not with one bit changed. */
function ed25519(): string {
  const key = signingKey(signSeed)
  const signature = key.sign('test', hex('af82'))
  const good = isSignedBy(key.publicKey, 'test', hex('af82'), signature)
  signature[5]! ^= 1
  return `${key.publicKey.toString('hex')} ${String(good)} ${String(isSignedBy(key.publicKey, 'test', hex('af82'), signature))}`
}

function hkdf(): string {
  const info = hex('f0f1f2f3f4f5f6f7f8f9')
  return Buffer.from(hkdfSync('sha256', Buffer.alloc(22, 0x0b), hex('000102030405060708090a0b0c'), info, 42)).toString('hex')
}

async function age(): Promise<string> {
  const opened = await unseal(Buffer.from(ageFile, 'base64'), [sealKey(bob).identity])
  return opened ? Buffer.from(opened).toString('utf8') : ''
}

export const knownAnswers: readonly KnownAnswer[] = [
  { name: 'SHA-256', expected: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', compute: () => hash('sha256', 'abc', 'hex') },
  { name: 'Ed25519', expected: `${signPublic} true false`, compute: ed25519 },
  {
    name: 'Ed25519 (RFC 8032)',
    expected: '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    compute: () => signingKey(signSeed).signRaw(hex('af82')).toString('hex'),
  },
  { name: 'AES-256-GCM', expected: 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919', compute: gcm },
  { name: 'AES-256-CTR', expected: '601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5', compute: ctr },
  {
    name: 'scrypt',
    expected: '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906',
    compute: () => scryptSync('', '', 64, { N: 16, r: 1, p: 1 }).toString('hex'),
  },
  { name: 'X25519', expected: '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742', compute: x25519 },
  { name: 'HKDF', expected: '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865', compute: hkdf },
  { name: 'age (X25519, ChaCha20-Poly1305)', expected: '督查台', compute: age },
]

/** CRYPTO_BROKEN {primitive} when this runtime computes anything else. Some milliseconds. */
export async function selfTest(answers: readonly KnownAnswer[] = knownAnswers): Promise<void> {
  for (const { name, expected, compute } of answers) {
    let found: string
    try {
      found = await compute()
    } catch {
      found = ''
    }
    if (found !== expected) throw new Refusal('CRYPTO_BROKEN', { primitive: name })
  }
}

let checked: Promise<void> | undefined

/** Once a process or thread: at the first log-in, while the password is stretched (the age library alone takes 60 ms the first time), and in a worker before anything is signed, sealed or believed. CRYPTO_BROKEN, from then on each time. */
export function selfTestOnce(): Promise<void> {
  return (checked ??= selfTest())
}
