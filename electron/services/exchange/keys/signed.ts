/** Statements as canonical JSON with a signature in them: certificates, revocations, the group's card, requests. */
import { z } from 'zod'
import { canonical } from '../../../store/log/canonical.ts'
import { isSignedBy, type SigningKey } from '../format/suite.ts'

/** One spelling only: the last letter's spare bits are zero, or a flipped bit would pass unseen. */
export const base64url = (bytes: number): z.ZodString => {
  const last = { 1: '[AQgw]', 2: '[AEIMQUYcgkosw048]' }[bytes % 3] ?? '[A-Za-z0-9_-]'
  return z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3) - 1}}${last}$`))
}
export const signatureText = base64url(64)
export const publicKeyText = base64url(32)

export type Signed = { readonly kind: string; readonly signature: string }

function bytesOf(statement: { readonly kind: string }): Buffer {
  const { signature: _, ...rest } = statement as Partial<Signed>
  return Buffer.from(canonical(rest), 'utf8')
}

function contextOf(kind: string): string {
  return `dutydesk/${kind}/1`
}

/** The signature covers every field but itself, and the kind twice: a statement of one kind never passes for another. */
export function signStatement<T extends { readonly kind: string }>(statement: T, key: SigningKey): T & { readonly signature: string } {
  return { ...statement, signature: key.sign(contextOf(statement.kind), bytesOf(statement)).toString('base64url') }
}

/** `publicKey`: base64url of 32 bytes. */
export function isStatementOf(statement: Signed, publicKey: string): boolean {
  return isSignedBy(Buffer.from(publicKey, 'base64url'), contextOf(statement.kind), bytesOf(statement), Buffer.from(statement.signature, 'base64url'))
}
