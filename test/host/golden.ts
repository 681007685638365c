/**
 * Packages that a version of the program wrote, kept for good (test/fixtures/packages): what they are made from, and how they are read. All names, keys and
 * scans are invented; the keys open these files and nothing else.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Certificate, GroupCard } from '../../electron/services/exchange/keys/certificate.ts'
import type { DeviceKeys } from '../../electron/services/exchange/keys/group.ts'
import { storeDeviceKeys, storeMembership } from '../../electron/services/exchange/keys/key-store.ts'
import { canonical } from '../../electron/store/log/canonical.ts'
import type { Office } from './exchange-office.ts'
import type { ReceiveReport } from '../../electron/services/exchange/receive.ts'
import { author, newFolder } from './store.ts'

export const goldenDir = join(import.meta.dirname, '..', 'fixtures', 'packages')
export const goldenFile = (name: string): string => join(goldenDir, name)

/** Byte fields in hex. */
export type GoldenKeys = { readonly device: string; readonly signSeed: string; readonly sealScalar: string }
/** What a receiver is told: without the times and ids of the machine that reads. */
export type Told = Pick<ReceiveReport, 'new' | 'duplicate' | 'parked' | 'conflicts' | 'blobs' | 'blobBytes' | 'rows' | 'digest' | 'from'>
export type Golden = {
  readonly program: string
  readonly card: GroupCard
  /** The printed escrow key. */
  readonly escrow: string
  /** The machine for which the packages are; it has nothing of the group but this. */
  readonly reader: { readonly keys: GoldenKeys; readonly certificate: Certificate }
  /** Who wrote join.req, and when; its answer is enrol.dspk. */
  readonly joiner: { readonly keys: GoldenKeys; readonly origin: string; readonly name: string; readonly made: number }
  readonly attachment: string
  /** What taking in full.dspk and then follow.dspk must come to, and enrol.dspk and backup.dspk on their own. */
  readonly told: { readonly full: Told; readonly follow: Told; readonly enrol: Told; readonly backup: Told }
}

export const hexKeys = ({ device, signSeed, sealScalar }: DeviceKeys): GoldenKeys => ({ device, signSeed: signSeed.toString('hex'), sealScalar: sealScalar.toString('hex') })
export const keysOf = ({ device, signSeed, sealScalar }: GoldenKeys): DeviceKeys => ({ device, signSeed: Buffer.from(signSeed, 'hex'), sealScalar: Buffer.from(sealScalar, 'hex') })

export function readGolden(): Golden {
  return JSON.parse(readFileSync(goldenFile('golden.json'), 'utf8')) as Golden
}

/** `own`: the reader's digest has changes of its own in it (its account); only what everybody sees is the package's alone. */
export function toldOf(report: ReceiveReport, own = false): Told {
  const { new: fresh, duplicate, parked, conflicts, blobs, blobBytes, rows, digest, from } = report
  const scopes = Object.entries(digest).filter(([scope]) => !own || scope !== 'office')
  return { new: fresh, duplicate, parked, conflicts, blobs, blobBytes, rows, digest: Object.fromEntries(scopes), from }
}

/** An empty data folder of some machine; `name` seeds its random bytes. */
export async function emptyOffice(name: string): Promise<Office> {
  const folder = await newFolder(name)
  const env = { ...folder.env, door: 'terminal' as const, version: '0.0.0-test', dataDir: folder.dir, machine: name, clock: folder.env.clock, today: () => '2026-07-01', log: () => {}, machineParts: ['test'] }
  env.now = () => (env.clock += 1000)
  return { folder, env, name }
}

/** The reader: a member of the group that has written nothing, so that its digest is that of the packages. */
export async function readerOffice({ card, reader }: Pick<Golden, 'card' | 'reader'>): Promise<Office> {
  const office = await emptyOffice('读者')
  const { store } = office.folder
  storeDeviceKeys(store.local, keysOf(reader.keys))
  storeMembership(store.local, card, reader.certificate)
  store.adoptGroup(card.group, { kind: 'exchange.join', author }, () => {})
  store.exchange.addCertificate(reader.certificate.signature, reader.certificate.device, canonical(reader.certificate))
  return office
}

/** A machine that has asked to join, or wants to be recovered. */
export async function askingOffice(name: string, keys: DeviceKeys, origin?: string): Promise<Office> {
  const office = await emptyOffice(name)
  storeDeviceKeys(office.folder.store.local, keys)
  if (origin !== undefined) office.folder.store.newEpoch(origin, {})
  return office
}
