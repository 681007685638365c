/** 导出, 导入 and safety copies, as they run in the worker. */
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Store } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import type { Certificate } from './keys/certificate.ts'
import { isLater, maySee } from './keys/group.ts'
import { membership, type Membership } from './keys/key-store.ts'
import { certificatesOf, trustOf } from './keys/remember.ts'
import { memberOf } from './member.ts'
import { renew } from './renew.ts'
import { receive, type ReceiveReport } from './receive.ts'
import { shareFor } from './share.ts'
import { plannedParts, send, visibleTips, type Sent } from './send.ts'
import type { Task, WorkContext } from './work.ts'

/** The newest certificate of every device that is not revoked, without ourselves. */
export function partners(store: Store, member: Membership): Certificate[] {
  const { revoked } = trustOf(store.exchange, member.card)
  const newest = new Map<string, Certificate>()
  for (const one of certificatesOf(store.exchange, member.card)) {
    const known = newest.get(one.device)
    if (one.device !== member.keys.device && !revoked.has(one.device) && (!known || isLater(one, known))) newest.set(one.device, one)
  }
  return [...newest.values()]
}

type Receivers = { readonly receivers: readonly Certificate[]; readonly skipped: string[] }

/** `to`: a device's id or name, or 'all': every partner that may see all that leaves here; the others are `skipped` and get packages of their own. */
function receiversOf(store: Store, member: Membership, to: string): Result<Receivers> {
  const all = partners(store, member)
  const one = all.find((device) => device.device === to || device.name === to)
  if (to !== 'all') return one ? ok({ receivers: [one], skipped: [] }) : err('NOT_FOUND', { what: 'device' })
  const tips = store.log.tips().filter((tip) => maySee(member.certificate, tip.scope))
  const receivers = all.filter((device) => tips.every((tip) => maySee(device, tip.scope)))
  return ok({ receivers, skipped: all.filter((device) => !receivers.includes(device)).map((device) => device.device) })
}

export type Exported = { changes: number; blobs: number; bytes: number; files: number; blobsMissing: number; recipients: string[]; skipped: string[] }
export type BackedUp = Omit<Exported, 'recipients' | 'skipped'>

function writtenOf({ totals, bytes, files, blobsMissing }: Sent): BackedUp {
  return { changes: totals.changes, blobs: totals.blobs, bytes, files: files.length, blobsMissing }
}

/** NOT_FOUND {what: device}, GROUP_NOT_READY, STICK_*, DISK_*, CANCELLED. */
export async function exportPackage({ to, full, target, place }: Task<'export'>, { env, store, account, control }: WorkContext): Promise<Result<Exported>> {
  const member = renew(await memberOf({ env, store, account }), { env, store, account })
  const found = receiversOf(store, member, to)
  if (!found.ok) return found
  const { receivers, skipped } = found.value
  shareFor(receivers, { store, account })
  const sent = await send({ env, store, member, target, place, receivers, full, control })
  const { changes, blobs } = sent.totals
  store.logEvent({ kind: 'exchange.export', account: account.id, params: { changes, blobs, receivers: receivers.length } })
  return ok({ ...writtenOf(sent), recipients: receivers.map((device) => device.device), skipped })
}

/** Deflate leaves about this much of bodies that lie compressed already, beside the hashes that it cannot shrink. */
const headBytes = 190

/** What an export would be, counted and not written. */
export function planExport({ to, full }: { readonly to: string; readonly full: boolean }, { env, store }: OpenContext): Result<{ changes: number; blobs: number; bytes: number; recipients: string[]; skipped: string[] }> {
  const member = membership(store.local, store.identity)
  return store.read(() => {
    const found = receiversOf(store, member, to)
    if (!found.ok) return found
    const { receivers, skipped } = found.value
    const sizes = plannedParts({ env, store, receivers, full }, visibleTips({ store, member, receivers })).parts.map((part) => ({ ...store.log.laneSize(part, part.from), ...store.log.laneBlobs(part, part.from) }))
    const sum = (pick: (size: (typeof sizes)[number]) => number): number => sizes.reduce((all, size) => all + pick(size), 0)
    const changes = sum((size) => size.changes)
    return ok({ changes, blobs: sum((size) => size.blobs), bytes: 8192 + changes * headBytes + sum((size) => size.bytes) + sum((size) => size.blobBytes), recipients: receivers.map((one) => one.device), skipped })
  })
}

/** A dry run tells what would happen and leaves nothing. */
export async function receivePackage({ path, place, dryRun }: Task<'receive'>, { env, store, account, control, ahead }: WorkContext): Promise<Result<ReceiveReport>> {
  const member = await memberOf({ env, store, account })
  const report = await receive({ env, store, member, path, place, dryRun, control, ahead, trust: () => trustOf(store.exchange, member.card) })
  if (dryRun) return ok(report)
  store.logEvent({ kind: 'exchange.receive', account: account.id, params: { new: report.new, parked: report.parked, differs: report.differs.length, package: report.from.package } })
  return ok(report)
}

/** A full package for this device and the escrow key, with the group's card: restoring is receiving it, a merge in which nothing that is here is lost. */
export async function backup({ target, place }: Task<'backup'>, { env, store, account, control }: WorkContext): Promise<Result<BackedUp>> {
  const member = renew(await memberOf({ env, store, account }), { env, store, account })
  const sent = await send({ env, store, member, target, place, receivers: [], full: true, enrol: { card: member.card, certificate: member.certificate }, control })
  store.logEvent({ kind: 'exchange.backup', account: account.id, params: { changes: sent.totals.changes, blobs: sent.totals.blobs } })
  return ok(writtenOf(sent))
}
