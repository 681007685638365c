/** What a revoked machine writes on comes round by relays that have not heard: it has no effect anywhere, and all machines end equal whoever heard first. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { revokeDevice } from '../../../../electron/services/exchange/enrol.ts'
import { acknowledgeGap } from '../../../../electron/services/exchange/gap-files.ts'
import { beginEpoch } from '../../../../electron/services/exchange/identity.ts'
import { cover, revoke } from '../../../../electron/services/exchange/keys/group.ts'
import { membership } from '../../../../electron/services/exchange/keys/key-store.ts'
import { placeOf } from '../../../../electron/services/exchange/place.ts'
import { gapsOf } from '../../../../electron/services/exchange/receive.ts'
import { lanesOf } from '../../../../electron/services/exchange/revoked.ts'
import { listConflicts } from '../../../../electron/store/queries/conflicts.ts'
import { rowById } from '../../../../electron/store/rows.ts'
import { author, clean, unitValue } from '../../../host/store.ts'
import { contextOf, copyOf, exchangeAll, firstOffice, nextOffice, put, take, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

let [root, lost, relay, other]: Office[] = []
beforeEach(async () => {
  root = await firstOffice('甲机')
  lost = await nextOffice(root, '失机')
  relay = await nextOffice(root, '乙机')
  other = await nextOffice(root, '丙机')
  for (const office of [lost, relay, other]) await take(office, await put(root))
  edit(lost, '荆河', '荆河街道')
  await exchangeAll([root, lost, relay, other])
})

const memberOf = ({ folder: { store } }: Office) => membership(store.local, store.identity)
function edit({ folder }: Office, unit: string, name: string): void {
  folder.store.write({ kind: 'units.save', author }, (tx) => tx.put('unit', unit, 'identity', unitValue(name)))
}
const nameOf = ({ folder }: Office, unit: string): string | null | undefined => folder.store.read((db) => rowById(db, 'unit', unit))?.name
const device = (): string => memberOf(lost!).keys.device
const halt = (): void => void unwrap(revokeDevice({ device: device(), reason: '丢失' }, contextOf(root!)))

function expectEqual(...offices: Office[]): void {
  const [first] = offices
  for (const { folder } of offices) {
    expect([folder.store.digest(), [...folder.store.dump()].join('')]).toEqual([first!.folder.store.digest(), [...first!.folder.store.dump()].join('')])
    expect([folder.store.verify(), folder.store.parked.count()]).toEqual([{ ok: true, problems: [] }, 0])
    expect(folder.store.read(listConflicts)).toEqual(first!.folder.store.read(listConflicts))
  }
}

test('a relay that has not heard brings it: said with the machine and the number, without effect; what it wrote before counts', async () => {
  halt()
  edit(lost!, '荆河', '改掉')
  edit(lost!, '新增', '新增的')
  // In a scope of which both then have the same lanes: that they do not say the same yet is no alarm.
  lost!.folder.store.write({ kind: 'test.write', author }, (tx) => tx.put('letter', 'l1', 'due', { replyDue: '2026-08-01', replyDueBasis: null }, 'unit-jinghe'))
  const file = await put(lost!)
  await expect(take(root!, file)).rejects.toMatchObject({ code: 'PACKAGE_REVOKED' })
  await take(relay!, file)
  expect(nameOf(relay!, '荆河')).toBe('改掉')
  const relayed = await put(relay!)
  const before = root!.folder.store.digest()
  const dry = await take(root!, relayed, true)
  expect(dry.barred).toEqual([{ device: device(), name: '失机', changes: 3 }])
  expect(dry.differs).toEqual([])
  expect([root!.folder.store.digest(), root!.folder.store.barred.count()]).toEqual([before, 0])
  expect((await take(root!, relayed)).barred).toEqual(dry.barred)
  expect([nameOf(root!, '荆河'), nameOf(root!, '新增')]).toEqual(['荆河街道', undefined])
  // Said once.
  expect(await take(root!, await put(relay!))).toMatchObject({ barred: [], differs: [] })
})

test('who took it before hearing lets go of it: all end equal, in whichever order the packages came', async () => {
  edit(lost!, '荆河', '改掉')
  const first = await put(lost!)
  await take(relay!, first)
  // An honest edit on top of the forged one.
  edit(relay!, '荆河', '在改掉之上')
  halt()
  edit(lost!, '龙泉', '以后的')
  await take(other!, await put(lost!))
  const [fromRelay, fromRoot] = [await put(relay!), await put(root!)]
  await take(other!, fromRelay)
  expect((await take(other!, fromRoot)).barred).toMatchObject([{ changes: 2 }])
  await take(relay!, fromRoot)
  await exchangeAll([other!, root!, relay!])
  expectEqual(root!, relay!, other!)
  expect([nameOf(root!, '荆河'), nameOf(other!, '龙泉')]).toEqual(['在改掉之上', undefined])
  // The projection made anew says the same.
  relay!.folder.store.rebuildProjection()
  expectEqual(root!, relay!, other!)
})

test('a new epoch of the machine, and a branch beside what counts, are none of what counts', async () => {
  const twin = copyOf(lost!, '失机的复制', false)
  edit(lost!, '北辛', '计入的')
  await take(root!, await put(lost!))
  halt()
  edit(twin, '北辛', '另一支')
  beginEpoch(placeOf(lost!.env, lost!.folder.store))
  edit(lost!, '北辛', '新编号写的')
  for (const one of [twin, lost!]) await take(relay!, await put(one))
  expect((await take(root!, await put(relay!))).barred).toMatchObject([{ changes: 2 }])
  await exchangeAll([root!, relay!, other!])
  expectEqual(root!, relay!, other!)
  expect(nameOf(other!, '北辛')).toBe('计入的')
})

test('what counts is what two offices that revoked apart knew together; revoking once more lets nothing in', async () => {
  const { card, rootSeed } = memberOf(root!)
  edit(lost!, '龙泉', '乙机收到过')
  await take(relay!, await put(lost!))
  halt()
  const { store } = relay!.folder
  store.write({ kind: 'exchange.revoke', author }, (tx) => {
    tx.put('device', device(), 'revoked', { revocation: revoke(card, rootSeed!, device(), 5), revokedOn: '2026-07-01', revokedBy: author, revokeReason: '丢失' })
    tx.put('device', device(), 'covered', { coverage: cover(card, rootSeed!, device(), lanesOf(store, memberOf(relay!), device()), 5) })
  })
  edit(lost!, '东郭', '以后的')
  await take(other!, await put(lost!))
  await exchangeAll([other!, relay!, root!])
  halt()
  await exchangeAll([other!, relay!, root!])
  expectEqual(root!, other!)
  expect([nameOf(root!, '龙泉'), nameOf(root!, '东郭')]).toEqual(['乙机收到过', undefined])
})

test('a coverage that the root did not sign bars nothing', async () => {
  edit(lost!, '龙泉', '龙泉街道')
  await take(root!, await put(lost!))
  const { card } = memberOf(root!)
  relay!.folder.store.write({ kind: 'test.forge', author }, (tx) => tx.put('device', device(), 'covered', { coverage: cover(card, new Uint8Array(32).fill(7), device(), [], 5) }))
  expect((await take(root!, await put(relay!))).barred).toEqual([])
  expect(nameOf(root!, '龙泉')).toBe('龙泉街道')
})

test('records that a given up gap releases are barred like those of a package', async () => {
  halt()
  edit(lost!, '龙泉', '丢失的一条')
  edit(lost!, '北辛', '停用后的')
  const { origin } = lost!.folder.store.identity
  const top = Math.max(...[...lost!.folder.store.log.changes()].filter((change) => change.origin.toString('hex') === origin).map((change) => change.seq))
  root!.folder.store.log.take([...lost!.folder.store.log.changes()].filter((change) => change.origin.toString('hex') === origin && change.seq !== top - 1), { from: 'some' })
  expect(root!.folder.store.parked.count()).toBe(1)
  const [gap] = gapsOf(root!.folder.store, null)
  expect(unwrap(acknowledgeGap({ before: gap!.before, reason: '找不回' }, contextOf(root!)))).toEqual({ released: 1, parked: 0 })
  expect([nameOf(root!, '北辛'), root!.folder.store.barred.count()]).toEqual([undefined, 1])
})
