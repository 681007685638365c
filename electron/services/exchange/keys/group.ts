/** Making a group and its devices' keys, and the statements between them. Random bytes and time are given; nothing is stored here (key-store.ts). */
import { Refusal } from '../../../../shared/result.ts'
import { cardSchema, everyScope, isCardGood, isCertificateOf, signCard, signCertificate, signCoverage, signRevocation, type Certificate, type Coverage, type GroupCard, type Revocation } from './certificate.ts'
import type { Tip } from '../../../../shared/merge/vectors.ts'
import { sharedScope } from '../../../store/store.ts'
import type { Request } from './request.ts'
import { seal, sealKey, unseal } from './seal.ts'
import { signingKey } from '../format/suite.ts'

type Random = (n: number) => Uint8Array

/** The secrets of a device. `device`: 32 hex digits, its name for ever, whatever epochs it goes through. */
export type DeviceKeys = { readonly device: string; readonly signSeed: Buffer; readonly sealScalar: Buffer }

/** What must be printed and locked away: it opens every payload, and with the card it brings the root key back. */
export type NewGroup = { readonly card: GroupCard; readonly rootSeed: Buffer; readonly escrowIdentity: string }

export const certificateMs = 3 * 366 * 24 * 60 * 60 * 1000

export function newDeviceKeys(random: Random): DeviceKeys {
  return { device: Buffer.from(random(16)).toString('hex'), signSeed: Buffer.from(random(32)), sealScalar: Buffer.from(random(32)) }
}

/** `group`: the store's, 32 hex digits. `now` in ms since 1970. */
export async function newGroup(group: string, now: number, random: Random): Promise<NewGroup> {
  const rootSeed = Buffer.from(random(32))
  const root = signingKey(rootSeed)
  const escrow = sealKey(random(32))
  const rootSealed = Buffer.from(await seal(rootSeed, [escrow.recipient])).toString('base64url')
  const card = signCard({ group, root: root.publicKey.toString('base64url'), escrow: escrow.recipient, rootSealed, issued: now }, root)
  return { card, rootSeed, escrowIdentity: escrow.identity }
}

/** The root's seed from the printed escrow key; null when it is not this group's. */
export async function recoverRoot(card: GroupCard, escrowIdentity: string): Promise<Buffer | null> {
  const seed = await unseal(Buffer.from(card.rootSealed, 'base64url'), [escrowIdentity.trim()])
  if (!seed || seed.length !== 32) return null
  return signingKey(seed).publicKey.toString('base64url') === card.root ? Buffer.from(seed) : null
}

/** How much later than the root's clock a request may set its certificate: more than a flat battery sets a clock back, and too little for a certificate that outlives its machine. */
export const mostByRequestMs = 20 * 366 * 24 * 60 * 60 * 1000

/**
 * When a certificate is issued (`now` of grant), for the root's clock alone will not do. Where that is years behind, the certificate would be born expired for everybody
 * else: it is not issued before it was asked for, nor before the group was founded. Where it was ahead and was put right, the new certificate would look older than the
 * one that it replaces: it is issued after all of its device in `known`.
 */
export function issueTime(now: number, { card, request, known }: { readonly card: Pick<GroupCard, 'issued'>; readonly request: Pick<Request, 'device' | 'made'>; readonly known: readonly Pick<Certificate, 'device' | 'issued'>[] }): number {
  const earlier = known.filter((one) => one.device === request.device).map((one) => one.issued + 1)
  return Math.max(now, Math.min(request.made, now + mostByRequestMs), card.issued, ...earlier)
}

export type Grant = { readonly scopes: readonly string[]; readonly now: number; readonly validMs?: number }

/** `request` must have come through readRequest. `scopes`: unit ids, or 'all'. `now`: by issueTime where the machine is not the root's own. */
export function grant(card: GroupCard, rootSeed: Uint8Array, request: Request, { scopes, now, validMs = certificateMs }: Grant): Certificate {
  const { device, name, origins, sign, seal: recipient } = request
  return signCertificate({ group: card.group, device, name, scopes: [...scopes], origins, sign, seal: recipient, issued: now, expires: now + validMs }, signingKey(rootSeed))
}

/** The same for another term: right behind it, before any that the device was given later. `expires` in ms since 1970. */
export function renewed(certificate: Certificate, rootSeed: Uint8Array, expires: number): Certificate {
  const { group, device, name, scopes, origins, sign, seal: recipient } = certificate
  return signCertificate({ group, device, name, scopes, origins, sign, seal: recipient, issued: certificate.issued + 1, expires }, signingKey(rootSeed))
}

/** Which of two certificates of one device counts. */
export function isLater(one: Certificate, other: Certificate): boolean {
  return one.issued > other.issued || (one.issued === other.issued && one.expires > other.expires)
}

export function revoke(card: GroupCard, rootSeed: Uint8Array, device: string, now: number): Revocation {
  return signRevocation({ group: card.group, device, at: now }, signingKey(rootSeed))
}

/** `lanes`: of the device, as they are known where it is revoked. */
export function cover(card: GroupCard, rootSeed: Uint8Array, device: string, lanes: readonly Tip[], now: number): Coverage {
  return signCoverage({ group: card.group, device, at: now, lanes }, signingKey(rootSeed))
}

/** Whether the answer to a request is for these keys, and good in itself. REQUEST_NOT_OURS, PACKAGE_UNKNOWN_SIGNER. */
export function checkAnswer(answer: { readonly card: GroupCard; readonly certificate: Certificate }, keys: DeviceKeys): void {
  const { card, certificate } = answer
  if (!cardSchema.safeParse(card).success || !isCardGood(card) || !isCertificateOf(certificate, card)) throw new Refusal('PACKAGE_UNKNOWN_SIGNER', { device: certificate.device })
  const sign = signingKey(keys.signSeed).publicKey.toString('base64url')
  const ours = certificate.device === keys.device && certificate.sign === sign && certificate.seal === sealKey(keys.sealScalar).recipient
  if (!ours) throw new Refusal('REQUEST_NOT_OURS')
}

/** Whether a device sees data of `scope`. What everybody needs (units, rules, the calendar) everybody sees. */
export function maySee(certificate: Pick<Certificate, 'scopes'>, scope: string): boolean {
  return scope === sharedScope || mayWrite(certificate, scope)
}

/** Whether changes of a device count in `scope`. */
export function mayWrite(certificate: Pick<Certificate, 'scopes'>, scope: string): boolean {
  return certificate.scopes.includes(everyScope) || certificate.scopes.includes(scope)
}
