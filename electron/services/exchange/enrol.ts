/** A new workstation joins the group by stick: its request, the office's answer, and taking the answer in. */
import { writeFile } from 'node:fs/promises'
import { err, ok, Refusal, type Result } from '../../../shared/result.ts'
import { canonical } from '../../store/log/canonical.ts'
import { allUnits } from '../../store/queries/people.ts'
import { rowById } from '../../store/rows.ts'
import type { Store } from '../../store/store.ts'
import type { Account, Context, OpenContext } from '../context.ts'
import { targetOf, withTarget, type FileOut } from './desk-files.ts'
import { onDisk, readSmall } from './files.ts'
import { deviceName, putDevice } from './found.ts'
import { trustOfAnswer } from './format/check-head.ts'
import { everyScope, fingerprint } from './keys/certificate.ts'
import { checkAnswer, cover, grant, issueTime, recoverRoot, revoke } from './keys/group.ts'
import { membership, readDeviceKeys, readMembership, storeMembership } from './keys/key-store.ts'
import { certificatesOf, coveragesOf, rememberCoverage, rememberRevocation } from './keys/remember.ts'
import { makeRequest, readRequest } from './keys/request.ts'
import { sealKey } from './keys/seal.ts'
import { memberOf } from './member.ts'
import { appointFirst } from '../letters/number-authority.ts'
import { bringIn, inOne, withPackage, type ReceiveReport } from './receive.ts'
import { renew } from './renew.ts'
import { send } from './send.ts'
import { lanesOf } from './revoked.ts'
import { shareFor } from './share.ts'
import { stagePackage } from './stage.ts'
import type { Task, WorkContext } from './work.ts'

/** The request of a folder that Session.request has begun; may be written again as long as nobody answered. */
export async function writeRequest(output: FileOut, name: string | undefined, context: Context & { readonly store: Store }): Promise<Result<{ device: string; file: string | null }>> {
  const { env, store } = context
  const keys = readDeviceKeys(store.local)
  if (!keys) return err('GROUP_NOT_READY')
  const target = targetOf(output, context)
  if (!target.ok) return target
  const bytes = makeRequest(keys, { name: deviceName(name ?? env.machine), origins: [store.identity.origin], app: env.version, made: env.now() })
  const written = await withTarget(target.value, 'join.req', context, async ({ path, place }) => ok(await onDisk(place, () => writeFile(path, bytes, { mode: 0o600 }))))
  return written.ok ? ok({ device: keys.device, file: written.value.file }) : written
}

export type Enrolled = { device: string; name: string; scopes: string[]; changes: number; bytes: number; fingerprint: string }

/** At the office: a certificate, the row in the list of devices, and everything that the device may see. `scope`: a unit's id or name, or 'all'. */
export async function enrol({ from, scope, target, place }: Task<'enrol'>, { env, store, account, control }: WorkContext): Promise<Result<Enrolled>> {
  const member = renew(await memberOf({ env, store, account }), { env, store, account })
  if (!member.rootSeed) return err('GROUP_NO_ROOT')
  const scopes = scopesOf(store, scope ?? everyScope)
  if (!scopes) return err('NOT_FOUND', { what: 'unit' })
  const request = readRequest(await readSmall(from))
  const now = issueTime(env.now(), { card: member.card, request, known: certificatesOf(store.exchange, member.card) })
  const certificate = grant(member.card, member.rootSeed, request, { scopes, now })
  store.exchange.addCertificate(certificate.signature, certificate.device, canonical(certificate))
  store.write({ kind: 'exchange.enrol', author: account.id }, (tx) => {
    putDevice(tx, certificate)
    appointFirst(tx, { device: member.keys.device, origin: store.identity.origin, today: env.today(), accountId: account.id })
  })
  shareFor([certificate], { store, account })
  const { bytes, totals } = await send({ env, store, member, target, place, receivers: [certificate], full: true, enrol: { card: member.card, certificate }, control })
  return ok({ device: certificate.device, name: certificate.name, scopes: [...certificate.scopes], changes: totals.changes, bytes, fingerprint: fingerprint(member.card) })
}

/** A unit's machine sees that unit and what everybody needs (sharedScope): no accounts, settings, files or numbers of the office. */
function scopesOf(store: Store, scope: string): readonly string[] | null {
  if (scope === everyScope) return [everyScope]
  const unit = store.read(allUnits).find((one) => one.id === scope || one.name === scope || one.shortName === scope)
  return unit ? [unit.id] : null
}

export type Joined = { device: string; fingerprint: string; report: ReceiveReport }

/** The answer to our request: a folder in which work was done already is refused (ALREADY_SET_UP), its log could not come along. */
export function join({ path, place }: Task<'join'>, { env, store, account, control, ahead }: WorkContext): Promise<Result<Joined>> {
  return withPackage({ env, path, place, trust: trustOfAnswer, control }, async (opened) => {
    const { enrol: answer } = opened.header
    const keys = readDeviceKeys(store.local)
    if (!answer || !keys) return err('REQUEST_NOT_OURS')
    checkAnswer(answer, keys)
    const known = readMembership(store.local, store.identity)
    if (known && known.card.group !== answer.card.group) return err('ALREADY_SET_UP')
    if (!known) mayAdopt(store)
    const { card, certificate } = answer
    const applying = { env, store, dryRun: false }
    const staged = await stagePackage(opened, { ...applying, control, folder: opened.folder, member: { card, certificate, keys, identity: sealKey(keys.sealScalar).identity } })
    try {
      // Half a member would be none.
      const report = inOne(staged, { env, store, control }, () => {
        storeMembership(store.local, card, certificate, known?.rootSeed ?? null)
        if (!known) adopt(store, account, card.group)
        return bringIn(opened, staged, { ...applying, control, ahead, member: membership(store.local, store.identity) })
      })
      store.logEvent({ kind: 'exchange.join', account: account.id })
      return ok({ device: keys.device, fingerprint: fingerprint(card), report })
    } finally {
      staged.close()
    }
  })
}

function mayAdopt(store: Store): void {
  if (store.log.tips().some((tip) => tip.seq > 1)) throw new Refusal('ALREADY_SET_UP')
}

/** The account comes along, in the new group's first change of this machine. Inside a transaction, with all that makes a member. */
export function adopt(store: Store, account: Account, group: string): void {
  mayAdopt(store)
  store.adoptGroup(group, { kind: 'exchange.join', author: account.id }, (tx) => {
    tx.put('account', account.id, 'account', { name: account.name, roles: [...account.roles], disabled: false })
  })
}

export type RevokeInput = { readonly device: string; readonly reason: string }

/** For good: a machine that comes back is enrolled anew. GROUP_NO_ROOT, NOT_FOUND. */
export function revokeDevice({ device, reason }: RevokeInput, { env, store, account }: OpenContext): Result<{ device: string }> {
  const member = membership(store.local, store.identity)
  const { rootSeed } = member
  if (!rootSeed) return err('GROUP_NO_ROOT')
  if (!store.read((db) => rowById(db, 'device', device)) || device === member.keys.device) return err('NOT_FOUND', { what: 'device' })
  const revocation = revoke(member.card, rootSeed, device, env.now())
  store.write({ kind: 'exchange.revoke', author: account.id, note: reason }, (tx) => {
    tx.put('device', device, 'revoked', { revocation, revokedOn: env.today(), revokedBy: account.id, revokeReason: reason })
    rememberRevocation(store.exchange, member.card, revocation)
    // Who sees some units only does not know how far the lanes of the others go. Said twice, it would let in what came since.
    const said = coveragesOf(store.exchange, member.card).some((one) => one.device === device)
    if (said || !member.certificate.scopes.includes(everyScope)) return
    const coverage = cover(member.card, rootSeed, device, lanesOf(store, member, device), env.now())
    tx.put('device', device, 'covered', { coverage })
    rememberCoverage(store.exchange, member.card, coverage)
  })
  return ok({ device })
}

/** The printed escrow key makes this machine one that may enrol. WRONG_RECOVERY_CODE {reason: escrow}. */
export async function takeRoot(escrowKey: string, { store, account }: OpenContext): Promise<Result<{ device: string }>> {
  const { card, certificate, keys } = membership(store.local, store.identity)
  const seed = await recoverRoot(card, escrowKey)
  if (!seed) return err('WRONG_RECOVERY_CODE', { reason: 'escrow' })
  storeMembership(store.local, card, certificate, seed)
  store.logEvent({ kind: 'exchange.root', account: account.id })
  return ok({ device: keys.device })
}
