import { readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { openPackage, findVolumes, takeIn } from '../../../../electron/services/exchange/format/read.ts'
import { packVector, unpackVector, fitVectors } from '../../../../electron/services/exchange/format/packed-vector.ts'
import { equalVectors, normalVector, type Tip } from '../../../../shared/merge/vectors.ts'
import { clean, tempDir } from '../../../host/store.ts'
import { codeOf, eventsOf, hexOf, lane, testDevice, testGroup, write } from '../../../host/exchange.ts'

afterEach(clean)

const group = await testGroup()
const sender = testDevice(group, '府办2号机')

const text = fc.string({ unit: 'grapheme', maxLength: 40 })
const body = fc.oneof(fc.constant(null), fc.record({ text, n: fc.integer(), list: fc.array(text, { maxLength: 3 }) }).map((value) => JSON.stringify(value)))

describe('a package', () => {
  test('gives back every change byte for byte, erased bodies too, every attachment and the manifest', async () => {
    await fc.assert(fc.asyncProperty(fc.array(body, { maxLength: 20 }), fc.array(fc.uint8Array({ maxLength: 5000 }), { maxLength: 3 }), text, async (bodies, blobs, note) => {
      const changes = lane(sender.origin, '单位-1', bodies.length, (seq) => bodies[seq - 1] ?? null)
      const manifest = { digests: { office: hexOf('d', 64) }, id: hexOf('package'), note: note.normalize('NFC') }
      const { files, totals } = await write(group, sender, tempDir(), { changes, manifest, blobBytes: blobs })
      const events = await eventsOf(files, group.trust, sender.identity)
      expect(events[0]).toEqual({ type: 'manifest', manifest })
      expect(events.flatMap((event) => (event.type === 'changes' ? event.changes : []))).toEqual(changes)
      expect(events.filter((event) => event.type === 'blob').map((event) => event.size)).toEqual(blobs.map((bytes) => bytes.length))
      const data = Buffer.concat(events.flatMap((event) => (event.type === 'data' ? [event.bytes] : [])))
      expect(data.equals(Buffer.concat(blobs))).toBe(true)
      expect(events.at(-1)).toEqual({ type: 'end', totals })
      expect(totals).toEqual({ changes: bodies.length, blobs: blobs.length, blobBytes: data.length })
    }), { numRuns: 40 })
  })

  test('opens with the escrow key as with the receiver’s, and with no other', async () => {
    const { files } = await write(group, sender, tempDir())
    expect((await eventsOf(files, group.trust, group.escrowIdentity)).at(-1)?.type).toBe('end')
    expect(await codeOf(() => eventsOf(files, group.trust, testDevice(group, '别处').identity))).toBe('PACKAGE_NOT_FOR_US')
  })

  test('a change as large as one may be, and many small ones, go through in frames of at most 1 MiB', async () => {
    const large = lane(sender.origin, 'a', 2, () => JSON.stringify('督'.repeat(349_000)))
    const small = lane(sender.origin, 'b', 20_000)
    const { files } = await write(group, sender, tempDir(), { changes: [...large, ...small] })
    const frames = (await eventsOf(files, group.trust, sender.identity)).flatMap((event) => (event.type === 'changes' ? [event.changes] : []))
    expect(frames.flat()).toEqual([...large, ...small])
    expect(frames.length).toBeGreaterThan(4)
  })

  test('nothing of the content is readable in the file', async () => {
    const { files } = await write(group, sender, tempDir(), { changes: lane(sender.origin, 'office', 2, () => '{"name":"SECRETNAME"}'), blobBytes: [Buffer.from('SECRETBLOB')] })
    expect(readFileSync(files[0]!).includes('SECRET')).toBe(false)
  })
})

describe('volumes', () => {
  const blob = Buffer.from(Array.from({ length: 40_000 }, (_, at) => (at * at) & 255))

  test('are found whatever they are called, copied in, and read as one', async () => {
    const dir = tempDir()
    const { files } = await write(group, sender, dir, { blobBytes: [blob] }, { volumeBytes: 20_000 })
    expect(files.map((file) => file.slice(dir.length + 1))).toEqual(['office.dspk', 'office.002.dspk', 'office.003.dspk'])
    expect(files.every((file) => readFileSync(file).length <= 20_000)).toBe(true)
    renameSync(files[1]!, join(dir, '第二卷.DSPK'))
    const found = await findVolumes(files[2]!, 'stick')
    const taken = await takeIn(found, join(tempDir(), 'inbox', 'one'))
    const events = await eventsOf(taken.toReversed(), group.trust, sender.identity)
    expect(Buffer.concat(events.flatMap((event) => (event.type === 'data' ? [event.bytes] : []))).equals(blob)).toBe(true)
  })

  test('a missing one is named, by number and file', async () => {
    const { files } = await write(group, sender, tempDir(), { blobBytes: [blob] }, { volumeBytes: 20_000 })
    rmSync(files[1]!)
    for (const file of [files[0]!, files[2]!]) {
      await expect(findVolumes(file, 'stick')).rejects.toMatchObject({ code: 'PACKAGE_VOLUME_MISSING', params: { missing: ['2'], volumes: 3, file: 'office.002.dspk' } })
    }
    expect(await codeOf(() => openPackage([files[0]!, files[2]!], () => group.trust))).toBe('PACKAGE_DAMAGED')
  })

  test('of two packages do not fit together', async () => {
    const one = await write(group, sender, tempDir(), { blobBytes: [blob] }, { volumeBytes: 20_000 })
    const two = await write(group, sender, tempDir(), { blobBytes: [blob], plan: { id: hexOf('other') } }, { volumeBytes: 20_000 })
    expect(await codeOf(() => openPackage([one.files[0]!, two.files[1]!, one.files[2]!], () => group.trust))).toBe('PACKAGE_DAMAGED')
  })
})

describe('the header', () => {
  const tip = fc.record({ origin: fc.constantFrom(hexOf('a'), hexOf('b')), scope: fc.constantFrom('office', '单位', 'x'), seq: fc.integer({ min: 1, max: 9 }), head: fc.constantFrom(hexOf('h', 64), hexOf('i', 64)) })

  test('carries vectors both ways, forks too', () => {
    fc.assert(fc.property(fc.array(tip), (tips: Tip[]) => {
      expect(unpackVector(packVector(tips))).toEqual(normalVector(tips))
    }))
  })

  test('drops the base first and then the shortest lanes, never half of a forked one', () => {
    const forked = [1, 5001].map((end) => ({ origin: hexOf('f'), scope: 'office', seq: end, head: hexOf(`f${end}`, 64) }))
    const many: Tip[] = [...Array.from({ length: 2000 }, (_, at) => ({ origin: hexOf(`o${at % 60}`), scope: `u${at}`, seq: at + 1, head: hexOf(`h${at}`, 64) })), ...forked]
    const whole = fitVectors(many, many, 1_000_000)
    expect([whole.base?.left, whole.sender.left]).toEqual([0, 0])
    expect(fitVectors(many, many, 250_000).base).toBeNull()
    const cut = fitVectors(many, null, 60_000)
    expect(JSON.stringify(cut.sender).length).toBeLessThan(60_000)
    const kept = unpackVector(cut.sender)!
    expect(kept.length + cut.sender.left).toBe(many.length)
    expect(Math.min(...kept.filter((one) => one.origin !== hexOf('f')).map((one) => one.seq))).toBeGreaterThan(1000)
    expect(equalVectors(kept.filter((one) => one.origin === hexOf('f')), forked)).toBe(true)
  })

  test('a sender with more lanes than a header holds still writes a package', async () => {
    const dir = tempDir()
    const many = Array.from({ length: 20_000 }, (_, at) => ({ origin: hexOf(`o${at % 900}`), scope: `unit-${at % 90}`, seq: at + 1, head: hexOf(`h${at}`, 64) }))
    const { planWithVectors } = await import('../../../../electron/services/exchange/format/header.ts')
    const { planOf } = await import('../../../host/exchange.ts')
    const { files } = await write(group, sender, dir, { plan: planWithVectors(planOf(sender), many, many) })
    const opened = await openPackage(files, () => group.trust)
    expect(opened.header.sender.left).toBeGreaterThan(0)
    expect(readdirSync(dir)).toEqual(['office.dspk'])
  })
})
