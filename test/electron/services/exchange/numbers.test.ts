/** Numbers on several machines: one gives them, others lend or wait; one number on two letters goes to a person and holds both letters up. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { conflicts, resolve } from '../../../../electron/services/exchange/decide.ts'
import { disputedAmong } from '../../../../electron/services/exchange/disputed.ts'
import { membership } from '../../../../electron/services/exchange/keys/key-store.ts'
import { checkLetters, submitLetters } from '../../../../electron/services/letters/check.ts'
import { lettersPrinted } from '../../../../electron/services/letters/follow-up.ts'
import { issueLetters } from '../../../../electron/services/letters/issue.ts'
import { appointFirst } from '../../../../electron/services/letters/number-authority.ts'
import { assignNumbers, closeLease, grantLease, numbersAuthority, setNumberAuthority } from '../../../../electron/services/letters/number-leases.ts'
import { numberId, numbersOverview, reserveNumbers } from '../../../../electron/services/letters/numbers.ts'
import { letterFile } from '../../../../electron/services/letters/papers.ts'
import { frozenOf } from '../../../../electron/services/letters/paper.ts'
import { putSettings } from '../../../../electron/services/settings.ts'
import { rowById } from '../../../../electron/store/rows.ts'
import type { LetterRow } from '../../../../shared/contract/letter-schemas.ts'
import type { OpenContext } from '../../../../electron/services/context.ts'
import { author, clean } from '../../../host/store.ts'
import { compose, putPeople, township } from '../../../host/letter-office.ts'
import { contextOf, copyOf, exchangeAll, firstOffice, nextOffice, put, take, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

const day = '2026-07-06'
const deviceOf = ({ folder: { store } }: Office): string => membership(store.local, store.identity).keys.device

/** Drafted by one and signed by another: the offices have several accounts between them. */
function issue(office: Office, matter = '重点项目'): LetterRow {
  const context = contextOf(office)
  const drafter: OpenContext = { ...context, account: { ...context.account, id: 'drafter' } }
  const { id } = compose(drafter, { matter })
  unwrap(submitLetters({ ids: [id] }, drafter))
  unwrap(checkLetters({ ids: [id], pass: true, note: null }, context))
  return unwrap(issueLetters({ ids: [id], date: day }, context)).letters[0]!
}

let [a, b]: Office[] = []
beforeEach(async () => {
  a = await firstOffice('甲机')
  a.folder.store.write({ kind: 'test.people', author }, (tx) => {
    putSettings(tx, { organ: '中共滕州市委办公室', code: '滕督函' })
    putPeople(tx)
  })
})

async function enrolled(appointed = true): Promise<void> {
  b = await nextOffice(a!, '乙机')
  const { folder: { store } } = a!
  if (appointed) store.write({ kind: 'exchange.enrol', author }, (tx) => appointFirst(tx, { device: deviceOf(a!), origin: store.identity.origin, today: day, accountId: author }))
  await take(b, await put(a!))
}

describe('the number authority', () => {
  test('is nobody on a single machine, which numbers as ever', () => {
    expect([issue(a!).number, issue(a!, '招商引资').number]).toEqual(['滕督函〔2026〕1号', '滕督函〔2026〕2号'])
    expect(unwrap(numbersAuthority({ year: 2026 }, contextOf(a!)))).toMatchObject({ authority: null, mine: true, standing: 'direct', pending: [] })
  })

  test('numbers; another machine issues 编号待定 and gets the number from it', async () => {
    await enrolled()
    expect(unwrap(numbersAuthority({ year: 2026 }, contextOf(b!)))).toMatchObject({ authority: { device: deviceOf(a!), name: '甲机' }, mine: false, standing: 'pending' })
    const waiting = issue(b!)
    expect([waiting.number, waiting.state]).toEqual([null, 'issued'])
    const frozen = (office: Office): string | null | undefined => frozenOf(office.folder.store.read((db) => rowById(db, 'letter', waiting.id))!)?.content.number
    expect(frozen(b!)).toBe('编号待定')
    expect(assignNumbers({}, contextOf(b!))).toMatchObject({ ok: false, error: { code: 'NUMBER_AUTHORITY' } })
    expect(issue(a!, '招商引资').number).toBe('滕督函〔2026〕1号')
    await take(a!, await put(b!))
    expect(unwrap(assignNumbers({}, contextOf(a!))).letters.map((one) => one.number)).toEqual(['滕督函〔2026〕2号'])
    expect(unwrap(assignNumbers({}, contextOf(a!))).letters).toEqual([])
    await take(b!, await put(a!))
    expect([frozen(a!), frozen(b!)]).toEqual(['滕督函〔2026〕2号', '滕督函〔2026〕2号'])
    expect(unwrap(conflicts(contextOf(b!))).conflicts).toEqual([])
  })

  test('lends ten; the borrower gives them, the authority goes on behind them, and unused ones become 空号', async () => {
    await enrolled()
    expect(issue(a!).number).toBe('滕督函〔2026〕1号')
    const lease = unwrap(grantLease({ device: deviceOf(b!), year: 2026, size: 10 }, contextOf(a!)))
    expect(lease).toMatchObject({ from: '滕督函〔2026〕2号', to: '滕督函〔2026〕11号' })
    expect(grantLease({ device: deviceOf(b!), year: 2027, size: 10 }, contextOf(a!))).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } })
    await take(b!, await put(a!))
    expect([issue(b!).number, issue(b!, '招商引资').number, issue(a!, '督查事项').number]).toEqual(['滕督函〔2026〕2号', '滕督函〔2026〕3号', '滕督函〔2026〕12号'])
    // A copy of the borrower has another epoch: the lease is not its own.
    const copy = copyOf(b!, '乙机的复制')
    expect(issue(copy, '大气污染防治').number).toBeNull()
    expect(unwrap(closeLease({ id: lease.id }, contextOf(b!)))).toEqual({ unused: 8 })
    expect(unwrap(numbersOverview({ year: 2026 }, contextOf(b!))).gaps).toHaveLength(8)
    expect(issue(b!, '综合考核').number).toBeNull()
    await exchangeAll([a!, b!])
    expect(a!.folder.store.digest()).toEqual(b!.folder.store.digest())
    expect(unwrap(conflicts(contextOf(a!))).conflicts).toEqual([])
  })

  test('can be handed over, and is lost by a copy of its machine', async () => {
    await enrolled()
    const copy = copyOf(a!, '甲机的复制')
    expect(issue(copy).number).toBeNull()
    unwrap(setNumberAuthority({ device: deviceOf(b!) }, contextOf(a!)))
    expect(issue(a!).number).toBeNull()
    await take(b!, await put(a!))
    expect(issue(b!, '招商引资').number).toBe('滕督函〔2026〕1号')
  })
})

test('a machine that was put back is lent numbers in the epoch in which it is now, though the one before wrote with a clock that was years ahead', async () => {
  await enrolled()
  b!.env.clock += 1461 * 24 * 60 * 60 * 1000
  issue(b!, '招商引资')
  await take(a!, await put(b!))
  const back = copyOf(b!, '乙机')
  expect(back.folder.store.identity.origin).not.toBe(b!.folder.store.identity.origin)
  // Before it has written anything, and after.
  for (const number of ['滕督函〔2026〕1号', '滕督函〔2026〕2号']) {
    await take(a!, await put(back))
    unwrap(grantLease({ device: deviceOf(b!), year: 2026, size: 1 }, contextOf(a!)))
    await take(back, await put(a!))
    expect(issue(back).number).toBe(number)
  }
})

describe('one number on two letters', () => {
  test('is listed once, holds both letters up, and a decision keeps one and withdraws the other', async () => {
    await enrolled(false)
    const [one, two] = [issue(a!), issue(b!, '招商引资')]
    expect([one.number, two.number]).toEqual(['滕督函〔2026〕1号', '滕督函〔2026〕1号'])
    await exchangeAll([a!, b!])
    const listed = unwrap(conflicts(contextOf(a!))).conflicts
    expect(unwrap(conflicts(contextOf(b!))).conflicts.map((conflict) => conflict.id)).toEqual(listed.map((conflict) => conflict.id))
    expect(listed).toMatchObject([{ class: 'hard', table: 'letter', register: 'number', title: '滕督函〔2026〕1号', survivors: { length: 2 } }])
    expect(new Set(listed[0]!.survivors.map((side) => side.machine))).toEqual(new Set(['甲机', '乙机']))
    const other = compose(contextOf(a!), { matter: '督查事项' }).id
    expect(unwrap(disputedAmong({ rows: [other, two.id, one.id, 'none'] }, contextOf(a!))).rows).toEqual([two.id, one.id])
    for (const office of [a!, b!]) {
      for (const { id } of [one, two]) {
        expect(await letterFile({ id, as: 'docx', paper: 'letter' }, contextOf(office))).toMatchObject({ ok: false, error: { code: 'LETTER_DISPUTED', params: { letterId: id, doubled: true } } })
        expect(lettersPrinted({ ids: [id] }, contextOf(office))).toMatchObject({ ok: false, error: { code: 'LETTER_DISPUTED' } })
      }
    }
    const keep = listed[0]!.survivors.find((side) => side.value['letterId'] === one.id)!
    expect(unwrap(resolve({ id: listed[0]!.id, take: keep.id }, contextOf(a!)))).toMatchObject({ left: 0 })
    await exchangeAll([a!, b!])
    for (const office of [a!, b!]) {
      expect(unwrap(conflicts(contextOf(office))).conflicts).toEqual([])
      expect(unwrap(disputedAmong({ rows: [one.id, two.id] }, contextOf(office))).rows).toEqual([])
      expect(office.folder.store.read((db) => rowById(db, 'letter', two.id))).toMatchObject({ number: '滕督函〔2026〕1号', voidReason: expect.stringContaining('文号重复') as string })
      expect((await letterFile({ id: one.id, as: 'docx', paper: 'letter' }, contextOf(office))).ok).toBe(true)
    }
    expect(issue(a!, '督查事项').number).toBe('滕督函〔2026〕2号')
  })
})

test('a letter whose person is in dispute is neither issued nor printed, nor one whose title on the paper is', async () => {
  await enrolled()
  const standing = issue(a!)
  await take(b!, await put(a!))
  const rename = ({ folder }: Office, name: string): void => folder.store.write({ kind: 'officials.save', author }, (tx) => tx.put('official', 'zhao', 'identity', { name, gender: '男', birth: '1975-03' }))
  rename(a!, '赵明元')
  rename(b!, '赵铭远')
  await exchangeAll([a!, b!])
  expect(() => issue(a!, '招商引资')).toThrow('LETTER_DISPUTED')
  const printed = async (office: Office) => (await letterFile({ id: standing.id, as: 'docx', paper: 'letter' }, contextOf(office))).ok
  expect(await printed(a!)).toBe(false)
  const [conflict] = unwrap(conflicts(contextOf(a!))).conflicts
  expect(resolve({ id: conflict!.id, value: { name: '赵明远' } }, contextOf(a!))).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } })
  expect(unwrap(resolve({ id: conflict!.id, value: { name: '赵明远', gender: '男', birth: '1975-03' } }, contextOf(a!)))).toMatchObject({ left: 0 })
  expect(issue(a!, '招商引资').number).toBe('滕督函〔2026〕2号')
  expect(await printed(a!)).toBe(true)
  await exchangeAll([a!, b!])
  const promote = ({ folder }: Office, title: string): void => folder.store.write({ kind: 'officials.save', author }, (tx) =>
    tx.put('post', 'post-zhao', 'post', { officialId: 'zhao', unitId: township, title, rank: null, isHead: true, portfolio: null, since: '2023-01', until: null }))
  const elsewhere = ({ folder }: Office, portfolio: string): void => folder.store.write({ kind: 'officials.save', author }, (tx) =>
    tx.put('post', 'post-old', 'post', { officialId: 'zhao', unitId: 'unit-fagai', title: '科长', rank: null, isHead: false, portfolio, since: '2010-01', until: '2015-01' }))
  elsewhere(a!, '综合')
  elsewhere(b!, '财务')
  await exchangeAll([a!, b!])
  expect(await printed(b!)).toBe(true)
  promote(a!, '党工委副书记')
  promote(b!, '办事处主任')
  await exchangeAll([a!, b!])
  expect(unwrap(conflicts(contextOf(b!))).conflicts).toMatchObject([{ row: 'post-old' }, { class: 'hard', table: 'post', register: 'post', row: 'post-zhao' }])
  expect(await printed(b!)).toBe(false)
  expect(() => issue(b!, '督查事项')).toThrow('LETTER_DISPUTED')
})

describe('what a decision leaves behind', () => {
  const holder = (office: Office, seq: number) => office.folder.store.read((db) => rowById(db, 'number', numberId('滕督函', 2026, seq)))
  const letter = (office: Office, id: string) => office.folder.store.read((db) => rowById(db, 'letter', id))
  const takeSide = (office: Office, register: string, wanted: (value: Record<string, unknown>) => boolean): void => {
    const conflict = unwrap(conflicts(contextOf(office))).conflicts.find((one) => `${one.table}.${one.register}` === register)!
    unwrap(resolve({ id: conflict.id, take: conflict.survivors.find((one) => wanted(one.value))!.id }, contextOf(office)))
  }

  test('one letter issued on two machines bears one number; the other number is 空号', async () => {
    await enrolled()
    unwrap(grantLease({ device: deviceOf(b!), year: 2026, size: 10 }, contextOf(a!)))
    const context = contextOf(a!)
    const drafter: OpenContext = { ...context, account: { ...context.account, id: 'drafter' } }
    const { id } = compose(drafter, { matter: '重点项目' })
    unwrap(submitLetters({ ids: [id] }, drafter))
    unwrap(checkLetters({ ids: [id], pass: true, note: null }, context))
    await take(b!, await put(a!))
    for (const office of [a!, b!]) unwrap(issueLetters({ ids: [id], date: day }, contextOf(office)))
    await exchangeAll([a!, b!])
    takeSide(b!, 'letter.issue', (value) => value['seq'] === 11)
    await exchangeAll([a!, b!])
    for (const office of [a!, b!]) {
      expect(unwrap(conflicts(contextOf(office))).conflicts).toEqual([])
      expect([letter(office, id)?.seq, holder(office, 11)?.letterId]).toEqual([11, id])
      expect(holder(office, 1)).toMatchObject({ use: 'closed', letterId: null, reason: '同一函件签发两次，使用滕督函〔2026〕11号' })
      expect((await letterFile({ id, as: 'docx', paper: 'letter' }, contextOf(office))).ok).toBe(true)
    }
  })

  test('a number that a person gives to a paper letter is not borne by another one; the dispute names the letter that it holds up', async () => {
    await enrolled(false)
    unwrap(reserveNumbers({ year: 2026, from: 1, to: 1, reason: '纸质函件' }, contextOf(b!)))
    const issued = issue(a!)
    await exchangeAll([a!, b!])
    for (const office of [a!, b!]) expect(unwrap(conflicts(contextOf(office))).conflicts).toMatchObject([{ table: 'number', register: 'holder', letterId: issued.id }])
    const [conflict] = unwrap(conflicts(contextOf(a!))).conflicts
    expect(resolve({ id: conflict!.id, value: { ...conflict!.survivors[0]!.value, seq: 7 } }, contextOf(a!))).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } })
    takeSide(a!, 'number.holder', (value) => value['use'] === 'paper')
    await exchangeAll([a!, b!])
    for (const office of [a!, b!]) expect([holder(office, 1)?.use, letter(office, issued.id)?.voidReason]).toEqual(['paper', '核对后滕督函〔2026〕1号不由本函使用'])
  })

  test('one proposal made into two letters: the decision leaves one of them', async () => {
    await enrolled()
    const proposal = 'p1'
    a!.folder.store.write({ kind: 'test.proposal', author }, (tx) => {
      tx.put('proposal', proposal, 'finding', { ruleId: 'R1', ruleVersion: 1, period: '2026-06', unitId: township, officialId: 'zhao', item: null, measure: 'reminder', matter: '重点项目', cause: null, basis: null, facts: [], reportIds: [], aboutLetterId: null, foundOn: day }, township)
      tx.put('proposal', proposal, 'decision', { state: 'open', reason: null, letterId: null, decidedBy: null, decidedOn: null }, township)
    })
    await take(b!, await put(a!))
    const accept = (office: Office): string => {
      const context = contextOf(office)
      const { id } = compose({ ...context, account: { ...context.account, id: 'drafter' } }, { matter: '重点项目' })
      office.folder.store.write({ kind: 'letters.draft', author }, (tx) => tx.put('proposal', proposal, 'decision', { state: 'accepted', reason: null, letterId: id, decidedBy: author, decidedOn: day }, township))
      return id
    }
    const [kept, lost] = [accept(a!), accept(b!)]
    await exchangeAll([a!, b!])
    expect(unwrap(conflicts(contextOf(b!))).conflicts).toMatchObject([{ class: 'hard', table: 'proposal', register: 'decision' }])
    takeSide(b!, 'proposal.decision', (value) => value['letterId'] === kept)
    await exchangeAll([a!, b!])
    for (const office of [a!, b!]) expect([letter(office, kept)?.id, letter(office, lost), unwrap(conflicts(contextOf(office))).conflicts]).toEqual([kept, undefined, []])
  })
})

test('only the machine that numbers sets numbers aside for paper letters', async () => {
  await enrolled()
  expect(reserveNumbers({ year: 2026, from: 1, to: 3, reason: '纸质函件' }, contextOf(b!))).toMatchObject({ ok: false, error: { code: 'NUMBER_AUTHORITY' } })
  expect(unwrap(reserveNumbers({ year: 2026, from: 1, to: 3, reason: '纸质函件' }, contextOf(a!)))).toEqual({ reserved: 3 })
})

test('from December on ten of the next year are lent; the year then begins behind them', async () => {
  await enrolled()
  const december = (office: Office): OpenContext => {
    const context = contextOf(office)
    return { ...context, env: { ...context.env, today: () => '2026-12-01' } }
  }
  expect(grantLease({ device: deviceOf(b!), year: 2027, size: 10 }, { ...december(a!), env: { ...a!.env, today: () => '2026-11-30' } })).toMatchObject({ ok: false, error: { code: 'BAD_INPUT', params: { field: 'year' } } })
  expect(unwrap(grantLease({ device: deviceOf(b!), year: 2027, size: 10 }, december(a!)))).toMatchObject({ from: '滕督函〔2027〕1号', to: '滕督函〔2027〕10号' })
  expect(unwrap(numbersOverview({ year: 2027 }, december(a!))).next).toBe('滕督函〔2027〕11号')
  await take(b!, await put(a!))
  expect([unwrap(numbersAuthority({ year: 2026 }, contextOf(b!))).standing, unwrap(numbersAuthority({ year: 2027 }, contextOf(b!))).standing]).toEqual(['pending', 'lease'])
})
