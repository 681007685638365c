/**
 * 复核 (domain.md section 2.5): it can be asked for within so many days after receipt, and is decided within so many days by somebody else. Days are calendar
 * days, counted from the day after receipt or request. While it is open the letter stays in force; a decision of 撤销 withdraws it.
 */
import { err, ok } from '../../result.ts'
import type { Result } from '../../result.ts'
import { addDays, dayDifference } from '../../text/dates.ts'
import type { IsoDate } from '../../text/dates.ts'
import { allowed, letterState, servedOn } from './state.ts'
import type { LetterFacts, LetterType, RecheckFact } from './types.ts'

/** A 澄清函 takes a finding back and says nothing that could be rechecked: its paper names no such right (letters.md section 3). */
export function canBeRechecked(type: LetterType): boolean {
  return type !== 'clarification'
}

/** The day of receipt: the first service, else the first reply (whoever answers has received, domain.md section 2.3); null: not received yet. */
export function receivedOn(facts: LetterFacts): IsoDate | null {
  return servedOn(facts) ?? facts.replies.map((reply) => reply.receivedOn).sort()[0] ?? null
}

/** The last day on which 复核 can be asked for: `days` after receipt, the day of receipt not counted (domain.md section 2.5). */
export function lastAskDay(received: IsoDate, days: number): IsoDate {
  return addDays(received, days)
}

/** The last day for the decision: `days` after the request, its day not counted (domain.md section 2.5). */
export function decisionDue(askedOn: IsoDate, days: number): IsoDate {
  return addDays(askedOn, days)
}

/** The request that waits for its decision, of several the earliest; a withdrawn letter waits for none. */
export function openRecheck(facts: LetterFacts): RecheckFact | null {
  if (facts.voidedOn !== null) return null
  return [...facts.rechecks].filter((one) => one.outcome === null).sort(inOrder)[0] ?? null
}

/** The decision that counts: the last one; null without any. */
export function latestDecision(facts: LetterFacts): RecheckFact | null {
  return [...facts.rechecks].filter((one) => one.outcome !== null).sort(inOrder).at(-1) ?? null
}

function inOrder(a: RecheckFact, b: RecheckFact): number {
  return a.askedOn === b.askedOn ? (a.id < b.id ? -1 : 1) : a.askedOn < b.askedOn ? -1 : 1
}

/**
 * May 复核 be asked for on `askedOn`? `days`: what the paper says. LETTER_STATE: not issued, not received, withdrawn, or a 澄清函; RECHECK_OPEN: one at a time;
 * DATE_ORDER: before receipt; RECHECK_LATE {last, received, days}. Like an extension (domain.md section 2.3) it is asked for in time or not at all; a mistake that is found later is
 * what 撤销 and 澄清 are for, and they need no request.
 */
export function mayAskRecheck(facts: LetterFacts, days: number, askedOn: IsoDate): Result<null> {
  const state = letterState(facts)
  const received = receivedOn(facts)
  if (!allowed(state, 'askRecheck') || !canBeRechecked(facts.type) || received === null) return err('LETTER_STATE', { state, action: 'askRecheck' })
  if (openRecheck(facts) !== null) return err('RECHECK_OPEN')
  if (askedOn < received) return err('DATE_ORDER', { field: 'askedOn', date: askedOn, notBefore: received })
  const last = lastAskDay(received, days)
  return askedOn > last ? err('RECHECK_LATE', { last, received, days }) : ok(null)
}

/** Whoever wrote, checked or signed the letter: accounts. */
export type Makers = { readonly draftedBy: string | null; readonly checkedBy: string | null; readonly issuedBy: string | null }

/** "Decided by somebody else" (domain.md section 2.5): none of those who made the letter, also where the office has one account only. */
export function mayDecideRecheck({ draftedBy, checkedBy, issuedBy }: Makers, accountId: string): boolean {
  return ![draftedBy, checkedBy, issuedBy].includes(accountId)
}

/** Whole days past the day for the decision, to the decision or to `today`; 0 on the day itself. */
export function recheckOverdueDays({ dueOn, decidedOn }: Pick<RecheckFact, 'dueOn' | 'decidedOn'>, today: IsoDate): number {
  return Math.max(0, dayDifference(dueOn, decidedOn ?? today))
}
