import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { checkLetters, submitLetters } from '../../../../electron/services/letters/check.ts'
import { composeLetter, discardLetter, editLetter } from '../../../../electron/services/letters/compose.ts'
import { draftLetters } from '../../../../electron/services/letters/draft.ts'
import { closeLetter, deliverLetter, judgeReply, replyToLetter } from '../../../../electron/services/letters/follow-up.ts'
import { issueProposals } from '../../../../electron/services/letters/issue-proposals.ts'
import { issueLetters } from '../../../../electron/services/letters/issue.ts'
import { numbersOverview, reserveNumbers } from '../../../../electron/services/letters/numbers.ts'
import { voidLetter } from '../../../../electron/services/letters/withdraw.ts'
import { assignProposal, reopenProposal } from '../../../../electron/services/proposals/decide.ts'
import { getProposal } from '../../../../electron/services/proposals/list.ts'
import { runProposals } from '../../../../electron/services/proposals/run.ts'
import { cardsOfLetter } from '../../../../electron/store/queries/letter-parts.ts'
import { codeOf, compose, composeInput, day, department, draftText, get, issued, makeLetterOffice, putProposal, township, type LetterOffice } from '../../../host/letter-office.ts'

let office: LetterOffice
beforeEach(async () => {
  office = await makeLetterOffice('issue')
})
afterEach(() => office.close())

const proposal = (id: string) => unwrap(getProposal({ id }, office.context))
const ready = (id: string): void => {
  unwrap(submitLetters({ ids: [id] }, office.context))
  unwrap(checkLetters({ ids: [id], pass: true, note: null }, office.context))
}

describe('accepting proposals', () => {
  it('one official and one matter become one letter that lists its items', () => {
    const { context } = office
    for (const id of ['p1', 'p2', 'p3']) putProposal(context, { id, item: `${id}号项目` })
    putProposal(context, { id: 'other', officialId: 'qian', item: '别的项目' })
    const { letters, refused } = unwrap(draftLetters({ proposalIds: ['p3', 'other', 'p1', 'p2'] }, context))
    expect(refused).toEqual([])
    expect(letters).toHaveLength(2)
    const listed = get(context, letters.find((one) => one.officialId === 'zhao')!.id)
    expect(listed.draft.facts.map((fact) => fact.heading).sort()).toEqual(['p1号项目', 'p2号项目', 'p3号项目'])
    expect(listed.layout.body.join('')).toContain('（三）p3号项目')
    expect(['p1', 'p2', 'p3'].map((id) => proposal(id).state).sort()).toEqual(['accepted', 'merged', 'merged'])
    expect(proposal('p2').letterId).toBe(listed.id)
  })

  it('refuses what is decided, unknown, or without a person, and drafts the rest', () => {
    const { context } = office
    putProposal(context, { id: 'good' })
    putProposal(context, { id: 'nameless', officialId: null })
    putProposal(context, { id: 'taken', officialId: 'qian' })
    unwrap(draftLetters({ proposalIds: ['taken'] }, context))
    const { letters, refused } = unwrap(draftLetters({ proposalIds: ['good', 'nameless', 'taken', 'nowhere'] }, context))
    expect(letters).toHaveLength(1)
    expect(Object.fromEntries(refused.map((one) => [one.proposalId, one.code]))).toEqual({ nameless: 'PROPOSAL_NO_OFFICIAL', taken: 'PROPOSAL_DECIDED', nowhere: 'NOT_FOUND' })
    unwrap(assignProposal({ id: 'nameless', officialId: 'sun' }, context))
    expect(unwrap(draftLetters({ proposalIds: ['nameless'] }, context)).letters).toMatchObject([{ official: '孙立新' }])
  })

  it('the burden guard holds back a second letter, an override with a reason goes through', () => {
    const { context } = office
    const first = issued(context)
    putProposal(context, { id: 'same' })
    putProposal(context, { id: 'elsewhere', matter: '招商引资' })
    expect(unwrap(draftLetters({ proposalIds: ['same', 'elsewhere'] }, context)).refused).toMatchObject([
      { proposalId: 'same', code: 'PROPOSAL_GUARDED', params: { kind: 'open-letter', letterId: first.id } },
      { proposalId: 'elsewhere', code: 'PROPOSAL_GUARDED', params: { kind: 'recent-letter', until: '2026-08-05' } },
    ])
    expect(proposal('same')).toMatchObject({ state: 'open', guard: { kind: 'open-letter', number: first.number } })
    expect(unwrap(draftLetters({ proposalIds: ['same'], override: '情况紧急，经负责人同意' }, context)).letters).toHaveLength(1)
    expect(proposal('same').reason).toBe('情况紧急，经负责人同意')
  })

  it('a discarded draft opens its proposals again; of 黄牌 + 约谈 only when both are gone', () => {
    const { context } = office
    putProposal(context, { id: 'card', measure: 'yellowCardInterview', matter: '综合考核', ruleId: 'R5' })
    const [yellow, interview] = unwrap(draftLetters({ proposalIds: ['card'] }, context)).letters
    unwrap(discardLetter({ id: yellow!.id, reason: '先约谈' }, context))
    expect(proposal('card')).toMatchObject({ state: 'accepted', letterId: interview!.id })
    unwrap(discardLetter({ id: interview!.id, reason: '都不发' }, context))
    expect(proposal('card')).toMatchObject({ state: 'open', letterId: null, reason: '都不发' })
  })
})

describe('composing', () => {
  it('refuses a secrecy grade, unsafe text, unknown people, another type, a skipped step without a reason', () => {
    const { context } = office
    const refusal = (over: Parameters<typeof composeInput>[0]) => codeOf(composeLetter(composeInput(over), context))
    for (const mark of ['机密★1年', '★秘密', '密级：绝密', '绝 密 ★']) expect(refusal({ text: { title: mark } })).toBe('SECRECY_GRADE')
    expect(refusal({ text: { attachments: ['机密'] } })).toBe('SECRECY_GRADE')
    expect(refusal({ cause: '保守国家秘密教育开展不力' })).toBe('ok')
    expect(refusal({ cause: '进度\u202e滞后' })).toBe('UNSAFE_TEXT')
    expect(refusal({ officialId: 'nobody' })).toBe('NOT_FOUND')
    expect(refusal({ unitId: 'nowhere' })).toBe('NOT_FOUND')
    expect(refusal({ draft: { ...draftText, type: 'interview' } })).toBe('BAD_INPUT')
    expect(refusal({ type: 'interview', matter: '新事项' })).toBe('LETTER_SKIPS_STEP')
    expect(refusal({ type: 'interview', matter: '新事项', stepReason: '市委主要领导批示' })).toBe('ok')
    expect(refusal({ type: 'clarification' })).toBe('LETTER_INCOMPLETE')
  })

  it('the next step of the ladder needs no reason once the one before was issued and stands', () => {
    const { context } = office
    const over = { type: 'supervision' as const }
    expect(codeOf(composeLetter(composeInput(over), context))).toBe('LETTER_SKIPS_STEP')
    const first = issued(context)
    expect(codeOf(composeLetter(composeInput(over), context))).toBe('ok')
    unwrap(voidLetter({ id: first.id, on: day, reason: '有误' }, context))
    expect(codeOf(composeLetter(composeInput(over), context))).toBe('LETTER_SKIPS_STEP')
  })

  it('a letter to nobody cannot be submitted, an incomplete one neither', () => {
    const { context } = office
    const nameless = compose(context, { officialId: null })
    expect(submitLetters({ ids: [nameless.id] }, context)).toMatchObject({ ok: false, error: { code: 'LETTER_NO_OFFICIAL', params: { letterId: nameless.id } } })
    expect(unwrap(editLetter({ id: nameless.id, draft: draftText, officialId: 'qian' }, context)).official).toBe('钱学林')
    unwrap(submitLetters({ ids: [nameless.id] }, context))
    const empty = compose(context, { matter: '招商引资', text: { facts: [] } })
    expect(submitLetters({ ids: [empty.id] }, context)).toMatchObject({ ok: false, error: { code: 'LETTER_INCOMPLETE', params: { field: 'facts' } } })
  })
})

describe('four eyes', () => {
  it('refuses checking and signing one’s own draft while there are others, allows it alone', () => {
    const { context } = office
    const { id } = compose(context)
    unwrap(submitLetters({ ids: [id] }, context))
    const other = office.addAccount('second')
    expect(codeOf(checkLetters({ ids: [id], pass: true, note: null }, context))).toBe('LETTER_OWN_DRAFT')
    expect(get(context, id).allowed).not.toContain('check')
    unwrap(checkLetters({ ids: [id], pass: true, note: null }, other))
    expect(codeOf(issueLetters({ ids: [id], date: day }, context))).toBe('LETTER_OWN_DRAFT')
    expect(unwrap(issueLetters({ ids: [id], date: day }, other)).letters[0]?.number).toBe('滕督函〔2026〕1号')
  })

  it('whoever changes the text becomes its author', () => {
    const { context } = office
    const other = office.addAccount('second')
    const { id } = compose(context)
    unwrap(editLetter({ id, draft: { ...draftText, basis: '改过的依据' } }, other))
    unwrap(submitLetters({ ids: [id] }, context))
    expect(codeOf(checkLetters({ ids: [id], pass: true, note: null }, other))).toBe('LETTER_OWN_DRAFT')
    expect(codeOf(checkLetters({ ids: [id], pass: true, note: null }, context))).toBe('ok')
  })

  it('a disabled account does not count', () => {
    const { context } = office
    const { id } = compose(context)
    unwrap(submitLetters({ ids: [id] }, context))
    context.store.write({ kind: 'test', author: context.account.id }, (tx) => tx.put('account', 'gone', 'account', { name: '已停用', roles: ['check'], disabled: true }))
    expect(codeOf(checkLetters({ ids: [id], pass: true, note: null }, context))).toBe('ok')
  })

  it('returning needs a note; a passed letter can be sent back, not passed again', () => {
    const { context } = office
    const { id } = compose(context)
    expect(codeOf(checkLetters({ ids: [id], pass: true, note: null }, context))).toBe('LETTER_STATE')
    unwrap(submitLetters({ ids: [id] }, context))
    expect(codeOf(checkLetters({ ids: [id], pass: false, note: ' ' }, context))).toBe('REASON_REQUIRED')
    unwrap(checkLetters({ ids: [id], pass: true, note: null }, context))
    expect(codeOf(checkLetters({ ids: [id], pass: true, note: null }, context))).toBe('LETTER_STATE')
    expect(unwrap(checkLetters({ ids: [id], pass: false, note: '数据变了' }, context))[0]?.state).toBe('returned')
    expect(codeOf(issueLetters({ ids: [id], date: day }, context))).toBe('LETTER_STATE')
  })
})

describe('numbers', () => {
  it('黄牌 + 约谈 get consecutive numbers whatever the order, a card begins, one without the other is refused', () => {
    const { context } = office
    putProposal(context, { id: 'card', measure: 'yellowCardInterview', matter: '综合考核', ruleId: 'R5' })
    const [yellow, interview] = unwrap(draftLetters({ proposalIds: ['card'] }, context)).letters
    unwrap(editLetter({ id: yellow!.id, draft: { ...get(context, yellow!.id).draft, card: { since: null, until: null, year: '2025', result: '第21名' } } }, context))
    const single = compose(context, { officialId: 'qian' })
    for (const id of [yellow!.id, interview!.id, single.id]) ready(id)
    expect(issueLetters({ ids: [interview!.id], date: day }, context)).toMatchObject({ ok: false, error: { code: 'LETTER_STATE', params: { together: true, letterId: yellow!.id } } })
    const { letters } = unwrap(issueLetters({ ids: [interview!.id, single.id, yellow!.id], date: day }, context))
    expect(letters.map((one) => [one.type, one.number])).toEqual([['yellowCard', '滕督函〔2026〕1号'], ['interview', '滕督函〔2026〕2号'], ['reminder', '滕督函〔2026〕3号']])
    expect(context.store.read((db) => cardsOfLetter(db, yellow!.id))).toMatchObject([{ unitId: township, colour: 'yellow', since: day, until: '2027-07-06', liftedOn: null }])
    expect(get(context, yellow!.id).layout).toMatchObject({ format: 'general', addressee: '荆河街道办事处：' })
    expect(get(context, yellow!.id).layout.body.join('')).toContain('第21名')
    unwrap(voidLetter({ id: yellow!.id, on: '2026-07-10', reason: '结果更正' }, context))
    expect(context.store.read((db) => cardsOfLetter(db, yellow!.id))[0]).toMatchObject({ liftedOn: '2026-07-10', liftReason: '滕督函〔2026〕1号已撤销' })
  })

  it('all or none: one refusal takes no number', () => {
    const { context } = office
    const good = compose(context)
    ready(good.id)
    const bad = compose(context, { officialId: 'qian' })
    expect(codeOf(issueLetters({ ids: [good.id, bad.id], date: day }, context))).toBe('LETTER_STATE')
    expect(unwrap(numbersOverview({ year: 2026 }, context))).toMatchObject({ next: '滕督函〔2026〕1号', used: 0 })
    expect(get(context, good.id).state).toBe('checked')
  })

  it('dates do not go back within a series, withdrawn ones left out; each year begins at 1', () => {
    const { context } = office
    const late = issued(context, {}, '2026-07-20')
    const early = compose(context, { officialId: 'qian' })
    ready(early.id)
    expect(issueLetters({ ids: [early.id], date: '2026-07-19' }, context)).toMatchObject({ ok: false, error: { code: 'DATE_ORDER', params: { notBefore: '2026-07-20' } } })
    unwrap(voidLetter({ id: late.id, on: '2026-07-21', reason: '日期写错' }, context))
    expect(unwrap(issueLetters({ ids: [early.id], date: '2026-07-19' }, context)).letters[0]?.number).toBe('滕督函〔2026〕2号')
    expect(issued(context, { officialId: 'sun', unitId: department }, '2027-01-04').number).toBe('滕督函〔2027〕1号')
    expect(unwrap(numbersOverview({ year: 2026 }, context))).toMatchObject({ used: 2, voided: [{ number: '滕督函〔2026〕1号', reason: '日期写错' }], gaps: [], next: '滕督函〔2026〕3号' })
  })

  it('paper numbers are reserved once, the series goes on behind them, gaps are listed', () => {
    const { context } = office
    expect(unwrap(reserveNumbers({ year: 2026, from: 3, to: 5, reason: '上半年纸质函件' }, context))).toEqual({ reserved: 3 })
    expect(codeOf(reserveNumbers({ year: 2026, from: 1, to: 3, reason: '补登' }, context))).toBe('NUMBER_USED')
    expect(unwrap(numbersOverview({ year: 2026 }, context))).toMatchObject({ used: 3, gaps: ['滕督函〔2026〕1号', '滕督函〔2026〕2号'], next: '滕督函〔2026〕6号', nextSeq: 6 })
    expect(issued(context).number).toBe('滕督函〔2026〕6号')
    expect(codeOf(reserveNumbers({ year: 2026, from: 6, to: 6, reason: '再登' }, context))).toBe('NUMBER_USED')
    expect(codeOf(reserveNumbers({ year: 2026, from: 9, to: 8, reason: '反了' }, context))).toBe('BAD_INPUT')
  })

  it('a 澄清函 withdraws the letter that it is about in the same write', () => {
    const { context } = office
    const wrong = issued(context)
    const clear = issued(context, { type: 'clarification', earlierLetterId: wrong.id, text: { replyDays: 0, clarification: { earlierNumber: wrong.number, finding: '经核查，数据系填报错误' } } }, '2026-07-09')
    expect(get(context, wrong.id)).toMatchObject({ state: 'void', number: '滕督函〔2026〕1号', voidReason: '已由滕督函〔2026〕2号澄清' })
    expect(get(context, clear.id).layout.body.join('')).toContain('经核查，数据系填报错误')
    expect(get(context, wrong.id).related.map((one) => one.id)).toEqual([clear.id])
  })
})

describe('from proposals to issued letters in one step', () => {
  it('walks every step with one account; refuses what cannot go and issues the others', () => {
    const { context } = office
    putProposal(context, { id: 'a', item: '甲项目' })
    putProposal(context, { id: 'b', item: '乙项目' })
    putProposal(context, { id: 'c', officialId: 'sun', unitId: department, measure: 'supervision', matter: '督查事项', ruleId: 'R4' })
    putProposal(context, { id: 'nobody', officialId: null })
    const { letters, refused } = unwrap(issueProposals({ proposalIds: ['a', 'b', 'c', 'nobody', 'x'], date: day }, context))
    expect(letters.map((one) => [one.state, one.official, one.number])).toEqual([['issued', '孙立新', '滕督函〔2026〕1号'], ['issued', '赵明远', '滕督函〔2026〕2号']])
    expect(letters[1]?.proposalIds).toEqual(['a', 'b'])
    expect(refused.map((one) => [one.proposalId, one.code]).sort()).toEqual([['nobody', 'PROPOSAL_NO_OFFICIAL'], ['x', 'NOT_FOUND']])
    expect(unwrap(issueProposals({ proposalIds: ['a'], date: day }, context))).toMatchObject({ letters: [], refused: [{ code: 'PROPOSAL_DECIDED' }] })
  })

  it('with several accounts refuses own drafts and leaves nothing behind; what a colleague drafted goes out', () => {
    const { context } = office
    const other = office.addAccount('second')
    putProposal(context, { id: 'a' })
    expect(unwrap(issueProposals({ proposalIds: ['a'], date: day }, context))).toMatchObject({ letters: [], refused: [{ proposalId: 'a', code: 'LETTER_OWN_DRAFT' }] })
    expect(proposal('a')).toMatchObject({ state: 'open', letterId: null })
    unwrap(draftLetters({ proposalIds: ['a'] }, context))
    expect(unwrap(issueProposals({ proposalIds: ['a'], date: day }, context))).toMatchObject({ letters: [], refused: [{ code: 'LETTER_OWN_DRAFT' }] })
    const signer = { ...other, account: { ...other.account, roles: ['issue'] as const } }
    expect(unwrap(issueProposals({ proposalIds: ['a'], date: day }, signer))).toMatchObject({ refused: [{ code: 'NOT_ALLOWED' }] })
    expect(unwrap(issueProposals({ proposalIds: ['a'], date: day }, other))).toMatchObject({ letters: [{ number: '滕督函〔2026〕1号', proposalIds: ['a'] }], refused: [] })
  })

  it('refuses a date before the newest letter without drafting anything', () => {
    const { context } = office
    issued(context, { officialId: 'qian' }, '2026-07-10')
    putProposal(context, { id: 'a' })
    expect(unwrap(issueProposals({ proposalIds: ['a'], date: '2026-07-09' }, context))).toMatchObject({ letters: [], refused: [{ code: 'DATE_ORDER' }] })
    expect(proposal('a').state).toBe('open')
  })

  it('a withdrawn letter’s proposal stays decided until a person opens it', () => {
    const { context } = office
    putProposal(context, { id: 'a' })
    const [letter] = unwrap(issueProposals({ proposalIds: ['a'], date: day }, context)).letters
    expect(codeOf(reopenProposal({ id: 'a', reason: '重发' }, context))).toBe('PROPOSAL_DECIDED')
    unwrap(voidLetter({ id: letter!.id, on: day, reason: '对象有误' }, context))
    expect(proposal('a').state).toBe('accepted')
    expect(unwrap(reopenProposal({ id: 'a', reason: '重发' }, context)).state).toBe('open')
    expect(unwrap(issueProposals({ proposalIds: ['a'], date: day }, context)).letters[0]?.number).toBe('滕督函〔2026〕2号')
  })
})

describe('R7', () => {
  it('proposes an interview about an overdue letter once, not after an extension or a reply; it becomes a 约谈通知书 that names it', () => {
    const { context } = office
    const { id, number } = issued(context)
    unwrap(deliverLetter({ id, at: '2026-07-08T10:00', receiver: '本人' }, context))
    const run = (period: string, date: string) => unwrap(runProposals({ period, date }, context))
    expect(run('2026-07', '2026-07-29').proposals).toEqual([])
    const found = run('2026-07', '2026-07-30').proposals
    expect(found).toMatchObject([{ ruleId: 'R7', officialId: 'zhao', matter: '重点项目', measure: 'interview', guard: null, item: number }])
    expect(run('2026-08', '2026-08-01')).toMatchObject({ added: 0, withdrawn: 0, proposals: [{ id: found[0]!.id }] })
    const [paper] = unwrap(issueProposals({ proposalIds: [found[0]!.id], date: '2026-08-01' }, context)).letters
    expect(paper).toMatchObject({ type: 'interview', number: '滕督函〔2026〕2号' })
    expect(get(context, paper!.id).layout.body.join('')).toContain('滕督函〔2026〕1号')
    expect(get(context, id).related.map((one) => one.id)).toEqual([paper!.id])
  })

  it('withdraws the open proposal when the reply has come', () => {
    const { context } = office
    const { id } = issued(context)
    unwrap(deliverLetter({ id, at: '2026-07-08T10:00', receiver: '本人' }, context))
    const found = unwrap(runProposals({ period: '2026-07', date: '2026-08-01' }, context)).proposals
    unwrap(replyToLetter({ id, receivedOn: '2026-08-01', scans: [] }, context))
    expect(unwrap(runProposals({ period: '2026-08', date: '2026-08-02' }, context)).withdrawn).toBe(1)
    expect(proposal(found[0]!.id).state).toBe('withdrawn')
    unwrap(judgeReply({ id, verdict: '不认可', on: '2026-08-03' }, context))
    unwrap(closeLetter({ id, on: '2026-08-03', conclusion: '升级办理' }, context))
  })
})
