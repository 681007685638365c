/** Who has what of whom, as far as the machines' last vectors tell. */
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { byLane, laneKey, type Tip } from '../../../shared/merge/vectors.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { allUnits } from '../../store/queries/people.ts'
import { officeScope, type Store } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import { everyScope, type Certificate } from './keys/certificate.ts'
import { maySee } from './keys/group.ts'
import { readMembership, type Membership } from './keys/key-store.ts'
import { certificatesOf, laneSignaturesOf, trustOf } from './keys/remember.ts'
import { peerVector } from './send.ts'

type Picture = OutputOf<'machines.picture'>
type Lanes = ReturnType<typeof byLane>

export function machinesPicture(_: unknown, { store }: OpenContext): Result<Picture> {
  const member = readMembership(store.local, store.identity)
  if (!member) return ok({ machines: [], lacks: [], strangers: [] })
  const certificates = newestCertificates(store, member)
  const machines = machinesOf(store, member, certificates)
  const owners = ownersOfOrigins(store, member, certificates)
  const vectors = machines.map(({ self, device }) => (self ? store.log.tips() : peerVector(store, device)))
  const lanes = vectors.map((vector) => vector && byLane(vector))
  const best = bestOf(lanes)
  const place = new Map(machines.map(({ device }, index) => [device, index]))
  const strangers: number[] = []
  const lacks = machines.map(({ device }, index) => {
    const row = lackingOf(lanes[index] ?? null, best, certificates.get(device)!, (tip) => place.get(owners.get(tip.origin) ?? ''), machines.length)
    strangers.push(row?.strangers ?? 0)
    return row && blind(row.counts, certificates, machines, certificates.get(device)!)
  })
  return ok({ machines, lacks, strangers })
}

function newestCertificates(store: Store, member: Membership): Map<string, Certificate> {
  const newest = new Map<string, Certificate>()
  for (const one of certificatesOf(store.exchange, member.card)) {
    const known = newest.get(one.device)
    if (!known || known.issued < one.issued) newest.set(one.device, one)
  }
  return newest
}

/** Ourselves first, then by name. */
function machinesOf(store: Store, member: Membership, certificates: ReadonlyMap<string, Certificate>): Picture['machines'] {
  const { revoked } = trustOf(store.exchange, member.card)
  const units = new Map(store.read(allUnits).map((unit) => [unit.id, unit.name ?? '']))
  const told = new Map(store.exchange.peers().map((peer) => [peer.device, peer.seen]))
  const found = [...certificates.values()].map((one) => ({
    device: one.device, name: one.name, self: one.device === member.keys.device, revoked: revoked.has(one.device),
    units: one.scopes.includes(everyScope) ? [] : one.scopes.filter((scope) => scope !== officeScope).map((scope) => units.get(scope) ?? scope),
    told: told.get(one.device) ?? null,
  }))
  return found.sort((a, b) => Number(b.self) - Number(a.self) || a.name.localeCompare(b.name, 'zh-CN', { numeric: true }))
}

/** Epochs after the first are not in the certificate: the signatures of their lanes name the device, also where all of a lane still waits. */
export function ownersOfOrigins(store: Store, member: Membership, certificates: ReadonlyMap<string, Certificate> = newestCertificates(store, member)): Map<string, string> {
  const owners = new Map<string, string>()
  for (const lane of [...store.log.tips(), ...store.parked.lanes()]) {
    if (!owners.has(lane.origin)) for (const one of laneSignaturesOf(store.exchange, lane)) owners.set(lane.origin, one.device)
  }
  for (const one of certificates.values()) for (const origin of one.origins) owners.set(origin, one.device)
  for (const origin of member.ownOrigins) owners.set(origin, member.keys.device)
  return owners
}

/** Name of the machine by the origin of a change (hex). */
export function machineNames(store: Store, member: Membership): Map<string, string> {
  const certificates = newestCertificates(store, member)
  return new Map([...ownersOfOrigins(store, member, certificates)].map(([origin, device]) => [origin, certificates.get(device)?.name ?? '']))
}

/**
 * The epoch in which a device is now, as far as we know; null for a machine that is not of the group. Its newest package tells, if it ever sent one: by the
 * stamps of its changes an epoch whose clock was years ahead would be the newest for years. A lane of another machine cannot be claimed.
 */
export function originOfDevice(store: Store, member: Membership, device: string): string | null {
  const certificates = newestCertificates(store, member)
  const certificate = certificates.get(device)
  if (!certificate) return null
  const owners = ownersOfOrigins(store, member, certificates)
  const told = store.exchange.peersOf(device)[0]?.origin ?? ''
  if (told !== '' && (owners.get(told) ?? device) === device) return told
  const own = [...owners].filter(([, owner]) => owner === device).map(([origin]) => origin)
  const newest = own.map((origin) => ({ origin, last: store.log.lastOf(origin) })).filter((one) => one.last !== null).sort((a, b) => b.last! - a.last!)
  return newest[0]?.origin ?? certificate.origins[0] ?? null
}

/** The longest that anybody has of each lane. */
function bestOf(vectors: readonly (Lanes | null)[]): Map<string, Tip> {
  const best = new Map<string, Tip>()
  for (const lanes of vectors) {
    for (const tip of [...(lanes?.values() ?? [])].flat()) {
      const known = best.get(laneKey(tip))
      if (!known || known.seq < tip.seq) best.set(laneKey(tip), tip)
    }
  }
  return best
}

function lackingOf(have: Lanes | null, best: ReadonlyMap<string, Tip>, certificate: Certificate, placeOf: (tip: Tip) => number | undefined, machines: number): { counts: number[]; strangers: number } | null {
  if (!have) return null
  const row = { counts: Array.from({ length: machines }, () => 0), strangers: 0 }
  for (const [key, tip] of best) {
    if (!maySee(certificate, tip.scope)) continue
    const missing = Math.max(0, tip.seq - Math.max(0, ...(have.get(key) ?? []).map((one) => one.seq)))
    const at = placeOf(tip)
    if (at === undefined) row.strangers += missing
    else row.counts[at]! += missing
  }
  return row
}

/** A machine of one unit never gets what only another unit's machine writes: that is no gap. */
function blind(counts: number[], certificates: ReadonlyMap<string, Certificate>, machines: Picture['machines'], own: Certificate): number[] {
  if (own.scopes.includes(everyScope)) return counts
  return counts.map((count, index) => {
    const other = certificates.get(machines[index]!.device)!
    const shared = other.scopes.includes(everyScope) || other.scopes.some((scope) => scope !== officeScope && own.scopes.includes(scope))
    return count === 0 && !shared ? -1 : count
  })
}
