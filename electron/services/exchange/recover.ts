/** After a total loss: the backup file and the printed escrow key bring everything back into an empty folder, under a new origin and a new certificate. */
import { err, ok, type Result } from '../../../shared/result.ts'
import { canonical } from '../../store/log/canonical.ts'
import { accountsNamed } from '../../store/queries/accounts.ts'
import { rowById } from '../../store/rows.ts'
import { adopt } from './enrol.ts'
import { deviceName, putDevice } from './found.ts'
import { trustOfAnswer } from './format/check-head.ts'
import { everyScope, type Certificate } from './keys/certificate.ts'
import { grant, issueTime, recoverRoot } from './keys/group.ts'
import { membership, readDeviceKeys, readMembership, storeMembership } from './keys/key-store.ts'
import { makeRequest, readRequest } from './keys/request.ts'
import { sealKey } from './keys/seal.ts'
import { bringIn, inOne, withPackage, type ReceiveReport } from './receive.ts'
import { stagePackage } from './stage.ts'
import type { Task, WorkContext } from './work.ts'

export type Recovered = { device: string; account: string; report: ReceiveReport }

/**
 * In a folder that was begun with exchange.request and has not joined. `account`: its name afterwards, which differs where the backup has one of that name.
 * ALREADY_SET_UP, WRONG_RECOVERY_CODE, PACKAGE_UNKNOWN_SIGNER (no backup), PACKAGE_*.
 */
export function recover({ path, place, escrowKey }: Task<'recover'>, { env, store, account, control, ahead }: WorkContext): Promise<Result<Recovered>> {
  return withPackage({ env, path, place, trust: trustOfAnswer, control }, async (opened) => {
    const keys = readDeviceKeys(store.local)
    if (!keys || readMembership(store.local, store.identity)) return err('ALREADY_SET_UP')
    const { card } = opened.header.enrol!
    const rootSeed = await recoverRoot(card, escrowKey)
    if (!rootSeed) return err('WRONG_RECOVERY_CODE', { reason: 'escrow' })
    // A new machine's clock may be years behind; it asks after the backup was made.
    const made = Math.max(env.now(), opened.header.created)
    const request = readRequest(makeRequest(keys, { name: deviceName(env.machine), origins: [store.identity.origin], app: env.version, made }))
    const certificate = grant(card, rootSeed, request, { scopes: opened.header.certificate.scopes, now: issueTime(env.now(), { card, request, known: [] }) })
    const identities = [escrowKey.trim(), sealKey(keys.sealScalar).identity]
    const staged = await stagePackage(opened, { env, store, control, folder: opened.folder, dryRun: false, identities, anyScope: true, member: { card, certificate, keys, identity: identities[1]! } })
    try {
      // A machine that has the key and half of the records could neither go on nor begin again.
      const done = inOne(staged, { env, store, control }, () => {
        storeMembership(store.local, card, certificate, rootSeed)
        adopt(store, account, card.group)
        store.exchange.addCertificate(certificate.signature, certificate.device, canonical(certificate))
        const report = bringIn(opened, staged, { env, store, member: membership(store.local, store.identity), dryRun: false, control, ahead })
        nameDevice(certificate, { store, account })
        return { report, account: settleAccount({ store, account }) }
      })
      store.logEvent({ kind: 'exchange.recover', account: account.id })
      return ok({ device: keys.device, ...done })
    } finally {
      staged.close()
    }
  })
}

/** On the list of machines. One that sees some units only must not write over what the offices say of it, and need not. */
function nameDevice(certificate: Certificate, { store, account }: Pick<WorkContext, 'store' | 'account'>): void {
  if (!certificate.scopes.includes(everyScope) && store.read((db) => rowById(db, 'device', certificate.device))) return
  store.write({ kind: 'exchange.recover', author: account.id }, (tx) => putDevice(tx, certificate))
}

/** Two accounts of one name could not be told apart at the log-in. */
function settleAccount({ store, account }: Pick<WorkContext, 'store' | 'account'>): string {
  if (store.read((db) => accountsNamed(db, account.name)) < 2) return account.name
  const name = `${account.name}（恢复）`
  store.write({ kind: 'accounts.rename', author: account.id }, (tx) => tx.put('account', account.id, 'account', { name, roles: [...account.roles], disabled: false }))
  return name
}
