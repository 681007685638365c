/** What the store remembers of certificates, revocations and signed lanes, as checked values. Statements that the root did not sign are as good as absent. */
import { canonical } from '../../../store/log/canonical.ts'
import type { ExchangeTables } from '../../../store/exchange-store.ts'
import { laneSignatureSchema, type LaneSignature } from '../format/lanes.ts'
import { certificateSchema, coverageSchema, isCertificateOf, isCoverageOf, isRevocationOf, revocationSchema, type Certificate, type Coverage, type GroupCard } from './certificate.ts'
import type { Trust } from './trust.ts'

/** Revocations stay for good, whatever later changes say of the device. */
export function trustOf(tables: ExchangeTables, card: GroupCard): Trust {
  const revoked = tables.revocations().flatMap((text) => {
    const read = revocationSchema.safeParse(JSON.parse(text))
    return read.success && isRevocationOf(read.data, card) ? [read.data.device] : []
  })
  return { card, revoked: new Set(revoked) }
}

/** `raw`: the value of `device.revoked.revocation`, from a change of whomever. Gives whether it counted. */
export function rememberRevocation(tables: ExchangeTables, card: GroupCard, raw: unknown): boolean {
  const read = revocationSchema.safeParse(raw)
  if (!read.success || !isRevocationOf(read.data, card)) return false
  tables.addRevocation(read.data.device, canonical(read.data))
  return true
}

/** `raw`: the value of `device.covered.coverage`. Several of one device count together: no order among them could be the same everywhere. */
export function rememberCoverage(tables: ExchangeTables, card: GroupCard, raw: unknown): boolean {
  const coverage = readCoverage(card, raw)
  if (coverage) tables.addCoverage(coverage.signature, coverage.device, canonical(coverage))
  return coverage !== null
}

export function coveragesOf(tables: ExchangeTables, card: GroupCard): Coverage[] {
  return tables.coverages().flatMap((text) => readCoverage(card, JSON.parse(text)) ?? [])
}

export function readCoverage(card: GroupCard, raw: unknown): Coverage | null {
  const read = coverageSchema.safeParse(raw)
  return read.success && isCoverageOf(read.data, card) ? read.data : null
}

export function certificatesOf(tables: ExchangeTables, card: GroupCard): Certificate[] {
  return tables.certificates().flatMap((text) => {
    const read = certificateSchema.safeParse(JSON.parse(text))
    return read.success && isCertificateOf(read.data, card) ? [read.data] : []
  })
}

/** What a LaneChecker gave, and our own at export. Inside the transaction of the import. */
export function rememberLanes(tables: ExchangeTables, found: { readonly signatures: readonly LaneSignature[]; readonly certificates: readonly Certificate[] }): void {
  for (const one of found.certificates) tables.addCertificate(one.signature, one.device, canonical(one))
  for (const one of found.signatures) tables.addLaneSignature({ head: one.head, origin: one.origin, scope: one.scope, seq: one.seq, statement: canonical(one) })
}

export function laneSignaturesOf(tables: ExchangeTables, lane: { readonly origin: string; readonly scope: string }): LaneSignature[] {
  return tables.laneSignatures(lane.origin, lane.scope).map((row) => laneSignatureSchema.parse(JSON.parse(row.statement)))
}
