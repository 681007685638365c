/**
 * Who belongs to a group. The group's root key signs one card (the public facts of the group), a certificate for each device, and revocations. Whoever
 * knows the root's public key can judge all of them without a network. Times are ms since 1970, as the signing machine's clock said.
 */
import { hash } from 'node:crypto'
import { z } from 'zod'
import type { Tip } from '../../../../shared/merge/vectors.ts'
import { hex16, scopeName } from '../format/packed-vector.ts'
import type { SigningKey } from '../format/suite.ts'
import { base64url, isStatementOf, publicKeyText, signatureText, signStatement } from './signed.ts'

const time = z.int().nonnegative()
const recipient = z.string().regex(/^age1[a-z0-9]{58}$/)
/** What stands on a list of machines: 府办一科2号机. */
const deviceName = z.string().min(1).max(80)

/** The office that sees everything; others see the scopes that they are given. */
export const everyScope = 'all'

export const cardSchema = z.strictObject({
  kind: z.literal('group'),
  v: z.literal(1),
  group: hex16,
  /** The root's public key. */
  root: publicKeyText,
  /** Payloads go to this age key too; its secret is printed once and kept in a safe. */
  escrow: recipient,
  /** The root's seed, sealed to the escrow key: with the printed page the group outlives its first machine. */
  rootSealed: z.string().regex(/^[A-Za-z0-9_-]{100,2000}$/),
  issued: time,
  signature: signatureText,
})
export type GroupCard = z.infer<typeof cardSchema>

export const certificateSchema = z.strictObject({
  kind: z.literal('certificate'),
  v: z.literal(1),
  group: hex16,
  device: hex16,
  name: deviceName,
  scopes: z.array(scopeName).min(1).max(200),
  /** Epochs that the device had when it was enrolled; later ones prove themselves (originFor). */
  origins: z.array(hex16).max(64),
  /** Ed25519, and the age recipient for its payloads. */
  sign: publicKeyText,
  seal: recipient,
  issued: time,
  expires: time,
  signature: signatureText,
})
export type Certificate = z.infer<typeof certificateSchema>

export const revocationSchema = z.strictObject({
  kind: z.literal('revocation'), v: z.literal(1), group: hex16, device: hex16, at: time, signature: signatureText,
})
export type Revocation = z.infer<typeof revocationSchema>

/** Beside a revocation: the lanes of the device up to which its changes count. A statement of its own, so that programs that know none still know the revocation. */
export const coverageSchema = z.strictObject({
  kind: z.literal('coverage'), v: z.literal(1), group: hex16, device: hex16, at: time, signature: signatureText,
  lanes: z.array(z.strictObject({ origin: hex16, scope: scopeName, seq: z.int().positive(), head: z.string().regex(/^[0-9a-f]{64}$/) })).max(5_000),
})
export type Coverage = z.infer<typeof coverageSchema>

export const nonceText = base64url(16)

type Unsigned<T> = Omit<T, 'kind' | 'v' | 'signature'>

export function signCard(fields: Unsigned<GroupCard>, root: SigningKey): GroupCard {
  return signStatement({ ...fields, kind: 'group', v: 1 } as const, root)
}

export function signCertificate(fields: Unsigned<Certificate>, root: SigningKey): Certificate {
  return signStatement({ ...fields, scopes: [...fields.scopes].sort(), kind: 'certificate', v: 1 } as const, root)
}

export function signRevocation(fields: Unsigned<Revocation>, root: SigningKey): Revocation {
  return signStatement({ ...fields, kind: 'revocation', v: 1 } as const, root)
}

export function signCoverage(fields: Omit<Unsigned<Coverage>, 'lanes'> & { readonly lanes: readonly Tip[] }, root: SigningKey): Coverage {
  return signStatement({ ...fields, lanes: [...fields.lanes], kind: 'coverage', v: 1 } as const, root)
}

export function isCardGood(card: GroupCard): boolean {
  return isStatementOf(card, card.root)
}

/** Of this group and signed by its root. Says nothing of expiry and revocation. */
export function isCertificateOf(certificate: Certificate, card: GroupCard): boolean {
  return certificate.group === card.group && isStatementOf(certificate, card.root)
}

export function isRevocationOf(revocation: Revocation, card: GroupCard): boolean {
  return revocation.group === card.group && isStatementOf(revocation, card.root)
}

export function isCoverageOf(coverage: Coverage, card: GroupCard): boolean {
  return coverage.group === card.group && isStatementOf(coverage, card.root)
}

/** Eight groups of four digits, to be read out over the telephone when a machine joins: both sides must see the same. */
export function fingerprint(card: GroupCard): string {
  const digest = hash('sha256', `dutydesk/fingerprint/1\0${card.group}\0${card.root}`, 'buffer')
  return Array.from({ length: 8 }, (_, at) => String(digest.readUInt32BE(at * 4) % 10_000).padStart(4, '0')).join(' ')
}

/**
 * The origin of a new epoch follows from the device's public key and 16 random bytes, so that nobody else can claim it and no new certificate is needed
 * after a restore or a clone.
 */
export function originFor(signPublic: string, nonce: string): string {
  return hash('sha256', `dutydesk/origin/1\0${signPublic}\0${nonce}`, 'hex').slice(0, 32)
}

/** `nonce`: null for an origin that the certificate names. */
export function ownsOrigin(certificate: Certificate, origin: string, nonce: string | null): boolean {
  return certificate.origins.includes(origin) || (nonce !== null && originFor(certificate.sign, nonce) === origin)
}
