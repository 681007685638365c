/** What goes into a package, and writing it. The caller decides for whom and how much. */
import { overlapMs, partsToSend, type LanePart } from '../../../shared/merge/to-send.ts'
import type { Gap } from '../../../shared/merge/gaps.ts'
import { laneKey, normalVector, type Tip, type Vector } from '../../../shared/merge/vectors.ts'
import { parseBody } from '../../store/log/body.ts'
import { canonical } from '../../store/log/canonical.ts'
import { logSchema, type Change } from '../../store/log/change-id.ts'
import type { Store } from '../../store/store.ts'
import type { Env } from '../context.ts'
import { alone, type Control } from './control.ts'
import type { Place } from './files.ts'
import type { BlobSource } from './format/content.ts'
import { planWithVectors, type Header } from './format/header.ts'
import type { Lanes } from './format/lanes.ts'
import { packedVector, unpackVector } from './format/packed-vector.ts'
import { writePackage, type WrittenPackage } from './format/write.ts'
import { witnessNow } from './identity.ts'
import { signLane } from './lane-signatures.ts'
import type { Certificate } from './keys/certificate.ts'
import { maySee, mayWrite } from './keys/group.ts'
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
  /** Only these ranges and attachments: the answer to a request. */
  readonly ranges?: { readonly gaps: readonly Gap[]; readonly blobs: readonly string[] }
  readonly control?: Control
}

export type Sent = WrittenPackage & { readonly id: string; readonly parts: readonly LanePart[]; readonly blobsMissing: number }

/** Of one moment: what is written meanwhile goes with the next package. */
type Cut = { readonly ours: readonly Tip[]; readonly parts: readonly LanePart[]; readonly base: Vector | null; readonly mark: number; readonly digests: Record<string, string> }

/** STICK_*, DISK_*, PACKAGE_TOO_LARGE, PACKAGE_VERIFY, CANCELLED. */
export async function send(sending: Sending): Promise<Sent> {
  await selfTestOnce()
  const { env, store, member, receivers, control = alone } = sending
  control.report({ step: 'exchange.collecting' })
  const cut = store.read(() => cutOf(sending))
  const id = Buffer.from(env.random(16)).toString('hex')
  const created = env.now()
  const number = store.exchange.nextNumber()
  const to = [...new Set([member.keys.device, ...receivers.map((one) => one.device)])].sort()
  const scopes = receivers.length === 1 ? [...receivers[0]!.scopes] : ['all']
  const plan = planWithVectors(
    { app: env.version, certificate: member.certificate, created, ...(sending.enrol ? { enrol: sending.enrol } : {}), group: member.card.group, id, number, origin: store.identity.origin, schema: logSchema, scopes, to }, cut.ours, cut.base)
  const blobs = blobSources(store, sending.ranges?.blobs ?? [], control)
  const written = await writePackage({
    target: sending.target, place: sending.place, plan, key: member.signing,
    recipients: [...new Set([member.certificate.seal, ...receivers.map((one) => one.seal), member.card.escrow])],
    content: {
      manifest: { digests: cut.digests, id }, lanes: lanesFor(store, member, cut.ours, cut.parts), changes: changesOf(sending, cut, blobs.name), blobs: blobs.sources(),
    },
    release: () => {
      control.checkpoint()
      witnessNow(placeOf(env, store))
    },
    progress: () => control.checkpoint(),
    verifying: (fraction) => {
      control.checkpoint()
      control.report({ step: 'exchange.verifying', fraction: 0.8 + 0.2 * fraction })
    },
  })
  const device = receivers.length === 1 ? receivers[0]!.device : 'all'
  const report = canonical({ changes: written.totals.changes, blobs: written.totals.blobs, to })
  store.exchange.addPackage({ id, direction: 'out', device, number, created, at: env.now(), bytes: written.bytes, report })
  return { ...written, id, parts: cut.parts, blobsMissing: blobs.missing() }
}

function cutOf(sending: Sending): Cut {
  const { store, ranges } = sending
  const ours = visibleTips(sending)
  const { parts, base } = ranges ? { parts: ranges.gaps.map(({ origin, scope, from }) => ({ origin, scope, from, why: 'above' as const })), base: null } : plannedParts(sending, ours)
  return { ours, parts, base, mark: store.log.mark(), digests: digestsOf(store, ours) }
}

/** A machine that sees some units only keeps what belongs to no unit (its own settings, accounts, files) to itself: but for a copy of its own. */
function mayLeave({ member, receivers }: Pick<Sending, 'member' | 'receivers'>, tip: Tip): boolean {
  const ours = member.ownOrigins.includes(tip.origin)
  return receivers.length === 0 || (ours ? mayWrite : maySee)(member.certificate, tip.scope)
}

/** Our tips of what every receiver may see. */
export function visibleTips(sending: Pick<Sending, 'store' | 'member' | 'receivers'>): Tip[] {
  return sending.store.log.tips().filter((tip) => mayLeave(sending, tip) && sending.receivers.every((one) => maySee(one, tip.scope)))
}

/** Of several receivers the lowest number of each lane: nobody gets too little. `base` explains a package for one. */
export function plannedParts({ env, store, receivers, full }: Pick<Sending, 'env' | 'store' | 'receivers' | 'full'>, ours: Vector): { readonly parts: LanePart[]; readonly base: Vector | null } {
  const vectors = receivers.flatMap((one) => (full ? [null] : peerVectors(store, one.device)))
  const since = env.now() - overlapMs
  const lowest = new Map<string, LanePart>()
  for (const theirs of vectors.length === 0 ? [null] : vectors) {
    for (const part of partsToSend({ ours, theirs, knows: store.log.knows, recentFrom: (tip) => store.log.recentFrom(tip, since) })) {
      const key = laneKey(part)
      const known = lowest.get(key)
      if (!known || part.from < known.from) lowest.set(key, part)
    }
  }
  return { parts: [...lowest.values()], base: vectors.length === 1 ? vectors[0]! : null }
}

/** What that device said last that it has; null when it never did. */
export function peerVector(store: Store, device: string): Tip[] | null {
  return peerVectors(store, device)[0] ?? null
}

/** An installation that was put back or noticed a twin goes on with a new origin; the old one counts so long, in case it is a cloned disk that still works. */
const twinMs = 90 * 24 * 60 * 60 * 1000

/** Of each installation of the device, newest first; one null when nobody told. */
function peerVectors(store: Store, device: string): (Tip[] | null)[] {
  const rows = store.exchange.peersOf(device)
  const vectors = rows.filter((row) => row.seen > rows[0]!.seen - twinMs).map((row) => {
    const read = packedVector.safeParse(JSON.parse(row.vector))
    return (read.success && unpackVector(read.data)) || null
  })
  return vectors.length === 0 ? [null] : vectors
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
function* changesOf({ store, ranges, control = alone }: Sending, { parts, mark }: Cut, name: (sha256: string) => void): IterableIterator<Change> {
  const total = ranges ? 0 : parts.reduce((sum, part) => sum + store.log.laneSize(part, part.from).changes, 0)
  let done = 0
  for (const change of ranges ? chains(store, ranges.gaps) : lanes(store, parts, mark)) {
    if (done % 200 === 0) {
      control.checkpoint()
      control.report({ step: 'exchange.writing', fraction: total === 0 ? null : (0.6 * done) / total, counts: { done, total: Math.max(done, total) } })
    }
    done++
    for (const hash of blobsNamed(change)) name(hash)
    yield change
  }
}

function* lanes(store: Store, parts: readonly LanePart[], mark: number): IterableIterator<Change> {
  for (const part of parts) yield* store.log.lane(part, part.from, mark)
}

/** One branch each, down from the change that somebody waits for: its chain vouches for all of it. */
function* chains(store: Store, gaps: readonly Gap[]): IterableIterator<Change> {
  for (const { before, from } of gaps) for (const id of store.log.chain(before, from) ?? []) yield store.log.byId(id)
}

const blobColumns = ['sha256', 'errorsSha256'] as const

/** Of scans, workbooks and their marked copies, and the office's templates. */
export function blobsNamed(change: Change): string[] {
  if (!change.body?.includes('ha256')) return []
  return parseBody(change.body).ops.flatMap((op) => blobColumns.map((column) => op.value[column]).filter((one) => typeof one === 'string' && /^[0-9a-f]{64}$/.test(one)) as string[])
}

/** The sources are pulled after the changes, so the set is whole; what is not here itself (附件未到) cannot be sent. */
function blobSources(store: Store, more: readonly string[], control: Control) {
  const named = new Set<string>(more)
  let missing = 0
  function* sources(): IterableIterator<BlobSource> {
    const hashes = [...named].sort()
    for (const [index, sha256] of hashes.entries()) {
      const told = (part: number): void => {
        control.checkpoint()
        control.report({ step: 'exchange.writing', fraction: 0.6 + (0.2 * (index + part)) / hashes.length, counts: { done: index, total: hashes.length } })
      }
      told(0)
      if (!store.blobs.has(sha256)) {
        missing++
        continue
      }
      const { size, pieces } = store.blobs.read(sha256)
      yield { sha256, size, chunks: () => watched(pieces(), (bytes) => told(bytes / Math.max(size, 1))) }
    }
  }
  return { name: (sha256: string): void => void named.add(sha256), sources, missing: () => missing }
}

/** A scan of a hundred megabytes takes seconds. */
function* watched(pieces: Iterable<Uint8Array>, progress: (bytes: number) => void): IterableIterator<Uint8Array> {
  let bytes = 0
  for (const piece of pieces) {
    yield piece
    progress((bytes += piece.length))
  }
}
