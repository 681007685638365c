/** Offices edited apart end equal, whatever the order of the sticks; what is really disputed goes to a person, the same list everywhere. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { listConflicts } from '../../../../electron/store/queries/conflicts.ts'
import { resolve } from '../../../../electron/services/exchange/decide.ts'
import { packVector } from '../../../../electron/services/exchange/format/packed-vector.ts'
import { membership } from '../../../../electron/services/exchange/keys/key-store.ts'
import { registerHistory } from '../../../../electron/store/queries/history.ts'
import { rowById } from '../../../../electron/store/rows.ts'
import { author, clean, unitValue } from '../../../host/store.ts'
import { copyOf, exchangeAll, firstOffice, nextOffice, put, take, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

const day = 24 * 60 * 60 * 1000
const uuid = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function edit({ folder }: Office, unit: string, name: string): void {
  folder.store.write({ kind: 'units.save', author }, (tx) => tx.put('unit', uuid(unit), 'identity', unitValue(name), uuid(unit)))
}
const nameOf = ({ folder }: Office, unit: string): string | null | undefined => folder.store.read((db) => rowById(db, 'unit', uuid(unit)))?.name
const dump = ({ folder }: Office): string => [...folder.store.dump()].join('')

/** Also: the projection made anew from the log is the one that was kept. */
function expectEqual(offices: readonly Office[]): void {
  const [first] = offices
  for (const office of offices) {
    expect(office.folder.store.digest()).toEqual(first!.folder.store.digest())
    expect(dump(office)).toBe(dump(first!))
    expect(office.folder.store.read(listConflicts)).toEqual(first!.folder.store.read(listConflicts))
    expect(office.folder.store.parked.count()).toBe(0)
    expect(office.folder.store.verify()).toEqual({ ok: true, problems: [] })
  }
}

async function three(): Promise<[Office, Office, Office]> {
  const a = await firstOffice('甲机')
  const b = await nextOffice(a, '乙机', 10 * day)
  const c = await nextOffice(a, '丙机', -10 * day)
  // They learn of each other from the office that enrolled them.
  const first = await put(a)
  for (const office of [b, c]) await take(office, first)
  await exchangeAll([a, b, c])
  return [a, b, c]
}

describe('three offices', () => {
  test('edited apart with clocks ten days off and one folder copied end with equal digests, every edit, and one list of conflicts', async () => {
    const [a, b, c] = await three()
    edit(a, '荆河', '荆河街道')
    await exchangeAll([a, b, c])
    const clone = copyOf(b, '乙机的复制')
    expect(clone.folder.store.identity.origin).not.toBe(b.folder.store.identity.origin)
    edit(a, '荆河', '荆河街道甲')
    edit(b, '荆河', '荆河街道乙')
    edit(c, '龙泉', '龙泉街道')
    edit(clone, '北辛', '北辛街道')
    await exchangeAll([clone, c, a, b])
    const all = [a, b, c, clone]
    expectEqual(all)
    for (const office of all) {
      expect([nameOf(office, '龙泉'), nameOf(office, '北辛')]).toEqual(['龙泉街道', '北辛街道'])
      const history = office.folder.store.read((db) => registerHistory(db, 'unit', uuid('荆河'), 'identity'))
      expect(history.map((one) => one.value.name).sort()).toEqual(['荆河街道', '荆河街道乙', '荆河街道甲'].sort())
    }
    const [conflict, ...others] = a.folder.store.read(listConflicts)
    expect(others).toEqual([])
    expect(conflict).toMatchObject({ class: 'hard', table: 'unit', register: 'identity', row: uuid('荆河') })
    // The clock that runs ahead only picks what is shown meanwhile.
    expect(conflict!.survivors.map((one) => [one.value['name'], one.shown])).toEqual([['荆河街道乙', true], ['荆河街道甲', false]])
  })

  test('a decision settles the conflict everywhere; two different decisions are a new one', async () => {
    const [a, b, c] = await three()
    edit(a, '荆河', '甲写的')
    edit(b, '荆河', '乙写的')
    await exchangeAll([a, b, c])
    const decide = (office: Office, name: string): unknown => {
      const conflict = office.folder.store.read(listConflicts)[0]!
      const take = conflict.survivors.find((one) => one.value['name'] === name)!.id
      return resolve({ id: conflict.id, take }, { store: office.folder.store, account: { id: author, name: '甲', roles: [] } } as never)
    }
    expect(decide(a, '甲写的')).toMatchObject({ ok: true, value: { left: 0 } })
    expect(decide(b, '乙写的')).toMatchObject({ ok: true, value: { left: 0 } })
    await exchangeAll([a, b, c])
    expectEqual([a, b, c])
    expect(c.folder.store.read(listConflicts).map((one) => one.survivors.length)).toEqual([2])
    decide(c, '甲写的')
    await exchangeAll([a, b, c])
    expectEqual([a, b, c])
    expect([a, b, c].map((office) => [nameOf(office, '荆河'), office.folder.store.read(listConflicts).length])).toEqual([['甲写的', 0], ['甲写的', 0], ['甲写的', 0]])
  })

  test('an edit that a removal did not know keeps the row and goes to a person', async () => {
    const [a, b, c] = await three()
    edit(a, '荆河', '荆河街道')
    await exchangeAll([a, b, c])
    a.folder.store.write({ kind: 'units.remove', author }, (tx) => tx.remove('unit', uuid('荆河')))
    edit(b, '荆河', '荆河街道办')
    await exchangeAll([a, b, c])
    expectEqual([a, b, c])
    const [conflict] = c.folder.store.read(listConflicts)
    expect(conflict).toMatchObject({ class: 'hard', register: 'tombstone' })
    expect(nameOf(c, '荆河')).toBe('荆河街道办')
    const removal = conflict!.survivors.find((one) => one.register === 'tombstone')!
    expect(resolve({ id: conflict!.id, take: removal.id }, { store: c.folder.store, account: { id: author } } as never)).toMatchObject({ ok: true, value: { left: 0 } })
    await exchangeAll([a, b, c])
    expectEqual([a, b, c])
    expect(a.folder.store.read((db) => rowById(db, 'unit', uuid('荆河')))).toBeUndefined()
  })
})

describe('receiving', () => {
  test('a dry run tells what the import then does, and leaves the database as it was', async () => {
    const [a, b] = await three()
    edit(a, '荆河', '荆河街道')
    const file = await put(a)
    const before = [dump(b), JSON.stringify(b.folder.store.digest()), b.folder.store.exchange.packages('in', 100).length]
    const dry = await take(b, file, true)
    expect([dump(b), JSON.stringify(b.folder.store.digest()), b.folder.store.exchange.packages('in', 100).length]).toEqual(before)
    const real = await take(b, file)
    expect({ ...dry, dryRun: false, digest: null }).toEqual({ ...real, digest: null })
    expect(dry.digest).toEqual(real.digest)
    expect(real).toMatchObject({ new: 1, parked: 0, differs: [], again: false })
    expect(await take(b, file)).toMatchObject({ new: 0, again: true, digest: real.digest })
  })

  test('matters that the other side has decided are told as settled, beside new ones: the count alone would hide them', async () => {
    const [a, b, c] = await three()
    for (const unit of ['荆河', '龙泉']) for (const office of [a, b]) edit(office, unit, `${office.name}写的${unit}`)
    await exchangeAll([a, b, c])
    const [first] = a.folder.store.read(listConflicts)
    resolve({ id: first!.id, take: first!.survivors[0]!.id }, { store: a.folder.store, account: { id: author, name: '甲', roles: [] } } as never)
    edit(a, '北辛', '甲写的')
    edit(b, '北辛', '乙写的')
    const file = await put(a)
    // One gone and one come: two as before.
    for (const dry of [true, false]) expect(await take(b, file, dry)).toMatchObject({ conflicts: 2, newConflicts: 1, settled: 1 })
    expect(await take(b, file)).toMatchObject({ conflicts: 2, newConflicts: 0, settled: 0 })
  })

  test('a gap is kept, told, and closed by the missing changes', async () => {
    const [a, b, c] = await three()
    edit(a, '荆河', '一')
    // As if the others had got it, and so long ago that the overlap does not send it again.
    const { store } = a.folder
    for (const office of [b, c]) store.exchange.setPeer({ device: membership(office.folder.store.local, office.folder.store.identity).keys.device, origin: office.folder.store.identity.origin, vector: JSON.stringify(packVector(store.log.tips())), seen: 1, package: 'x' })
    a.env.clock += 60 * day
    edit(a, '荆河', '二')
    const report = await take(b, await put(a, false))
    expect(report).toMatchObject({ new: 0, parked: 1, gaps: [{ origin: store.identity.origin, scope: uuid('荆河'), from: 1, to: 1 }] })
    expect([nameOf(b, '荆河'), b.folder.store.parked.count()]).toEqual([undefined, 1])
    expect(await take(b, await put(a))).toMatchObject({ parked: 0, gaps: [], duplicate: expect.any(Number) as number })
    expect([nameOf(b, '荆河'), b.folder.store.parked.count()]).toEqual(['二', 0])
  })

  test('attachments come along, once', async () => {
    const [a, b] = await three()
    const bytes = readFileSync(join(import.meta.dirname, 'three-offices.test.ts'))
    const sha256 = a.folder.store.blobs.put(bytes)
    a.folder.store.write({ kind: 'letters.reply', author }, (tx) => tx.put('attachment', uuid('scan'), 'fact', { ownerId: uuid('reply'), fileName: '扫描.png', mime: 'image/png', size: bytes.length, sha256 }))
    const file = await put(a)
    expect((await take(b, file, true)).blobs).toBe(1)
    expect(b.folder.store.blobs.has(sha256)).toBe(false)
    await take(b, file)
    expect(Buffer.from(b.folder.store.blobs.get(sha256)).equals(bytes)).toBe(true)
  })

  test('a clone that nobody noticed is seen when its branch comes in, and both branches stay', async () => {
    const [a, b, c] = await three()
    const clone = copyOf(b, '乙机的复制', false)
    edit(b, '荆河', '乙写的')
    edit(clone, '龙泉', '复制机写的')
    const origin = b.folder.store.identity.origin
    await exchangeAll([a, b, c, clone])
    expect(b.folder.store.identity.origin).not.toBe(origin)
    edit(b, '北辛', '以后的')
    await exchangeAll([a, b, c, clone])
    expectEqual([a, b, c, clone])
    expect(['荆河', '龙泉', '北辛'].map((unit) => nameOf(a, unit))).toEqual(['乙写的', '复制机写的', '以后的'])
  })
})
