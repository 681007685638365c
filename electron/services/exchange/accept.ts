/**
 * 认下: honest records of a revoked machine that had not left it when it was revoked and came later by a relay are made to count, by one more coverage. An
 * earlier one stays: coverages count together. What comes after the acceptance is barred again.
 */
import { hash } from 'node:crypto'
import { err, ok, Refusal, type Result } from '../../../shared/result.ts'
import { rowsOf } from '../../store/log/arriving.ts'
import { rowById } from '../../store/rows.ts'
import type { Store } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import { everyScope } from './keys/certificate.ts'
import { cover } from './keys/group.ts'
import { membership, type Membership } from './keys/key-store.ts'
import { rememberCoverage } from './keys/remember.ts'
import { barRevoked, lanesOf, originsOf, revokedOf } from './revoked.ts'
import { tallyOf } from './tally.ts'
import type { Task, WorkContext } from './work.ts'

/** `changes` would count; of these, rows by table and numbers of letters as an import tells them. `seen`: names exactly these changes, for accept. */
export type AcceptPlan = { device: string; name: string; changes: number; rows: Record<string, number>; numbers: string[]; numbersTotal: number; seen: string }
export type Accepted = { device: string; changes: number }

type Barred = { readonly device: string; readonly name: string; readonly ids: readonly Buffer[]; readonly rootSeed: Uint8Array }

/** GROUP_NO_ROOT, ACCEPT_SOME_UNITS, NOT_FOUND {what: device}, ACCEPT_NOT_REVOKED, ACCEPT_NOTHING. */
export function planAccept({ device }: { readonly device: string }, { store }: Pick<OpenContext, 'store'>): Result<AcceptPlan> {
  const found = barredOf(store, membership(store.local, store.identity), device)
  if (!found.ok) return found
  const { name, ids } = found.value
  const tally = tallyOf()
  for (const id of ids) {
    const change = store.log.byId(id)
    tally.add(change, rowsOf(change)?.rows ?? [])
  }
  return ok({ device, name, changes: ids.length, ...tally.told(), seen: seenOf(ids) })
}

/** In one transaction: the change that says it, what counts, and the rows made anew. Refuses as planAccept; STALE where more came, or less is left, than the person saw. */
export async function accept({ device, reason, seen }: Task<'accept'>, { env, store, account, control }: WorkContext): Promise<Result<Accepted>> {
  const member = membership(store.local, store.identity)
  control.report({ step: 'exchange.accepting', fraction: 0.1 })
  let changes = 0
  store.write({ kind: 'exchange.accept', author: account.id, note: reason }, (tx) => {
    const found = barredOf(store, member, device)
    if (!found.ok) throw new Refusal(found.error.code, found.error.params)
    const { ids, rootSeed } = found.value
    if (seenOf(ids) !== seen) throw new Refusal('STALE')
    const coverage = cover(member.card, rootSeed, device, lanesOf(store, member, device), env.now())
    tx.put('device', device, 'covered', { coverage })
    rememberCoverage(store.exchange, member.card, coverage)
    changes = ids.length
  }, () => void barRevoked(store, member))
  return ok({ device, changes })
}

/** A machine that sees some units only does not know how far the lanes of the others go: its word would count them out for good. */
function barredOf(store: Store, member: Membership, device: string): Result<Barred> {
  const { rootSeed, certificate } = member
  if (!rootSeed) return err('GROUP_NO_ROOT')
  if (!certificate.scopes.includes(everyScope)) return err('ACCEPT_SOME_UNITS')
  const revoked = revokedOf(store, member).find((one) => one.device === device)
  if (!revoked) return store.read((db) => rowById(db, 'device', device)) ? err('ACCEPT_NOT_REVOKED') : err('NOT_FOUND', { what: 'device' })
  const ids = store.barred.idsOf(originsOf(store, member, device))
  return ids.length === 0 ? err('ACCEPT_NOTHING') : ok({ device, name: revoked.name, ids, rootSeed })
}

const seenOf = (ids: readonly Buffer[]): string => hash('sha256', Buffer.concat(ids.toSorted(Buffer.compare)), 'hex')
