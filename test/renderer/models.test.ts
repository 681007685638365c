import { describe, expect, test } from 'vitest'
import { callerOf } from '../../renderer/api/client.ts'
import { emptyDraft, sameDraft, tidyDraft } from '../../renderer/features/letters/draft-model.ts'
import { awaitsClearing, openOf } from '../../renderer/features/letters/recheck-model.ts'
import { parseDays } from '../../renderer/features/settings/day-list.ts'
import { lastGroup, sameGroup } from '../../renderer/features/start/recovery-groups.ts'
import { letterDraft, letterType } from '../../shared/contract/letter-schemas.ts'
import { fakeBridge } from './fake-bridge.ts'

describe('days of an announcement', () => {
  test('single days, runs, and every way of writing them', () => {
    expect(parseDays('2027-01-01\n2027年2月5日至2027年2月7日；2027.5.1，２０２７/10/1')).toEqual({ days: ['2027-01-01', '2027-02-05', '2027-02-06', '2027-02-07', '2027-05-01', '2027-10-01'], bad: [] })
  })

  test('what cannot be a day is said, not guessed', () => {
    expect(parseDays('2027-02-30\n元旦\n2027-03-05 至 2027-03-01\n2027-01-01 至 2027-12-31')).toEqual({ days: [], bad: ['2027-02-30', '元旦', '2027-03-05 至 2027-03-01', '2027-01-01 至 2027-12-31'] })
  })

  test('nothing is an empty list', () => {
    expect(parseDays(' \n\n')).toEqual({ days: [], bad: [] })
  })
})

describe('复核 of a letter', () => {
  const asked = { id: 'a', askedOn: '2026-07-20', askedBy: '甲', grounds: '有误', dueOn: '2026-08-19', enteredBy: null, scans: [], outcome: null, decidedOn: null, decidedBy: null, decisionReason: null }
  test('the one without a decision waits, unless the letter is withdrawn', () => {
    const rechecks = [{ ...asked, id: 'b', outcome: '维持' as const }, asked]
    expect([openOf({ rechecks, recheckDue: '2026-08-19' })?.id, openOf({ rechecks, recheckDue: null })]).toEqual(['a', null])
  })
  test('a letter that 复核 withdrew waits for its 澄清函, one withdrawn otherwise does not', () => {
    const letter = { state: 'void', recheckOutcome: '撤销', related: [] } as const
    const clearing = { type: 'clarification' } as const
    expect([awaitsClearing(letter), awaitsClearing({ ...letter, related: [clearing] }), awaitsClearing({ ...letter, recheckOutcome: null }), awaitsClearing({ ...letter, state: 'accepted' })]).toEqual([true, false, false, false])
  })
})

describe('recovery code', () => {
  test('the last group, whatever stands between the groups', () => {
    expect(lastGroup('ABCD-EFGH-JK12')).toBe('JK12')
    expect(lastGroup(' ABCD EFGH JK12 \n')).toBe('JK12')
  })

  test('forgives case and full width, nothing else', () => {
    expect(sameGroup('jk12', 'JK12')).toBe(true)
    expect(sameGroup('ＪＫ１２', 'JK12')).toBe(true)
    expect(sameGroup('JK1', 'JK12')).toBe(false)
    expect(sameGroup('', '')).toBe(false)
  })
})

describe('drafts', () => {
  test.each(letterType.options)('an empty %s is what the contract takes, with the parts of its type only', (type) => {
    const draft = emptyDraft(type, 15)
    expect(letterDraft.safeParse(draft).success).toBe(true)
    expect([draft.interview !== null, draft.card !== null, draft.supervision !== null, draft.clarification !== null]).toEqual([type === 'interview', type === 'yellowCard', type === 'supervision', type === 'clarification'])
  })

  test('lines that were left blank are not sent', () => {
    const draft = { ...emptyDraft('reminder', 15), demands: ['  ', ' 要求一 '], basis: ' 依据 ' }
    expect(tidyDraft(draft)).toMatchObject({ facts: [], demands: ['要求一'], basis: '依据' })
    expect(sameDraft(draft, { ...draft })).toBe(true)
  })
})

test('the contract’s parser stands behind the fake: a wrong shape is refused as at the real door', async () => {
  const send = callerOf(() => fakeBridge({ 'letters.void': () => { throw new Error('not reached') } }))
  expect(await send('letters.void', { id: 'x', on: '2026-02-30', reason: 'r' })).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } })
})
