import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { letterStates } from '../../../../shared/domain/letters/types.ts'
import { proposalKey } from '../../../../shared/domain/rules/finding.ts'
import type { RuleLetter } from '../../../../shared/domain/rules/finding.ts'
import { keysOf, ruleOf, run } from '../../../host/rule-builders.ts'

const letter: RuleLetter = { id: 'L1', number: '滕督函〔2026〕3号', type: 'reminder', state: 'awaiting', unitId: 'A', officialId: 'A-o', matter: '招商引资', replyDue: '2026-07-20' }
const on = (today: string, more: Partial<RuleLetter> = {}, period = '2026-06') => run('R7', { period, today, letters: [{ ...letter, ...more }] })

describe('R7', () => {
  test('from the day after the due day, by the day that counts now', () => {
    expect(on('2026-07-20')).toEqual([])
    expect(on('2026-07-21')).toMatchObject([{ measure: 'interview', matter: '招商引资', officialId: 'A-o', item: '滕督函〔2026〕3号', letterId: 'L1', incomplete: false }])
    expect(on('2026-07-21', { replyDue: '2026-08-03' })).toEqual([])
    expect(on('2026-07-21', { replyDue: null })).toEqual([])
    expect(on('2026-07-22')[0]?.facts[0]?.text).toBe('提醒函滕督函〔2026〕3号要求于2026年7月20日前报送书面说明，已逾期2天')
  })

  test('only while words are awaited', () => {
    expect(letterStates.filter((state) => on('2026-09-01', { state }).length > 0)).toEqual(['awaiting', 'supplement'])
  })

  test('one overdue letter is one proposal, whatever period the rules run for; a run-out extension is another', () => {
    const key = keysOf(on('2026-07-21'))
    expect(keysOf(on('2026-09-01', {}, '2026-08'))).toEqual(key)
    expect(keysOf(on('2026-09-01', {}, '2026'))).toEqual(key)
    expect(keysOf(on('2026-09-01', { number: null }))).toEqual(key)
    expect(keysOf(on('2026-09-01', { replyDue: '2026-08-03' }))).not.toEqual(key)
    expect(keysOf(on('2026-09-01', { id: 'L2' }))).not.toEqual(key)
  })

  test('can be narrowed to types; a letter to nobody is incomplete', () => {
    const narrowed = { ...ruleOf('R7'), condition: { type: 'overdueReply' as const, letterTypes: ['supervision' as const] } }
    const letters = [letter, { ...letter, id: 'L2', type: 'supervision' as const, officialId: null }]
    expect(run(narrowed, { period: '2026-06', today: '2026-09-01', letters })).toMatchObject([{ letterId: 'L2', incomplete: true }])
  })

  test('order of letters means nothing', () => {
    const any = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), state: fc.constantFrom(...letterStates), replyDue: fc.constantFrom('2026-07-01', '2026-07-02', null), officialId: fc.constantFrom('x', 'y', null) })
    fc.assert(fc.property(fc.uniqueArray(any, { selector: ({ id }) => id }), (list) => {
      const letters = list.map((entry): RuleLetter => ({ ...letter, ...entry }))
      const found = run('R7', { period: '2026-06', today: '2026-07-02', letters })
      expect(found.map(({ letterId }) => letterId).sort()).toEqual(letters.filter(({ state, replyDue }) => (state === 'awaiting' || state === 'supplement') && replyDue === '2026-07-01').map(({ id }) => id).sort())
      expect(run('R7', { period: '2026-06', today: '2026-07-02', letters: letters.toReversed() })).toEqual(found)
    }), { numRuns: 500, seed: 20260607 })
  })
})

test('keys tell apart what differs and cannot be forged by odd text', () => {
  const base = { ruleId: 'R3', period: '2026-06', unitId: 'A', officialId: 'o', item: '项目', letterId: null, occasion: '2026-06' }
  const others = [{ ruleId: 'R4' }, { occasion: '2026-07' }, { unitId: 'B' }, { officialId: null }, { item: null }, { item: '"' }, { officialId: 'o","项目', item: null }]
  const keys = [base, ...others.map((more) => ({ ...base, ...more }))].map(proposalKey)
  expect(new Set(keys).size).toBe(keys.length)
})
