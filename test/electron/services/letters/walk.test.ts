/** Random walks: whatever people try, in whatever order, no letter reaches a state that the domain forbids and no number repeats. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LetterState } from '../../../../shared/domain/letters/types.ts'
import type { Result } from '../../../../shared/result.ts'
import { unwrap } from '../../../../shared/result.ts'
import { addDays } from '../../../../shared/text/dates.ts'
import { checkLetters, submitLetters } from '../../../../electron/services/letters/check.ts'
import { discardLetter, editLetter } from '../../../../electron/services/letters/compose.ts'
import { closeLetter, deliverLetter, extendLetter, judgeReply, replyToLetter } from '../../../../electron/services/letters/follow-up.ts'
import { issueLetters } from '../../../../electron/services/letters/issue.ts'
import { numbersOverview } from '../../../../electron/services/letters/numbers.ts'
import { voidLetter } from '../../../../electron/services/letters/withdraw.ts'
import { letterRows } from '../../../../electron/store/queries/letters.ts'
import { compose, draftText, list, makeLetterOffice, type LetterOffice } from '../../../host/letter-office.ts'

let office: LetterOffice
beforeAll(async () => {
  office = await makeLetterOffice('walk')
})
afterAll(() => office.close())

/** domain.md section 2.3, written down here by hand: from where an action may start, and where it may lead. */
const moves: Readonly<Record<string, { readonly from: readonly LetterState[]; readonly to: readonly (LetterState | 'gone')[] }>> = {
  edit: { from: ['draft', 'returned'], to: ['draft', 'returned'] },
  discard: { from: ['draft', 'returned'], to: ['gone'] },
  submit: { from: ['draft', 'returned'], to: ['checking'] },
  pass: { from: ['checking'], to: ['checked'] },
  return: { from: ['checking', 'checked'], to: ['returned'] },
  issue: { from: ['checked'], to: ['issued'] },
  deliver: { from: ['issued', 'awaiting'], to: ['awaiting'] },
  extend: { from: ['issued', 'awaiting', 'supplement'], to: ['issued', 'awaiting', 'supplement'] },
  reply: { from: ['awaiting', 'replied', 'supplement', 'rejected', 'accepted'], to: ['replied'] },
  accept: { from: ['replied', 'supplement', 'rejected', 'accepted'], to: ['accepted'] },
  supplement: { from: ['replied', 'supplement', 'rejected', 'accepted'], to: ['supplement'] },
  reject: { from: ['replied', 'supplement', 'rejected', 'accepted'], to: ['rejected'] },
  close: { from: ['rejected', 'accepted'], to: ['closed'] },
  void: { from: ['issued', 'awaiting', 'replied', 'supplement', 'rejected', 'accepted'], to: ['void'] },
}

function act(action: string, id: string, on: string): Result<unknown> {
  const { context } = office
  switch (action) {
    case 'edit': return editLetter({ id, draft: draftText }, context)
    case 'discard': return discardLetter({ id, reason: '试' }, context)
    case 'submit': return submitLetters({ ids: [id] }, context)
    case 'pass': return checkLetters({ ids: [id], pass: true, note: null }, context)
    case 'return': return checkLetters({ ids: [id], pass: false, note: '改' }, context)
    case 'issue': return issueLetters({ ids: [id], date: on }, context)
    case 'deliver': return deliverLetter({ id, at: `${on}T09:00`, receiver: '本人' }, context)
    case 'extend': return extendLetter({ id, askedOn: on, newDue: addDays(on, 40), reason: '核实' }, context)
    case 'reply': return replyToLetter({ id, receivedOn: on, scans: [] }, context)
    case 'accept': return judgeReply({ id, verdict: '认可', on }, context)
    case 'supplement': return judgeReply({ id, verdict: '补充', on }, context)
    case 'reject': return judgeReply({ id, verdict: '不认可', on }, context)
    case 'close': return closeLetter({ id, on }, context)
    default: return voidLetter({ id, on, reason: '有误' }, context)
  }
}

/** Half of the steps are ones that the state allows (else a walk hardly leaves the drafts), half are anything. */
const step = fc.record({ any: fc.constantFrom(...Object.keys(moves)), legal: fc.option(fc.nat(99), { nil: null }), letter: fc.nat(2), days: fc.integer({ min: -2, max: 6 }) })

function choose(state: LetterState | undefined, { any, legal }: { any: string; legal: number | null }): string {
  const open = Object.keys(moves).filter((action) => state !== undefined && !['discard', 'void', 'edit'].includes(action) && moves[action]!.from.includes(state))
  return legal === null || open.length === 0 ? any : (open[legal % open.length] ?? any)
}

describe('random walks', () => {
  it('stay inside the domain, and the numbers are consecutive', () => {
    let today = '2026-07-06'
    let issuedCount = unwrap(numbersOverview({ year: 2026 }, office.context)).used
    const reached = new Set<LetterState>()
    // No shrinking: the walks share one office, a shrunk walk would begin elsewhere. The seed and the steps are printed.
    fc.assert(fc.property(fc.array(step, { minLength: 50, maxLength: 90 }), (steps) => {
      const ids = Array.from({ length: 3 }, (_, index) => compose(office.context, { matter: `事项${index}` }).id)
      const rowOf = (id: string) => office.context.store.read((db) => letterRows(db, [id]))[0]
      const numbers = new Map<string, string>()
      for (const { letter, days, ...choice } of steps) {
        if (rowOf(ids[letter]!) === undefined) ids[letter] = compose(office.context, { matter: `事项${letter}` }).id
        const id = ids[letter]!
        const before = rowOf(id)
        const action = choose(before?.state, choice)
        const outcome = act(action, id, addDays(today, days))
        const after = rowOf(id)
        if (days > 0 && outcome.ok) today = addDays(today, 1)
        if (!outcome.ok) {
          expect(after).toEqual(before)
          continue
        }
        const move = moves[action]!
        expect(move.from).toContain(before?.state)
        expect(move.to).toContain(after?.state ?? 'gone')
        for (const row of [before, after]) if (row) reached.add(row.state)
        if (action === 'issue') {
          issuedCount += 1
          expect(after?.number).toBe(`滕督函〔2026〕${issuedCount}号`)
          numbers.set(id, after?.number ?? '')
        }
        // Once given, a number stays with its letter, void ones too.
        if (numbers.has(id)) expect(after?.number).toBe(numbers.get(id))
        if (today > '2026-12-01') today = '2026-07-06'
      }
      const { used, gaps } = unwrap(numbersOverview({ year: 2026 }, office.context))
      expect({ used, gaps }).toEqual({ used: issuedCount, gaps: [] })
    }), { seed: 20260706, numRuns: 15, endOnFailure: true })
    // The walks went somewhere: every state was seen.
    expect([...reached].sort()).toEqual(['accepted', 'awaiting', 'checked', 'checking', 'closed', 'draft', 'issued', 'rejected', 'replied', 'returned', 'supplement', 'void'])
  })

  it('and the list is the same when it is made anew from the log', () => {
    const whole = () => ['created', 'number', 'replyDue', 'unit', 'state'].map((sort) => list(office.context, { limit: 500, sort: sort as 'created' }).items)
    const before = whole()
    expect(before[0]?.length).toBeGreaterThan(20)
    office.folder.store.rebuildProjection()
    expect(whole().map((items) => items.map((one) => JSON.stringify(one)).sort())).toEqual(before.map((items) => items.map((one) => JSON.stringify(one)).sort()))
    expect(office.folder.store.verify()).toEqual({ ok: true, problems: [] })
  })
})
