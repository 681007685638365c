/**
 * Certificates end after three years. The machine with the root key renews everybody's, its own first, a year before that, whenever something leaves it; every
 * package carries all certificates, and each machine takes up its own when it has come, by whomever. Nobody has to ask: a group whose machines all ask anew
 * on one day would stand still.
 */
import { canonical } from '../../store/log/canonical.ts'
import type { Store } from '../../store/store.ts'
import type { Account, Env } from '../context.ts'
import { putDevice } from './found.ts'
import type { Certificate } from './keys/certificate.ts'
import { certificateMs, issueTime, renewed } from './keys/group.ts'
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
  if (own && own.issued > certificate.issued) storeMembership(store.local, card, own)
}

/** What a machine may do is not changed by the way. */
function isSame(one: Certificate, known: Certificate): boolean {
  return one.device === known.device && one.sign === known.sign && one.seal === known.seal && canonical(one.scopes) === canonical(known.scopes)
}

function newestOf(certificates: readonly Certificate[]): Map<string, Certificate> {
  const newest = new Map<string, Certificate>()
  for (const one of certificates) if ((newest.get(one.device)?.issued ?? -1) < one.issued) newest.set(one.device, one)
  return newest
}

/** Before anything leaves this machine. Gives who we are from now on. */
export function renew(member: Membership, { store, env, account }: { readonly store: Store; readonly env: Env; readonly account: Account }): Membership {
  const { card, rootSeed } = member
  if (rootSeed) {
    const known = certificatesOf(store.exchange, card)
    const { revoked } = trustOf(store.exchange, card)
    const due = [...newestOf(known).values()].filter((one) => !revoked.has(one.device) && one.expires - env.now() < renewBeforeMs)
    if (due.length > 0) {
      const fresh = due.map((one) => renewed(one, rootSeed, issueTime(env.now(), { card, request: { device: one.device, made: one.issued }, known })))
      for (const one of fresh) store.exchange.addCertificate(one.signature, one.device, canonical(one))
      store.write({ kind: 'exchange.renew', author: account.id }, (tx) => {
        for (const one of fresh) putDevice(tx, one)
      })
    }
  }
  takeUp(store)
  return membership(store.local, store.identity)
}
