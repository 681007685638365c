/** 复核 on two machines: one request entered twice, two decisions, and what becomes of the letter when a person has chosen. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import type { RecheckOutcome } from '../../../../shared/domain/letters/types.ts'
import { conflicts, resolve } from '../../../../electron/services/exchange/decide.ts'
import { checkLetters, submitLetters } from '../../../../electron/services/letters/check.ts'
import { deliverLetter, lettersPrinted } from '../../../../electron/services/letters/follow-up.ts'
import { getLetter } from '../../../../electron/services/letters/get.ts'
import { issueLetters } from '../../../../electron/services/letters/issue.ts'
import { askRecheck, decideRecheck } from '../../../../electron/services/letters/recheck.ts'
import { voidLetter } from '../../../../electron/services/letters/withdraw.ts'
import { putSettings } from '../../../../electron/services/settings.ts'
import { cardsOfLetter } from '../../../../electron/store/queries/letter-parts.ts'
import type { OpenContext } from '../../../../electron/services/context.ts'
import { author, clean } from '../../../host/store.ts'
import { compose, putPeople } from '../../../host/letter-office.ts'
import { contextOf, exchangeAll, firstOffice, nextOffice, put, take, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

const by = (office: Office, id: string): OpenContext => {
  const context = contextOf(office)
  return { ...context, account: { ...context.account, id } }
}

let [a, b]: [Office, Office] = [] as unknown as [Office, Office]
let id: string
/** A served 黄牌通知 with its card, on both machines. */
beforeEach(async () => {
  a = await firstOffice('甲机')
  a.folder.store.write({ kind: 'test.people', author }, (tx) => {
    putSettings(tx, { organ: '中共滕州市委办公室', code: '滕督函' })
    putPeople(tx)
    for (const name of ['drafter', 'signer', 'decider-a', 'decider-b']) tx.put('account', name, 'account', { name, roles: ['enter', 'check', 'issue'], disabled: false })
  })
  b = await nextOffice(a, '乙机')
  const card = { since: '2026-07-06', until: null, year: '2025年度', result: '第57名' }
  ;({ id } = compose(by(a, 'drafter'), { type: 'yellowCard', officialId: null, stepReason: '考核末位', text: { replyDays: 0, card } }))
  unwrap(submitLetters({ ids: [id] }, by(a, 'drafter')))
  unwrap(checkLetters({ ids: [id], pass: true, note: null }, by(a, 'signer')))
  unwrap(issueLetters({ ids: [id], date: '2026-07-06' }, by(a, 'signer')))
  unwrap(deliverLetter({ id, at: '2026-07-08T10:30', receiver: '办公室' }, by(a, 'drafter')))
  await take(b, await put(a))
})

const ask = (office: Office, grounds = '数据有误'): unknown => unwrap(askRecheck({ id, askedOn: '2026-07-20', askedBy: '荆河街道办事处', grounds, scans: [] }, by(office, 'drafter')))
const decide = (office: Office, outcome: RecheckOutcome, reason: string, on = '2026-08-10'): unknown => unwrap(decideRecheck({ id, on, outcome, reason }, by(office, office === a ? 'decider-a' : 'decider-b')))
const open = (office: Office) => unwrap(conflicts(contextOf(office))).conflicts
const letter = (office: Office) => unwrap(getLetter({ id }, contextOf(office)))
const lifted = (office: Office) => office.folder.store.read((db) => cardsOfLetter(db, id)).map((card) => card.liftedOn)

async function settled(outcome: RecheckOutcome, note = ''): Promise<void> {
  const conflict = open(a).find((one) => one.table === 'recheck' && one.register === 'decision')!
  const side = conflict.survivors.find((one) => one.value['outcome'] === outcome && String(one.value['decisionReason']).includes(note))!
  expect(unwrap(resolve({ id: conflict.id, take: side.id }, contextOf(a))).left).toBe(0)
  await exchangeAll([a, b])
  expect([open(a), open(b)]).toEqual([[], []])
  expect(a.folder.store.digest()).toEqual(b.folder.store.digest())
  expect([...a.folder.store.dump()].join('')).toBe([...b.folder.store.dump()].join(''))
  for (const office of [a, b]) expect(office.folder.store.verify()).toEqual({ ok: true, problems: [] })
}

describe('one request', () => {
  test('entered on two machines is one; entered differently it goes to a person', async () => {
    ask(a)
    ask(b)
    await exchangeAll([a, b])
    expect(letter(a).rechecks).toMatchObject([{ grounds: '数据有误' }])
    expect(open(b)).toEqual([])
    decide(a, '维持', '属实')
    await exchangeAll([a, b])
    expect(letter(b)).toMatchObject({ recheckDue: null, recheckOutcome: '维持', rechecks: [{ decidedOn: '2026-08-10', decidedBy: 'decider-a' }] })
    ask(a, '又有新的凭证')
    ask(b, '对象有误')
    await exchangeAll([a, b])
    expect(letter(a).rechecks).toHaveLength(2)
    expect(open(a)).toMatchObject([{ class: 'hard', table: 'recheck', register: 'fact', title: '滕督函〔2026〕1号', letterId: id, survivors: { length: 2 } }])
  })
})

describe('two decisions', () => {
  beforeEach(async () => {
    ask(a)
    await take(b, await put(a))
  })

  test('are a hard conflict that holds the letter up, with both sides on both machines', async () => {
    decide(a, '维持', '属实')
    decide(b, '变更', '基数改为45%')
    await exchangeAll([a, b])
    expect(open(a)).toMatchObject([{ class: 'hard', table: 'recheck', register: 'decision', title: '滕督函〔2026〕1号', letterId: id, survivors: { length: 2 } }])
    expect(new Set(open(b)[0]!.survivors.map((side) => [side.machine, side.value['outcome']].join()))).toEqual(new Set(['甲机,维持', '乙机,变更']))
    for (const office of [a, b]) expect(lettersPrinted({ ids: [id] }, contextOf(office))).toMatchObject({ ok: false, error: { code: 'LETTER_DISPUTED', params: { conflicts: 1 } } })
    await settled('变更')
    expect(letter(b)).toMatchObject({ state: 'accepted', recheckOutcome: '变更' })
    unwrap(lettersPrinted({ ids: [id] }, contextOf(b)))
  })

  test('维持 against 撤销, 维持 taken: the letter stands again, and so does its card', async () => {
    decide(a, '维持', '属实')
    decide(b, '撤销', '原通报有误')
    await exchangeAll([a, b])
    expect([letter(a).state, lifted(a)]).toEqual(['void', ['2026-08-10']])
    await settled('维持')
    for (const office of [a, b]) expect([letter(office), lifted(office)]).toMatchObject([{ state: 'accepted', voidReason: null, recheckOutcome: '维持' }, [null]])
  })

  test('维持 against 撤销, 撤销 taken: the letter stays withdrawn', async () => {
    decide(a, '维持', '属实')
    decide(b, '撤销', '原通报有误')
    await exchangeAll([a, b])
    await settled('撤销')
    for (const office of [a, b]) expect([letter(office), lifted(office)]).toMatchObject([{ state: 'void', voidReason: '复核决定撤销：原通报有误' }, ['2026-08-10']])
  })

  test('撤销 twice for different reasons: one decision settles the decision, the 撤销 and the card', async () => {
    decide(a, '撤销', '对象有误', '2026-08-09')
    decide(b, '撤销', '原通报有误')
    await exchangeAll([a, b])
    expect(open(a).map((one) => `${one.table}.${one.register}`).sort()).toEqual(['card.lift', 'letter.void', 'recheck.decision'])
    await settled('撤销', '对象有误')
    for (const office of [a, b]) expect([letter(office), lifted(office)]).toMatchObject([{ state: 'void', voidReason: '复核决定撤销：对象有误' }, ['2026-08-09']])
  })

  test('a 撤销 for another reason is left to a person, whatever becomes of the decision', async () => {
    decide(a, '维持', '属实')
    decide(b, '变更', '基数改为45%')
    await exchangeAll([a, b])
    unwrap(voidLetter({ id, on: '2026-08-12', reason: '对象有误' }, by(a, 'signer')))
    await settled('维持')
    expect(letter(b)).toMatchObject({ state: 'void', voidReason: '对象有误' })
  })
})
