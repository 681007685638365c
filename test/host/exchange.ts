/** A group with devices and small packages, without a database: repeatable keys, injected time. All names are invented. */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Change } from '../../electron/store/log/change-id.ts'
import type { Content } from '../../electron/services/exchange/format/content.ts'
import { encodeHead, planWithVectors, type Header, type HeaderPlan } from '../../electron/services/exchange/format/header.ts'
import { suiteName } from '../../electron/services/exchange/format/limits.ts'
import { openPackage } from '../../electron/services/exchange/format/read.ts'
import type { ContentEvent } from '../../electron/services/exchange/format/read-content.ts'
import { signingKey } from '../../electron/services/exchange/format/suite.ts'
import { writePackage, type WriteOptions, type WrittenPackage } from '../../electron/services/exchange/format/write.ts'
import type { Certificate, GroupCard } from '../../electron/services/exchange/keys/certificate.ts'
import { grant, newDeviceKeys, newGroup, type DeviceKeys } from '../../electron/services/exchange/keys/group.ts'
import { makeRequest, readRequest } from '../../electron/services/exchange/keys/request.ts'
import { seal, sealKey } from '../../electron/services/exchange/keys/seal.ts'
import type { Trust } from '../../electron/services/exchange/keys/trust.ts'

export const now = Date.UTC(2026, 6, 1, 1)
export const sha256Hex = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')
export const hexOf = (name: string, length = 32): string => sha256Hex(name).slice(0, length)

export function randomFrom(seed: string): (n: number) => Uint8Array {
  let drawn = 0
  return (n) => {
    const blocks = Array.from({ length: Math.ceil(n / 32) }, () => createHash('sha256').update(`${seed}/${drawn++}`).digest())
    return new Uint8Array(Buffer.concat(blocks).subarray(0, n))
  }
}

export type TestGroup = { readonly card: GroupCard; readonly rootSeed: Buffer; readonly escrowIdentity: string; readonly trust: Trust }
export type TestDevice = { readonly keys: DeviceKeys; readonly certificate: Certificate; readonly origin: string; readonly identity: string }

export async function testGroup(seed = 'group'): Promise<TestGroup> {
  const made = await newGroup(hexOf(seed), now, randomFrom(seed))
  return { ...made, trust: { card: made.card, revoked: new Set() } }
}

export function testDevice(group: TestGroup, name: string, more: { scopes?: readonly string[]; validMs?: number; at?: number } = {}): TestDevice {
  const keys = newDeviceKeys(randomFrom(`device ${name}`))
  const origin = hexOf(`origin ${name}`)
  const request = readRequest(makeRequest(keys, { name, origins: [origin], app: '0.1.0', made: now }))
  const certificate = grant(group.card, group.rootSeed, request, { scopes: more.scopes ?? ['all'], now: more.at ?? now, validMs: more.validMs })
  return { keys, certificate, origin, identity: sealKey(keys.sealScalar).identity }
}

/** A chain of changes of one lane; ids are made up, for the file does not judge them. */
export function lane(origin: string, scope: string, count: number, body: (seq: number) => string | null = (seq) => `{"seq":${seq}}`): Change[] {
  const changes: Change[] = []
  for (let seq = 1; seq <= count; seq++) {
    const text = body(seq)
    const own = text === null ? null : Buffer.from(text, 'utf8')
    changes.push({
      id: Buffer.from(hexOf(`${origin} ${scope} ${seq}`, 64), 'hex'), origin: Buffer.from(origin, 'hex'), scope, seq, prev: changes.at(-1)?.id ?? null, hlcMs: now + seq, hlcCounter: seq % 3,
      wall: now + seq, author: 'account-1', schema: 1, bodyHash: createHash('sha256').update(own ?? '').digest(), body: own,
    })
  }
  return changes
}

export type PackageParts = Partial<Content> & { readonly plan?: Partial<HeaderPlan>; readonly blobBytes?: readonly Uint8Array[] }

export function blobSource(bytes: Uint8Array): { sha256: string; size: number; chunks: () => Iterable<Uint8Array> } {
  return { sha256: sha256Hex(bytes), size: bytes.length, chunks: () => [bytes] }
}

export function planOf(sender: TestDevice, parts: Partial<HeaderPlan> = {}): HeaderPlan {
  const certificate = parts.certificate ?? sender.certificate
  const bare = { app: '0.1.0', certificate, created: now, group: certificate.group, id: hexOf('package'), number: 1, origin: hexOf('installation'), schema: 1, scopes: ['all'], to: [sender.certificate.device], ...parts }
  const { base: _, sender: __, ...plan } = { base: null, sender: null, ...bare }
  return { ...planWithVectors(plan, [], null), ...parts }
}

export async function write(group: TestGroup, sender: TestDevice, dir: string, parts: PackageParts = {}, more: Partial<WriteOptions> = {}): Promise<WrittenPackage> {
  const { plan: planned, blobBytes, ...content } = parts
  const plan = planOf(sender, planned)
  return writePackage({
    target: join(dir, 'office.dspk'), place: 'stick', plan, key: signingKey(sender.keys.signSeed), recipients: [sender.certificate.seal, group.card.escrow], release: () => {},
    content: { manifest: { digests: {}, id: plan.id }, lanes: { certificates: [], lanes: [] }, changes: lane(sender.origin, 'office', 3), blobs: (blobBytes ?? []).map(blobSource), ...content },
    ...more,
  })
}

export async function eventsOf(paths: readonly string[], trust: Trust, identity: string): Promise<ContentEvent[]> {
  const opened = await openPackage(paths, () => trust)
  const events: ContentEvent[] = []
  for await (const event of opened.content([identity])) events.push(event.type === 'data' ? { ...event, bytes: Uint8Array.from(event.bytes) } : event)
  return events
}

/** The code of the refusal, or 'ok'. Anything else that is thrown fails the test. */
export async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work()
    return 'ok'
  } catch (error) {
    if (error instanceof Error && error.name === 'Refusal' && 'code' in error) return String(error.code)
    throw error
  }
}


/** A package whose payload is these bytes, properly sealed and signed: what a hostile or broken member of the group could write. */
export async function rawPackage(group: TestGroup, sender: TestDevice, path: string, plain: Uint8Array, more: Partial<Header> = {}): Promise<string> {
  return rawSealed(sender, path, await seal(plain, [sender.certificate.seal, group.card.escrow]), more)
}

/** The same with the sealed bytes given. */
export function rawSealed(sender: TestDevice, path: string, sealed: Uint8Array, more: Partial<Header> = {}): string {
  const payload = { at: 4096, bytes: sealed.length, sha256: sha256Hex(sealed) }
  const header: Header = { ...planOf(sender), suite: suiteName, payload, volume: 1, volumes: 1, ...more }
  writeFileSync(path, Buffer.concat([encodeHead(header, signingKey(sender.keys.signSeed)), sealed]))
  return path
}

/** A file whose header is this text, signed by the sender. */
export function rawHeader(sender: TestDevice, path: string, text: string | Uint8Array, payload: Uint8Array = Buffer.alloc(0)): string {
  const body = Buffer.from(text as string)
  const head = Buffer.concat([Buffer.from('DSPK'), Buffer.from([0, 1]), Buffer.alloc(4), body])
  head.writeUInt32BE(body.length, 6)
  const signature = signingKey(sender.keys.signSeed).sign('dutydesk/package/1', head)
  const padding = Buffer.alloc(4096 - ((head.length + 64) % 4096))
  writeFileSync(path, Buffer.concat([head, signature, padding, payload]))
  return path
}

export function frameOf(type: number, bytes: Uint8Array | string): Buffer {
  const body = Buffer.from(bytes as string)
  const head = Buffer.alloc(5)
  head.writeUInt8(type, 0)
  head.writeUInt32BE(body.length, 1)
  return Buffer.concat([head, body])
}
