/** What goes into a package, and writing it. The caller decides for whom and how much. */
import { overlapMs, partsToSend, type LanePart } from '../../../shared/merge/to-send.ts'
import { normalVector, type Tip, type Vector } from '../../../shared/merge/vectors.ts'
import { parseBody } from '../../store/log/body.ts'
import { canonical } from '../../store/log/canonical.ts'
import { logSchema, type Change } from '../../store/log/change-id.ts'
import type { Store } from '../../store/store.ts'
import type { Env } from '../context.ts'
import type { Place } from './files.ts'
import type { BlobSource } from './format/content.ts'
import { planWithVectors, type Header } from './format/header.ts'
import type { Lanes } from './format/lanes.ts'
import { packedVector, unpackVector } from './format/packed-vector.ts'
import { writePackage, type WrittenPackage } from './format/write.ts'
import { witnessNow } from './identity.ts'
import { signLane } from './lane-signatures.ts'
import type { Certificate } from './keys/certificate.ts'
import { maySee } from './keys/group.ts'
import type { Membership } from './keys/key-store.ts'
import { certificatesOf, laneSignaturesOf } from './keys/remember.ts'
import { selfTestOnce } from './keys/self-test.ts'
import { placeOf } from './place.ts'

export type Sending = {
  readonly env: Env
  readonly store: Store
  readonly member: Membership
  readonly target: string
  readonly place: Place
  /** Beside ourselves: a copy of this data folder can open it too. */
  readonly receivers: readonly Certificate[]
  readonly full: boolean
  readonly enrol?: Header['enrol']
}

export type Sent = WrittenPackage & { readonly id: string; readonly parts: readonly LanePart[] }

/** STICK_*, DISK_*, PACKAGE_TOO_LARGE, PACKAGE_VERIFY. */
export async function send(sending: Sending): Promise<Sent> {
  await selfTestOnce()
  const { env, store, member, receivers } = sending
  const ours = visibleTips(store, receivers)
  const { parts, base } = plannedParts(sending, ours)
  const id = Buffer.from(env.random(16)).toString('hex')
  const created = env.now()
  const number = store.exchange.nextNumber()
  const to = [...new Set([member.keys.device, ...receivers.map((one) => one.device)])].sort()
  const scopes = receivers.length === 1 ? [...receivers[0]!.scopes] : ['all']
  const plan = planWithVectors(
    { app: env.version, certificate: member.certificate, created, ...(sending.enrol ? { enrol: sending.enrol } : {}), group: member.card.group, id, number, schema: logSchema, scopes, to }, store.log.tips(), base)
  const blobs = new Set<string>()
  const written = await writePackage({
    target: sending.target, place: sending.place, plan, key: member.signing,
    recipients: [...new Set([member.certificate.seal, ...receivers.map((one) => one.seal), member.card.escrow])],
    content: {
      manifest: { digests: digestsOf(store, ours), id }, lanes: lanesFor(store, member, ours, parts),
      changes: changesOf(store, parts, blobs), blobs: blobSources(store, blobs),
    },
    release: () => witnessNow(placeOf(env, store)),
  })
  const device = receivers.length === 1 ? receivers[0]!.device : 'all'
  const report = canonical({ changes: written.totals.changes, blobs: written.totals.blobs, to })
  store.exchange.addPackage({ id, direction: 'out', device, number, created, at: env.now(), bytes: written.bytes, report })
  return { ...written, id, parts }
}

/** Our tips of what every receiver may see. */
function visibleTips(store: Store, receivers: readonly Certificate[]): Tip[] {
  return store.log.tips().filter((tip) => receivers.every((one) => maySee(one, tip.scope)))
}

/** Of several receivers the lowest number of each lane: nobody gets too little. `base` explains a package for one. */
function plannedParts({ env, store, receivers, full }: Sending, ours: Vector): { readonly parts: LanePart[]; readonly base: Vector | null } {
  const vectors = receivers.map((one) => (full ? null : peerVector(store, one.device)))
  const since = env.now() - overlapMs
  const lowest = new Map<string, LanePart>()
  for (const theirs of vectors.length === 0 ? [null] : vectors) {
    for (const part of partsToSend({ ours, theirs, knows: store.log.knows, recentFrom: (tip) => store.log.recentFrom(tip, since) })) {
      const key = `${part.origin}\n${part.scope}`
      const known = lowest.get(key)
      if (!known || part.from < known.from) lowest.set(key, part)
    }
  }
  return { parts: [...lowest.values()], base: vectors.length === 1 ? vectors[0]! : null }
}

/** What that device said last that it has; null when it never did. */
export function peerVector(store: Store, device: string): Tip[] | null {
  const row = store.exchange.peers().find((peer) => peer.device === device)
  const read = row && packedVector.safeParse(JSON.parse(row.vector))
  return (read?.success && unpackVector(read.data)) || null
}

/** A receiver compares a scope only when it has all of our changes of it. */
function digestsOf(store: Store, ours: Vector): Record<string, string> {
  const seen = new Set(ours.map((tip) => tip.scope))
  return Object.fromEntries(Object.entries(store.digest()).filter(([scope]) => seen.has(scope)))
}

/** Own tips are signed now; of others go along all signatures of the lanes that are in here, and every certificate. */
function lanesFor(store: Store, member: Membership, ours: Vector, parts: readonly LanePart[]): Lanes {
  const { card, keys, signing, nonceOf } = member
  const sent = new Set(parts.map((part) => `${part.origin}\n${part.scope}`))
  const tips = normalVector(ours).filter((tip) => sent.has(`${tip.origin}\n${tip.scope}`))
  const own = new Set(member.ownOrigins)
  const signer = { group: card.group, device: keys.device, key: signing, nonceOf }
  const signed = tips.filter((tip) => own.has(tip.origin)).map((tip) => signLane(tip, signer))
  const relayed = parts.flatMap((part) => laneSignaturesOf(store.exchange, part))
  const once = new Map([...relayed, ...signed].map((lane) => [`${lane.head} ${lane.device}`, lane]))
  return { certificates: certificatesOf(store.exchange, card), lanes: [...once.values()] }
}

/** Notes the attachments that the changes name on the way. */
function* changesOf(store: Store, parts: readonly LanePart[], blobs: Set<string>): IterableIterator<Change> {
  for (const part of parts) {
    for (const change of store.log.lane(part, part.from)) {
      for (const hash of blobsNamed(change)) blobs.add(hash)
      yield change
    }
  }
}

const blobColumns = ['sha256', 'errorsSha256'] as const

export function blobsNamed(change: Change): string[] {
  if (!change.body?.includes('ha256')) return []
  return parseBody(change.body).ops.flatMap((op) => blobColumns.map((column) => op.value[column]).filter((one) => typeof one === 'string' && /^[0-9a-f]{64}$/.test(one)) as string[])
}

/** Pulled after the changes, so the set is whole; what is not here itself (附件未到) cannot be sent. */
function* blobSources(store: Store, hashes: ReadonlySet<string>): IterableIterator<BlobSource> {
  for (const sha256 of [...hashes].sort()) {
    if (!store.blobs.has(sha256)) continue
    const bytes = store.blobs.get(sha256)
    yield { sha256, size: bytes.length, chunks: () => [bytes] }
  }
}
