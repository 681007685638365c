import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupForIssue, guard, issuable } from '../../../shared/domain/guard.ts'
import type { GuardLetter, GuardedProposal } from '../../../shared/domain/guard.ts'
import { defaultLadder } from '../../../shared/domain/letters/ladder.ts'
import { letterStates } from '../../../shared/domain/letters/types.ts'
import { measures } from '../../../shared/domain/rules/definition.ts'

const settings = { days: 30, ladder: defaultLadder }
const proposal: GuardedProposal = { id: 'p', unitId: 'A', officialId: 'o', matter: '招商引资', measure: 'reminder', letterId: null }
const letter: GuardLetter = { id: 'L', type: 'reminder', officialId: 'o', matter: '招商引资', state: 'awaiting', issuedOn: '2026-01-05' }

describe('guard', () => {
  test('an open letter of the same official and matter, however old', () => {
    const open = letterStates.filter((state) => guard(proposal, [{ ...letter, state }], '2026-07-01', settings) !== null)
    expect(open).toEqual(letterStates.filter((state) => state !== 'closed' && state !== 'void'))
    expect(guard(proposal, [letter], '2026-07-01', settings)).toEqual({ kind: 'open-letter', letterId: 'L', until: null })
    expect(guard(proposal, [{ ...letter, matter: '重点项目' }], '2026-07-01', settings)).toBeNull()
    expect(guard(proposal, [{ ...letter, officialId: 'other' }], '2026-07-01', settings)).toBeNull()
  })

  test('another letter within N days, in any matter, open or closed', () => {
    const other: GuardLetter = { ...letter, matter: '重点项目', state: 'closed', issuedOn: '2026-07-01' }
    expect(guard(proposal, [other], '2026-07-30', settings)).toEqual({ kind: 'recent-letter', letterId: 'L', until: '2026-07-31' })
    expect(guard(proposal, [other], '2026-07-31', settings)).toBeNull()
    expect(guard(proposal, [other], '2026-07-02', { ...settings, days: 0 })).toBeNull()
    expect(guard(proposal, [{ ...other, state: 'void' }], '2026-07-02', settings)).toBeNull()
    expect(guard(proposal, [{ ...other, type: 'clarification' }], '2026-07-02', settings)).toBeNull()
    expect(guard(proposal, [other, { ...other, id: 'K', issuedOn: '2026-07-10' }], '2026-07-30', settings)).toEqual({ kind: 'recent-letter', letterId: 'K', until: '2026-08-09' })
  })

  test('a card or an interview does not wait for an unrelated reminder, but for its own matter', () => {
    const card: GuardedProposal = { ...proposal, measure: 'yellowCardInterview', matter: '综合考核' }
    expect(guard(card, [{ ...letter, issuedOn: '2026-06-30' }], '2026-07-01', settings)).toBeNull()
    expect(guard(card, [{ ...letter, matter: '综合考核', type: 'interview' }], '2026-07-01', settings)).toMatchObject({ kind: 'open-letter' })
  })

  test('R7 climbs over the letter that was not answered, not over an interview already called', () => {
    const escalation: GuardedProposal = { ...proposal, measure: 'interview', letterId: 'L' }
    expect(guard(escalation, [{ ...letter, issuedOn: '2026-06-20' }], '2026-07-01', settings)).toBeNull()
    expect(guard(escalation, [letter, { ...letter, id: 'I', type: 'interview' }], '2026-07-01', settings)).toMatchObject({ kind: 'open-letter', letterId: 'I' })
  })
})

describe('groupForIssue', () => {
  test('items of one official and matter are one letter', () => {
    const plan = groupForIssue([{ ...proposal, id: '2' }, { ...proposal, id: '1' }, { ...proposal, id: '3', matter: '重点项目' }], defaultLadder)
    expect(plan.groups.map(({ matter, proposalIds, papers }) => [matter, proposalIds, papers])).toEqual([
      ['招商引资', ['1', '2'], [{ type: 'reminder', addressee: 'official' }]],
      ['重点项目', ['3'], [{ type: 'reminder', addressee: 'official' }]],
    ])
  })
  test('黄牌 + 约谈 is two papers, the card to the unit first', () => {
    const plan = groupForIssue([{ ...proposal, measure: 'yellowCardInterview' }, { ...proposal, id: 'q' }], defaultLadder)
    expect(plan.groups).toMatchObject([{ measure: 'yellowCardInterview', proposalIds: ['p', 'q'], papers: [{ type: 'yellowCard', addressee: 'unit' }, { type: 'interview', addressee: 'official' }] }])
  })
  test('without an official nothing is issued', () => {
    expect(groupForIssue([{ ...proposal, officialId: null }], defaultLadder)).toEqual({ groups: [], refused: [{ proposalId: 'p', code: 'PROPOSAL_NO_OFFICIAL' }] })
    expect(issuable({ ...proposal, officialId: null })).toMatchObject({ ok: false, error: { code: 'PROPOSAL_NO_OFFICIAL' } })
  })
  test('every proposal ends in exactly one place, whatever the order', () => {
    const any = fc.record({ unitId: fc.constantFrom('A', 'B'), officialId: fc.constantFrom('x', 'y', null), matter: fc.constantFrom('m', 'n'), measure: fc.constantFrom(...measures), letterId: fc.constant(null) })
    fc.assert(fc.property(fc.array(any, { maxLength: 12 }), (list) => {
      const proposals = list.map((entry, index): GuardedProposal => ({ id: String(index), ...entry }))
      const plan = groupForIssue(proposals, defaultLadder)
      expect([...plan.groups.flatMap(({ proposalIds }) => proposalIds), ...plan.refused.map(({ proposalId }) => proposalId)].sort()).toEqual(proposals.map(({ id }) => id).sort())
      expect(plan.groups.length).toBe(new Set(proposals.filter(({ officialId }) => officialId !== null).map((p) => `${p.unitId}/${p.officialId}/${p.matter}`)).size)
      expect(groupForIssue([...proposals.toReversed(), ...proposals], defaultLadder)).toEqual(plan)
    }), { numRuns: 500, seed: 20260608 })
  })
})
