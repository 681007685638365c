/** Whether a certificate may speak. Four different answers for the user, in this order. */
import { Refusal } from '../../../../shared/result.ts'
import { isCertificateOf, type Certificate, type GroupCard } from './certificate.ts'

/** What this machine goes by. `revoked`: device ids with a revocation that the root signed. `now`: when the thing came here. */
export type Trust = { readonly card: GroupCard; readonly revoked: ReadonlySet<string>; readonly now?: number }

/**
 * PACKAGE_FOREIGN_GROUP, PACKAGE_UNKNOWN_SIGNER, PACKAGE_REVOKED {device}, PACKAGE_EXPIRED {device, expired}.
 * `at`: when the thing was made, as its sender says, and not later than it came: a clock that is years ahead refuses nobody (exchange.md section 2). A package that was
 * made in time may come late; a stolen key is met by revocation, not by expiry.
 */
export function checkCertificate(certificate: Certificate, trust: Trust, at: number): void {
  if (certificate.group !== trust.card.group) throw new Refusal('PACKAGE_FOREIGN_GROUP')
  if (!isCertificateOf(certificate, trust.card)) throw new Refusal('PACKAGE_UNKNOWN_SIGNER', { device: certificate.device })
  if (trust.revoked.has(certificate.device)) throw new Refusal('PACKAGE_REVOKED', { device: certificate.device, name: certificate.name })
  if (Math.min(at, trust.now ?? at) > certificate.expires) throw new Refusal('PACKAGE_EXPIRED', { device: certificate.device, name: certificate.name, expired: dayOf(certificate.expires) })
}

function dayOf(ms: number): string {
  return new Date(Math.min(ms, 8.64e15)).toISOString().slice(0, 10)
}
