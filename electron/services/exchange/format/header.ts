/** The readable head of a volume: what can be told without opening the payload. Every volume of a package carries the same header but for `payload` and `volume`. */
import { z } from 'zod'
import type { Vector } from '../../../../shared/merge/vectors.ts'
import { canonical } from '../../../store/log/canonical.ts'
import { cardSchema, certificateSchema } from '../keys/certificate.ts'
import type { SigningKey } from './suite.ts'
import { align, alignUp, formatVersion, magic, maxHeaderBytes, maxVolumeBytes, maxVolumes, preambleBytes, signatureBytes, suiteName } from './limits.ts'
import { fitVectors, hex16, hex32, packedVector, packVector, scopeName } from './packed-vector.ts'

const count = z.int().nonnegative()
const version = z.string().min(1).max(40)

export const headerSchema = z.strictObject({
  /** Of the program that wrote it, for the sentence about newer packages. */
  app: version,
  /** What the sender knew of its receiver: changes below are not in here. Null: a full package, or for several receivers. */
  base: packedVector.nullable(),
  certificate: certificateSchema,
  /** The sender's clock, ms since 1970. */
  created: count,
  /** For one new device: the card of the group and the certificate made for it. */
  enrol: z.strictObject({ card: cardSchema, certificate: certificateSchema }).optional(),
  group: hex16,
  /** Of the package: 16 random bytes. */
  id: hex16,
  /** The sender's running number. */
  number: z.int().min(1),
  /** The sender's installation at this time: after a restore or on a cloned disk the same device goes on with another. */
  origin: hex16,
  /** This volume's piece of the sealed payload: where it begins, how long it is. It goes to the end of the file. */
  payload: z.strictObject({ at: z.int().min(align), bytes: count.max(maxVolumeBytes), sha256: hex32 }),
  /** Of the changes: what a reader must understand (logSchema). */
  schema: z.int().min(1),
  /** Units whose data are in here; 'all'. */
  scopes: z.array(scopeName).min(1).max(200),
  /** What the sender has: a receipt. */
  sender: packedVector,
  suite: z.literal(suiteName),
  /** Device ids that can open it, beside the escrow key. */
  to: z.array(hex16).max(1000),
  /** From 1. */
  volume: z.int().min(1).max(maxVolumes),
  volumes: z.int().min(1).max(maxVolumes),
})
export type Header = z.infer<typeof headerSchema>

/** Before the payload is written. */
export type HeaderPlan = Omit<Header, 'payload' | 'volume' | 'volumes' | 'suite'>

export const signContext = 'dutydesk/package/1'

/** Header bytes with their magic, format and length in front; what the signature covers. */
function signedBytes(header: Header): Buffer {
  const text = Buffer.from(canonical(header), 'utf8')
  if (text.length > maxHeaderBytes) throw new RangeError('header too large')
  const preamble = Buffer.alloc(preambleBytes)
  magic.copy(preamble, 0)
  preamble.writeUInt16BE(formatVersion, 4)
  preamble.writeUInt32BE(text.length, 6)
  return Buffer.concat([preamble, text])
}

/** The first `payload.at` bytes of a volume. */
export function encodeHead(header: Header, key: SigningKey): Buffer {
  const bytes = signedBytes(header)
  const end = bytes.length + signatureBytes
  if (end > header.payload.at) throw new RangeError('header larger than planned')
  return Buffer.concat([bytes, key.sign(signContext, bytes), Buffer.alloc(header.payload.at - end)])
}

/** A header as long as it can become: sizes are known only when the payload is written, and the head's room must be known before. */
function longest(plan: HeaderPlan): Header {
  const payload = { at: alignUp(maxHeaderBytes) + align, bytes: maxVolumeBytes, sha256: '0'.repeat(64) }
  return { ...plan, suite: suiteName, payload, volume: maxVolumes, volumes: maxVolumes }
}

/** Where the payload will begin in every volume. */
export function planPayloadAt(plan: HeaderPlan): number {
  return alignUp(signedBytes(longest(plan)).length + signatureBytes)
}

/** The plan with the vectors that fit into the header (fitVectors). */
export function planWithVectors(plan: Omit<HeaderPlan, 'base' | 'sender'>, sender: Vector, base: Vector | null): HeaderPlan {
  const empty = { ...plan, base: null, sender: packVector([]) }
  return { ...plan, ...fitVectors(sender, base, maxHeaderBytes - signedBytes(longest(empty)).length) }
}
