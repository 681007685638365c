/** Offices that exchange by files: real data folders with clocks of their own, opened by key (no password is stretched twice). All names are invented. */
import { roles } from '../../shared/domain/roles.ts'
import { alone, type Control } from '../../electron/services/exchange/control.ts'
import type { WorkContext } from '../../electron/services/exchange/work.ts'
import { createFileDesk } from '../../electron/services/file-desk.ts'
import { createJobDesk } from '../../electron/services/job-desk.ts'
import { accountRows } from '../../electron/store/queries/accounts.ts'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aheadHere } from './ahead.ts'
import { unwrap } from '../../shared/result.ts'
import { enrol, join as joinGroup } from '../../electron/services/exchange/enrol.ts'
import { foundGroup, prepareGroup, putDevice } from '../../electron/services/exchange/found.ts'
import { grant, newDeviceKeys } from '../../electron/services/exchange/keys/group.ts'
import { membership, readDeviceKeys, storeDeviceKeys, storeMembership } from '../../electron/services/exchange/keys/key-store.ts'
import { trustOf } from '../../electron/services/exchange/keys/remember.ts'
import { makeRequest, readRequest } from '../../electron/services/exchange/keys/request.ts'
import { settle } from '../../electron/services/exchange/place.ts'
import { receive, type ReceiveReport } from '../../electron/services/exchange/receive.ts'
import { send } from '../../electron/services/exchange/send.ts'
import { certificatesOf } from '../../electron/services/exchange/keys/remember.ts'
import { canonical } from '../../electron/store/log/canonical.ts'
import { createDataFolder, openWithKey, type DataFolder } from '../../electron/store/data-folder.ts'
import type { Env, OpenContext } from '../../electron/services/context.ts'
import { author, keyCost, password, tempDir, testEnv } from './store.ts'

/** `escrow`: where the group was founded. */
export type Office = { readonly folder: DataFolder; readonly env: Env & { clock: number }; readonly name: string; readonly escrow?: string }

function envOf(name: string, dataDir: string, offsetMs: number): Env & { clock: number } {
  const base = testEnv(name)
  const env = { door: 'terminal' as const, version: '0.0.0-test', dataDir, machine: name, clock: base.clock + offsetMs, now: () => (env.clock += 1000), today: () => '2026-07-01', random: base.random, keyCost, log: () => {}, machineParts: ['test'] }
  return env
}

/** The first office of a group; it may enrol others. */
export async function firstOffice(name: string, offsetMs = 0): Promise<Office> {
  const dir = join(tempDir(), 'data')
  const env = envOf(name, dir, offsetMs)
  const founding = await prepareGroup(env)
  const folder = unwrap(await createDataFolder(dir, { env, account: { id: author, name, password }, group: founding.group, ready: (store) => foundGroup(store, founding, author, env) }))
  settle(env, folder.store)
  return { folder, env, name, escrow: founding.made.escrowIdentity }
}

/** Another machine of the group, enrolled at `root`: it begins with a copy of nothing but the group. `offsetMs`: how wrong its clock is. */
export async function nextOffice(root: Office, name: string, offsetMs = 0, scopes: readonly string[] = ['all']): Promise<Office> {
  const dir = join(tempDir(), 'data')
  const env = envOf(name, dir, offsetMs)
  const { card, rootSeed } = membership(root.folder.store.local, root.folder.store.identity)
  const keys = newDeviceKeys(env.random)
  const folder = unwrap(await createDataFolder(dir, { env, account: { id: `account-${name}`, name, password }, group: card.group }))
  const request = readRequest(makeRequest(keys, { name, origins: [folder.store.identity.origin], app: env.version, made: root.env.now() }))
  const certificate = grant(card, rootSeed!, request, { scopes, now: root.env.now() })
  storeDeviceKeys(folder.store.local, keys)
  storeMembership(folder.store.local, card, certificate)
  folder.store.exchange.addCertificate(certificate.signature, certificate.device, canonical(certificate))
  root.folder.store.exchange.addCertificate(certificate.signature, certificate.device, canonical(certificate))
  root.folder.store.write({ kind: 'exchange.enrol', author }, (tx) => putDevice(tx, certificate))
  settle(env, folder.store)
  return { folder, env, name }
}

/** A machine that has keys and no group yet: it can ask to join, or recover a backup. */
export async function applicant(name: string, offsetMs = 0): Promise<Office> {
  const dir = join(tempDir(), 'data')
  const env = envOf(name, dir, offsetMs)
  const folder = unwrap(await createDataFolder(dir, { env, account: { id: `account-${name}`, name, password }, ready: (store) => storeDeviceKeys(store.local, newDeviceKeys(env.random)) }))
  settle(env, folder.store)
  return { folder, env, name }
}

/** Its request, the answer of `root`, and the answer taken in, by files as in the field; also for one that was enrolled before. `name`: on the office's list. */
export async function enrolByFile(root: Office, office: Office, name = office.name, scope?: string): Promise<void> {
  const { folder: { store }, env } = office
  const [from, target] = [join(tempDir(), 'join.req'), join(tempDir(), 'join.dspk')]
  writeFileSync(from, makeRequest(readDeviceKeys(store.local)!, { name, origins: [store.identity.origin], app: env.version, made: env.now() }))
  unwrap(await enrol({ name: 'enrol', from: { path: from, place: 'stick' }, scope, target, place: 'stick' }, workOf(root)))
  unwrap(await joinGroup({ name: 'join', path: target, place: 'stick' }, workOf(office)))
}

/** The folder as a copied disk has it, started on another machine. `detect`: whether the start-up check sees it. */
export function copyOf(office: Office, name: string, detect = true): Office {
  const dir = join(tempDir(), 'data')
  cpSync(office.folder.dir, dir, { recursive: true })
  const env = { ...envOf(name, dir, 0) }
  env.now = () => (env.clock += 1000)
  const folder = unwrap(openWithKey(dir, office.folder.key, env))
  if (detect) settle(env, folder.store)
  return { folder, env, name }
}

/** A package for everybody; `full` or by what the others said last. */
export async function put(office: Office, full = true): Promise<string> {
  const { folder: { store }, env } = office
  const member = membership(store.local, store.identity)
  const receivers = certificatesOf(store.exchange, member.card).filter((one) => one.device !== member.keys.device)
  const target = join(tempDir(), 'out.dspk')
  await send({ env, store, member, target, place: 'stick', receivers, full })
  return target
}

/** Every other package or so is taken apart ahead, as a second thread does with a large one; which ones follows from the story alone. */
export function take({ folder: { store }, env }: Office, path: string, dryRun = false): Promise<ReceiveReport> {
  const member = membership(store.local, store.identity)
  const ahead = (Math.imul(env.clock / 1000, 2654435761) >>> 16) % 2 === 0 ? aheadHere() : undefined
  return receive({ env, store, member, path, place: 'stick', dryRun, ahead, trust: () => trustOf(store.exchange, member.card) })
}

/** Everybody gives everybody everything, twice: what a relay passed on goes round too. */
export async function exchangeAll(offices: readonly Office[]): Promise<void> {
  for (let round = 0; round < 2; round++) {
    const packages = []
    for (const office of offices) packages.push(await put(office))
    for (const office of offices) for (const one of packages) await take(office, one)
  }
}

/** What a changed program would send: every lane that it has, whatever the certificates say. A copy of its own, that another machine can open. */
export async function sendAll({ folder: { store }, env }: Office, to: Office): Promise<string> {
  const member = membership(store.local, store.identity)
  const target = join(tempDir(), 'all.dspk')
  const escrow = membership(to.folder.store.local, to.folder.store.identity).certificate.seal
  await send({ env, store, member: { ...member, card: { ...member.card, escrow } }, target, place: 'stick', receivers: [], full: true })
  return target
}

/** The machine's first account at its program: what the entries get. */
export function contextOf({ folder, env }: Office): OpenContext {
  let job = 0
  const rows = folder.store.read((db) => accountRows(db))
  const own = rows.find((row) => row.id === author) ?? rows[0]!
  return {
    env, store: folder.store, account: { id: own.id, name: own.name ?? '', roles: [...roles] }, workerKey: folder.key, files: createFileDesk(env.random),
    jobs: createJobDesk(() => `job-${(job += 1)}-00000000`, (error) => {
      throw error
    }),
  }
}

/** The same in the worker: nobody waits, nobody cancels. */
export function workOf(office: Office, control: Control = alone): WorkContext {
  const { env, store, account } = contextOf(office)
  return { env, store, account, control }
}

/** The same machine with its folder put back to `backup`. `notice`: whether the start-up check sees it. */
export function reopen({ folder, env, name }: Office, backup: string, notice: boolean): Office {
  folder.store.close()
  rmSync(folder.dir, { recursive: true })
  cpSync(backup, folder.dir, { recursive: true })
  const back = unwrap(openWithKey(folder.dir, folder.key, env))
  if (notice) settle(env, back.store)
  return { folder: back, env, name }
}
