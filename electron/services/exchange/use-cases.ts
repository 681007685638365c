/** 导出, 导入, safety copies and the state of the exchange, as the doors offer them. */
import { err, ok, type Result } from '../../../shared/result.ts'
import { differences } from '../../../shared/merge/vectors.ts'
import { listConflicts } from '../../store/queries/conflicts.ts'
import type { Store } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import { toFile, withFile, type FileIn } from './desk-files.ts'
import { fingerprint, type Certificate } from './keys/certificate.ts'
import { maySee } from './keys/group.ts'
import { membership, readMembership, type Membership } from './keys/key-store.ts'
import { certificatesOf, trustOf } from './keys/remember.ts'
import { newsOf } from './place.ts'
import { gapsOf, receive, type ReceiveReport } from './receive.ts'
import { peerVector, send } from './send.ts'

/** The newest certificate of every device that is not revoked, without ourselves. */
function partners(store: Store, member: Membership): Certificate[] {
  const { revoked } = trustOf(store.exchange, member.card)
  const newest = new Map<string, Certificate>()
  for (const one of certificatesOf(store.exchange, member.card)) {
    const known = newest.get(one.device)
    if (one.device !== member.keys.device && !revoked.has(one.device) && (!known || known.issued < one.issued)) newest.set(one.device, one)
  }
  return [...newest.values()]
}

export type ExportInput = { readonly to: string; readonly full: boolean; readonly out?: string | undefined }
export type Exported = { changes: number; blobs: number; bytes: number; recipients: string[]; skipped: string[]; files: number; file: string | null }

/**
 * `to`: a device's id or name, or 'all': every partner that may see all that is here; the others are named in `skipped` and get packages of their own.
 * NOT_FOUND {what: device}, GROUP_NOT_READY, STICK_*, DISK_*.
 */
export async function exportPackage({ to, full, out }: ExportInput, context: OpenContext): Promise<Result<Exported>> {
  const { env, store, account } = context
  const member = membership(store.local, store.identity)
  const all = partners(store, member)
  const one = all.find((device) => device.device === to || device.name === to)
  if (to !== 'all' && !one) return err('NOT_FOUND', { what: 'device' })
  const tips = store.log.tips()
  const receivers = one ? [one] : all.filter((device) => tips.every((tip) => maySee(device, tip.scope)))
  const skipped = one ? [] : all.filter((device) => !receivers.includes(device)).map((device) => device.device)
  const sent = await toFile(out, 'exchange.dspk', context, (target, place) => send({ env, store, member, target, place, receivers, full }))
  if (!sent.ok) return sent
  const { totals, bytes, files } = sent.value.value
  store.logEvent({ kind: 'exchange.export', account: account.id, params: { changes: totals.changes, blobs: totals.blobs, receivers: receivers.length } })
  return ok({ changes: totals.changes, blobs: totals.blobs, bytes, recipients: receivers.map((device) => device.device), skipped, files: files.length, file: sent.value.file })
}

/** A dry run tells what would happen and leaves nothing. */
export function receivePackage(input: FileIn & { readonly dryRun: boolean }, context: OpenContext): Promise<Result<ReceiveReport>> {
  return withFile(input, context, async (path, place) => {
    const { env, store, account } = context
    const member = membership(store.local, store.identity)
    const report = await receive({ env, store, member, path, place, dryRun: input.dryRun, trust: () => trustOf(store.exchange, member.card) })
    if (!input.dryRun) store.logEvent({ kind: 'exchange.receive', account: account.id, params: { new: report.new, parked: report.parked, package: report.from.package } })
    return ok(report)
  })
}

/** A full package for this device and the escrow key. Restoring is receiving it: a merge, in which nothing that is here is lost. */
export async function backup({ out }: { readonly out?: string | undefined }, context: OpenContext): Promise<Result<Omit<Exported, 'recipients' | 'skipped'>>> {
  const { env, store, account } = context
  const member = membership(store.local, store.identity)
  const sent = await toFile(out, 'backup.dspk', context, (target, place) => send({ env, store, member, target, place, receivers: [], full: true }))
  if (!sent.ok) return sent
  const { totals, bytes, files } = sent.value.value
  store.logEvent({ kind: 'exchange.backup', account: account.id, params: { changes: totals.changes, blobs: totals.blobs } })
  return ok({ changes: totals.changes, blobs: totals.blobs, bytes, files: files.length, file: sent.value.file })
}

export type Partner = { device: string; name: string; scopes: string[]; lastSent: number | null; lastReceived: number | null; lacks: number | null }
export type ExchangeStatus = {
  state: 'member' | 'requested' | 'none'; device: string | null; name: string | null; fingerprint: string | null; canEnrol: boolean
  news: 'rolledBack' | 'cloned' | 'twin' | null; parked: number; gaps: ReturnType<typeof gapsOf>; conflicts: { review: number; hard: number }; partners: Partner[]
}

/** `lacks`: changes at least that the partner had not got when it last told; null when it never did. */
export function exchangeStatus({ store }: OpenContext): Result<ExchangeStatus> {
  const member = readMembership(store.local, store.identity)
  const conflicts = store.read(listConflicts)
  const hard = conflicts.filter((one) => one.class === 'hard').length
  return ok({
    state: member ? 'member' : store.local.get('exchange.device') === undefined ? 'none' : 'requested',
    device: member?.keys.device ?? null, name: member?.certificate.name ?? null, fingerprint: member ? fingerprint(member.card) : null, canEnrol: member?.rootSeed != null,
    news: newsOf(store), parked: store.parked.count(), gaps: gapsOf(store, store.parked.all()), conflicts: { hard, review: conflicts.length - hard },
    partners: member ? partners(store, member).map((one) => partnerOf(store, one)) : [],
  })
}

function partnerOf(store: Store, one: Certificate): Partner {
  const last = (direction: 'in' | 'out'): number | null =>
    store.exchange.packages(direction, 500).find((row) => row.device === one.device || (direction === 'out' && row.report.includes(one.device)))?.at ?? null
  const theirs = peerVector(store, one.device)
  const visible = store.log.tips().filter((tip) => maySee(one, tip.scope))
  const lacks = theirs && differences(visible, theirs).filter((lane) => lane.kind !== 'behind').reduce((sum, lane) => sum + Math.max(1, lane.missing), 0)
  return { device: one.device, name: one.name, scopes: [...one.scopes], lastSent: last('out'), lastReceived: last('in'), lacks }
}
