/** A new group with its first device, made with the data folder: every office can exchange from the first day. */
import { canonical } from '../../store/log/canonical.ts'
import type { Store, WriteTx } from '../../store/store.ts'
import type { Certificate } from './keys/certificate.ts'
import { certificateMs, grant, newDeviceKeys, newGroup, type DeviceKeys, type NewGroup } from './keys/group.ts'
import { storeDeviceKeys, storeMembership } from './keys/key-store.ts'
import { makeRequest, readRequest } from './keys/request.ts'

type World = { readonly now: () => number; readonly random: (n: number) => Uint8Array; readonly version: string; readonly machine: string }

export type Founding = { readonly group: string; readonly made: NewGroup; readonly keys: DeviceKeys }

/** The slow and asynchronous half, before any transaction. */
export async function prepareGroup({ now, random }: World): Promise<Founding> {
  const group = Buffer.from(random(16)).toString('hex')
  return { group, made: await newGroup(group, now(), random), keys: newDeviceKeys(random) }
}

/** The half that belongs to the set-up (CreateOptions.ready): keys, card, the own certificate, and the row in the list of devices. */
export function foundGroup(store: Store, { made, keys }: Founding, author: string, world: World): void {
  const { card, rootSeed } = made
  const request = readRequest(makeRequest(keys, { name: deviceName(world.machine), origins: ownOriginsOf(store), app: world.version, made: world.now() }))
  const certificate = grant(card, rootSeed, request, { scopes: ['all'], now: world.now(), validMs: certificateMs })
  storeDeviceKeys(store.local, keys)
  storeMembership(store.local, card, certificate, rootSeed)
  store.exchange.addCertificate(certificate.signature, certificate.device, canonical(certificate))
  store.write({ kind: 'exchange.found', author }, (tx) => putDevice(tx, certificate))
}

/** Before there was a group, nobody else can have written here: every origin in the log is one of this machine. */
function ownOriginsOf(store: Store): string[] {
  return [...new Set([store.identity.origin, ...store.log.tips().map((tip) => tip.origin)])].slice(0, 64)
}

export function putDevice(tx: WriteTx, certificate: Certificate): void {
  tx.put('device', certificate.device, 'certificate', { name: certificate.name, scopes: certificate.scopes, certificate })
}

/** What a certificate allows: never empty, at most 80 characters. */
export function deviceName(machine: string): string {
  return machine.trim().normalize('NFC').slice(0, 80) || '本机'
}
