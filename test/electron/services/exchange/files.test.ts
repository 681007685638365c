import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, test } from 'vitest'
import { copyIn, newInbox, onDisk, sweepInbox } from '../../../../electron/services/exchange/files.ts'
import { findVolumes, takeIn } from '../../../../electron/services/exchange/format/read.ts'
import { Refusal } from '../../../../shared/result.ts'
import { clean, tempDir } from '../../../host/store.ts'
import { blobSource, codeOf, eventsOf, hexOf, now, randomFrom, sha256Hex, testDevice, testGroup, write } from '../../../host/exchange.ts'

afterEach(clean)

const group = await testGroup()
const sender = testDevice(group, '府办2号机')
const failing = (code: string): Error => Object.assign(new Error(code), { code })

describe('taking in', () => {
  test('gives a whole copy with its hash, and no part', async () => {
    const [stick, inbox] = [tempDir(), tempDir()]
    const bytes = Buffer.from(randomFrom('file')(700_000))
    writeFileSync(join(stick, 'a.dspk'), bytes)
    const copied = await copyIn(join(stick, 'a.dspk'), join(inbox, 'one'), 'a.dspk')
    expect(copied).toMatchObject({ sha256: sha256Hex(bytes), bytes: bytes.length })
    expect([readFileSync(copied.path).equals(bytes), readdirSync(join(inbox, 'one'))]).toEqual([true, ['a.dspk']])
  })

  test('a stick that goes away between two volumes, and a cancel in the middle of one, leave nothing, and the next try works', async () => {
    const [stick, inbox] = [join(tempDir(), 'stick'), tempDir()]
    mkdirSync(stick)
    const { files } = await write(group, sender, stick, { blobBytes: [Buffer.alloc(700_000, 1)] }, { volumeBytes: 400_000 })
    expect(files.length).toBeGreaterThan(1)
    const volumes = await findVolumes(files[0]!, 'stick')
    const pull = (): void => void (existsSync(stick) && renameSync(stick, `${stick}.pulled`))
    expect([await codeOf(() => takeIn(volumes, join(inbox, '1'), pull)), readdirSync(inbox, { recursive: true }).filter((name) => String(name).endsWith('.part'))]).toEqual(['STICK_GONE', []])
    renameSync(`${stick}.pulled`, stick)
    const cancel = (bytes: number): void => {
      if (bytes > 300_000) throw new Refusal('CANCELLED')
    }
    expect([await codeOf(() => takeIn(volumes, join(inbox, '2'), cancel)), readdirSync(join(inbox, '2'))]).toEqual(['CANCELLED', []])
    expect((await eventsOf(await takeIn(volumes, join(inbox, '3')), group.trust, sender.identity)).at(-1)?.type).toBe('end')
  })

  test('what the system says becomes what the user can act on', async () => {
    const cases = [['stick', 'EIO', 'STICK_GONE'], ['stick', 'ENODEV', 'STICK_GONE'], ['stick', 'ENOSPC', 'STICK_FULL'], ['stick', 'EROFS', 'STICK_READ_ONLY'], ['stick', 'EACCES', 'STICK_READ_ONLY'], ['disk', 'ENOSPC', 'DISK_FULL'], ['disk', 'EROFS', 'DISK_READ_ONLY'], ['disk', 'EIO', 'DISK_ERROR']] as const
    for (const [place, cause, code] of cases) expect([place, cause, await codeOf(() => onDisk(place, () => Promise.reject(failing(cause))))]).toEqual([place, cause, code])
    await expect(onDisk('stick', () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug')
  })

  test('two at once do not meet', async () => {
    const { files } = await write(group, sender, tempDir())
    const inbox = tempDir()
    const random = randomFrom('inbox')
    const both = await Promise.all([0, 1].map(async () => takeIn(await findVolumes(files[0]!, 'stick'), newInbox(inbox, random))))
    expect(both[0]![0]).not.toBe(both[1]![0])
    for (const paths of both) expect((await eventsOf(paths, group.trust, sender.identity)).at(-1)?.type).toBe('end')
  })

  test('what killed imports left is swept after a day, what runs is not', async () => {
    const inbox = tempDir()
    for (const name of ['old', 'young']) mkdirSync(join(inbox, name))
    utimesSync(join(inbox, 'old'), new Date(now - 2 * 86_400_000), new Date(now - 2 * 86_400_000))
    utimesSync(join(inbox, 'young'), new Date(now), new Date(now))
    await sweepInbox(inbox, now)
    await sweepInbox(join(inbox, 'nowhere'), now)
    expect(readdirSync(inbox)).toEqual(['young'])
  })
})

describe('writing out', () => {
  test('the witness is written when the package is whole and before it has its name', async () => {
    const dir = tempDir()
    const seen: string[][] = []
    const { files } = await write(group, sender, dir, {}, { release: () => void seen.push(readdirSync(dir)) })
    expect(seen).toEqual([[expect.stringMatching(/^office\.dspk\.[0-9a-f]{12}\.part$/)]])
    expect(files.every((file) => existsSync(file))).toBe(true)
  })

  test('a witness that fails, a cancel, and content that refuses leave the stick as it was; the next try works', async () => {
    const dir = tempDir()
    const before = (await write(group, sender, dir)).files[0]!
    const bytes = readFileSync(before)
    const refuse = (): never => {
      throw new Refusal('DISK_FULL')
    }
    const missing = { sha256: hexOf('x', 64), size: 3, chunks: () => [Buffer.from('abc')] }
    const broken = { ...blobSource(Buffer.from('abc')), chunks: () => Readable.from([Buffer.from('a'), Buffer.from('b')]) }
    const tries = [
      [() => write(group, sender, dir, {}, { release: refuse }), 'DISK_FULL'], [() => write(group, sender, dir, {}, { progress: refuse }), 'DISK_FULL'],
      [() => write(group, sender, dir, { blobs: [missing] }), 'PACKAGE_DAMAGED'], [() => write(group, sender, dir, { blobs: [broken] }), 'PACKAGE_DAMAGED'],
    ] as const
    for (const [work, code] of tries) {
      expect(await codeOf(work)).toBe(code)
      expect([readdirSync(dir), readFileSync(before).equals(bytes)]).toEqual([['office.dspk'], true])
    }
    expect(await codeOf(() => write(group, sender, dir))).toBe('ok')
  })

  test('a stick that is not there or full says so', async () => {
    expect(await codeOf(() => write(group, sender, join(tempDir(), 'gone')))).toBe('STICK_GONE')
    if (existsSync('/dev/full')) expect(await codeOf(() => onDisk('stick', async () => writeFileSync('/dev/full', 'x')))).toBe('STICK_FULL')
  })

  test('a part that an earlier try left is cleared, other files are not touched', async () => {
    const dir = tempDir()
    for (const name of ['office.dspk.0123456789ab.part', 'office.002.dspk', '照片.part']) writeFileSync(join(dir, name), 'x')
    await write(group, sender, dir)
    expect(readdirSync(dir).sort()).toEqual(['office.002.dspk', 'office.dspk', '照片.part'])
  })

  test('what reads back differently is not released', async () => {
    const dir = tempDir()
    let spoiled = false
    const spoil = (): void => {
      const [part] = readdirSync(dir).filter((name) => name.endsWith('.part'))
      // The stick returns other bytes than it was given: as if its flash were worn.
      if (part && !spoiled) queueMicrotask(() => writeFileSync(join(dir, part), Buffer.alloc(9000)))
      spoiled = true
    }
    expect(await codeOf(() => write(group, sender, dir, {}, { progress: spoil }))).toBe('PACKAGE_VERIFY')
    expect(readdirSync(dir)).toEqual([])
  })

  test('attachments stream: 96 MB grow the process by far less than that', async () => {
    const piece = Buffer.from(randomFrom('large')(1_048_576))
    const count = 96
    let hash = ''
    {
      const { createHash } = await import('node:crypto')
      const whole = createHash('sha256')
      for (let at = 0; at < count; at++) whole.update(piece)
      hash = whole.digest('hex')
    }
    const before = process.memoryUsage.rss()
    let peak = before
    const progress = (): void => void (peak = Math.max(peak, process.memoryUsage.rss()))
    const blobs = [{ sha256: hash, size: piece.length * count, chunks: () => Array.from({ length: count }, () => piece) }]
    const { files } = await write(group, sender, tempDir(), { blobs }, { progress })
    const { openPackage } = await import('../../../../electron/services/exchange/format/read.ts')
    let got = 0
    for await (const event of (await openPackage(files, () => group.trust)).content([sender.identity])) {
      if (event.type === 'data') got += event.bytes.length
      progress()
    }
    expect(got).toBe(piece.length * count)
    expect(peak - before).toBeLessThan(90 * 1_048_576)
  })
})
