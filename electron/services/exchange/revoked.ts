/**
 * Revocation is a change, and a relay that has not heard of it passes on what the machine wrote since. So the revocation says which lanes of the machine were
 * known where it was made; what lies behind that is kept in the log and passed on, so that all machines have the same, and has no effect anywhere: neither
 * where it comes later nor where it came before the revocation did. What counts follows from the set of changes alone.
 */
import { byLane, isForked, type Tip } from '../../../shared/merge/vectors.ts'
import { valuesOfRegister } from '../../store/queries/register-writes.ts'
import type { Store } from '../../store/store.ts'
import type { Coverage } from './keys/certificate.ts'
import { readMembership, type Membership } from './keys/key-store.ts'
import { certificatesOf, coveragesOf, laneSignaturesOf, readCoverage, rememberCoverage, rememberRevocation, trustOf } from './keys/remember.ts'

export type BarredOf = { device: string; name: string; changes: number }

/** Origins that only this device signed for; before any signature of theirs is here, those that its certificate names. */
export function originsOf(store: Store, { card }: Pick<Membership, 'card'>, device: string): Set<string> {
  const named = new Set(certificatesOf(store.exchange, card).filter((one) => one.device === device).flatMap((one) => one.origins))
  const signers = new Map<string, Set<string>>()
  for (const tip of store.log.tips()) {
    const known = signers.get(tip.origin) ?? new Set(named.has(tip.origin) ? [device] : [])
    signers.set(tip.origin, known)
    for (const one of laneSignaturesOf(store.exchange, tip)) known.add(one.device)
  }
  return new Set([...signers].filter(([, devices]) => devices.size === 1 && devices.has(device)).map(([origin]) => origin))
}

/** The lanes of a device that are here: what its revocation covers. */
export function lanesOf(store: Store, member: Pick<Membership, 'card'>, device: string): Tip[] {
  const origins = originsOf(store, member, device)
  return store.log.tips().filter((tip) => origins.has(tip.origin)).map(({ origin, scope, seq, head }) => ({ origin, scope, seq, head }))
}

/** What new changes say of revoked machines (tally), and what follows from it; in the running transaction, behind all of them. */
export function heed(store: Store, member: Membership, { revocations, coverages }: { readonly revocations: readonly unknown[]; readonly coverages: readonly unknown[] }): BarredOf[] {
  for (const raw of revocations) rememberRevocation(store.exchange, member.card, raw)
  // Every one, also those that a later write of the register replaced: they count together.
  for (const raw of coverages) rememberCoverage(store.exchange, member.card, raw)
  return barRevoked(store, member)
}

/** At every log-in: a program that knew of no coverages took the changes in and remembered none of theirs. Mostly there is nothing to do. */
export function catchUp(store: Store): void {
  const member = readMembership(store.local, store.identity)
  if (!member) return
  const known = new Set(coveragesOf(store.exchange, member.card).map((one) => one.signature))
  const coverages = store.read((db) => valuesOfRegister(db, 'device', 'covered')).map((value) => readCoverage(member.card, value['coverage']))
  if (coverages.some((one) => one !== null && !known.has(one.signature))) store.log.take([], { from: 'catchUp' }, () => void heed(store, member, { revocations: [], coverages }))
}

/** Devices that are revoked, with the number of their changes that have no effect here. */
export function revokedOf(store: Store, member: Membership): BarredOf[] {
  const { revoked } = trustOf(store.exchange, member.card)
  const names = new Map(certificatesOf(store.exchange, member.card).map((one) => [one.device, one.name]))
  const counts = store.barred.counts()
  const barredOf = (device: string): number => (counts.size === 0 ? 0 : [...originsOf(store, member, device)].reduce((sum, origin) => sum + (counts.get(origin) ?? 0), 0))
  return [...revoked].map((device) => ({ device, name: names.get(device) ?? '', changes: barredOf(device) }))
}

/** In the running transaction, behind all that it brought. Gives what has lost its effect just now, by machine. */
export function barRevoked(store: Store, member: Pick<Membership, 'card'>): BarredOf[] {
  const coverages = Map.groupBy(coveragesOf(store.exchange, member.card), (one) => one.device)
  if (coverages.size === 0) return []
  const devices = [...coverages].map(([device, list]) => ({ device, ids: beyond(store, originsOf(store, member, device), list) }))
  const fresh = new Set(store.barred.set(devices.flatMap((one) => one.ids)))
  const names = new Map(certificatesOf(store.exchange, member.card).map((one) => [one.device, one.name]))
  return devices.map(({ device, ids }) => ({ device, name: names.get(device) ?? '', changes: ids.filter((id) => fresh.has(id)).length })).filter((one) => one.changes > 0)
}

/** What no coverage names: neither the head of a lane nor what comes before it. */
function beyond(store: Store, origins: ReadonlySet<string>, coverages: readonly Coverage[]): string[] {
  const named = byLane(coverages.flatMap((one) => one.lanes))
  return [...byLane(store.log.tips().filter((tip) => origins.has(tip.origin)))].flatMap(([key, tips]) => beyondIn(store, tips, named.get(key) ?? []))
}

/** One lane, and what is named of it. Where a head has not come yet, its number decides until then. */
function beyondIn(store: Store, tips: readonly [Tip, ...Tip[]], named: readonly Tip[]): string[] {
  const upTo = (heads: readonly Tip[]): number => Math.max(0, ...heads.map((one) => one.seq))
  // Without a fork the number says which they are: a lane of a hundred thousand is not walked with every package.
  if (!isForked(tips)) return store.log.idsOf(tips[0], upTo(named) + 1)
  const [here, awaited] = [named.filter((one) => store.log.knows(one)), named.filter((one) => !store.log.knows(one))]
  const covered = new Set(here.flatMap((one) => (store.log.chain(one.head, 1) ?? []).map((id) => id.toString('hex'))))
  return store.log.idsOf(tips[0], upTo(awaited) + 1).filter((id) => !covered.has(id))
}
