/** Reading a package (exchange.md section 4): checked, decrypted whole, tried in a rolled-back transaction, then applied in one. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { findGaps, type Gap } from '../../../shared/merge/gaps.ts'
import { laneKey, normalVector } from '../../../shared/merge/vectors.ts'
import { canonical } from '../../store/log/canonical.ts'
import { parseBody } from '../../store/log/body.ts'
import type { Change } from '../../store/log/change-id.ts'
import { listConflicts } from '../../store/queries/conflicts.ts'
import type { ApplyReport, Store } from '../../store/store.ts'
import type { Env } from '../context.ts'
import { safetyCopy } from './copies.ts'
import { newInbox, sweepInbox, type Place } from './files.ts'
import type { Header } from './format/header.ts'
import { unpackVector } from './format/packed-vector.ts'
import { findVolumes, openPackage, takeIn, type CheckedPackage } from './format/read.ts'
import { beginEpoch, seesTwin } from './identity.ts'
import { makeLaneChecker } from './lane-signatures.ts'
import type { Membership } from './keys/key-store.ts'
import { certificatesOf, rememberLanes, rememberRevocation } from './keys/remember.ts'
import { selfTestOnce } from './keys/self-test.ts'
import type { Trust } from './keys/trust.ts'
import { placeOf, tellOf } from './place.ts'

export type ReceiveReport = {
  /** Changes: not known before; known or waiting already; waiting for what comes before them. */
  new: number; duplicate: number; parked: number
  /** Open conflicts of this machine afterwards. */
  conflicts: number
  gaps: Gap[]
  digest: Record<string, string>
  /** Scopes in which both machines have the same changes and yet another state: an alarm. */
  differs: string[]
  blobs: number
  from: { device: string; name: string; created: number; number: number; package: string }
  /** Came in before. */
  again: boolean
}

export type Receiving = { readonly env: Env; readonly store: Store; readonly member: Membership; readonly path: string; readonly place: Place; readonly dryRun: boolean; readonly trust: (header: Header) => Trust }

type Opened = Omit<Receiving, 'path' | 'place' | 'trust'>
type Content = { readonly changes: readonly Change[]; readonly digests: Readonly<Record<string, string>>; readonly blobs: number; readonly lanes: Parameters<typeof rememberLanes>[1] }

class DryRun extends Error {}

/** Every refusal leaves the database as it was. PACKAGE_*, STICK_*, DISK_*, DATA_DAMAGED. */
export async function receive(receiving: Receiving): Promise<ReceiveReport> {
  return withPackage(receiving, (opened) => receiveOpened(opened, receiving))
}

export async function receiveOpened(opened: CheckedPackage, receiving: Opened): Promise<ReceiveReport> {
  const content = await readAll(opened, receiving)
  if (!receiving.dryRun) await takeBlobs(opened, receiving, content)
  return applyAll(opened, content, receiving)
}

/** Copies the file into the inbox, opens it, and clears the inbox however `work` ends. */
export async function withPackage<T>({ env, path, place, trust }: Pick<Receiving, 'env' | 'path' | 'place' | 'trust'>, work: (opened: CheckedPackage) => Promise<T>): Promise<T> {
  await selfTestOnce()
  const inbox = join(env.dataDir, 'inbox')
  await sweepInbox(inbox, env.now())
  const folder = newInbox(inbox, env.random)
  try {
    return await work(await openPackage(await takeIn(await findVolumes(path, place), folder), trust))
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}

/** Nothing is applied here: the stream is read to its authenticated end first. */
async function readAll(opened: CheckedPackage, { store, member }: Opened): Promise<Content> {
  const checker = makeLaneChecker(member.card, certificatesOf(store.exchange, member.card), store.log.has)
  const changes: Change[] = []
  let digests: Readonly<Record<string, string>> = {}
  let blobs = 0
  for await (const event of opened.content([member.identity])) {
    if (event.type === 'manifest') digests = event.manifest.digests
    if (event.type === 'lanes') checker.addLanes(event.lanes)
    if (event.type === 'blob') blobs++
    if (event.type !== 'changes') continue
    for (const change of event.changes) checker.add(change)
    changes.push(...event.changes)
  }
  return { changes, digests, blobs, lanes: checker.finish() }
}

/** File, fsync, rename; only then the rows. Read a second time, so that nothing was stored before the end had come. */
async function takeBlobs(opened: CheckedPackage, { store, member }: Opened, { blobs }: Content): Promise<void> {
  if (blobs === 0) return
  let pieces: Uint8Array[] = []
  for await (const event of opened.content([member.identity])) {
    if (event.type === 'data') pieces.push(Uint8Array.from(event.bytes))
    if (event.type === 'blob') pieces = []
    if (event.type === 'blobEnd' && !store.blobs.has(event.sha256)) store.blobs.put(Buffer.concat(pieces))
  }
}

function applyAll(opened: CheckedPackage, content: Content, receiving: Opened): ReceiveReport {
  const { env, store, dryRun } = receiving
  if (!dryRun) {
    safetyCopy(env, store)
    // Before and not after: a crash in between costs an epoch, the other way round it would cost the notice.
    if (seesTwin(store.identity.origin, unknownOwn(store, content.changes))) {
      beginEpoch(placeOf(env, store))
      tellOf(store, 'twin')
    }
  }
  const waiting = store.parked.all()
  const parkedBefore = new Set(waiting.map((change) => change.id.toString('hex')))
  const incoming = content.changes.filter((change) => !parkedBefore.has(change.id.toString('hex')))
  const bySeq = [...waiting, ...incoming].sort((a, b) => a.seq - b.seq)
  let report: ReceiveReport | undefined
  try {
    store.log.apply(bySeq, (applied) => {
      report = settleIn(opened, content, receiving, applied, content.changes.length - incoming.length)
      if (dryRun) throw new DryRun()
    })
  } catch (error) {
    if (!(error instanceof DryRun)) throw error
  }
  return report!
}

function* unknownOwn(store: Store, changes: readonly Change[]): IterableIterator<{ origin: string }> {
  const { origin } = store.identity
  for (const change of changes) if (change.origin.toString('hex') === origin && !store.log.has(change.id.toString('hex'))) yield { origin }
}

/** Inside the transaction, with the rows as they will be. `waited`: changes of the package that were parked before. */
function settleIn(opened: CheckedPackage, content: Content, { env, store, member }: Opened, applied: ApplyReport, waited: number): ReceiveReport {
  const { header } = opened
  const { exchange } = store
  const again = exchange.hasPackage(header.id, 'in')
  for (const change of applied.gaps) store.parked.add(change, header.id, env.now())
  store.parked.release()
  exchange.addCertificate(header.certificate.signature, header.certificate.device, canonical(header.certificate))
  rememberLanes(exchange, content.lanes)
  for (const raw of revocationsIn(content.changes)) rememberRevocation(exchange, member.card, raw)
  const { device, name } = header.certificate
  if (device !== member.keys.device) exchange.setPeer({ device, vector: canonical(header.sender), seen: env.now(), package: header.id })
  const report: ReceiveReport = {
    new: applied.fresh, duplicate: applied.duplicates + waited, parked: applied.gaps.length, conflicts: store.read(listConflicts).length, gaps: gapsOf(store, applied.gaps),
    digest: { ...store.digest() }, differs: [], blobs: content.blobs, from: { device, name, created: header.created, number: header.number, package: header.id }, again,
  }
  report.differs = differing(store, header, content.digests, report.digest)
  exchange.addPackage({ id: header.id, direction: 'in', device, number: header.number, created: header.created, at: env.now(), bytes: opened.bytes, report: canonical(report) })
  return report
}

function* revocationsIn(changes: readonly Change[]): IterableIterator<unknown> {
  for (const change of changes) {
    if (!change.body?.includes('"revoked"')) continue
    for (const op of parseBody(change.body).ops) if (op.table === 'device' && op.register === 'revoked') yield op.value['revocation']
  }
}

export function gapsOf(store: Store, waiting: readonly Change[]): Gap[] {
  const highest = new Map<string, number>()
  for (const tip of store.log.tips()) highest.set(laneKey(tip), Math.max(tip.seq, highest.get(laneKey(tip)) ?? 0))
  const refs = waiting.map((one) => ({ origin: one.origin.toString('hex'), scope: one.scope, seq: one.seq, id: one.id.toString('hex'), prev: one.prev && one.prev.toString('hex') }))
  return findGaps(refs, store.log.has, (lane) => highest.get(laneKey(lane)) ?? 0)
}

/** Only where both have exactly the same lanes of the scope, and the sender left none out. */
function differing(store: Store, header: Header, theirs: Readonly<Record<string, string>>, ours: Readonly<Record<string, string>>): string[] {
  const vector = unpackVector(header.sender)
  if (!vector || header.sender.left > 0) return []
  const lanesOf = (tips: Iterable<Parameters<typeof laneKey>[0] & { seq: number; head: string }>, scope: string): string => canonical(normalVector(tips).filter((tip) => tip.scope === scope))
  const own = store.log.tips()
  return Object.entries(theirs).filter(([scope, digest]) => lanesOf(vector, scope) === lanesOf(own, scope) && ours[scope] !== digest).map(([scope]) => scope)
}
