/**
 * Judging a volume by its first bytes. In this order: magic, format, header as data, group, certificate, revocation, expiry, signature, zero padding, schema.
 * Nothing of the payload is looked at here.
 */
import { Refusal } from '../../../../shared/result.ts'
import { logSchema } from '../../../store/log/change-id.ts'
import { isCardGood } from '../keys/certificate.ts'
import { checkCertificate, type Trust } from '../keys/trust.ts'
import { headerSchema, signContext, type Header } from './header.ts'
import { align, alignUp, formatVersion, magic, maxHeaderBytes, preambleBytes, signatureBytes, suiteName } from './limits.ts'
import { unpackVector } from './packed-vector.ts'
import { readStrictJson } from './strict-json.ts'
import { isSignedBy } from './suite.ts'

export function damaged(part: string, more: Readonly<Record<string, string | number>> = {}): Refusal {
  return new Refusal('PACKAGE_DAMAGED', { part, ...more })
}

/** How many bytes `readHeader` needs, from the first ten. PACKAGE_NOT_OURS, PACKAGE_NEWER {found, supported}, PACKAGE_TRUNCATED, PACKAGE_DAMAGED. */
export function headBytes(preamble: Uint8Array): number {
  const bytes = Buffer.from(preamble.buffer, preamble.byteOffset, preamble.byteLength)
  if (!bytes.subarray(0, 4).equals(magic.subarray(0, Math.min(4, bytes.length))) || bytes.length === 0) throw new Refusal('PACKAGE_NOT_OURS')
  if (bytes.length < preambleBytes) throw new Refusal('PACKAGE_TRUNCATED')
  const found = bytes.readUInt16BE(4)
  if (found > formatVersion) throw new Refusal('PACKAGE_NEWER', { found, supported: formatVersion })
  const length = bytes.readUInt32BE(6)
  if (found < 1 || length < 2 || length > maxHeaderBytes) throw damaged('preamble')
  return preambleBytes + length + signatureBytes
}

/** The header as data, unchecked but for its shape. `head`: the first `headBytes` of the volume. PACKAGE_NEWER for another suite. */
export function readHeader(head: Uint8Array): Header {
  const raw = readStrictJson(head.subarray(preambleBytes, head.length - signatureBytes), { maxBytes: maxHeaderBytes })
  const suite = typeof raw === 'object' && raw !== null && 'suite' in raw ? raw.suite : undefined
  if (typeof suite === 'string' && suite !== suiteName && /^[a-z0-9-]{1,40}$/.test(suite)) throw new Refusal('PACKAGE_NEWER', { found: suite, supported: suiteName })
  const parsed = headerSchema.safeParse(raw)
  if (!parsed.success) throw damaged('header')
  const header = parsed.data
  const { payload, volume, volumes } = header
  const fits = header.certificate.group === header.group && volume <= volumes && payload.at % align === 0 && payload.at >= head.length && payload.at <= maxPayloadAt
  const vectors = unpackVector(header.sender) && (header.base === null || unpackVector(header.base))
  if (!fits || !vectors) throw damaged('header')
  return header
}

const maxPayloadAt = alignUp(preambleBytes + maxHeaderBytes + signatureBytes)

/**
 * Whether the header may be believed. PACKAGE_FOREIGN_GROUP, PACKAGE_UNKNOWN_SIGNER, PACKAGE_REVOKED, PACKAGE_EXPIRED, PACKAGE_DAMAGED {part: 'signature'},
 * PACKAGE_NEWER_SCHEMA {found, supported, app}. `head` as for readHeader.
 */
export function checkHeader(header: Header, head: Uint8Array, trust: Trust): void {
  checkCertificate(header.certificate, trust, header.created)
  const end = head.length - signatureBytes
  const publicKey = Buffer.from(header.certificate.sign, 'base64url')
  if (!isSignedBy(publicKey, signContext, head.subarray(0, end), head.subarray(end))) throw damaged('signature')
  if (header.schema > logSchema) throw new Refusal('PACKAGE_NEWER_SCHEMA', { found: header.schema, supported: logSchema, app: header.app })
}

/** What a new device goes by when the answer to its own request arrives: the card inside, once a person has compared the fingerprint. */
export function trustOfAnswer(header: Header): Trust {
  const card = header.enrol?.card
  if (!card || card.group !== header.group || !isCardGood(card)) throw new Refusal('PACKAGE_UNKNOWN_SIGNER', { device: header.certificate.device })
  return { card, revoked: new Set() }
}
