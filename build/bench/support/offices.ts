/** Two offices of one group in real data folders: one that writes and sends, one that receives. Each process of a bench opens the one it needs. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exchangeCacheMb, type ExchangeInput } from '../../../electron/jobs/exchange-job.ts'
import { roles } from '../../../shared/domain/roles.ts'
import { unwrap } from '../../../shared/result.ts'
import { foundGroup, prepareGroup, putDevice } from '../../../electron/services/exchange/found.ts'
import { grant, newDeviceKeys } from '../../../electron/services/exchange/keys/group.ts'
import { membership, storeDeviceKeys, storeMembership } from '../../../electron/services/exchange/keys/key-store.ts'
import { makeRequest, readRequest } from '../../../electron/services/exchange/keys/request.ts'
import { settle } from '../../../electron/services/exchange/place.ts'
import type { Control } from '../../../electron/services/exchange/control.ts'
import type { Task, WorkContext } from '../../../electron/services/exchange/work.ts'
import type { Env } from '../../../electron/services/context.ts'
import { canonical } from '../../../electron/store/log/canonical.ts'
import { createDataFolder, openWithKey } from '../../../electron/store/data-folder.ts'
import type { Store } from '../../../electron/store/store.ts'
import { env as storeEnv } from './folder.ts'

const account = { id: '01920000-0000-7000-8000-000000000001', name: '管理员', password: 'kao-he-2026!' }
const workAccount = { id: account.id, name: account.name, roles: [...roles] }
export type Office = 'sender' | 'receiver'

/** How long ago the group was founded: older than what an export sends again to be sure. */
export const longAgo = 60 * 24 * 60 * 60 * 1000

function envOf(root: string, office: Office, agoMs: number): Env {
  return { ...storeEnv, now: () => Date.now() - agoMs, door: 'terminal', version: '0.0.0-bench', dataDir: join(root, office), machine: office, today: () => '2026-07-01', log: () => {}, machineParts: [office] }
}

const keyFile = (root: string, office: Office): string => join(root, `${office}.key`)
const keyOf = (root: string, office: Office): Uint8Array => new Uint8Array(readFileSync(keyFile(root, office)))

/** The raw keys lie beside the folders, so that other processes can open them. */
export async function newOffices(root: string): Promise<void> {
  const [first, second] = [envOf(root, 'sender', longAgo), envOf(root, 'receiver', longAgo)]
  const founding = await prepareGroup(first)
  const sender = unwrap(await createDataFolder(first.dataDir, { env: first, account, group: founding.group, ready: (store) => foundGroup(store, founding, account.id, first) }))
  const receiver = unwrap(await createDataFolder(second.dataDir, { env: second, account, group: founding.group }))
  enrol(sender.store, receiver.store, second)
  settle(first, sender.store)
  settle(second, receiver.store)
  writeFileSync(keyFile(root, 'sender'), sender.key)
  writeFileSync(keyFile(root, 'receiver'), receiver.key)
  sender.store.close()
  receiver.store.close()
}

function enrol(root: Store, joining: Store, env: Env): void {
  const { card, rootSeed } = membership(root.local, root.identity)
  const keys = newDeviceKeys(env.random)
  const request = readRequest(makeRequest(keys, { name: env.machine, origins: [joining.identity.origin], app: env.version, made: env.now() }))
  const certificate = grant(card, rootSeed!, request, { scopes: ['all'], now: env.now() })
  storeDeviceKeys(joining.local, keys)
  storeMembership(joining.local, card, certificate)
  for (const store of [root, joining]) store.exchange.addCertificate(certificate.signature, certificate.device, canonical(certificate))
  root.write({ kind: 'exchange.enrol', author: account.id }, (tx) => putDevice(tx, certificate))
}

/** What the host gives the worker of this office. The clock of a worker is the machine's. */
export function exchangeInput(root: string, office: Office, task: Task): ExchangeInput {
  const { door, version, dataDir, machine, machineParts, today } = envOf(root, office, 0)
  return { key: keyOf(root, office), world: { door, version, dataDir, machine, machineParts: machineParts!, today: today() }, account: workAccount, task }
}

/** As the worker has it; `tidyLater` as in the worker, for those who write once. `agoMs`: how long ago the office's clock says it is. The caller closes the store. */
export function openOffice(root: string, office: Office, control: Control, agoMs = 0, tidyLater = false): WorkContext {
  const env = envOf(root, office, agoMs)
  const { store } = unwrap(openWithKey(env.dataDir, keyOf(root, office), env, { cacheMb: exchangeCacheMb, tidyLater }))
  return { env, store, account: workAccount, control }
}
