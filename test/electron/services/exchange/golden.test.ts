/** Packages that earlier versions wrote (test/fixtures/packages, made once by test/host/golden-make.ts): this program reads every one, to the same digest and counts. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { errorSentence } from '../../../../shared/text/errors.ts'
import { unwrap } from '../../../../shared/result.ts'
import { join as joinGroup } from '../../../../electron/services/exchange/enrol.ts'
import { newDeviceKeys } from '../../../../electron/services/exchange/keys/group.ts'
import { makeRequest, readRequest } from '../../../../electron/services/exchange/keys/request.ts'
import { recover } from '../../../../electron/services/exchange/recover.ts'
import { registerHistory } from '../../../../electron/store/queries/history.ts'
import { listConflicts } from '../../../../electron/store/queries/conflicts.ts'
import { askingOffice, goldenFile, keysOf, readerOffice, readGolden, toldOf } from '../../../host/golden.ts'
import { put, take, workOf, type Office } from '../../../host/exchange-office.ts'
import { seededRandom } from '../../../host/seeded.ts'
import { clean } from '../../../host/store.ts'

afterEach(clean)
const golden = readGolden()
const { told } = golden

type Shown = { readonly unit: readonly { readonly id: string; readonly name: string }[] } & Readonly<Record<string, unknown>>
const shown = ({ folder }: Office): Shown => JSON.parse([...folder.store.dump()].join('')) as Shown
const child = join(import.meta.dirname, '..', '..', '..', 'host', 'upgraded-child.ts')

describe('packages of format 1, schema 1', () => {
  test('a full package and the follow-up, each way round and twice', async () => {
    const reader = await readerOffice(golden)
    const { store } = reader.folder
    expect(store.log.tips()).toEqual([])
    expect(toldOf(await take(reader, goldenFile('full.dspk'), true))).toEqual(told.full)
    expect(toldOf(await take(reader, goldenFile('full.dspk')))).toEqual(told.full)
    const follow = await take(reader, goldenFile('follow.dspk'))
    expect(toldOf(follow)).toEqual(told.follow)
    // The same changes on both sides, and a digest of the kind of before: nothing to compare.
    expect(follow.differs).toEqual([])
    expect(shown(reader).unit.map((unit) => unit.name)).toEqual(['荆河街道办', '龙泉街道办事处'])
    expect(store.read(listConflicts).map((one) => one.survivors.map((survivor) => survivor.value['name']).sort())).toContainEqual(['荆河街道办', '荆河街道办事处'])
    expect(Buffer.from(store.blobs.get(golden.attachment)).equals(seededRandom('golden scan')(3000))).toBe(true)
    expect(await take(reader, goldenFile('full.dspk'))).toMatchObject({ new: 0, again: true, digest: told.follow.digest })
    expect(store.verify()).toEqual({ ok: true, problems: [] })
    store.rebuildProjection()
    expect(store.digest()).toEqual(told.follow.digest)

    const other = await readerOffice(golden)
    expect(await take(other, goldenFile('follow.dspk'))).toMatchObject({ new: 0, parked: told.follow.new })
    expect(await take(other, goldenFile('full.dspk'))).toMatchObject({ parked: 0, digest: told.follow.digest })
    expect([...other.folder.store.dump()].join('')).toBe([...store.dump()].join(''))
  })

  test('a request to join, to the byte', () => {
    const { keys, origin, name, made } = golden.joiner
    const bytes = readFileSync(goldenFile('join.req'))
    expect(readRequest(bytes)).toMatchObject({ device: keys.device, name, origins: [origin], made, app: golden.program })
    expect(makeRequest(keysOf(keys), { name, origins: [origin], app: golden.program, made }).equals(bytes)).toBe(true)
  })

  test('the answer to it makes the machine a member with everything', async () => {
    const office = await askingOffice(golden.joiner.name, keysOf(golden.joiner.keys), golden.joiner.origin)
    const joined = unwrap(await joinGroup({ name: 'join', path: goldenFile('enrol.dspk'), place: 'disk' }, workOf(office)))
    expect([toldOf(joined.report, true), joined.device]).toEqual([told.enrol, golden.joiner.keys.device])
    expect(shown(office).unit.map((unit) => unit.name)).toEqual(['荆河街道办', '龙泉街道办事处'])
    // Made before it was one: a package for others.
    expect(await take(office, goldenFile('follow.dspk')).catch((error: unknown) => error)).toMatchObject({ code: 'PACKAGE_NOT_FOR_US' })
    expect(office.folder.store.verify()).toEqual({ ok: true, problems: [] })
  })

  test('a backup and the printed escrow key bring everything back', async () => {
    const office = await askingOffice('戊机', newDeviceKeys(seededRandom('golden lost')))
    const back = unwrap(await recover({ name: 'recover', path: goldenFile('backup.dspk'), place: 'disk', escrowKey: golden.escrow }, workOf(office)))
    expect(toldOf(back.report, true)).toEqual(told.backup)
    expect(office.folder.store.identity.group).toBe(golden.card.group)
    expect(Buffer.from(office.folder.store.blobs.get(golden.attachment)).length).toBe(3000)
    expect(office.folder.store.verify()).toEqual({ ok: true, problems: [] })
  })
})

describe('packages of a newer version', () => {
  test('a newer format and a newer schema are refused whole, naming both versions; the database stays as it was', async () => {
    const reader = await readerOffice(golden)
    await take(reader, goldenFile('full.dspk'))
    const { store } = reader.folder
    const before = [store.digest(), store.changed()]
    for (const [file, code, params] of [['newer-format.dspk', 'PACKAGE_NEWER', { found: 2, supported: 1 }], ['newer-schema.dspk', 'PACKAGE_NEWER_SCHEMA', { found: 2, supported: 1, app: '9.0.0' }]] as const) {
      const refused = await take(reader, goldenFile(file)).catch((error: unknown) => error)
      expect(refused).toMatchObject({ code, params })
      const sentence = errorSentence({ code, params })
      expect(sentence).toContain('2')
      expect(sentence).toContain('1')
    }
    expect([store.digest(), store.changed()]).toEqual(before)
    expect(await take(reader, goldenFile('follow.dspk'))).toMatchObject({ new: told.follow.new, digest: told.follow.digest })
  })

  test('what only a later version understands is kept, counts in the digest, is passed on, and is shown after the upgrade', async () => {
    const reader = await readerOffice(golden)
    expect((await take(reader, goldenFile('full.dspk'))).rows['futureNote']).toBe(1)
    const { store, dir, key } = reader.folder
    expect('futureNote' in shown(reader)).toBe(false)
    expect(store.read((db) => registerHistory(db, 'futureNote' as 'unit', '0197c0de-0000-7000-8000-000000000009', 'note' as 'identity'))).toHaveLength(2)
    store.rebuildProjection()
    const digest = store.digest()
    expect(digest).toEqual(told.full.digest)
    expect((await take(await readerOffice(golden), await put(reader))).digest).toEqual(digest)
    store.close()
    const upgraded = JSON.parse(execFileSync(process.execPath, [child, dir, Buffer.from(key).toString('hex')], { encoding: 'utf8' })) as unknown
    expect(upgraded).toMatchObject({ rows: [{ id: '0197c0de-0000-7000-8000-000000000009', text: '后来的版本又写了一次', rank: 1 }], digest, verify: { ok: true, problems: [] } })
  })
})
