/** 认下: honest records of a revoked machine that came late are made to count, and all machines end equal in whichever order they hear of it. */
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { accept, planAccept } from '../../../../electron/services/exchange/accept.ts'
import { revokeDevice } from '../../../../electron/services/exchange/enrol.ts'
import { beginEpoch } from '../../../../electron/services/exchange/identity.ts'
import { cover } from '../../../../electron/services/exchange/keys/group.ts'
import { membership, storeMembership } from '../../../../electron/services/exchange/keys/key-store.ts'
import { coveragesOf, rememberCoverage } from '../../../../electron/services/exchange/keys/remember.ts'
import { placeOf, settle } from '../../../../electron/services/exchange/place.ts'
import { heed, lanesOf } from '../../../../electron/services/exchange/revoked.ts'
import { exchangeStatus } from '../../../../electron/services/exchange/status.ts'
import { tallyOf } from '../../../../electron/services/exchange/tally.ts'
import { exportPackage } from '../../../../electron/services/exchange/use-cases.ts'
import type { Change } from '../../../../electron/store/log/change-id.ts'
import { listConflicts } from '../../../../electron/store/queries/conflicts.ts'
import { rowById } from '../../../../electron/store/rows.ts'
import { author, clean, tempDir, unitValue } from '../../../host/store.ts'
import { contextOf, copyOf, exchangeAll, firstOffice, nextOffice, put, take, workOf, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

let [root, lost, relay, other]: Office[] = []
beforeEach(async () => {
  root = await firstOffice('甲机')
  lost = await nextOffice(root, '失机')
  relay = await nextOffice(root, '乙机')
  other = await nextOffice(root, '丙机')
  await take(lost, await put(root))
  edit(lost, '荆河', '荆河街道')
  await take(root, await put(lost))
  const all = await put(root)
  for (const office of [relay, other]) await take(office, all)
})

const memberOf = ({ folder: { store } }: Office) => membership(store.local, store.identity)
function edit({ folder }: Office, unit: string, name: string): void {
  folder.store.write({ kind: 'units.save', author }, (tx) => tx.put('unit', unit, 'identity', unitValue(name)))
}
const nameOf = ({ folder }: Office, unit: string): string | null | undefined => folder.store.read((db) => rowById(db, 'unit', unit))?.name
const device = (): string => memberOf(lost!).keys.device
const halt = (at = root!): void => void unwrap(revokeDevice({ device: device(), reason: '硬盘损坏' }, contextOf(at)))
const planAt = (office: Office) => planAccept({ device: device() }, contextOf(office))
const refusal = (office: Office, of = device()): string => {
  const plan = planAccept({ device: of }, contextOf(office))
  return plan.ok ? 'ok' : plan.error.code
}
async function acceptAt(office: Office): Promise<number> {
  const { seen } = unwrap(planAt(office))
  return unwrap(await accept({ name: 'accept', device: device(), reason: '停用前在该机办理，U盘后到', seen }, workOf(office))).changes
}
const barredAt = ({ folder }: Office): number => folder.store.barred.count()
const rootOf = (office: Office): void => storeMembership(office.folder.store.local, memberOf(office).card, memberOf(office).certificate, memberOf(root!).rootSeed)

/** Only these changes of another office come here, as a small package would bring them. */
function takeSome(to: Office, from: Office, wanted: (change: Change) => boolean): void {
  const tally = tallyOf()
  to.folder.store.log.take([...from.folder.store.log.changes()].filter(wanted), { from: 'some', fresh: tally.add }, () => void heed(to.folder.store, memberOf(to), tally))
}

function expectEqual(...offices: Office[]): void {
  const [first] = offices
  for (const { folder } of offices) {
    expect([folder.store.digest(), [...folder.store.dump()].join('')]).toEqual([first!.folder.store.digest(), [...first!.folder.store.dump()].join('')])
    expect([folder.store.verify(), folder.store.parked.count(), folder.store.barred.count()]).toEqual([{ ok: true, problems: [] }, 0, 0])
    expect(folder.store.read(listConflicts)).toEqual(first!.folder.store.read(listConflicts))
  }
}

/** Two records of the machine, written before the revocation, that only the relay brings; one of them of a unit. */
async function late(): Promise<void> {
  halt()
  edit(lost!, '荆河', '荆河街道办事处')
  lost!.folder.store.write({ kind: 'test.write', author }, (tx) => tx.put('letter', 'l1', 'due', { replyDue: '2026-08-01', replyDueBasis: null }, 'unit-jinghe'))
  await take(relay!, await put(lost!))
  expect((await take(root!, await put(relay!))).barred).toMatchObject([{ changes: 2 }])
}

test('the person sees what would count, says why, and it counts at once; said in the audit trail, shown in the status', async () => {
  await late()
  const revoked = () => unwrap(exchangeStatus(contextOf(root!))).revoked
  expect(revoked()).toEqual([{ device: device(), name: '失机', barred: 2 }])
  expect(unwrap(planAt(root!))).toMatchObject({ device: device(), name: '失机', changes: 2, rows: { unit: 1, letter: 1 }, numbersTotal: 0 })
  expect(nameOf(root!, '荆河')).toBe('荆河街道')
  expect(await acceptAt(root!)).toBe(2)
  expect([nameOf(root!, '荆河'), barredAt(root!), revoked()[0]!.barred]).toEqual(['荆河街道办事处', 0, 0])
  const said = root!.folder.store.read((db) => db.all<{ kind: string; note: string }>('SELECT kind, note FROM action ORDER BY first_n DESC LIMIT 1'))
  expect(said).toEqual([{ kind: 'exchange.accept', note: '停用前在该机办理，U盘后到' }])
  expect(root!.folder.store.verify()).toEqual({ ok: true, problems: [] })
})

test.each(['records first', 'acceptance first', 'both in one package'])('three machines end equal: %s', async (order) => {
  await late()
  const [records, before] = [await put(relay!), root!.folder.store.log.mark()]
  if (order === 'records first') {
    await take(other!, await put(root!))
    expect([barredAt(other!), nameOf(other!, '荆河')]).toEqual([2, '荆河街道'])
  }
  await acceptAt(root!)
  if (order === 'acceptance first') {
    takeSome(other!, root!, (change) => change.origin.toString('hex') === root!.folder.store.identity.origin)
    expect([other!.folder.store.log.mark() >= before - 2, nameOf(other!, '荆河')]).toEqual([true, '荆河街道'])
    await take(other!, records)
  } else await take(other!, await put(root!))
  expect([barredAt(other!), nameOf(other!, '荆河')]).toEqual([0, '荆河街道办事处'])
  await take(relay!, await put(root!))
  await exchangeAll([root!, relay!, other!])
  other!.folder.store.rebuildProjection()
  expectEqual(root!, relay!, other!)
})

test('a machine that sees one unit holds its records back with the others, and counts them with the others', async () => {
  const town = await nextOffice(root!, '镇机', 0, ['unit-jinghe'])
  const due = () => town.folder.store.read((db) => rowById(db, 'letter', 'l1'))?.replyDue
  const told = async (): Promise<void> => {
    const target = join(tempDir(), 'town.dspk')
    unwrap(await exportPackage({ name: 'export', to: memberOf(town).keys.device, full: true, target, place: 'stick' }, workOf(root!)))
    await take(town, target)
  }
  await late()
  await told()
  expect([barredAt(town), due()]).toEqual([2, undefined])
  await acceptAt(root!)
  await told()
  expect([barredAt(town), due(), town.folder.store.verify().problems]).toEqual([0, '2026-08-01', []])
  const { shared, 'unit-jinghe': unit } = root!.folder.store.digest()
  expect(town.folder.store.digest()).toMatchObject({ shared, 'unit-jinghe': unit })
})

test('who has not heard yet shows another state and raises no alarm', async () => {
  // The unit has a record that counts anyhow: its scope is told of by both.
  root!.folder.store.write({ kind: 'test.write', author }, (tx) => tx.put('letter', 'l0', 'due', { replyDue: '2026-08-02', replyDueBasis: null }, 'unit-jinghe'))
  await late()
  await take(other!, await put(root!))
  await acceptAt(root!)
  expect([barredAt(root!), barredAt(other!)]).toEqual([0, 2])
  expect((await take(root!, await put(other!))).differs).toEqual([])
  expect((await take(other!, await put(root!))).differs).toEqual([])
})

test('what comes after the acceptance is barred again, and can be accepted again', async () => {
  await late()
  await acceptAt(root!)
  edit(lost!, '龙泉', '龙泉街道')
  await take(relay!, await put(lost!))
  expect((await take(root!, await put(relay!))).barred).toMatchObject([{ changes: 1 }])
  expect([nameOf(root!, '荆河'), nameOf(root!, '龙泉')]).toEqual(['荆河街道办事处', undefined])
  expect(await acceptAt(root!)).toBe(1)
  await take(relay!, await put(root!))
  await take(root!, await put(relay!))
  expectEqual(root!, relay!)
  expect(nameOf(relay!, '龙泉')).toBe('龙泉街道')
})

test('a coverage that the acceptance replaced in the register counts on: where both come in one package, and in a folder that is made anew', async () => {
  const twin = copyOf(lost!, '失机的复制', false)
  beginEpoch(placeOf(twin.env, twin.folder.store))
  halt()
  // The relay knows a record that the root has not got, and says so; the root hears that, and not of the record.
  edit(lost!, '龙泉', '龙泉街道')
  await take(relay!, await put(lost!))
  const { card, rootSeed } = memberOf(root!)
  const wider = cover(card, rootSeed!, device(), lanesOf(relay!.folder.store, memberOf(relay!), device()), 5)
  root!.folder.store.write({ kind: 'exchange.revoke', author }, (tx) => tx.put('device', device(), 'covered', { coverage: wider }))
  rememberCoverage(root!.folder.store.exchange, card, wider)
  // Another record, under a number of its own, comes to the root and is accepted without the first.
  edit(twin, '北辛', '北辛街道')
  await take(other!, await put(twin))
  await take(root!, await put(other!))
  expect(nameOf(root!, '北辛')).toBeUndefined()
  expect(await acceptAt(root!)).toBe(1)
  const anew = await nextOffice(root!, '丁机')
  await take(anew, await put(root!))
  const known = (office: Office): number => coveragesOf(office.folder.store.exchange, card).length
  expect([known(root!), known(anew)]).toEqual([3, 3])
  // Only now the first one comes; the relay must have heard of the new machine to write for it.
  await take(relay!, await put(root!))
  const later = await put(relay!)
  for (const office of [anew, root!]) await take(office, later)
  await exchangeAll([root!, relay!, anew])
  expectEqual(root!, relay!, anew)
  expect([nameOf(anew, '龙泉'), nameOf(anew, '北辛')]).toEqual(['龙泉街道', '北辛街道'])
})

test('a folder whose program took revocation and acceptance in without knowing of coverages remembers both at the next log-in', async () => {
  await late()
  await acceptAt(root!)
  edit(lost!, '龙泉', '龙泉街道')
  await take(relay!, await put(lost!))
  await take(root!, await put(relay!))
  // As an older program did: into the log, and no more.
  other!.folder.store.log.take(root!.folder.store.log.changes(), { from: 'older program' })
  expect([nameOf(other!, '荆河'), nameOf(other!, '龙泉'), barredAt(other!)]).toEqual(['荆河街道办事处', '龙泉街道', 0])
  settle(other!.env, other!.folder.store)
  expect([nameOf(other!, '荆河'), nameOf(other!, '龙泉'), barredAt(other!)]).toEqual(['荆河街道办事处', undefined, 1])
  expect((await take(root!, await put(other!))).differs).toEqual([])
  expect([other!.folder.store.digest(), other!.folder.store.verify().problems]).toEqual([root!.folder.store.digest(), []])
  const rebuilt = other!.folder.store.changed()
  settle(other!.env, other!.folder.store)
  expect([coveragesOf(other!.folder.store.exchange, memberOf(other!).card).length, other!.folder.store.changed() - rebuilt < 10]).toEqual([2, true])
})

test('two machines that accept apart accept together', async () => {
  await late()
  rootOf(relay!)
  const twin = copyOf(lost!, '失机的复制', false)
  beginEpoch(placeOf(twin.env, twin.folder.store))
  edit(twin, '北辛', '北辛街道')
  await take(relay!, await put(root!))
  await take(other!, await put(twin))
  await take(relay!, await put(other!))
  expect([await acceptAt(root!), await acceptAt(relay!)]).toEqual([2, 3])
  await exchangeAll([root!, relay!, other!])
  expectEqual(root!, relay!, other!)
  expect([nameOf(root!, '荆河'), nameOf(root!, '北辛')]).toEqual(['荆河街道办事处', '北辛街道'])
})

test('refused: no root, some units only, not revoked, no such records, no such machine, other records than were seen', async () => {
  expect([refusal(root!), refusal(root!, 'nobody')]).toEqual(['ACCEPT_NOT_REVOKED', 'NOT_FOUND'])
  const town = await nextOffice(root!, '镇机', 0, ['unit-jinghe'])
  halt()
  expect(refusal(root!)).toBe('ACCEPT_NOTHING')
  await expect(accept({ name: 'accept', device: device(), reason: '无', seen: '0'.repeat(64) }, workOf(root!))).rejects.toMatchObject({ code: 'ACCEPT_NOTHING' })
  edit(lost!, '荆河', '荆河街道办事处')
  await take(relay!, await put(lost!))
  await take(root!, await put(relay!))
  await take(relay!, await put(root!))
  expect([barredAt(relay!), refusal(relay!), refusal(root!)]).toEqual([1, 'GROUP_NO_ROOT', 'ok'])
  rootOf(relay!)
  expect(refusal(relay!)).toBe('ok')
  rootOf(town)
  expect(refusal(town)).toBe('ACCEPT_SOME_UNITS')
  const { seen } = unwrap(planAt(root!))
  edit(lost!, '龙泉', '龙泉街道')
  await take(other!, await put(lost!))
  await take(root!, await put(other!))
  const before = [root!.folder.store.digest(), root!.folder.store.log.mark(), coveragesOf(root!.folder.store.exchange, memberOf(root!).card).length]
  await expect(accept({ name: 'accept', device: device(), reason: '无', seen }, workOf(root!))).rejects.toMatchObject({ code: 'STALE' })
  expect([root!.folder.store.digest(), root!.folder.store.log.mark(), coveragesOf(root!.folder.store.exchange, memberOf(root!).card).length]).toEqual(before)
})
