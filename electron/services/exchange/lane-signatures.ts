/**
 * Who a lane belongs to. Its origin's device signs the tip, and the hash chain carries the signature down to the first change; so whoever relays a lane
 * can neither add to it nor alter it, and only cut it at a tip that was signed once.
 */
import { Refusal } from '../../../shared/result.ts'
import { laneKey, type Tip } from '../../../shared/merge/vectors.ts'
import { parseBody, type Op } from '../../store/log/body.ts'
import { canonical } from '../../store/log/canonical.ts'
import type { Change } from '../../store/log/change-id.ts'
import { officeTables, ownedTables } from '../../store/tables.ts'
import type { Lanes, LaneSignature } from './format/lanes.ts'
import { isSignedBy, type SigningKey } from './format/suite.ts'
import { mayWrite } from './keys/group.ts'
import { everyScope, isCertificateOf, ownsOrigin, type Certificate, type GroupCard } from './keys/certificate.ts'

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

/** The certificates of the lane's machine that its signature holds for. */
export function signersOf(lane: LaneSignature, card: GroupCard, certificates: ReadonlyMap<string, readonly Certificate[]>): Certificate[] {
  return (certificates.get(lane.device) ?? []).filter((certificate) => {
    const publicKey = Buffer.from(certificate.sign, 'base64url')
    return ownsOrigin(certificate, lane.origin, lane.nonce) && isSignedBy(publicKey, context, bytesOf(card.group, lane), Buffer.from(lane.signature, 'base64url'))
  })
}

export type LaneChecker = {
  /** Every LANESIG frame, before the changes. Signatures that do not hold are dropped; changes that needed them are refused at the end. */
  readonly addLanes: (lanes: Lanes) => void
  /** Every change of the package, in its order: within a lane never before its predecessor. */
  readonly add: (change: Change) => void
  /**
   * PACKAGE_LANE_UNSIGNED {origin, seq, lanes} unless each end of what was added is a signed tip or is in our log; PACKAGE_SCOPE {device, name, scope} where the
   * machine that signed it may not write there, or writes in a unit's lane what is no unit's (officeTables, an account of the office, a gap of another scope), or we may not see it. Gives the signatures, to be kept and relayed.
   */
  readonly finish: () => { readonly signatures: readonly LaneSignature[]; readonly certificates: readonly Certificate[] }
}

type End = { readonly origin: string; readonly seq: number }
type Signed = { readonly lane: LaneSignature; readonly allowed: boolean; readonly name: string }

export type LaneQuestion = {
  readonly card: GroupCard
  readonly certificates: Iterable<Certificate>
  /** The change with this id (hex) is in our log, or the chain of one that waits vouches for it. */
  readonly knows: (id: string) => boolean
  /** Our own device: what we wrote is ours whatever its scope. With it, and `sees` (what this machine may see), scopes are looked at; without, every scope may pass. */
  readonly own?: string
  readonly sees?: (scope: string) => boolean
  /** The device that the package comes from, and whether a row of ownedTables is the office's. */
  readonly sender?: string
  readonly isOffice?: (row: string) => boolean
  /** Signatures of a lane that are here already: who writes in it, where the package itself brings none. */
  readonly signaturesOf?: (lane: { readonly origin: string; readonly scope: string }) => readonly LaneSignature[]
}

/** Memory grows with the lanes, not with the changes. */
export function makeLaneChecker({ card, certificates: known, knows, own, sees, signaturesOf, sender, isOffice }: LaneQuestion): LaneChecker {
  const certificates = goodCertificates(known, card)
  const received: Certificate[] = []
  const signed = new Map<string, Signed>()
  const ends = new Map<string, Map<string, End>>()
  const limited = new Map<string, Certificate | null>()
  let foreign: { readonly writer: Certificate; readonly scope: string } | undefined
  /** Whose lane it is, where that machine sees some units only. */
  function limitedWriter(origin: string, scope: string): Certificate | null {
    const key = laneKey({ origin, scope })
    let writer = limited.get(key)
    if (writer === undefined) {
      const here = [...signed.values()].flatMap(({ lane }) => (laneKey(lane) === key ? signersOf(lane, card, certificates) : []))
      const named = [...certificates.values()].flat().filter((one) => one.origins.includes(origin))
      const writers = here.length + named.length > 0 ? [...here, ...named] : (signaturesOf?.({ origin, scope }) ?? []).flatMap((lane) => signersOf(lane, card, certificates))
      writer = writers.some((one) => one.device === own || one.scopes.includes(everyScope)) ? null : (writers[0] ?? null)
      limited.set(key, writer)
    }
    return writer
  }
  /** An account of the office that comes through another machine is let in, and counts for nothing (shared/merge/authority.ts): whoever passed it on could not know. */
  const isForeign = ({ table, row, value }: Op, { id, scope }: Change, { device }: Certificate): boolean => {
    if (ownedTables.has(table)) return device === sender && isOffice?.(row) === true && !knows(id.toString('hex'))
    return officeTables.has(table) || (table === 'gapAck' && typeof value['laneScope'] === 'string' && value['laneScope'] !== scope)
  }
  const inScope = (lane: LaneSignature, writer: Certificate): boolean => own === undefined || writer.device === own || (mayWrite(writer, lane.scope) && sees!(lane.scope))
  return {
    addLanes({ certificates: more, lanes }) {
      for (const [device, list] of goodCertificates(more, card)) {
        certificates.set(device, [...(certificates.get(device) ?? []), ...list])
        received.push(...list)
      }
      for (const lane of lanes) {
        const writers = signersOf(lane, card, certificates)
        if (writers[0]) signed.set(lane.head, { lane, allowed: writers.some((one) => inScope(lane, one)), name: writers[0].name })
      }
    },
    add(change) {
      const [origin, id] = [change.origin.toString('hex'), change.id.toString('hex')]
      const writer = own === undefined || !change.body ? null : limitedWriter(origin, change.scope)
      if (writer && !foreign && parseBody(change.body!).ops.some((op) => isForeign(op, change, writer))) foreign = { writer, scope: change.scope }
      const key = laneKey({ origin, scope: change.scope })
      const lane = ends.get(key) ?? new Map<string, End>()
      ends.set(key, lane)
      if (change.prev) lane.delete(change.prev.toString('hex'))
      lane.set(id, { origin, seq: change.seq })
    },
    finish() {
      const open = [...ends].flatMap(([key, lane]) => [...lane].map(([id, end]) => ({ key, id, end }))).filter(({ id }) => !knows(id))
      const unsigned = open.filter(({ key, id, end }) => !fits(signed.get(id)?.lane, key, end))
      const [first] = unsigned
      if (first) throw new Refusal('PACKAGE_LANE_UNSIGNED', { origin: first.end.origin, seq: first.end.seq, lanes: unsigned.length })
      const outside = open.map(({ id }) => signed.get(id)!).find((one) => !one.allowed)
      if (foreign) throw new Refusal('PACKAGE_SCOPE', { name: foreign.writer.name, device: foreign.writer.device, scope: foreign.scope })
      if (outside) throw new Refusal('PACKAGE_SCOPE', { name: outside.name, device: outside.lane.device, scope: outside.lane.scope })
      return { signatures: [...signed.values()].filter((one) => one.allowed).map((one) => one.lane), certificates: received }
    },
  }
}

function fits(lane: LaneSignature | undefined, key: string, { seq }: End): boolean {
  return lane !== undefined && laneKey(lane) === key && lane.seq === seq
}
