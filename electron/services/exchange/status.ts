/** The state of the exchange: who we are, what each partner has, what is missing and disputed. */
import { ok, err, type Result } from '../../../shared/result.ts'
import { differences } from '../../../shared/merge/vectors.ts'
import type { Gap } from '../../../shared/merge/gaps.ts'
import { blobsNamedHere } from '../../store/queries/blobs.ts'
import { listConflicts } from '../../store/queries/conflicts.ts'
import type { Store } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import { namedAlarms } from './alarm.ts'
import { clocksAhead } from './clocks.ts'
import type { Named } from './control.ts'
import { fingerprint, type Certificate } from './keys/certificate.ts'
import { maySee } from './keys/group.ts'
import { readMembership, type Membership } from './keys/key-store.ts'
import { certificatesOf } from './keys/remember.ts'
import { forgetNews, newsOf } from './place.ts'
import { escrowValue } from './member.ts'
import { gapsOf } from './receive.ts'
import { revokedOf } from './revoked.ts'
import { peerVector } from './send.ts'
import { partners } from './use-cases.ts'

export type Partner = { device: string; name: string; scopes: string[]; lastSent: number | null; lastReceived: number | null; seen: number | null; lacks: number | null; lacksSince: number | null; clockAhead: number | null }
export type ExchangeStatus = {
  state: 'member' | 'requested' | 'none'; device: string | null; name: string | null; fingerprint: string | null; scopes: string[]; canEnrol: boolean; escrowUnseen: boolean
  news: 'rolledBack' | 'cloned' | 'twin' | null; parked: number; gaps: Named<Gap>[]; conflicts: { review: number; hard: number }; blobsMissing: number
  alarms: { device: string; name: string; scopes: string[]; at: number }[]
  partners: Partner[]; revoked: { device: string; name: string; barred: number }[]
}

export function exchangeStatus({ store }: OpenContext): Result<ExchangeStatus> {
  const member = readMembership(store.local, store.identity)
  const conflicts = store.read(listConflicts)
  const hard = conflicts.filter((one) => one.class === 'hard').length
  return ok({
    state: member ? 'member' : store.local.get('exchange.device') === undefined ? 'none' : 'requested',
    device: member?.keys.device ?? null, name: member?.certificate.name ?? null, fingerprint: member ? fingerprint(member.card) : null, scopes: [...(member?.certificate.scopes ?? [])],
    canEnrol: member?.rootSeed != null, escrowUnseen: hasText(store, escrowValue),
    news: newsOf(store), parked: store.parked.count(), gaps: gapsOf(store, member), conflicts: { hard, review: conflicts.length - hard }, blobsMissing: missingBlobs(store).length,
    alarms: namedAlarms(store, member),
    partners: member ? partnersOf(store, member) : [], revoked: member ? revokedOf(store, member).map(({ changes, ...one }) => ({ ...one, barred: changes })) : [],
  })
}

function hasText(store: Store, key: string): boolean {
  const value = store.local.get(key)
  return typeof value === 'string' && value !== ''
}

/** 附件未到: named by visible rows, and not here. */
export function missingBlobs(store: Store): string[] {
  return store.read(blobsNamedHere).filter((sha256) => !store.blobs.has(sha256))
}

function partnersOf(store: Store, member: Membership): Partner[] {
  const [sent, received] = [store.exchange.packages('out', 500), store.exchange.packages('in', 500)]
  const tips = store.log.tips().filter((tip) => maySee(member.certificate, tip.scope))
  const clocks = clocksAhead(store)
  const seen = new Map(store.exchange.peers().map((peer) => [peer.device, peer.seen]))
  return partners(store, member).map((one) => ({
    device: one.device, name: one.name, scopes: [...one.scopes], seen: seen.get(one.device) ?? null,
    lastSent: sent.find((row) => row.device === one.device || row.report.includes(one.device))?.at ?? null, lastReceived: received.find((row) => row.device === one.device)?.at ?? null,
    ...lackOf(store, one, tips), clockAhead: clocks.get(one.device) ?? null,
  }))
}

/** What the partner had not got when it last told. A lane that stands differently there counts as one at least. */
function lackOf(store: Store, one: Certificate, tips: ReturnType<Store['log']['tips']>): { lacks: number | null; lacksSince: number | null } {
  const theirs = peerVector(store, one.device)
  if (!theirs) return { lacks: null, lacksSince: null }
  const lanes = differences(tips.filter((tip) => maySee(one, tip.scope)), theirs).filter((lane) => lane.kind !== 'behind')
  const top = (lane: { readonly origin: string; readonly scope: string }): number => Math.max(0, ...theirs.filter((tip) => tip.origin === lane.origin && tip.scope === lane.scope).map((tip) => tip.seq))
  const oldest = lanes.flatMap((lane) => store.log.laneSize(lane, top(lane) + 1).oldest ?? [])
  return { lacks: lanes.reduce((sum, lane) => sum + Math.max(1, lane.missing), 0), lacksSince: oldest.length === 0 ? null : Math.min(...oldest) }
}

/** The person has read what happened to this installation's origin. */
export function seen({ store }: OpenContext): Result<Record<string, never>> {
  forgetNews(store)
  return ok({})
}

/** Once. NOT_FOUND when there is none, or it was shown. */
export function showEscrowKey({ store, account }: OpenContext): Result<{ escrowKey: string }> {
  const escrowKey = store.local.get(escrowValue)
  if (typeof escrowKey !== 'string' || escrowKey === '') return err('NOT_FOUND', { what: 'escrowKey' })
  store.local.set(escrowValue, '')
  store.logEvent({ kind: 'exchange.escrowShown', account: account.id })
  return ok({ escrowKey })
}

export type PackageItem = { id: string; device: string; name: string; number: number; created: number; at: number; bytes: number; changes: number; blobs: number }

export function listPackages({ direction, limit }: { readonly direction: 'in' | 'out'; readonly limit: number }, { store }: OpenContext): Result<{ items: PackageItem[] }> {
  const member = readMembership(store.local, store.identity)
  const names = new Map(member ? certificatesOf(store.exchange, member.card).map((one) => [one.device, one.name]) : [])
  return ok({
    items: store.exchange.packages(direction, limit).map(({ report, ...row }) => {
      const told = JSON.parse(report) as { readonly new?: number; readonly changes?: number; readonly blobs?: number }
      return { id: row.id, device: row.device, name: names.get(row.device) ?? '', number: row.number, created: row.created, at: row.at, bytes: row.bytes, changes: told.changes ?? told.new ?? 0, blobs: told.blobs ?? 0 }
    }),
  })
}
