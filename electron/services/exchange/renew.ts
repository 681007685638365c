/**
 * Certificates end after three years. The machine with the root key renews everybody's, its own first, a year before that, whenever something leaves it; every
 * package carries all certificates, and each machine takes up its own when it has come, by whomever. Nobody has to ask: a group whose machines all ask anew
 * on one day would stand still.
 */
import { canonical } from '../../store/log/canonical.ts'
import type { Store } from '../../store/store.ts'
import type { Account, Env } from '../context.ts'
import { putDevice } from './found.ts'
import { everyScope, type Certificate } from './keys/certificate.ts'
import { certificateMs, isLater, mostByRequestMs, renewed } from './keys/group.ts'
import { membership, readMembership, storeMembership, type Membership } from './keys/key-store.ts'
import { certificatesOf, trustOf } from './keys/remember.ts'

/** How long before its end a certificate is renewed: a township may hear of it a year later. */
export const renewBeforeMs = certificateMs / 3

/** At every log-in and before something leaves: the newest certificate for our own keys, if the root has written one since. */
export function takeUp(store: Store): void {
  const member = readMembership(store.local, store.identity)
  if (!member) return
  const { card, certificate } = member
  const own = newestOf(certificatesOf(store.exchange, card).filter((one) => isSame(one, certificate))).get(certificate.device)
  if (own && isLater(own, certificate)) storeMembership(store.local, card, own)
}

/** What a machine may do is not changed by the way. */
function isSame(one: Certificate, known: Certificate): boolean {
  return one.device === known.device && one.sign === known.sign && one.seal === known.seal && canonical(one.scopes) === canonical(known.scopes)
}

function newestOf(certificates: readonly Certificate[]): Map<string, Certificate> {
  const newest = new Map<string, Certificate>()
  for (const one of certificates) {
    const known = newest.get(one.device)
    if (!known || isLater(one, known)) newest.set(one.device, one)
  }
  return newest
}

/**
 * Ours, or later where what came from the others says so: a root whose clock is behind would renew too late, and what is expired already. Of several machines
 * the one in the middle counts, for one of them may be years ahead; none moves it by more than 20 years.
 */
function timeHeard(store: Store, now: number): number {
  const heard = new Map<string, number>()
  for (const { device, created } of store.exchange.packages('in', heardPackages)) heard.set(device, Math.max(created, heard.get(device) ?? 0))
  const times = [...heard.values()].sort((a, b) => a - b)
  return Math.max(now, Math.min(times[Math.floor((times.length - 1) / 2)] ?? 0, now + mostByRequestMs))
}

const heardPackages = 500

/**
 * Before anything leaves this machine. Gives who we are from now on. A renewal stands in the place of the certificate that it renews and not behind a later
 * enrolment with other scopes, of which this root may not have heard: it is issued right after the one before.
 */
export function renew(member: Membership, { store, env, account }: { readonly store: Store; readonly env: Env; readonly account: Account }): Membership {
  const { card, rootSeed, certificate } = member
  if (rootSeed && certificate.scopes.includes(everyScope)) {
    const now = timeHeard(store, env.now())
    const { revoked } = trustOf(store.exchange, card)
    const due = [...newestOf(certificatesOf(store.exchange, card)).values()].filter((one) => !revoked.has(one.device) && one.expires - now < renewBeforeMs)
    if (due.length > 0) {
      store.write({ kind: 'exchange.renew', author: account.id }, (tx) => {
        for (const one of due) {
          const fresh = renewed(one, rootSeed, now + certificateMs)
          store.exchange.addCertificate(fresh.signature, fresh.device, canonical(fresh))
          putDevice(tx, fresh)
        }
      })
    }
  }
  takeUp(store)
  return membership(store.local, store.identity)
}
