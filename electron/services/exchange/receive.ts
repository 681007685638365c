/** Reading a package (exchange.md section 4): checked and staged whole, tried in a rolled-back transaction, then applied in one. */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { findGaps, type Gap } from '../../../shared/merge/gaps.ts'
import { laneKey, normalVector } from '../../../shared/merge/vectors.ts'
import { canonical } from '../../store/log/canonical.ts'
import type { Fresh } from '../../store/log/apply.ts'
import type { Arriving } from '../../store/log/arriving.ts'
import { digestKind } from '../../store/log/scope-sums.ts'
import { listConflicts } from '../../store/queries/conflicts.ts'
import type { ReadDb } from '../../store/read-db.ts'
import { sharedScope, type Store, type TakeReport } from '../../store/store.ts'
import type { Env } from '../context.ts'
import { takenAhead, type Ahead } from './ahead.ts'
import { noteAlarm } from './alarm.ts'
import { newestOf, noteClocks } from './clocks.ts'
import { alone, type Control, type Named } from './control.ts'
import { safetyCopy } from './copies.ts'
import { newInbox, onDisk, sweepInbox, type Place } from './files.ts'
import type { Header } from './format/header.ts'
import { unpackVector } from './format/packed-vector.ts'
import { findVolumes, openPackage, takeIn, type CheckedPackage } from './format/read.ts'
import { beginEpoch } from './identity.ts'
import type { Membership } from './keys/key-store.ts'
import { coveragesOf, rememberLanes } from './keys/remember.ts'
import { selfTestOnce } from './keys/self-test.ts'
import type { Trust } from './keys/trust.ts'
import { machineNames } from './picture.ts'
import { heed, type BarredOf } from './revoked.ts'
import { placeOf, tellOf } from './place.ts'
import { stagePackage, type Staged, type Stager } from './stage.ts'
import { tallyOf } from './tally.ts'

export type ReceiveReport = {
  /** Changes: not known before; known or waiting already; all that wait now for what comes before them. */
  new: number; duplicate: number; parked: number
  /** Open conflicts of this machine afterwards; of these, such as were not open before; and such as were, and are decided by what came. */
  conflicts: number; newConflicts: number; settled: number
  gaps: Named<Gap>[]
  digest: Record<string, string>
  /** Scopes in which both machines have the same changes and yet another state: an alarm. */
  differs: string[]
  blobs: number; blobBytes: number
  /** Of the new changes: numbers of letters that they issue (the first 100), rows that they write by table. */
  numbers: string[]; numbersTotal: number; rows: Record<string, number>
  from: { device: string; name: string; created: number; number: number; package: string }
  /** Of machines that are revoked, written behind what the revocation covers: kept, and without effect from now on. */
  barred: BarredOf[]
  /** Came in before. */
  again: boolean
  dryRun: boolean
}

export type Receiving = {
  readonly env: Env; readonly store: Store; readonly member: Membership; readonly path: string; readonly place: Place; readonly dryRun: boolean
  readonly trust: (header: Header) => Trust; readonly control?: Control; readonly ahead?: Ahead | undefined
}
export type Applying = Pick<Receiving, 'env' | 'store' | 'member' | 'dryRun' | 'control' | 'ahead'>
/** A package in the inbox. `folder`: its own, for what is staged. */
export type Inboxed = CheckedPackage & { readonly folder: string }

class DryRun extends Error {}

/** Every refusal leaves the database as it was. PACKAGE_*, STICK_*, DISK_*, DATA_DAMAGED, CANCELLED. */
export async function receive(receiving: Receiving): Promise<ReceiveReport> {
  return withPackage(receiving, (opened) => receiveOpened(opened, receiving))
}

export async function receiveOpened(opened: Inboxed, applying: Applying): Promise<ReceiveReport> {
  const staged = await stagePackage(opened, stagerOf(opened, applying))
  try {
    return applyStaged(opened, staged, applying)
  } finally {
    staged.close()
  }
}

export function stagerOf(opened: Inboxed, { env, store, member, dryRun, control = alone }: Applying): Stager {
  return { env, store, member, dryRun, control, folder: opened.folder }
}

/** Copies the file into the inbox, opens it, and clears the inbox however `work` ends. */
export async function withPackage<T>({ env, path, place, trust, control = alone }: Pick<Receiving, 'env' | 'path' | 'place' | 'trust' | 'control'>, work: (opened: Inboxed) => Promise<T>): Promise<T> {
  control.report({ step: 'exchange.copying', fraction: 0 })
  await selfTestOnce()
  const inbox = join(env.dataDir, 'inbox')
  await sweepInbox(inbox, env.now())
  const folder = newInbox(inbox, env.random)
  try {
    await onDisk('disk', () => mkdir(folder, { recursive: true, mode: 0o700 }))
    const volumes = await findVolumes(path, place)
    const bytes = volumes.reduce((sum, { header }) => sum + header.payload.at + header.payload.bytes, 0)
    const told = (step: string, from: number, share: number) => (done: number): void => {
      control.checkpoint()
      control.report({ step, fraction: from + (share * done) / Math.max(bytes, 1) })
    }
    const paths = await takeIn(volumes, folder, told('exchange.copying', 0, 0.2))
    // A gigabyte is checked twice: its bytes here, what they say while it is staged.
    const opened = await openPackage(paths, (header) => ({ ...trust(header), now: env.now() }), told('exchange.checking', 0.2, 0.1))
    return await work({ ...opened, folder })
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}

export function applyStaged(opened: Inboxed, staged: Staged, applying: Applying): ReceiveReport {
  const bring = (): ReceiveReport => bringIn(opened, staged, applying)
  return applying.dryRun ? bring() : inOne(staged, applying, bring)
}

/** All of `work` in one transaction, behind whose end a cancel comes too late; copy and attachments lie on the disk before it. */
export function inOne<T>(staged: Staged, applying: Pick<Applying, 'env' | 'store' | 'control'>, work: () => T): T {
  const { store, control = alone } = applying
  makeReady(staged, applying)
  return store.atomically(() => {
    const done = work()
    control.noReturn()
    return done
  })
}

/** When nothing follows it leaves attachments that nobody names and a copy more, or an origin that nobody has heard of. */
function makeReady(staged: Staged, { env, store, control = alone }: Pick<Applying, 'env' | 'store' | 'control'>): void {
  control.report({ step: 'exchange.saving', fraction: 0.5 })
  // Nothing to go back from where nothing new comes.
  if (staged.changes.count() > 0) safetyCopy(env, store)
  control.checkpoint()
  // Before and not after: a crash in between costs an epoch, the other way round it would cost the notice.
  if (staged.twin) {
    beginEpoch(placeOf(env, store))
    tellOf(store, 'twin')
  }
  for (const blob of staged.stored) store.blobs.adopt(blob)
}

/** In one transaction, or in the caller's (inOne). */
export function bringIn(opened: Inboxed, staged: Staged, applying: Applying): ReceiveReport {
  const { store, dryRun } = applying
  const before = store.read(conflictIds)
  const [tally, newest] = [tallyOf(), newestOf()]
  let report: ReceiveReport | undefined
  try {
    const { watched, again: tick } = applyingOf(staged, applying)
    const fresh: Fresh = (change, rows) => {
      tally.add(change, rows)
      newest.add(change)
    }
    store.log.take(watched(), { from: opened.header.id, fresh, tick }, (taken) => {
      tick()
      report = settleIn(opened, { staged, tally, newest, before }, applying, taken)
      tick()
      if (dryRun) throw new DryRun()
    })
  } catch (error) {
    if (!(error instanceof DryRun)) throw error
  }
  return report!
}

/** Tells how many changes are in, and lets a person cancel, which takes the whole transaction back. `again`: while what they bring is written, and behind the last one. */
function applyingOf({ changes }: Staged, { store, dryRun, control = alone, ahead }: Applying) {
  const total = changes.count()
  let [done, next, bytes] = [0, 0, 0]
  const again = (): void => {
    control.checkpoint()
    control.report({ step: dryRun ? 'exchange.trying' : 'exchange.applying', fraction: 0.55 + (0.4 * done) / Math.max(total, 1), counts: { done, total } })
  }
  const arriving = (): Iterable<Arriving> => (ahead && total > 0 ? takenAhead(ahead, changes, { group: store.identity.group, checkpoint: control.checkpoint }) : changes.changes())
  function* watched(): IterableIterator<Arriving> {
    for (const change of arriving()) {
      // A clerk's change is small, one of an import holds a thousand rows: by number alone a person would wait for more than a second.
      if (done >= next || bytes >= toldBytes) {
        next = done + 50
        bytes = 0
        again()
      }
      done++
      bytes += change.body?.length ?? 0
      yield change
    }
  }
  return { watched, again }
}

const toldBytes = 128 * 1024

type Work = { readonly staged: Staged; readonly tally: ReturnType<typeof tallyOf>; readonly newest: ReturnType<typeof newestOf>; readonly before: ReadonlySet<string> }

/** Inside the transaction, with the rows as they will be. */
function settleIn(opened: CheckedPackage, { staged, tally, newest, before }: Work, { env, store, member, dryRun }: Applying, taken: TakeReport): ReceiveReport {
  const { header } = opened
  const { exchange } = store
  const again = exchange.hasPackage(header.id, 'in')
  exchange.addCertificate(header.certificate.signature, header.certificate.device, canonical(header.certificate))
  rememberLanes(exchange, staged.lanes)
  const barred = taken.fresh === 0 ? [] : heed(store, member, tally)
  const { device, name } = header.certificate
  if (device !== member.keys.device) exchange.setPeer({ device, origin: header.origin, vector: canonical(header.sender), seen: env.now(), package: header.id })
  // An old file says nothing new of its writer's clock.
  if (!again) noteClocks(store, member, { sender: device, created: header.created, lanes: newest, at: env.now() })
  // What was known already leaves every conflict as it was.
  const after = taken.fresh === 0 ? before : store.read(conflictIds)
  const report: ReceiveReport = {
    new: taken.fresh, duplicate: staged.known + taken.duplicates, parked: taken.parked, conflicts: after.size, newConflicts: without(after, before), settled: without(before, after), gaps: gapsOf(store, member),
    digest: { ...store.digest() }, differs: [], blobs: staged.blobs, blobBytes: staged.blobBytes, ...tally.told(),
    from: { device, name, created: header.created, number: header.number, package: header.id }, barred, again, dryRun,
  }
  report.differs = differing(store, member, header, { theirs: staged.digests, ours: report.digest })
  noteAlarm(store, report, env.now())
  exchange.addPackage({ id: header.id, direction: 'in', device, number: header.number, created: header.created, at: env.now(), bytes: opened.bytes, report: canonical(report) })
  return report
}

const conflictIds = (db: ReadDb): ReadonlySet<string> => new Set(listConflicts(db).map((one) => one.id))

const without = (all: ReadonlySet<string>, known: ReadonlySet<string>): number => [...all].filter((id) => !known.has(id)).length

export function gapsOf(store: Store, member: Membership | null): Named<Gap>[] {
  const waiting = store.parked.refs()
  if (waiting.length === 0) return []
  const highest = new Map<string, number>()
  for (const tip of store.log.tips()) highest.set(laneKey(tip), Math.max(tip.seq, highest.get(laneKey(tip)) ?? 0))
  const names = member ? machineNames(store, member) : new Map<string, string>()
  return findGaps(waiting, store.log.has, (lane) => highest.get(laneKey(lane)) ?? 0).map((gap) => ({ ...gap, machine: names.get(gap.origin) ?? '' }))
}

/** Only where both have exactly the same lanes of the scope, and the sender left none out. */
function differing(store: Store, member: Membership, header: Header, { theirs, ours }: { readonly theirs: Readonly<Record<string, string>>; readonly ours: Readonly<Record<string, string>> }): string[] {
  const vector = unpackVector(header.sender)
  if (!vector || header.sender.left > 0) return []
  const lanesOf = (tips: Iterable<Parameters<typeof laneKey>[0] & { seq: number; head: string }>, scope: string): string => canonical(normalVector(tips).filter((tip) => tip.scope === scope))
  const own = store.log.tips()
  // What counts of revoked machines stands in the shared scope: who has not heard of it, or has not all of it yet, shows another state and is not wrong. Nothing
  // may be barred here (all was accepted) and yet something there.
  const revoked = coveragesOf(store.exchange, member.card).length > 0 || store.parked.count() > 0
  if (revoked && lanesOf(vector, sharedScope) !== lanesOf(own, sharedScope)) return []
  return Object.entries(theirs).filter(([scope, digest]) => digest.startsWith(digestKind) && lanesOf(vector, scope) === lanesOf(own, scope) && ours[scope] !== digest).map(([scope]) => scope)
}
