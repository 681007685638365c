/** Where the secrets lie: in the encrypted database, among the values that never leave this installation. A backup carries them; a package never does. */
import { Refusal } from '../../../../shared/result.ts'
import { canonical } from '../../../store/log/canonical.ts'
import type { LocalValues } from '../../../store/exchange-store.ts'
import { signingKey, type SigningKey } from '../format/suite.ts'
import { homeValue, officeScope, sharedScope } from '../../../store/store.ts'
import { cardSchema, certificateSchema, everyScope, originFor, type Certificate, type GroupCard } from './certificate.ts'
import type { DeviceKeys } from './group.ts'
import { sealKey } from './seal.ts'

const keys = { device: 'exchange.device', sign: 'exchange.sign', seal: 'exchange.seal', root: 'exchange.root', card: 'exchange.card', certificate: 'exchange.certificate', epochs: 'exchange.epochs' } as const

/** This machine as a member of its group. `root`: only where devices are enrolled. */
export type Membership = {
  readonly card: GroupCard
  readonly certificate: Certificate
  readonly keys: DeviceKeys
  readonly signing: SigningKey
  /** The age secret key of this device. */
  readonly identity: string
  readonly rootSeed: Buffer | null
  /** How an own origin follows from the device's key; null for the first one, which the certificate names. */
  readonly nonceOf: (origin: string) => string | null
  readonly ownOrigins: readonly string[]
}

function bytesOf(local: LocalValues, key: string): Buffer | null {
  const value = local.get(key)
  return Buffer.isBuffer(value) ? value : null
}

export function readDeviceKeys(local: LocalValues): DeviceKeys | null {
  const [device, signSeed, sealScalar] = [local.get(keys.device), bytesOf(local, keys.sign), bytesOf(local, keys.seal)]
  return typeof device === 'string' && signSeed && sealScalar ? { device, signSeed, sealScalar } : null
}

export function storeDeviceKeys(local: LocalValues, made: DeviceKeys): void {
  local.set(keys.device, made.device)
  local.set(keys.sign, made.signSeed)
  local.set(keys.seal, made.sealScalar)
}

/** The caller has checked them (checkAnswer). `rootSeed`: of the machine that made the group, or got it back (recoverRoot). */
export function storeMembership(local: LocalValues, card: GroupCard, certificate: Certificate, rootSeed: Uint8Array | null = null): void {
  local.set(keys.card, canonical(card))
  local.set(keys.certificate, canonical(certificate))
  const limited = !certificate.scopes.includes(everyScope)
  local.set(homeValue, (limited && certificate.scopes.find((scope) => scope !== officeScope && scope !== sharedScope)) || '')
  if (rootSeed) local.set(keys.root, Buffer.from(rootSeed))
}

function parsed<T>(local: LocalValues, key: string, schema: { readonly safeParse: (raw: unknown) => { readonly success: boolean; readonly data?: T } }): T | null {
  const text = local.get(key)
  if (typeof text !== 'string') return null
  return schema.safeParse(JSON.parse(text)).data ?? null
}

/** Null while this machine belongs to no group. */
export function readMembership(local: LocalValues, store: { readonly origin: string }): Membership | null {
  const [made, card, certificate] = [readDeviceKeys(local), parsed(local, keys.card, cardSchema), parsed(local, keys.certificate, certificateSchema)]
  if (!made || !card || !certificate) return null
  const nonces = new Map(readNonces(local).map((nonce) => [originFor(certificate.sign, nonce), nonce]))
  const ownOrigins = [...new Set([...certificate.origins, ...nonces.keys(), store.origin])]
  return {
    card, certificate, keys: made, signing: signingKey(made.signSeed), identity: sealKey(made.sealScalar).identity, rootSeed: bytesOf(local, keys.root), ownOrigins,
    nonceOf: (origin) => nonces.get(origin) ?? null,
  }
}

/** GROUP_NOT_READY. */
export function membership(local: LocalValues, store: { readonly origin: string }): Membership {
  const found = readMembership(local, store)
  if (!found) throw new Refusal('GROUP_NOT_READY')
  return found
}

function readNonces(local: LocalValues): string[] {
  const text = local.get(keys.epochs)
  return typeof text === 'string' ? (JSON.parse(text) as string[]) : []
}

/** The origin of a new epoch, and the value to be stored with it (Store.newEpoch). Before this machine has keys, any 16 random bytes will do. */
export function nextEpoch(local: LocalValues, random: (n: number) => Uint8Array): { readonly origin: string; readonly values: Readonly<Record<string, string>> } {
  const made = readDeviceKeys(local)
  if (!made) return { origin: Buffer.from(random(16)).toString('hex'), values: {} }
  const nonce = Buffer.from(random(16)).toString('base64url')
  const origin = originFor(signingKey(made.signSeed).publicKey.toString('base64url'), nonce)
  return { origin, values: { [keys.epochs]: JSON.stringify([...readNonces(local), nonce]) } }
}

/** Keys, but no certificate yet: the request has gone out, the answer has not come. */
export function isJoining({ local, identity }: { readonly local: LocalValues; readonly identity: { readonly origin: string } }): boolean {
  return readDeviceKeys(local) !== null && readMembership(local, identity) === null
}
