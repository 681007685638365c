/** Rules that one machine keeps and two can break together: each is listed on both, blocks what it must, and an ordinary decision ends it everywhere. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { buildRoster } from '../../../../shared/domain/import/roster.ts'
import { conflicts, resolve, type ConflictItem } from '../../../../electron/services/exchange/decide.ts'
import { disputedAmong } from '../../../../electron/services/exchange/disputed.ts'
import { registerHistory } from '../../../../electron/services/exchange/history.ts'
import { membership } from '../../../../electron/services/exchange/keys/key-store.ts'
import { checkLetters, submitLetters } from '../../../../electron/services/letters/check.ts'
import { discardLetter } from '../../../../electron/services/letters/compose.ts'
import { issueLetters } from '../../../../electron/services/letters/issue.ts'
import { grantLease, numbersAuthority, setNumberAuthority } from '../../../../electron/services/letters/number-leases.ts'
import { numberId } from '../../../../electron/services/letters/numbers.ts'
import { getOfficial, joinOfficials, listOfficials, saveOfficial } from '../../../../electron/services/people/officials.ts'
import { removeUnit, saveUnit } from '../../../../electron/services/people/units.ts'
import { putSettings } from '../../../../electron/services/settings.ts'
import { allPosts, allUnits } from '../../../../electron/store/queries/people.ts'
import { rowById, textsOf } from '../../../../electron/store/rows.ts'
import type { OpenContext } from '../../../../electron/services/context.ts'
import { author, clean } from '../../../host/store.ts'
import { compose, day, department, putPeople, township } from '../../../host/letter-office.ts'
import { contextOf, exchangeAll, firstOffice, nextOffice, put, take, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

let [a, b] = [] as unknown as [Office, Office]
const taskforce = 'unit-zhuanban'
beforeEach(async () => {
  a = await firstOffice('甲机')
  b = await nextOffice(a, '乙机')
  a.folder.store.write({ kind: 'test.people', author }, (tx) => {
    putSettings(tx, { organ: '中共滕州市委办公室', code: '滕督函' })
    putPeople(tx)
    tx.put('unit', taskforce, 'identity', { name: '攻坚专班', kind: 'taskforce' })
  })
  await take(b, await put(a))
})

const open = (office: Office): ConflictItem[] => unwrap(conflicts(contextOf(office))).conflicts
const shape = (one: ConflictItem) => ({ id: one.id, class: one.class, title: one.title, sides: one.survivors.map(({ id, value, shown }) => ({ id, value, shown })) })
const saved = (office: Office): readonly number[] => [office.folder.store.log.mark(), office.folder.store.changed()]

/** The one conflict, the same on both machines. */
async function met(): Promise<ConflictItem> {
  await exchangeAll([a, b])
  expect(open(a).map(shape)).toEqual(open(b).map(shape))
  expect(open(a)).toHaveLength(1)
  return open(a)[0]!
}
function decide(office: Office, conflict: ConflictItem, wanted: (value: Record<string, unknown>) => boolean): void {
  expect(unwrap(resolve({ id: conflict.id, take: conflict.survivors.find((one) => wanted(one.value))!.id }, contextOf(office)))).toMatchObject({ left: 0 })
}
async function settled(check: (office: Office) => void): Promise<void> {
  await exchangeAll([a, b])
  expect(a.folder.store.digest()).toEqual(b.folder.store.digest())
  for (const office of [a, b]) {
    expect(open(office)).toEqual([])
    check(office)
    const before = [...office.folder.store.dump()].join('')
    office.folder.store.rebuildProjection()
    expect([...office.folder.store.dump()].join('')).toBe(before)
  }
}
const unitNames = (office: Office): string[] => office.folder.store.read(allUnits).map((one) => one.name ?? '').sort()
const official = { name: '周建国', gender: '男', birth: '1980-01', phone: null, note: null, namesakeConfirmed: false } as const
const postIn = (unitId: string, id: string | null = null) => ({ id, unitId, title: '副主任', rank: null, isHead: false, portfolio: null, since: '2026-01', until: null })
const officials = (office: Office): string[] => unwrap(listOfficials({ query: null, unitId: null, onlyHeads: false, sort: 'name', direction: 'asc', cursor: null, limit: 100 }, contextOf(office))).items.map((one) => one.name).sort()

describe('removed on one machine, used on the other', () => {
  test('a unit that got an official: nothing is issued to it; keeping it brings it back', async () => {
    const drafter: OpenContext = { ...contextOf(b), account: { ...contextOf(b).account, id: 'drafter' } }
    const { id } = compose(drafter, { unitId: taskforce, officialId: 'zhao' })
    unwrap(submitLetters({ ids: [id] }, drafter))
    unwrap(checkLetters({ ids: [id], pass: true, note: null }, contextOf(b)))
    const person = unwrap(saveOfficial({ ...official, id: null, post: postIn(taskforce) }, contextOf(b)))
    unwrap(removeUnit({ id: taskforce, reason: '撤并' }, contextOf(a)))
    const conflict = await met()
    expect(conflict).toMatchObject({ id: `unit.tombstone/${taskforce}`, class: 'hard', title: '攻坚专班', letterId: null })
    expect(conflict.survivors.map(({ value, shown, machine }) => ({ value, shown, machine }))).toEqual([
      { value: { deleted: true }, shown: true, machine: '甲机' }, { value: { officials: 1, letters: 1 }, shown: false, machine: '乙机' },
    ])
    expect(unwrap(disputedAmong({ rows: [taskforce, township] }, contextOf(a))).rows).toEqual([taskforce])
    expect(() => unwrap(issueLetters({ ids: [id], date: day }, contextOf(b)))).toThrow('LETTER_DISPUTED')
    const before = saved(a)
    expect(() => resolve({ id: conflict.id, take: conflict.survivors[0]!.id }, contextOf(a))).toThrow('ROW_IN_USE')
    expect(resolve({ id: conflict.id, value: { name: '别名', kind: 'taskforce' } }, contextOf(a))).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } })
    expect(saved(a)).toEqual(before)
    decide(a, conflict, (value) => value['officials'] === 1)
    await settled((office) => {
      expect(unitNames(office)).toContain('攻坚专班')
      expect(unwrap(getOfficial({ id: person.id }, contextOf(office))).unit).toBe('攻坚专班')
    })
    // The ordinary way says what is still in the way.
    expect(() => removeUnit({ id: taskforce, reason: '撤并' }, contextOf(a))).toThrow('UNIT_HAS_OFFICIALS')
  })

  test('moving whatever uses it ends it as well, and the unit stays removed; closed letters and reports alone are history', async () => {
    const person = unwrap(saveOfficial({ ...official, id: null, post: postIn(taskforce) }, contextOf(b)))
    const letter = compose(contextOf(b), { unitId: taskforce, officialId: null as never }).id
    b.folder.store.write({ kind: 'test.report', author }, (tx) => tx.put('report', 'r1', 'content', { kind: 'tasks', period: '2026-06', unitId: taskforce, officialId: null, item: '事项', figures: {}, remark: null }, taskforce))
    unwrap(removeUnit({ id: taskforce, reason: '撤并' }, contextOf(a)))
    await met()
    const { posts } = unwrap(getOfficial({ id: person.id }, contextOf(b)))
    unwrap(saveOfficial({ ...official, id: person.id, post: postIn(department, posts[0]!.id) }, contextOf(b)))
    expect(open(b)[0]!.survivors[1]!.value).toEqual({ letters: 1 })
    unwrap(discardLetter({ id: letter, reason: '撤并' }, contextOf(b)))
    await settled((office) => expect(unitNames(office)).not.toContain('攻坚专班'))
  })

  test('one machine alone refuses it', () => {
    const { id } = compose(contextOf(a), { unitId: taskforce, officialId: null as never })
    expect(() => removeUnit({ id: taskforce, reason: '撤并' }, contextOf(a))).toThrow('ROW_IN_USE')
    unwrap(discardLetter({ id, reason: '撤并' }, contextOf(a)))
    unwrap(removeUnit({ id: taskforce, reason: '撤并' }, contextOf(a)))
    expect(open(a)).toEqual([])
  })

  test('an official that came with a roster which was undone: letter, report and whoever was joined into him; a post alone keeps nobody', async () => {
    const person = unwrap(saveOfficial({ ...official, id: null, post: postIn(department) }, contextOf(a)))
    const twin = unwrap(saveOfficial({ ...official, id: null, namesakeConfirmed: true, post: postIn(township) }, contextOf(a)))
    await take(b, await put(a))
    const { posts } = unwrap(getOfficial({ id: person.id }, contextOf(a)))
    a.folder.store.write({ kind: 'bulletins.undo', author }, (tx) => {
      tx.remove('official', person.id)
      tx.remove('post', posts[0]!.id)
    })
    b.folder.store.write({ kind: 'test.report', author }, (tx) => tx.put('report', 'r1', 'content', { kind: 'tasks', period: '2026-06', unitId: department, officialId: person.id, item: '事项', figures: {}, remark: null }, department))
    const letter = compose(contextOf(b), { unitId: department, officialId: person.id })
    unwrap(saveOfficial({ ...official, id: person.id, namesakeConfirmed: true, post: postIn(township) }, contextOf(b)))
    unwrap(joinOfficials({ id: twin.id, into: person.id, reason: '同一人' }, contextOf(b)))
    const alone = unwrap(saveOfficial({ ...official, id: null, namesakeConfirmed: true, post: postIn(department) }, contextOf(a)))
    a.folder.store.write({ kind: 'bulletins.undo', author }, (tx) => tx.remove('official', alone.id))
    const conflict = await met()
    expect(conflict).toMatchObject({ id: `official.tombstone/${person.id}`, class: 'hard', title: '周建国' })
    expect(conflict.survivors[1]!.value).toEqual({ letters: 1, reports: 1, joins: 1 })
    decide(b, conflict, (value) => value['deleted'] !== true)
    await settled((office) => {
      expect(officials(office).filter((name) => name === official.name)).toEqual([official.name])
      expect(office.folder.store.read((db) => rowById(db, 'letter', letter.id))?.officialId).toBe(person.id)
    })
  })
})

describe('units that answer to one name', () => {
  const alias = (office: Office, id: string, name: string, shortName: string | null, aliases: string[] = []) => unwrap(saveUnit({ id, name, kind: 'department', shortName, aliases }, contextOf(office)))

  test('a workbook finds neither; names are changed on the unit\'s page, and that ends it', async () => {
    alias(a, department, '市发展和改革局', '改革办')
    alias(b, taskforce, '攻坚专班', '攻坚办', ['改革办', '攻坚组'])
    const found = (office: Office) => buildRoster({ units: office.folder.store.read(allUnits).map((one) => ({ id: one.id, name: one.name ?? '', shortName: one.shortName, aliases: textsOf(one.aliases), kind: 'department' })) as never, posts: [] }).findUnit('改革办')
    const conflict = await met()
    expect(conflict).toMatchObject({ class: 'review', table: 'unit', register: 'spelling', title: '改革办', survivors: { length: 2 } })
    expect(found(a)).toMatchObject({ found: 'none', candidates: { length: 2 } })
    expect(unwrap(disputedAmong({ rows: [taskforce, department, township] }, contextOf(b))).rows).toEqual([taskforce, department])
    expect(unwrap(registerHistory({ table: 'unit', row: conflict.row, register: 'spelling' }, contextOf(a)))).toMatchObject({ writes: [], names: {} })
    const before = saved(a)
    for (const one of conflict.survivors) expect(() => resolve({ id: conflict.id, take: one.id }, contextOf(a))).toThrow('UNIT_EXISTS')
    expect(resolve({ id: conflict.id, value: { name: '改革办' } }, contextOf(a))).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } })
    expect(saved(a)).toEqual(before)
    alias(b, taskforce, '攻坚专班', '攻坚办', ['攻坚组'])
    await settled((office) => expect(found(office)).toMatchObject({ found: 'one', unit: { id: department } }))
  })

  test('whole names too; and what another program wrote instead of a list of names neither stops an import nor is told', async () => {
    alias(a, department, '市发展改革局', null)
    const made = unwrap(saveUnit({ id: null, name: '市发展改革局', kind: 'department', shortName: '发改', aliases: [] }, contextOf(b)))
    a.folder.store.write({ kind: 'test.odd', author }, (tx) => {
      for (const [at, aliases] of ['abc', 5, {}, [null], [1], 'abc'].entries()) {
        tx.put('unit', `odd-${at}`, 'identity', { name: `怪单位${at}`, kind: 'department' })
        tx.put('unit', `odd-${at}`, 'names', { shortName: null, aliases, orderNo: 9 })
      }
    })
    expect((await met()).title).toBe('市发展改革局')
    alias(a, made.id, '市发展改革二局', '发改')
    await settled((office) => expect(unitNames(office)).toEqual(expect.arrayContaining(['市发展改革二局', '市发展改革局'])))
  })

  test('so many that nobody would read them are told in part', () => {
    const aliases = Array.from({ length: 500 }, (_, at) => `别名${at}`)
    a.folder.store.write({ kind: 'test.many', author }, (tx) => {
      for (const id of [department, taskforce]) tx.put('unit', id, 'names', { shortName: null, aliases, orderNo: 9 })
    })
    expect(open(a)).toHaveLength(100)
    expect(JSON.stringify(open(a)).length).toBeLessThan(200_000)
  })
})

describe('合并为同一人 on two machines', () => {
  test('in opposite directions nobody is listed until one of the joins is kept', async () => {
    unwrap(joinOfficials({ id: 'zhao', into: 'qian', reason: '同一人' }, contextOf(a)))
    unwrap(joinOfficials({ id: 'qian', into: 'zhao', reason: '同一人' }, contextOf(b)))
    const conflict = await met()
    expect(conflict).toMatchObject({ id: 'official.ring/qian', class: 'hard', table: 'official', survivors: { length: 2 } })
    expect(officials(a)).toEqual(['孙立新'])
    expect(unwrap(disputedAmong({ rows: ['qian', 'zhao', 'sun'] }, contextOf(a))).rows).toEqual(['qian', 'zhao'])
    expect(unwrap(registerHistory({ table: 'official', row: 'qian', register: 'ring' }, contextOf(a))).names).toEqual({})
    decide(a, conflict, (value) => value['officialId'] === 'qian')
    await settled((office) => {
      expect(officials(office)).toEqual(['孙立新', '赵明远'])
      expect(unwrap(getOfficial({ id: 'zhao' }, contextOf(office))).joinedFrom.map((one) => one.id)).toEqual(['qian'])
    })
  })

  test('one after the other is no conflict: everything stands under the last one', async () => {
    unwrap(joinOfficials({ id: 'zhao', into: 'qian', reason: '同一人' }, contextOf(a)))
    unwrap(joinOfficials({ id: 'qian', into: 'sun', reason: '同一人' }, contextOf(b)))
    await settled((office) => {
      const sun = unwrap(getOfficial({ id: 'sun' }, contextOf(office)))
      expect(sun.joinedFrom.map((one) => one.id).sort()).toEqual(['qian', 'zhao'])
      expect(sun.posts).toHaveLength(3)
      expect(new Set(office.folder.store.read(allPosts).map((post) => post.officialId))).toEqual(new Set(['sun']))
    })
  })
})

test('two people keep different ones: of joins none stands and nobody is hidden; of leases that is told again, and no number is forgotten', async () => {
  const device = ({ folder: { store } }: Office): string => membership(store.local, store.identity).keys.device
  unwrap(joinOfficials({ id: 'zhao', into: 'qian', reason: '同一人' }, contextOf(a)))
  unwrap(joinOfficials({ id: 'qian', into: 'zhao', reason: '同一人' }, contextOf(b)))
  for (const [office, to, toSeq] of [[a, b, 10], [b, a, 12]] as const) {
    office.folder.store.write({ kind: 'numbers.lease', author }, (tx) => tx.put('numberLease', `lease-${toSeq}`, 'lease', { series: '滕督函', year: 2026, fromSeq: 1, toSeq, device: device(to), origin: to.folder.store.identity.origin, grantedOn: day, grantedBy: author }))
  }
  await exchangeAll([a, b])
  const keep = (office: Office, register: string, side: number): void => {
    const conflict = open(office).find((one) => one.register === register)!
    unwrap(resolve({ id: conflict.id, take: conflict.survivors[side]!.id }, contextOf(office)))
  }
  for (const register of ['ring', 'overlap']) for (const [side, office] of [a, b].entries()) keep(office, register, side)
  await exchangeAll([a, b])
  expect(officials(a)).toEqual(['孙立新', '赵明远', '钱学林'])
  expect(open(a).map(shape)).toEqual(open(b).map(shape))
  expect(open(a).map((one) => one.id)).toEqual(['numberLease.close/lease-10', 'numberLease.close/lease-12'])
  // Both closed after all.
  for (const { id, survivors } of open(a)) unwrap(resolve({ id, take: survivors.find((one) => one.value['closedOn'] !== null)!.id }, contextOf(a)))
  await settled((office) => {
    for (let seq = 1; seq <= 12; seq++) expect(office.folder.store.read((db) => rowById(db, 'number', numberId('滕督函', 2026, seq)))?.use).toBe('closed')
  })
})

test('leases with numbers in common: neither gives any until one is kept; the other one\'s own numbers become 空号', async () => {
  const device = ({ folder: { store } }: Office): string => membership(store.local, store.identity).keys.device
  const c = await nextOffice(a, '丙机')
  for (const office of [b, c]) await take(office, await put(a))
  await exchangeAll([a, b, c])
  // Both think that they number: the hand-over is disputed and decided, what both lent stays.
  unwrap(setNumberAuthority({ device: device(a) }, contextOf(a)))
  unwrap(setNumberAuthority({ device: device(b) }, contextOf(b)))
  unwrap(grantLease({ device: device(c), year: 2026, size: 10 }, contextOf(a)))
  unwrap(grantLease({ device: device(a), year: 2026, size: 12 }, contextOf(b)))
  await exchangeAll([a, b, c])
  const authority = open(a).find((one) => one.table === 'numberAuthority')!
  unwrap(resolve({ id: authority.id, take: authority.survivors.find((one) => one.value['device'] === device(b))!.id }, contextOf(a)))
  await exchangeAll([a, b, c])
  for (const office of [a, b, c]) expect(open(office)).toMatchObject([{ class: 'hard', table: 'numberLease', register: 'overlap', title: '滕督函', survivors: { length: 2 } }])
  const standing = (office: Office): string => unwrap(numbersAuthority({ year: 2026 }, contextOf(office))).standing
  expect([standing(a), standing(b), standing(c)]).toEqual(['pending', 'direct', 'pending'])
  const [conflict] = open(c)
  unwrap(resolve({ id: conflict!.id, take: conflict!.survivors.find((one) => one.value['device'] === device(c))!.id }, contextOf(c)))
  await exchangeAll([a, b, c])
  for (const office of [a, b, c]) {
    expect(open(office)).toEqual([])
    expect([1, 10, 11, 12].map((seq) => office.folder.store.read((db) => rowById(db, 'number', numberId('滕督函', 2026, seq)))?.use)).toEqual([undefined, undefined, 'closed', 'closed'])
  }
  expect([standing(a), standing(b), standing(c)]).toEqual(['pending', 'direct', 'lease'])
})
