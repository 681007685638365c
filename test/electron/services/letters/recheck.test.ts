/** 复核 through the use cases: who, when, what becomes of the letter, and where it is seen. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unwrap, type Result } from '../../../../shared/result.ts'
import { attachmentFile, letterRegister } from '../../../../electron/services/letters/files.ts'
import { checkLetters, submitLetters } from '../../../../electron/services/letters/check.ts'
import { closeLetter, deliverLetter, judgeReply, replyToLetter } from '../../../../electron/services/letters/follow-up.ts'
import { issueLetters } from '../../../../electron/services/letters/issue.ts'
import { askRecheck, decideRecheck } from '../../../../electron/services/letters/recheck.ts'
import { voidLetter } from '../../../../electron/services/letters/withdraw.ts'
import { saveSettings } from '../../../../electron/services/settings.ts'
import { todaySummary } from '../../../../electron/services/today.ts'
import { dutyFile } from '../../../../electron/services/papers/duty-file.ts'
import { listAudit } from '../../../../electron/services/audit.ts'
import { cardsOf } from '../../../../electron/store/queries/people.ts'
import { readWorkbook } from '../../../../electron/spreadsheets/read.ts'
import type { LetterRow } from '../../../../shared/contract/letter-schemas.ts'
import type { OpenContext } from '../../../../electron/services/context.ts'
import { codeOf, compose, draftText, get, issued, list, makeLetterOffice, township, day, type ComposeOver, type LetterOffice } from '../../../host/letter-office.ts'

let office: LetterOffice
let drafter: OpenContext
let checker: OpenContext
let signer: OpenContext
let decider: OpenContext
beforeEach(async () => {
  office = await makeLetterOffice('recheck')
  ;[drafter, checker, signer, decider] = [office.addAccount('drafter', 'enter'), office.addAccount('checker', 'check'), office.addAccount('signer', 'issue'), office.addAccount('decider', 'issue')]
})
afterEach(() => office.close())

/** Written, checked and signed by three people; served on Wednesday 8 July. */
function served(over: ComposeOver = {}): LetterRow {
  const { id } = compose(drafter, over)
  unwrap(submitLetters({ ids: [id] }, drafter))
  unwrap(checkLetters({ ids: [id], pass: true, note: null }, checker))
  unwrap(issueLetters({ ids: [id], date: day }, signer))
  return unwrap(deliverLetter({ id, at: '2026-07-08T10:30', receiver: '赵明远' }, drafter))
}
const request = { askedOn: '2026-07-20', askedBy: '赵明远', grounds: '6月底投资完成率应为45%，原通报有误' }
const ask = (id: string, over: Partial<typeof request> & { scans?: string[] } = {}): Result<LetterRow> => askRecheck({ id, ...request, scans: [], ...over }, drafter)
const decide = (id: string, outcome: '维持' | '变更' | '撤销' = '维持', by = decider, on = '2026-08-10'): Result<LetterRow> => decideRecheck({ id, on, outcome, reason: '经查原始凭证，所列情况属实' }, by)
const today = () => unwrap(todaySummary({}, office.context))

describe('the request', () => {
  it('is kept with its grounds and scans, is due in 30 days, and stands in the list, in 今日 and in the course', () => {
    const { id } = served()
    const bytes = new TextEncoder().encode('%PDF-1.4 复核申请')
    const token = unwrap(office.context.files.begin('复核申请.pdf', bytes.length))
    unwrap(office.context.files.append(token, 0, bytes))
    expect(get(drafter, id)).toMatchObject({ recheckUntil: '2026-08-07', rechecks: [], recheckDue: null, allowed: expect.arrayContaining(['askRecheck']) })
    expect(unwrap(ask(id, { scans: [token] }))).toMatchObject({ state: 'awaiting', recheckDue: '2026-08-19', recheckOverdueDays: 0, recheckOutcome: null })
    const whole = get(drafter, id)
    expect(whole.rechecks).toMatchObject([{ ...request, dueOn: '2026-08-19', enteredBy: '账户drafter', outcome: null, decidedBy: null, scans: [{ fileName: '复核申请.pdf', missing: false }] }])
    expect(whole.timeline.at(-1)).toMatchObject({ action: 'letters.askRecheck', author: '账户drafter' })
    expect(whole.allowed).not.toContain('askRecheck')
    const file = unwrap(attachmentFile({ id: whole.rechecks[0]!.scans[0]!.id }, drafter))
    expect(new TextDecoder().decode(unwrap(drafter.files.take(file.file)).bytes)).toBe('%PDF-1.4 复核申请')
    served({ officialId: 'qian' })
    expect(list(drafter, { recheck: true }).items.map((row) => row.id)).toEqual([id])
    expect(list(drafter, { recheck: true, query: '赵明远' }).total).toBe(1)
    expect(today()).toMatchObject({ counts: { rechecksOpen: 1, rechecksOverdue: 0 }, rechecks: [{ id }] })
    office.env.clock.now = Date.UTC(2026, 7, 21, 1)
    expect(today()).toMatchObject({ counts: { rechecksOpen: 1, rechecksOverdue: 1 }, rechecks: [{ id, recheckOverdueDays: 2 }] })
  })

  it('is taken on the last day that the letter’s own paper gives, whatever the setting says now, and refused behind it with that day', () => {
    const [one, two] = [served(), served({ officialId: 'qian' })]
    unwrap(saveSettings({ reviewDays: 5, recheckDecideDays: 10 }, office.context))
    const late = ask(one.id, { askedOn: '2026-08-08' })
    expect(late).toMatchObject({ ok: false, error: { code: 'RECHECK_LATE', params: { letterId: one.id, last: '2026-08-07' } } })
    expect(unwrap(ask(two.id, { askedOn: '2026-08-07' })).recheckDue).toBe('2026-08-17')
    expect(get(drafter, one.id).rechecks).toEqual([])
  })

  it('is refused before receipt, twice, of a letter that was not served or is withdrawn, of a 澄清函, with a mark of secrecy', () => {
    const { id } = served()
    expect(codeOf(ask(id, { askedOn: '2026-07-07' }))).toBe('DATE_ORDER')
    expect(codeOf(ask(id, { grounds: '机密★5年' }))).toBe('SECRECY_GRADE')
    expect(codeOf(ask(id, { scans: ['no-such-token'] }))).toBe('FILE_TOKEN')
    expect(codeOf(ask('nowhere'))).toBe('NOT_FOUND')
    unwrap(ask(id))
    expect(codeOf(ask(id, { askedOn: '2026-07-21' }))).toBe('RECHECK_OPEN')
    expect(codeOf(ask(compose(drafter, { matter: '招商引资' }).id))).toBe('LETTER_STATE')
    const withdrawn = served({ officialId: 'qian' })
    unwrap(voidLetter({ id: withdrawn.id, on: '2026-07-10', reason: '对象有误' }, signer))
    expect(codeOf(ask(withdrawn.id))).toBe('LETTER_STATE')
    const clearing = served({ type: 'clarification', earlierLetterId: withdrawn.id, text: { replyDays: 0, clarification: { earlierNumber: withdrawn.number, finding: '原函对象有误' } } })
    expect(codeOf(ask(clearing.id))).toBe('LETTER_STATE')
    expect(get(drafter, clearing.id)).toMatchObject({ recheckUntil: null, allowed: expect.not.arrayContaining(['askRecheck']) })
  })
})

describe('the decision', () => {
  it('is nobody’s who wrote, checked or signed the letter, and is offered to nobody else', () => {
    const { id } = served()
    expect(decide(id)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND', params: { what: 'recheck' } } })
    unwrap(ask(id))
    for (const context of [drafter, checker, signer]) {
      expect(decide(id, '维持', context)).toMatchObject({ ok: false, error: { code: 'RECHECK_OWN', params: { letterId: id } } })
      expect(get({ ...context, account: { ...context.account, roles: ['issue'] } }, id).allowed).not.toContain('decideRecheck')
    }
    expect(get(decider, id).allowed).toContain('decideRecheck')
    expect(codeOf(decide(id, '维持', decider, '2026-07-19'))).toBe('DATE_ORDER')
    expect(codeOf(decide(id))).toBe('ok')
    expect(codeOf(decide(id))).toBe('NOT_FOUND')
  })

  it('of an office with one account needs another account first', () => {
    const { context } = office
    for (const id of ['drafter', 'checker', 'signer', 'decider']) context.store.write({ kind: 'test.off', author: id }, (tx) => tx.put('account', id, 'account', { name: id, roles: ['read'], disabled: true }))
    const { id } = issued(context)
    unwrap(deliverLetter({ id, at: '2026-07-08T10:30', receiver: '赵明远' }, context))
    unwrap(ask(id))
    expect(codeOf(decide(id, '维持', context))).toBe('RECHECK_OWN')
  })

  it('维持 leaves the letter as it is, 变更 says how it stands; both stand in the register, the course, the audit trail and the duty file', async () => {
    const { id } = served()
    unwrap(replyToLetter({ id, receivedOn: '2026-07-18', scans: [] }, drafter))
    unwrap(judgeReply({ id, verdict: '认可', on: '2026-07-19' }, signer))
    unwrap(closeLetter({ id, on: '2026-07-19' }, signer))
    unwrap(ask(id))
    expect(unwrap(decide(id, '变更'))).toMatchObject({ state: 'closed', recheckDue: null, recheckOutcome: '变更', voidReason: null })
    unwrap(ask(id, { askedOn: '2026-08-07', grounds: '另有新的凭证' }))
    expect(unwrap(decide(id, '维持', decider, '2026-09-20'))).toMatchObject({ state: 'closed', recheckOutcome: '维持' })
    expect(get(decider, id)).toMatchObject({ rechecks: [{ outcome: '变更', decidedOn: '2026-08-10', decidedBy: '账户decider' }, { outcome: '维持', decidedOn: '2026-09-20' }] })
    expect(get(decider, id).timeline.filter((one) => one.action.endsWith('Recheck')).map((one) => [one.action, one.note])).toEqual([
      ['letters.askRecheck', null], ['letters.decideRecheck', '经查原始凭证，所列情况属实'], ['letters.askRecheck', null], ['letters.decideRecheck', '经查原始凭证，所列情况属实'],
    ])
    expect(unwrap(listAudit({ limit: 50, direction: 'desc', kind: 'letters.decideRecheck' }, office.context)).items.map((one) => one.account)).toEqual(['账户decider', '账户decider'])
    const xlsx = unwrap(await letterRegister({ year: 2026, as: 'xlsx' }, drafter))
    expect(JSON.stringify(readWorkbook(unwrap(drafter.files.take(xlsx.file)).bytes, xlsx.name).sheets[0]!.rows[1])).toContain('复核决定：维持')
    const paper = unwrap(await dutyFile({ officialId: 'zhao', as: 'html' }, drafter))
    const html = new TextDecoder().decode(unwrap(drafter.files.take(paper.file)).bytes).replaceAll(/<[^>]+>/gu, '')
    expect(html).toContain('2026年7月20日申请复核，2026年8月10日复核决定：变更')
    expect(office.folder.store.verify()).toEqual({ ok: true, problems: [] })
  })

  it('撤销 withdraws the letter with its number kept and lifts its card in the same change; a 澄清函 may follow', () => {
    const card = { since: '2026-07-06', until: null, year: '2025年度', result: '第57名' }
    const { id, number } = served({ type: 'yellowCard', officialId: null, stepReason: '考核末位', text: { replyDays: 0, card } })
    unwrap(ask(id))
    const before = [...office.folder.store.log.changes()].length
    expect(unwrap(decide(id, '撤销'))).toMatchObject({ state: 'void', number, voidReason: '复核决定撤销：经查原始凭证，所列情况属实', recheckDue: null, recheckOutcome: '撤销' })
    expect([...office.folder.store.log.changes()].length).toBe(before + 1)
    expect(office.folder.store.read((db) => cardsOf(db, township))).toMatchObject([{ liftedOn: '2026-08-10', liftReason: `${number}已撤销` }])
    expect(get(decider, id)).toMatchObject({ recheckUntil: null, allowed: ['print', 'clarify'] })
    expect(codeOf(ask(id))).toBe('LETTER_STATE')
    const clearing = compose(drafter, { type: 'clarification', officialId: null, earlierLetterId: id, text: { ...draftText, type: 'clarification', replyDays: 0, clarification: { earlierNumber: number, finding: '原通报数据有误' } } })
    expect(get(drafter, clearing.id).related.map((row) => row.id)).toContain(id)
  })

  it('is no longer waited for once the letter is withdrawn for another reason', () => {
    const { id } = served()
    unwrap(ask(id))
    unwrap(voidLetter({ id, on: '2026-07-25', reason: '对象有误' }, signer))
    expect(today().counts).toMatchObject({ rechecksOpen: 0 })
    expect(codeOf(decide(id))).toBe('LETTER_STATE')
  })
})
