import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canBeRechecked, decisionDue, lastAskDay, latestDecision, mayAskRecheck, mayDecideRecheck, openRecheck, receivedOn, recheckOverdueDays } from '../../../../shared/domain/letters/recheck.ts'
import { allowed } from '../../../../shared/domain/letters/state.ts'
import { letterStates, letterTypes, recheckOutcomes } from '../../../../shared/domain/letters/types.ts'
import type { LetterFacts, RecheckFact } from '../../../../shared/domain/letters/types.ts'
import { errorSentence } from '../../../../shared/text/errors.ts'
import { addDays } from '../../../../shared/text/dates.ts'

const issued: LetterFacts = { type: 'reminder', checkState: 'passed', issuedOn: '2026-07-06', deliveries: [], replies: [], extensions: [], rechecks: [], voidedOn: null, closedOn: null, replyDays: 15, replyDue: null }
const served: LetterFacts = { ...issued, deliveries: [{ id: 'd', deliveredAt: '2026-07-08T09:30' }] }
const asked: RecheckFact = { id: 'r1', askedOn: '2026-07-20', dueOn: '2026-08-19', outcome: null, decidedOn: null }
const decided: RecheckFact = { ...asked, outcome: '维持', decidedOn: '2026-08-01' }
const code = (facts: LetterFacts, on: string, days = 30): string => {
  const may = mayAskRecheck(facts, days, on)
  return may.ok ? 'ok' : may.error.code
}
const day = fc.integer({ min: 0, max: 700 }).map((n) => addDays('2026-01-01', n))

describe('asking for 复核', () => {
  test('within the days after receipt, the day of receipt not counted; a late request is told the last day', () => {
    expect([code(served, '2026-07-07'), code(served, '2026-07-08'), code(served, '2026-08-07'), code(served, '2026-08-08')]).toEqual(['DATE_ORDER', 'ok', 'ok', 'RECHECK_LATE'])
    const late = mayAskRecheck(served, 30, '2026-08-08')
    expect(late).toEqual({ ok: false, error: { code: 'RECHECK_LATE', params: { last: '2026-08-07', received: '2026-07-08', days: 30 } } })
    expect(errorSentence(late.ok ? { code: 'INTERNAL', params: {} } : late.error)).toContain('最后一天是2026-08-07')
  })

  test('for any day of service and any limit: exactly the days from receipt to receipt + limit', () => {
    fc.assert(fc.property(day, fc.integer({ min: 1, max: 365 }), fc.integer({ min: -40, max: 800 }), (on, days, offset) => {
      const facts = { ...served, issuedOn: on, deliveries: [{ id: 'd', deliveredAt: `${on}T23:59` }] }
      const expected = offset < 0 ? 'DATE_ORDER' : offset <= days ? 'ok' : 'RECHECK_LATE'
      expect(code(facts, addDays(on, offset), days)).toBe(expected)
    }), { numRuns: 1000, seed: 20260731 })
  })

  test('the first of several services counts; a reply shows receipt where no service was recorded', () => {
    expect(receivedOn({ ...served, deliveries: [{ id: 'e', deliveredAt: '2026-07-20' }, ...served.deliveries] })).toBe('2026-07-08')
    expect(receivedOn(issued)).toBeNull()
    expect(receivedOn({ ...issued, replies: [{ id: 'b', receivedOn: '2026-07-30', verdict: null, verdictOn: null }, { id: 'a', receivedOn: '2026-07-15', verdict: null, verdictOn: null }] })).toBe('2026-07-15')
  })

  test('only of a letter that was issued and received and stands, also after 销号; never of a 澄清函; one at a time', () => {
    expect([code(issued, '2026-07-20'), code({ ...served, issuedOn: null }, '2026-07-20'), code({ ...served, voidedOn: '2026-07-10' }, '2026-07-20'), code({ ...issued, closedOn: '2026-07-10' }, '2026-07-20')]).toEqual(Array(4).fill('LETTER_STATE'))
    expect(code({ ...served, closedOn: '2026-07-10' }, '2026-07-20')).toBe('ok')
    expect(letterTypes.filter((type) => code({ ...served, type }, '2026-07-20') !== 'ok')).toEqual(['clarification'])
    expect(letterTypes.filter((type) => !canBeRechecked(type))).toEqual(['clarification'])
    expect([code({ ...served, rechecks: [asked] }, '2026-07-21'), code({ ...served, rechecks: [decided] }, '2026-08-05')]).toEqual(['RECHECK_OPEN', 'ok'])
    for (const action of ['askRecheck', 'decideRecheck'] as const) expect(letterStates.filter((state) => allowed(state, action))).toEqual(['awaiting', 'replied', 'supplement', 'rejected', 'accepted', 'closed'])
  })
})

describe('deciding', () => {
  test('by nobody who wrote, checked or signed the letter, whoever else that may have been', () => {
    const account = fc.constantFrom('a', 'b', 'c', 'd', null)
    fc.assert(fc.property(account, account, account, fc.constantFrom('a', 'b', 'c', 'd', 'e'), (draftedBy, checkedBy, issuedBy, decider) => {
      expect(mayDecideRecheck({ draftedBy, checkedBy, issuedBy }, decider)).toBe(decider !== draftedBy && decider !== checkedBy && decider !== issuedBy)
    }), { numRuns: 400, seed: 20260801 })
  })

  test('within so many days of the request; overdue from the day after, no longer once decided', () => {
    expect([lastAskDay('2026-07-08', 30), decisionDue('2026-07-20', 30)]).toEqual(['2026-08-07', '2026-08-19'])
    expect([recheckOverdueDays(asked, '2026-08-19'), recheckOverdueDays(asked, '2026-08-20'), recheckOverdueDays({ ...asked, decidedOn: '2026-08-21' }, '2026-12-01')]).toEqual([0, 1, 2])
  })

  test('what is open and what was decided do not depend on the order in which changes arrive, and a withdrawn letter waits for nothing', () => {
    const fact = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), askedOn: fc.constantFrom('2026-07-20', '2026-07-21'), dueOn: day, outcome: fc.constantFrom(...recheckOutcomes, null), decidedOn: fc.constant(null) })
    fc.assert(fc.property(fc.uniqueArray(fact, { selector: ({ id }) => id, maxLength: 4 }), (rechecks) => {
      const [one, other] = [{ ...served, rechecks }, { ...served, rechecks: [...rechecks].reverse() }]
      expect([openRecheck(other), latestDecision(other)]).toEqual([openRecheck(one), latestDecision(one)])
      expect(openRecheck(one) === null).toBe(rechecks.every(({ outcome }) => outcome !== null))
      expect(openRecheck({ ...one, voidedOn: '2026-09-01' })).toBeNull()
    }), { numRuns: 500, seed: 20260802 })
    expect(latestDecision({ ...served, rechecks: [{ ...decided, id: 'r2', askedOn: '2026-08-02', outcome: '变更' }, decided] })?.outcome).toBe('变更')
  })
})
