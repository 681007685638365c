import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { workCalendar } from '../../../../shared/domain/deadlines.ts'
import { defaultLadder, ladderSchema, nextStep, skippedSteps, skipsStep } from '../../../../shared/domain/letters/ladder.ts'
import { allowed, allowedActions, isOverdue, letterState, overdueDays, replyDueOn } from '../../../../shared/domain/letters/state.ts'
import { letterActions, letterStates, letterTypes } from '../../../../shared/domain/letters/types.ts'
import type { LetterFacts, LetterState } from '../../../../shared/domain/letters/types.ts'

const draft: LetterFacts = { type: 'reminder', checkState: null, issuedOn: null, deliveries: [], replies: [], extensions: [], rechecks: [], voidedOn: null, closedOn: null, replyDays: 15, replyDue: null }
const issued: LetterFacts = { ...draft, checkState: 'passed', issuedOn: '2026-03-02' }
const served: LetterFacts = { ...issued, deliveries: [{ id: 'd', deliveredAt: '2026-03-05T09:30' }] }
const reply = (id: string, receivedOn: string, verdict: '认可' | '补充' | '不认可' | null = null) => ({ id, receivedOn, verdict, verdictOn: null })
const calendar = workCalendar([{ year: 2026, holidays: [], extraWorkdays: [] }])

test.each<[LetterState, LetterFacts]>([
  ['draft', draft],
  ['checking', { ...draft, checkState: 'submitted' }],
  ['returned', { ...draft, checkState: 'returned' }],
  ['checked', { ...draft, checkState: 'passed' }],
  ['checked', { ...served, issuedOn: null }],
  ['issued', issued],
  ['awaiting', served],
  ['accepted', { ...served, replyDays: 0 }],
  ['replied', { ...served, replies: [reply('r', '2026-03-20')] }],
  ['replied', { ...issued, replies: [reply('r', '2026-03-20')] }],
  ['supplement', { ...served, replies: [reply('r', '2026-03-20', '补充')] }],
  ['replied', { ...served, replies: [reply('r', '2026-03-20', '补充'), reply('s', '2026-03-25')] }],
  ['accepted', { ...served, replies: [reply('s', '2026-03-25', '认可'), reply('r', '2026-03-20', '补充')] }],
  ['rejected', { ...served, replies: [reply('r', '2026-03-20', '不认可')] }],
  ['closed', { ...served, closedOn: '2026-04-01' }],
  ['void', { ...served, closedOn: '2026-04-01', voidedOn: '2026-04-02' }],
  ['void', { ...draft, voidedOn: '2026-04-02' }],
])('state %s', (state, facts) => {
  expect(letterState(facts)).toBe(state)
})

test('facts are sets: order and repetition change nothing', () => {
  const day = fc.constantFrom('2026-03-05', '2026-03-06', '2026-03-09')
  const facts = fc.record({
    ...Object.fromEntries(Object.entries(issued).map(([key, value]) => [key, fc.constant(value)])),
    deliveries: fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c'), deliveredAt: day }), { maxLength: 4 }),
    replies: fc.uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c'), receivedOn: day, verdict: fc.constantFrom('认可', '补充', '不认可', null), verdictOn: fc.constant(null) }), { selector: ({ id }) => id }),
    extensions: fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c'), askedOn: day, newDue: fc.constantFrom('2026-04-10', '2026-03-01', '2026-05-01'), approvedBy: fc.constantFrom('x', null) }), { maxLength: 4 }),
  }) as unknown as fc.Arbitrary<LetterFacts>
  fc.assert(fc.property(facts, (one) => {
    const other = { ...one, deliveries: [...one.deliveries, ...one.deliveries].reverse(), replies: [...one.replies, ...one.replies].reverse(), extensions: [...one.extensions, ...one.extensions].reverse() }
    expect(letterState(other)).toBe(letterState(one))
    expect(replyDueOn(other, calendar)).toEqual(replyDueOn(one, calendar))
  }), { numRuns: 1000, seed: 20260609 })
})

describe('what is allowed', () => {
  test('the numbered paper is never edited, a draft never served, the end never reopened', () => {
    const may = (action: (typeof letterActions)[number]) => letterStates.filter((state) => allowed(state, action))
    expect(may('edit')).toEqual(['draft', 'returned'])
    expect(may('discard')).toEqual(['draft', 'returned'])
    expect(may('submit')).toEqual(['draft', 'returned'])
    expect(may('issue')).toEqual(['checked'])
    expect(may('deliver')).toEqual(['issued', 'awaiting'])
    expect(may('close')).toEqual(['rejected', 'accepted'])
    expect(may('void')).toEqual(['issued', 'awaiting', 'replied', 'supplement', 'rejected', 'accepted'])
    expect(may('clarify')).toEqual(['issued', 'awaiting', 'replied', 'supplement', 'rejected', 'accepted', 'closed', 'void'])
    expect(may('escalate')).toEqual(['awaiting', 'replied', 'supplement', 'rejected', 'accepted'])
    expect(allowedActions('checking')).toEqual(['check'])
  })
  test('the main road can be walked to its end', () => {
    const road: readonly [LetterState, (typeof letterActions)[number]][] = [['draft', 'submit'], ['checking', 'check'], ['checked', 'issue'], ['issued', 'print'], ['issued', 'deliver'], ['awaiting', 'reply'], ['replied', 'judge'], ['accepted', 'close']]
    expect(road.every(([state, action]) => allowed(state, action))).toBe(true)
  })
})

describe('due day', () => {
  test('15 working days after the first service, extensions only lengthen, only granted ones', () => {
    expect(replyDueOn(issued, calendar)).toEqual({ ok: true, value: null })
    expect(replyDueOn(served, calendar)).toEqual({ ok: true, value: '2026-03-26' })
    expect(replyDueOn({ ...served, deliveries: [...served.deliveries, { id: 'e', deliveredAt: '2026-03-09' }] }, calendar)).toEqual({ ok: true, value: '2026-03-26' })
    const extended = (newDue: string, approvedBy: string | null) => replyDueOn({ ...served, extensions: [{ id: 'x', askedOn: '2026-03-20', newDue, approvedBy }] }, calendar)
    expect(extended('2026-04-10', 'b')).toEqual({ ok: true, value: '2026-04-10' })
    expect(extended('2026-04-10', null)).toEqual({ ok: true, value: '2026-03-26' })
    expect(extended('2026-03-10', 'b')).toEqual({ ok: true, value: '2026-03-26' })
    expect(replyDueOn({ ...served, replyDue: '2026-03-31' }, calendar)).toEqual({ ok: true, value: '2026-03-31' })
    expect(replyDueOn({ ...served, deliveries: [{ id: 'd', deliveredAt: '2026-12-28' }] }, calendar)).toMatchObject({ ok: false, error: { code: 'CALENDAR_UNKNOWN' } })
  })
  test('overdue from the day after', () => {
    expect([overdueDays('2026-03-26', '2026-03-26'), overdueDays('2026-03-26', '2026-03-27'), overdueDays('2026-03-26', '2026-05-01', '2026-03-28'), overdueDays(null, '2026-05-01')]).toEqual([0, 1, 2, 0])
    expect(letterStates.filter((state) => isOverdue(state, '2026-03-26', '2026-03-27'))).toEqual(['awaiting', 'supplement'])
    expect(isOverdue('awaiting', '2026-03-26', '2026-03-26')).toBe(false)
  })
})

describe('ladder', () => {
  test('skipping', () => {
    expect(skippedSteps(defaultLadder, [], 'reminder')).toEqual([])
    expect(skippedSteps(defaultLadder, [], 'interview')).toEqual(['reminder', 'supervision'])
    expect(skippedSteps(defaultLadder, ['reminder'], 'interview')).toEqual(['supervision'])
    expect(skipsStep(defaultLadder, ['interview', 'reminder'], 'reminder')).toBe(false)
    expect(skipsStep(defaultLadder, ['interview'], 'yellowCard')).toBe(false)
    expect(letterTypes.filter((type) => skipsStep(defaultLadder, [], type))).toEqual(['supervision', 'interview', 'yellowCard'])
    expect(skipsStep(['reminder', 'interview'], ['reminder'], 'interview')).toBe(false)
    expect([nextStep(defaultLadder, 'reminder'), nextStep(defaultLadder, 'yellowCard'), nextStep(defaultLadder, 'clarification')]).toEqual(['supervision', null, null])
  })
  test('settings', () => {
    expect(ladderSchema.safeParse(defaultLadder).success).toBe(true)
    for (const bad of [[], ['reminder', 'reminder'], ['clarification']]) expect(ladderSchema.safeParse(bad).success).toBe(false)
  })
})
