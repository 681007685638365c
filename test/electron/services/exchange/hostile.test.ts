import { closeSync, copyFileSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { canonical } from '../../../../electron/store/log/canonical.ts'
import { encodeContent } from '../../../../electron/services/exchange/format/content.ts'
import { readFrames } from '../../../../electron/services/exchange/format/frames.ts'
import type { Header } from '../../../../electron/services/exchange/format/header.ts'
import { openPackage, readVolumeHead } from '../../../../electron/services/exchange/format/read.ts'
import { revoke } from '../../../../electron/services/exchange/keys/group.ts'
import { seal } from '../../../../electron/services/exchange/keys/seal.ts'
import { clean, tempDir } from '../../../host/store.ts'
import { blobSource, codeOf, eventsOf, frameOf, hexOf, lane, now, planOf, randomFrom, rawHeader, rawPackage, rawSealed, sha256Hex, testDevice, testGroup, write } from '../../../host/exchange.ts'

afterEach(clean)

const group = await testGroup()
const sender = testDevice(group, '府办2号机')
const { trust } = group
const open = (path: string, by = trust): Promise<unknown> => openPackage([path], () => by)
const read = (path: string): Promise<unknown> => eventsOf([path], trust, sender.identity)

async function plainOf(blob = Buffer.from('scan')): Promise<Buffer> {
  const manifest = { digests: {}, id: hexOf('package') }
  const pieces: Buffer[] = []
  for await (const piece of encodeContent({ manifest, lanes: { certificates: [sender.certificate], lanes: [] }, changes: lane(sender.origin, 'office', 3), blobs: [blobSource(blob)] }, () => {})) pieces.push(piece)
  return Buffer.concat(pieces)
}

describe('damage', () => {
  test('10,000 bit flips anywhere are refused', async () => {
    const { files } = await write(group, sender, tempDir())
    const [path, bytes] = [files[0]!, readFileSync(files[0]!)]
    expect(await codeOf(() => open(path))).toBe('ok')
    const seed = 'flips 1'
    const random = randomFrom(seed)
    const handle = openSync(path, 'r+')
    const codes = new Map<string, number>()
    for (let flip = 0; flip < 10_000; flip++) {
      const draw = Buffer.from(random(4))
      const at = draw.readUInt32BE(0) % bytes.length
      const bit = flip % 8
      writeSync(handle, Buffer.of(bytes[at]! ^ (1 << bit)), 0, 1, at)
      const code = await codeOf(() => open(path))
      if (code === 'ok') throw new Error(`${seed}: bit ${bit} of byte ${at} went unseen`)
      codes.set(code, (codes.get(code) ?? 0) + 1)
      writeSync(handle, Buffer.of(bytes[at]!), 0, 1, at)
    }
    closeSync(handle)
    expect(readFileSync(path).equals(bytes)).toBe(true)
    expect(codes.get('PACKAGE_DAMAGED')).toBeGreaterThan(9_000)
  })

  test('every truncation and every addition is refused', async () => {
    const { files } = await write(group, sender, tempDir())
    const bytes = readFileSync(files[0]!)
    const path = join(tempDir(), 'cut.dspk')
    const lengths = [...Array.from({ length: 12 }, (_, at) => at), ...Array.from({ length: Math.floor(bytes.length / 97) }, (_, at) => at * 97), bytes.length - 1]
    for (const length of lengths) {
      writeFileSync(path, bytes)
      truncateSync(path, length)
      expect([length, await codeOf(() => open(path))]).toEqual([length, length === 0 ? 'PACKAGE_NOT_OURS' : 'PACKAGE_TRUNCATED'])
    }
    writeFileSync(path, Buffer.concat([bytes, Buffer.of(0)]))
    expect(await codeOf(() => open(path))).toBe('PACKAGE_DAMAGED')
  })

  test('a payload that ends at any frame border, or has a frame left out, doubled or moved, is refused although it is signed', async () => {
    const plain = await plainOf()
    const frames: Buffer[] = []
    for (let at = 0; at < plain.length; at += frames.at(-1)!.length) frames.push(plain.subarray(at, at + 5 + plain.readUInt32BE(at + 1)))
    const path = join(tempDir(), 'raw.dspk')
    expect(await codeOf(async () => read(await rawPackage(group, sender, path, plain)))).toBe('ok')
    expect(frames.length).toBe(6)
    const variants = frames.flatMap((one, at) => [
      frames.slice(0, at),
      [...frames.slice(0, at), one.subarray(0, -1)],
      frames.toSpliced(at, 1),
      frames.toSpliced(at, 0, one),
      at + 1 < frames.length ? frames.toSpliced(at, 2, frames[at + 1]!, one) : [...frames, Buffer.of(6)],
    ])
    for (const [index, variant] of variants.entries()) {
      // Without certificates a package may be: their frame is optional, and may be given in pieces.
      const allowed = index === 5 + 2 || index === 5 + 3
      expect([index, await codeOf(async () => read(await rawPackage(group, sender, path, Buffer.concat(variant))))]).toEqual([index, allowed ? 'ok' : 'PACKAGE_DAMAGED'])
    }
  })

  test('pieces of two packages do not make a third, and a payload does not go under another header', async () => {
    const one = readFileSync((await write(group, sender, tempDir())).files[0]!)
    const other = readFileSync((await write(group, sender, tempDir(), { plan: { id: hexOf('other') } })).files[0]!)
    const path = join(tempDir(), 'splice.dspk')
    const middleOfId = one.indexOf(hexOf('package')) + 16
    for (const at of [10, middleOfId, 4096, 4400]) {
      writeFileSync(path, Buffer.concat([one.subarray(0, at), other.subarray(at)]))
      expect([at, await codeOf(() => open(path))]).toEqual([at, at === 10 ? 'ok' : 'PACKAGE_DAMAGED'])
    }
    // The same sealed bytes under a new, properly signed header: the manifest names the package that it belongs to.
    rawSealed(sender, path, one.subarray(4096), { id: hexOf('other') })
    expect([await codeOf(() => open(path)), await codeOf(() => read(path))]).toEqual(['ok', 'PACKAGE_DAMAGED'])
  })

  test('a replay is the same package: same id, same number, so the caller can tell', async () => {
    const { files } = await write(group, sender, tempDir(), { plan: { number: 7 } })
    const again = join(tempDir(), 'again.dspk')
    copyFileSync(files[0]!, again)
    const headers = [await openPackage([files[0]!], () => trust), await openPackage([again], () => trust)].map((one) => one.header)
    expect(headers[0]).toEqual(headers[1])
    expect([headers[0]!.id, headers[0]!.number]).toEqual([hexOf('package'), 7])
  })
})

describe('who made it', () => {
  test('foreign group, unknown signer, revoked, expired: each its own answer, before anything of the payload is read', async () => {
    const foreign = await testGroup('other group')
    const stranger = testDevice(foreign, '外地机器')
    const dir = tempDir()
    const theirs = (await write(foreign, stranger, dir)).files[0]!
    expect(await codeOf(() => open(theirs))).toBe('PACKAGE_FOREIGN_GROUP')
    // Somebody who took our group's number, with a root of his own.
    const imposters = await testGroup('group')
    const forged = { ...imposters, card: { ...imposters.card }, rootSeed: foreign.rootSeed }
    const imposter = testDevice(forged, '冒充')
    const path = (await write(forged, imposter, tempDir())).files[0]!
    expect(await codeOf(() => open(path))).toBe('PACKAGE_UNKNOWN_SIGNER')

    const good = (await write(group, sender, tempDir())).files[0]!
    const statement = revoke(group.card, group.rootSeed, sender.keys.device, now)
    expect(await codeOf(() => open(good, { ...trust, revoked: new Set([statement.device]) }))).toBe('PACKAGE_REVOKED')

    const brief = testDevice(group, '到期机器', { validMs: 1000 })
    const late = (await write(group, brief, tempDir(), { plan: { created: now + 2000 } })).files[0]!
    const inTime = (await write(group, brief, tempDir(), { plan: { created: now + 500 } })).files[0]!
    expect([await codeOf(() => open(late)), await codeOf(() => open(inTime))]).toEqual(['PACKAGE_EXPIRED', 'ok'])
    // With the payload destroyed the answer stays the same: it was not looked at.
    writeFileSync(late, readFileSync(late).fill(0, 4096))
    expect(await codeOf(() => open(late))).toBe('PACKAGE_EXPIRED')
  })

  test('another device’s certificate does not carry one’s own signature', async () => {
    const other = testDevice(group, '发改1号机')
    const path = (await write(group, { ...sender, keys: other.keys }, tempDir())).files[0]!
    await expect(open(path)).rejects.toMatchObject({ code: 'PACKAGE_DAMAGED', params: { part: 'signature' } })
  })

  test('newer format, suite and schema name both versions', async () => {
    const path = (await write(group, sender, tempDir())).files[0]!
    const bytes = readFileSync(path)
    bytes.writeUInt16BE(2, 4)
    writeFileSync(path, bytes)
    await expect(open(path)).rejects.toMatchObject({ code: 'PACKAGE_NEWER', params: { found: 2, supported: 1 } })
    const newer = (await write(group, sender, tempDir(), { plan: { schema: 9, app: '3.0.0' } })).files[0]!
    await expect(open(newer)).rejects.toMatchObject({ code: 'PACKAGE_NEWER_SCHEMA', params: { found: 9, supported: 1, app: '3.0.0' } })
    const suite = rawHeader(sender, join(tempDir(), 's.dspk'), canonical({ ...headerFor(), suite: 'sm2-sm4-sm3' }))
    await expect(open(suite)).rejects.toMatchObject({ code: 'PACKAGE_NEWER', params: { found: 'sm2-sm4-sm3' } })
  })
})

function headerFor(more: Partial<Header> = {}): Record<string, unknown> {
  return { ...planOf(sender), suite: 'ed25519-age1-sha256', payload: { at: 8192, bytes: 0, sha256: sha256Hex('') }, volume: 1, volumes: 1, ...more }
}

describe('hostile headers', () => {
  const good = canonical(headerFor({ payload: { at: 4096, bytes: 0, sha256: sha256Hex('') } }))
  const deep = `{"app":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  const cases: readonly (readonly [string, string | Uint8Array])[] = [
    ['not JSON', 'nonsense'], ['empty object', '{}'], ['a list', '[]'], ['deep', deep], ['not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['__proto__', good.replace('{"app"', '{"__proto__":{"group":"x"},"app"')],
    ['__proto__ escaped', good.replace('{"app"', String.raw`{"\u005f_proto__":1,"app"`)],
    ['an unknown field', good.replace('{"app"', '{"aa":1,"app"')],
    ['a field twice', good.replace('{"app":"0.1.0"', '{"app":"9","app":"0.1.0"')],
    ['blanks', good.replace('{"app"', '{ "app"')],
    ['a number as text', good.replace('"number":1', '"number":"1"')],
    ['a huge number', good.replace('"bytes":0', '"bytes":4294967296')],
    ['a payload inside the header', good.replace('"at":4096', '"at":0')],
    ['a payload far away', good.replace('"at":4096', '"at":1073741824')],
    ['volume 2 of 1', good.replace('"volume":1,', '"volume":2,')],
    ['a lane of a scope that is not listed', good.replace('"sender":{"lanes":{}', `"sender":{"lanes":{"${hexOf('o')}":[[3,1,"${'A'.repeat(43)}"]]}`)],
  ]
  test.each(cases)('%s', async (_name, text) => {
    const path = rawHeader(sender, join(tempDir(), 'h.dspk'), text)
    expect(await codeOf(() => open(path))).toBe('PACKAGE_DAMAGED')
  })

  test('the header that they were made from is good', async () => {
    expect(await codeOf(() => open(rawHeader(sender, join(tempDir(), 'h.dspk'), good)))).toBe('ok')
  })

  test('lengths of 2^32 and just above the cap are refused without being read', async () => {
    const path = join(tempDir(), 'l.dspk')
    for (const length of [0, 1, 1024 * 1024 + 1, 2 ** 31, 2 ** 32 - 1]) {
      const head = Buffer.from('DSPK\0\x01\0\0\0\0', 'latin1')
      head.writeUInt32BE(length, 6)
      writeFileSync(path, head)
      expect([length, await codeOf(() => readVolumeHead(path, 'stick'))]).toEqual([length, 'PACKAGE_DAMAGED'])
    }
  })
})

describe('hostile payloads of a member', () => {
  const manifest = frameOf(1, canonical({ digests: {}, id: hexOf('package') }))
  const end = (changes: number): Buffer => frameOf(6, canonical({ blobBytes: 0, blobs: 0, changes }))
  /** `more`: other values by their place in the head. */
  const line = (more: Readonly<Record<number, unknown>> = {}, body = '{}'): string => {
    const head = [hexOf('1', 64), sender.origin, 'office', 1, null, 0, 0, 0, 'a', 1, hexOf('b', 64)]
    for (const [at, value] of Object.entries(more)) head[Number(at)] = value as never
    return `${JSON.stringify(head)}\n${body}\n`
  }
  const changes = (text: string | Uint8Array): Buffer => Buffer.concat([manifest, frameOf(3, deflateRawSync(text)), end(1)])
  const length = (type: number, size: number): Buffer => {
    const head = Buffer.alloc(5)
    head.writeUInt8(type, 0)
    head.writeUInt32BE(size, 1)
    return Buffer.concat([manifest, head, Buffer.alloc(64)])
  }
  const blobFrame = (size: bigint): Buffer => {
    const head = Buffer.alloc(40)
    head.writeBigUInt64BE(size, 32)
    return Buffer.concat([manifest, frameOf(4, head)])
  }
  const cases: readonly (readonly [string, Buffer])[] = [
    ['nothing', Buffer.alloc(0)], ['no manifest', end(0)], ['an unknown frame', Buffer.concat([manifest, frameOf(7, 'x'), end(0)])], ['frame of 2^32 bytes', length(3, 2 ** 32 - 1)],
    ['frame just above the cap', length(5, 1024 * 1024 + 64 * 1024 + 1)], ['a bomb', changes(Buffer.alloc(400 * 1024 * 1024))],
    ['a bomb of changes that would be good', Buffer.concat([manifest, frameOf(3, deflateRawSync(line().repeat(20_000))), end(20_000)])], ['not deflated', Buffer.concat([manifest, frameOf(3, 'plain'), end(1)])],
    ['something behind the deflated end', Buffer.concat([manifest, frameOf(3, Buffer.concat([deflateRawSync(line()), Buffer.from('x')])), end(1)])], ['no change', changes('')],
    ['half a change', changes(line().slice(0, -1))], ['a head that is no list', changes('{"__proto__":{}}\n{}\n')], ['number 0', changes(line({ 3: 0 }))],
    ['a number that is none', changes(line({ 3: 1.5 }))], ['upper-case hex', changes(line({ 0: 'A'.repeat(64) }))], ['a newer schema than the header tells', changes(line({ 9: 2 }))], ['a short origin', changes(line({ 1: 'ab' }))], ['an endless scope', changes(line({ 2: 'x'.repeat(300) }))],
    ['a deep body', changes(line({}, '['.repeat(200_000) + ']'.repeat(200_000)))], ['a body with __proto__', changes(line({}, '{"ops":[{"value":{"__proto__":{"deleted":true}}}]}'))],
    ['a body with an escaped __proto__', changes(line({}, String.raw`{"\u005f\u005fproto__":1}`))], ['a wrong count', Buffer.concat([manifest, frameOf(3, deflateRawSync(line())), end(2)])],
    ['a blob of 2^64 bytes', blobFrame(2n ** 64n - 1n)], ['a blob without end', blobFrame(100n)], ['data without a blob', Buffer.concat([manifest, frameOf(5, 'x'), end(0)])],
    ['data behind the end', Buffer.concat([manifest, end(0), frameOf(5, 'x')])], ['a manifest of another package', Buffer.concat([frameOf(1, canonical({ digests: {}, id: hexOf('x') })), end(0)])],
    ['a deep manifest', Buffer.concat([frameOf(1, '['.repeat(9000)), end(0)])],
  ]
  test.each(cases)('%s', async (_name, plain) => {
    const path = await rawPackage(group, sender, join(tempDir(), 'p.dspk'), plain)
    expect(await codeOf(() => open(path))).toBe('ok')
    expect(await codeOf(() => read(path))).toBe('PACKAGE_DAMAGED')
  })

  test('the change that they were made from is good', async () => {
    expect(await codeOf(async () => read(await rawPackage(group, sender, join(tempDir(), 'p.dspk'), changes(line()))))).toBe('ok')
  })

  test('a frame above the cap is refused at its first bytes, not gathered', async () => {
    let pulled = 0
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      const head = Buffer.from([3, 0xff, 0xff, 0xff, 0xff])
      for (yield head; pulled < 100; pulled++) yield Buffer.alloc(65_536)
    }
    expect(await codeOf(async () => { for await (const one of readFrames(endless())) expect(one).toBeUndefined() })).toBe('PACKAGE_DAMAGED')
    expect(pulled).toBe(0)
  })

  test('more recipients than the header of the seal may hold are refused', async () => {
    const many = await seal(await plainOf(), Array.from({ length: 2700 }, () => sender.certificate.seal))
    expect(await codeOf(() => read(rawSealed(sender, join(tempDir(), 'm.dspk'), many)))).toBe('PACKAGE_DAMAGED')
  })

  test('sealed bytes that age itself must not choke on', async () => {
    for (const sealed of [Buffer.alloc(0), Buffer.alloc(1_000_000, 0x41), Buffer.from('age-encryption.org/v1\n-> X25519 !!!\n???\n--- x\n'), Buffer.from('age-encryption.org/v1\n--- ')]) {
      const path = rawSealed(sender, join(tempDir(), 'a.dspk'), sealed)
      expect(await codeOf(() => read(path))).toBe('PACKAGE_DAMAGED')
    }
  })
})
