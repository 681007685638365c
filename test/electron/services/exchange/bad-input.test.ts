/**
 * Everything that may come on a stick, at a real data folder: each its own plain sentence, the database's bytes as they were, nothing left in the inbox, and the
 * good package goes in afterwards. What a volume or frame may hold is taken apart in hostile.test.ts; a full disk and a write-protected stick in disk-full.test.ts.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { hash } from 'node:crypto'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { errorSentence } from '../../../../shared/text/errors.ts'
import { alone, type Control } from '../../../../electron/services/exchange/control.ts'
import type { Header } from '../../../../electron/services/exchange/format/header.ts'
import { suiteName } from '../../../../electron/services/exchange/format/limits.ts'
import { grant, newDeviceKeys, revoke } from '../../../../electron/services/exchange/keys/group.ts'
import { membership, type Membership } from '../../../../electron/services/exchange/keys/key-store.ts'
import { rememberRevocation } from '../../../../electron/services/exchange/keys/remember.ts'
import { makeRequest, readRequest } from '../../../../electron/services/exchange/keys/request.ts'
import { seal, sealKey } from '../../../../electron/services/exchange/keys/seal.ts'
import { send } from '../../../../electron/services/exchange/send.ts'
import { canonical } from '../../../../electron/store/log/canonical.ts'
import { Refusal } from '../../../../shared/result.ts'
import { firstOffice, nextOffice, put, take, type Office } from '../../../host/exchange-office.ts'
import { frameOf, hexOf, planOf, randomFrom, rawHeader, rawSealed, sha256Hex, type TestDevice } from '../../../host/exchange.ts'
import { author, clean, tempDir, unitValue } from '../../../host/store.ts'

let [a, b, c]: Office[] = []
/** What a writes into its payloads, as a member of the group whose program somebody has changed. */
let member: TestDevice
let stick: string
let good: string
beforeAll(async () => {
  a = await firstOffice('甲机')
  b = await nextOffice(a, '乙机')
  c = await nextOffice(a, '丙机')
  await take(b, await put(a))
  a.folder.store.write({ kind: 'units.save', author }, (tx) => {
    for (let at = 0; at < 200; at++) tx.put('unit', tx.newId(), 'identity', unitValue(`单位${at}`))
  })
  stick = tempDir()
  good = await put(a)
  member = deviceOf(memberOf(a), a)
})
afterAll(clean)

const memberOf = ({ folder: { store } }: Office): Membership => membership(store.local, store.identity)
const deviceOf = ({ keys, certificate, identity }: Membership, { folder }: Office): TestDevice => ({ keys, certificate, identity, origin: folder.store.identity.origin })
const file = (bytes: Uint8Array): string => {
  const path = join(stick, `${readdirSync(stick).length}.dspk`)
  writeFileSync(path, bytes)
  return path
}
const changed = (change: (bytes: Buffer) => void): string => {
  const bytes = readFileSync(good)
  change(bytes)
  return file(bytes)
}
/** Sealed to b, signed by `by`. */
async function payload(plain: Uint8Array, more: Partial<Header> = {}, by = member): Promise<string> {
  return rawSealed(by, file(Buffer.alloc(0)), await seal(plain, [memberOf(b!).certificate.seal]), more)
}
const manifest = frameOf(1, canonical({ digests: {}, id: hexOf('package') }))
const end = (changes: number): Buffer => frameOf(6, canonical({ blobBytes: 0, blobs: 0, changes }))
const line = (body: string): string => `${JSON.stringify([hexOf('1', 64), member.origin, 'office', 1, null, 0, 0, 0, 'a', 1, sha256Hex(body)])}\n${body}\n`
const changes = (text: string | Uint8Array): Buffer => Buffer.concat([manifest, frameOf(3, deflateRawSync(text)), end(1)])
/** A machine with keys of its own and a certificate by whoever has `rootSeed`. */
function stranger(rootSeed: Uint8Array, validMs?: number): TestDevice {
  const keys = newDeviceKeys(randomFrom('stranger'))
  const origin = hexOf('stranger')
  const { card } = memberOf(a!)
  const request = readRequest(makeRequest(keys, { name: '丁机', origins: [origin], app: '1', made: 1 }))
  return { keys, origin, identity: sealKey(keys.sealScalar).identity, certificate: grant(card, rootSeed, request, { scopes: ['all'], now: 1, ...(validMs === undefined ? {} : { validMs }) }) }
}
const header = (text: (good: string) => string): string => {
  const body = canonical({ ...planOf(member), suite: suiteName, payload: { at: 4096, bytes: 0, sha256: sha256Hex('') }, volume: 1, volumes: 1 })
  return rawHeader(member, file(Buffer.alloc(0)), text(body))
}

type Case = readonly [name: string, code: string, make: () => string | Promise<string>]
const cases: readonly Case[] = [
  ['another group’s', 'PACKAGE_FOREIGN_GROUP', async () => put(await firstOffice('外组'))],
  ['an unknown signer’s', 'PACKAGE_UNKNOWN_SIGNER', () => payload(end(0), {}, stranger(randomFrom('no root')(32)))],
  ['a revoked machine’s', 'PACKAGE_REVOKED', () => put(c!)],
  ['an expired certificate’s', 'PACKAGE_EXPIRED', () => payload(end(0), { created: 10_000 }, stranger(memberOf(a!).rootSeed!, 1000))],
  ['no package at all', 'PACKAGE_NOT_OURS', () => file(Buffer.from('台账'))],
  ['damaged', 'PACKAGE_DAMAGED', () => changed((bytes) => void (bytes[bytes.length - 100]! ^= 1))],
  ['truncated', 'PACKAGE_TRUNCATED', () => file(readFileSync(good).subarray(0, -500))],
  ['spliced out of two', 'PACKAGE_DAMAGED', async () => file(Buffer.concat([readFileSync(good).subarray(0, 4096), readFileSync(await put(a!)).subarray(4096)]))],
  ['a newer format', 'PACKAGE_NEWER', () => changed((bytes) => bytes.writeUInt16BE(9, 4))],
  ['a newer schema', 'PACKAGE_NEWER_SCHEMA', () => payload(end(0), { schema: 99, app: '9.0' })],
  ['a bomb', 'PACKAGE_DAMAGED', () => payload(changes(Buffer.alloc(200 * 1024 * 1024)))],
  ['deep JSON', 'PACKAGE_DAMAGED', () => payload(changes(line('['.repeat(100_000) + ']'.repeat(100_000))))],
  ['a deep header', 'PACKAGE_DAMAGED', () => header(() => `{"app":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)],
  ['a header of 2^32 bytes', 'PACKAGE_DAMAGED', () => changed((bytes) => bytes.writeUInt32BE(2 ** 32 - 1, 6))],
  ['a frame of 2^32 bytes', 'PACKAGE_DAMAGED', () => payload(Buffer.concat([manifest, Buffer.from([3, 255, 255, 255, 255]), Buffer.alloc(64)]))],
  ['__proto__ in the header', 'PACKAGE_DAMAGED', () => header((text) => text.replace('{"app"', '{"__proto__":{"group":"x"},"app"'))],
  ['__proto__ in a change', 'PACKAGE_DAMAGED', () => payload(changes(line('{"ops":[{"value":{"__proto__":{"deleted":true}}}]}')))],
  ['changes that nobody signed', 'PACKAGE_LANE_UNSIGNED', () => payload(changes(line('{"ops":[]}')))],
  ['sealed to others', 'PACKAGE_NOT_FOR_US', async () => {
    const target = join(tempDir(), 'others.dspk')
    await send({ env: a!.env, store: a!.folder.store, member: memberOf(a!), target, place: 'stick', receivers: [], full: true })
    return target
  }],
  ['a stick that was pulled before', 'STICK_GONE', () => join(stick, 'gone.dspk')],
]

/** Database and write-ahead log to the byte, and what lies beside them. */
const bytes = ({ folder: { dir } }: Office): string[] => [...['dutydesk.db', 'dutydesk.db-wal'].map((name) => (existsSync(join(dir, name)) ? hash('sha256', readFileSync(join(dir, name))) : '')), ...readdirSync(dir, { recursive: true }).map(String).sort()]

test('each its own sentence, the database to the byte as it was, nothing in the inbox; then the good one goes in, and once more', async () => {
  const { store } = b!.folder
  const { card, rootSeed } = memberOf(a!)
  rememberRevocation(store.exchange, card, revoke(card, rootSeed!, memberOf(c!).keys.device, 1))
  await expect(take(b!, join(stick, 'never.dspk'))).rejects.toMatchObject({ code: 'STICK_GONE' })
  const before = bytes(b!)
  const digest = store.digest()
  const said = new Map<string, string>()
  for (const [name, code, make] of cases) {
    const error = await take(b!, await make()).then(() => undefined, (thrown: unknown) => thrown)
    if (!(error instanceof Refusal)) throw new Error(`${name}: ${String(error)}`)
    expect([name, error.code]).toEqual([name, code])
    expect([name, bytes(b!)]).toEqual([name, before])
    said.set(code, errorSentence(error))
  }
  expect(new Set(said.values()).size).toBe(said.size)
  for (const sentence of said.values()) expect(sentence).toMatch(/^[^A-Za-z]*(?:U盘|\.dspk|9\.0|[^A-Za-z])*。$/u)
  expect(store.digest()).toEqual(digest)
  const report = await take(b!, good)
  expect(report).toMatchObject({ parked: 0, again: false, rows: { unit: 200 } })
  // Replayed: told so, and nothing is new.
  expect(await take(b!, good)).toMatchObject({ new: 0, again: true, digest: report.digest })
  expect([store.digest()['shared'], store.verify()]).toEqual([a!.folder.store.digest()['shared'], { ok: true, problems: [] }])
})

test('a stick that is pulled while a package is written: said, nothing noted as sent, and the next try clears the half away', async () => {
  const folder = join(tempDir(), 'stick')
  mkdirSync(folder)
  const pull: Control = { ...alone, report: ({ step }) => void (step === 'exchange.writing' && existsSync(folder) && renameSync(folder, `${folder}.pulled`)) }
  const { env, folder: { store } } = a!
  const before = store.exchange.packages('out', 100).length
  const sending = { env, store, member: memberOf(a!), target: join(folder, 'a.dspk'), place: 'stick' as const, receivers: [memberOf(b!).certificate], full: true }
  await expect(send({ ...sending, control: pull })).rejects.toMatchObject({ code: 'STICK_GONE' })
  expect(store.exchange.packages('out', 100)).toHaveLength(before)
  renameSync(`${folder}.pulled`, folder)
  await send(sending)
  expect(readdirSync(folder)).toEqual(['a.dspk'])
  expect(await take(b!, join(folder, 'a.dspk'))).toMatchObject({ new: 0, parked: 0 })
})

test('two imports of one package at once: whichever is second finds everything there', async () => {
  const one = await nextOffice(a!, '戊机')
  const file = await put(a!)
  const both = await Promise.all([take(one, file), take(one, file)])
  expect(both.map((report) => report.new).sort((x, y) => x - y)).toEqual([0, both[0].new + both[1].new])
  expect([one.folder.store.verify(), readdirSync(join(one.folder.dir, 'inbox'))]).toEqual([{ ok: true, problems: [] }, []])
})
