/** What is missing below the parked changes: asked for by a file, answered by a package with exactly that, or given up for good. */
import { writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Gap } from '../../../shared/merge/gaps.ts'
import { err, ok, Refusal, type Result } from '../../../shared/result.ts'
import { canonical } from '../../store/log/canonical.ts'
import { blobScopes } from '../../store/queries/blobs.ts'
import type { OpenContext } from '../context.ts'
import type { Named } from './control.ts'
import { targetOf, withTarget, type FileOut } from './desk-files.ts'
import { onDisk, readSmall } from './files.ts'
import { hex16, hex32, scopeName } from './format/packed-vector.ts'
import { readStrictJson } from './format/strict-json.ts'
import { certificateSchema } from './keys/certificate.ts'
import { maySee } from './keys/group.ts'
import { membership, readMembership } from './keys/key-store.ts'
import { trustOf } from './keys/remember.ts'
import { isStatementOf, signatureText, signStatement } from './keys/signed.ts'
import { checkCertificate } from './keys/trust.ts'
import { gapsOf } from './receive.ts'
import { renew } from './renew.ts'
import { heed } from './revoked.ts'
import { send } from './send.ts'
import { missingBlobs } from './status.ts'
import { tallyOf } from './tally.ts'
import type { Exported } from './use-cases.ts'
import type { Task, WorkContext } from './work.ts'

const seq = z.int().min(1)
const gapSchema = z.strictObject({ origin: hex16, scope: scopeName, from: seq, to: seq, before: hex32 })

/** From `certificate`'s machine to whoever has it: `gaps` by lane and number, `blobs`: attachments that have not come. `made` in ms since 1970. */
const gapRequestSchema = z.strictObject({
  kind: z.literal('gapRequest'), v: z.literal(1), group: hex16, certificate: certificateSchema, made: z.int().nonnegative(),
  gaps: z.array(gapSchema).max(2000), blobs: z.array(hex32).max(5000), signature: signatureText,
})

const maxRequestBytes = 1024 * 1024
const [maxGaps, maxBlobs] = [2000, 5000]

/** GAP_NONE when nothing is missing. */
export async function ask(output: FileOut, context: OpenContext): Promise<Result<{ gaps: Named<Gap>[]; file: string | null }>> {
  const { env, store } = context
  const member = renew(membership(store.local, store.identity), context)
  const gaps = gapsOf(store, member).slice(0, maxGaps)
  const blobs = missingBlobs(store).slice(0, maxBlobs)
  if (gaps.length === 0 && blobs.length === 0) return err('GAP_NONE')
  const target = targetOf(output, context)
  if (!target.ok) return target
  const asked = gaps.map(({ machine: _, ...gap }) => gap)
  const statement = signStatement({ kind: 'gapRequest', v: 1, group: member.card.group, certificate: member.certificate, made: env.now(), gaps: asked, blobs } as const, member.signing)
  const bytes = Buffer.from(`${canonical(statement)}\n`, 'utf8')
  const written = await withTarget(target.value, 'gap.req', context, async ({ path, place }) => ok(await onDisk(place, () => writeFile(path, bytes, { mode: 0o600 }))))
  return written.ok ? ok({ gaps, file: written.value.file }) : written
}

/** REQUEST_DAMAGED, PACKAGE_FOREIGN_GROUP, PACKAGE_UNKNOWN_SIGNER, PACKAGE_REVOKED, PACKAGE_EXPIRED; GAP_NOT_HERE when nothing of it is here (or may be seen by the asker). */
export async function answer({ from, target, place }: Task<'answer'>, { env, store, account, control }: WorkContext): Promise<Result<Exported>> {
  const member = renew(membership(store.local, store.identity), { env, store, account })
  const bytes = await readSmall(from)
  const end = bytes.at(-1) === 0x0a ? bytes.length - 1 : bytes.length
  const read = gapRequestSchema.safeParse(readStrictJson(bytes.subarray(0, end), { maxBytes: maxRequestBytes }))
  if (!read.success) throw new Refusal('REQUEST_DAMAGED')
  const { certificate, gaps, blobs } = read.data
  checkCertificate(certificate, { ...trustOf(store.exchange, member.card), now: env.now() }, read.data.made)
  if (!isStatementOf(read.data, certificate.sign)) throw new Refusal('REQUEST_DAMAGED')
  const visible = (scope: string): boolean => maySee(certificate, scope) && maySee(member.certificate, scope)
  const ranges = {
    gaps: gaps.filter((gap) => visible(gap.scope) && store.log.knows({ origin: gap.origin, scope: gap.scope, seq: gap.to, head: gap.before })),
    blobs: blobs.filter((sha256) => store.blobs.has(sha256) && store.read((db) => blobScopes(db, sha256)).some(visible)),
  }
  if (ranges.gaps.length + ranges.blobs.length === 0) return err('GAP_NOT_HERE')
  const sent = await send({ env, store, member, target, place, receivers: [certificate], full: false, ranges, control })
  store.logEvent({ kind: 'exchange.answer', account: account.id, params: { changes: sent.totals.changes, blobs: sent.totals.blobs } })
  return ok({ changes: sent.totals.changes, blobs: sent.totals.blobs, bytes: sent.bytes, files: sent.files.length, blobsMissing: sent.blobsMissing, recipients: [certificate.device], skipped: [] })
}

export type GapAck = { readonly before: string; readonly reason: string }

/** A range that is lost for good: the change says so to every machine, and what waits behind it is taken in. NOT_FOUND {what: gap}. */
export function acknowledgeGap({ before, reason }: GapAck, { env, store, account }: OpenContext): Result<{ released: number; parked: number }> {
  const gap = gapsOf(store, null).find((one) => one.before === before)
  if (!gap) return err('NOT_FOUND', { what: 'gap' })
  const value = { laneOrigin: gap.origin, laneScope: gap.scope, fromSeq: gap.from, toSeq: gap.to, reason, givenUpOn: env.today(), givenUpBy: account.id }
  store.write({ kind: 'exchange.gapAck', author: account.id, note: reason }, (tx) => tx.put('gapAck', before, 'ack', value, gap.scope))
  const member = readMembership(store.local, store.identity)
  const tally = tallyOf()
  // What is released may say of a machine that it is revoked, or come from one that is.
  const { fresh, parked } = store.log.take([], { from: 'gapAck', fresh: tally.add }, (taken) => void (taken.fresh > 0 && member && heed(store, member, tally)))
  return ok({ released: fresh, parked })
}
