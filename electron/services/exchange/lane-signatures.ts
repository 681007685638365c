/**
 * Who a lane belongs to. Its origin's device signs the tip, and the hash chain carries the signature down to the first change; so whoever relays a lane
 * can neither add to it nor alter it, and only cut it at a tip that was signed once.
 */
import { Refusal } from '../../../shared/result.ts'
import { laneKey, type Tip } from '../../../shared/merge/vectors.ts'
import { canonical } from '../../store/log/canonical.ts'
import type { Change } from '../../store/log/change-id.ts'
import type { Lanes, LaneSignature } from './format/lanes.ts'
import { isSignedBy, type SigningKey } from './format/suite.ts'
import { isCertificateOf, ownsOrigin, type Certificate, type GroupCard } from './keys/certificate.ts'

const context = 'dutydesk/lane/1'

function bytesOf(group: string, { origin, scope, seq, head }: Tip): Buffer {
  return Buffer.from(canonical({ group, origin, scope, seq, head }), 'utf8')
}

export type LaneSigner = { readonly group: string; readonly device: string; readonly key: SigningKey; readonly nonceOf: (origin: string) => string | null }

/** `tip` must be of an origin of this device. */
export function signLane(tip: Tip, { group, device, key, nonceOf }: LaneSigner): LaneSignature {
  const { origin, scope, seq, head } = tip
  return { device, head, nonce: nonceOf(origin), origin, scope, seq, signature: key.sign(context, bytesOf(group, tip)).toString('base64url') }
}

/** Certificates by device that this group's root signed; others are left out. Expiry and revocation do not unsay what was signed before. */
export function goodCertificates(certificates: Iterable<Certificate>, card: GroupCard): Map<string, Certificate[]> {
  const good = new Map<string, Certificate[]>()
  for (const one of certificates) if (isCertificateOf(one, card)) good.set(one.device, [...(good.get(one.device) ?? []), one])
  return good
}

export function isLaneSigned(lane: LaneSignature, card: GroupCard, certificates: ReadonlyMap<string, readonly Certificate[]>): boolean {
  return (certificates.get(lane.device) ?? []).some((certificate) => {
    const publicKey = Buffer.from(certificate.sign, 'base64url')
    return ownsOrigin(certificate, lane.origin, lane.nonce) && isSignedBy(publicKey, context, bytesOf(card.group, lane), Buffer.from(lane.signature, 'base64url'))
  })
}

export type LaneChecker = {
  /** Every LANESIG frame, before the changes. Signatures that do not hold are dropped; changes that needed them are refused at the end. */
  readonly addLanes: (lanes: Lanes) => void
  /** Every change of the package, in its order: within a lane never before its predecessor. */
  readonly add: (change: Change) => void
  /** PACKAGE_LANE_UNSIGNED {origin, seq, lanes} unless each end of what was added is a signed tip or is in our log. Gives the signatures, to be kept and relayed. */
  readonly finish: () => { readonly signatures: readonly LaneSignature[]; readonly certificates: readonly Certificate[] }
}

type End = { readonly origin: string; readonly seq: number }

/** `knows`: the change with this id (hex) is in our log. Memory grows with the lanes, not with the changes. */
export function makeLaneChecker(card: GroupCard, known: Iterable<Certificate>, knows: (id: string) => boolean): LaneChecker {
  const certificates = goodCertificates(known, card)
  const received: Certificate[] = []
  const signed = new Map<string, LaneSignature>()
  const ends = new Map<string, Map<string, End>>()
  return {
    addLanes({ certificates: more, lanes }) {
      for (const [device, list] of goodCertificates(more, card)) {
        certificates.set(device, [...(certificates.get(device) ?? []), ...list])
        received.push(...list)
      }
      for (const lane of lanes) if (isLaneSigned(lane, card, certificates)) signed.set(lane.head, lane)
    },
    add(change) {
      const [origin, id] = [change.origin.toString('hex'), change.id.toString('hex')]
      const key = laneKey({ origin, scope: change.scope })
      const lane = ends.get(key) ?? new Map<string, End>()
      ends.set(key, lane)
      if (change.prev) lane.delete(change.prev.toString('hex'))
      lane.set(id, { origin, seq: change.seq })
    },
    finish() {
      const open = [...ends].flatMap(([key, lane]) => [...lane].map(([id, end]) => ({ key, id, end })))
      const unsigned = open.filter(({ key, id, end }) => !fits(signed.get(id), key, end) && !knows(id))
      const [first] = unsigned
      if (first) throw new Refusal('PACKAGE_LANE_UNSIGNED', { origin: first.end.origin, seq: first.end.seq, lanes: unsigned.length })
      return { signatures: [...signed.values()], certificates: received }
    },
  }
}

function fits(lane: LaneSignature | undefined, key: string, { seq }: End): boolean {
  return lane !== undefined && laneKey(lane) === key && lane.seq === seq
}
