/** The state of a letter (domain.md section 2), derived purely from its facts, so that merging in any order gives the same state. */
import { addWorkingDays } from '../deadlines.ts'
import type { WorkdayCalendar } from '../deadlines.ts'
import { dayDifference } from '../../text/dates.ts'
import type { IsoDate } from '../../text/dates.ts'
import { ok } from '../../result.ts'
import type { Result } from '../../result.ts'
import type { LetterAction, LetterFacts, LetterState, ReplyFact } from './types.ts'

/** The reply that counts: the last received; of two on one day the one with the larger id. Null without replies. */
export function latestReply(replies: readonly ReplyFact[]): ReplyFact | null {
  let latest: ReplyFact | null = null
  for (const reply of replies) {
    if (latest === null || reply.receivedOn > latest.receivedOn || (reply.receivedOn === latest.receivedOn && reply.id > latest.id)) latest = reply
  }
  return latest
}

function stateBeforeIssue(checkState: LetterFacts['checkState']): LetterState {
  switch (checkState) {
    case null: return 'draft'
    case 'submitted': return 'checking'
    case 'returned': return 'returned'
    case 'passed': return 'checked'
  }
}

function stateOfReply(reply: ReplyFact): LetterState {
  switch (reply.verdict) {
    case null: return 'replied'
    case '认可': return 'accepted'
    case '补充': return 'supplement'
    case '不认可': return 'rejected'
  }
}

/**
 * 撤销 outweighs everything (a withdrawn letter is shown as withdrawn), then 销号. Without an issue the later facts do not count: a paper
 * without a number cannot have been served. A reply counts even where the delivery was never recorded: whoever answers has received.
 */
export function letterState(facts: LetterFacts): LetterState {
  if (facts.voidedOn !== null) return 'void'
  if (facts.issuedOn === null) return stateBeforeIssue(facts.checkState)
  if (facts.closedOn !== null) return 'closed'
  const reply = latestReply(facts.replies)
  if (reply !== null) return stateOfReply(reply)
  if (facts.deliveries.length === 0) return 'issued'
  return facts.replyDays > 0 || facts.replyDue !== null ? 'awaiting' : 'accepted'
}

const recheck = ['askRecheck', 'decideRecheck'] as const

const actionsOf: Readonly<Record<LetterState, readonly LetterAction[]>> = {
  draft: ['edit', 'discard', 'submit'],
  checking: ['check'],
  returned: ['edit', 'discard', 'submit'],
  checked: ['issue', 'check'],
  issued: ['print', 'deliver', 'extend', 'void', 'clarify', 'minutes'],
  awaiting: ['print', 'deliver', 'extend', 'reply', 'void', 'clarify', 'escalate', 'minutes', ...recheck],
  replied: ['print', 'reply', 'judge', 'void', 'clarify', 'escalate', 'minutes', ...recheck],
  supplement: ['print', 'extend', 'reply', 'judge', 'void', 'clarify', 'escalate', 'minutes', ...recheck],
  rejected: ['print', 'reply', 'judge', 'close', 'void', 'clarify', 'escalate', 'minutes', ...recheck],
  accepted: ['print', 'reply', 'judge', 'close', 'void', 'clarify', 'escalate', 'minutes', ...recheck],
  closed: ['print', 'clarify', 'minutes', ...recheck],
  void: ['print', 'clarify'],
}

/**
 * `check` on a checked letter is the way back (退回) before it is signed; `minutes` is for 约谈通知书 alone, also after 销号 (a record may come late);
 * 复核 can be asked for as soon as the letter was received, also after 销号, while its days last. Who may act is the services' question (roles, own draft).
 */
export function allowedActions(state: LetterState): readonly LetterAction[] {
  return actionsOf[state]
}

export function allowed(state: LetterState, action: LetterAction): boolean {
  return actionsOf[state].includes(action)
}

/** Open = issued and not yet at its end: what the burden guard counts. Drafts count too, or two would be written at once. */
export function isOpen(state: LetterState): boolean {
  return state !== 'closed' && state !== 'void'
}

/** Does the office wait for words from the addressee? */
export function awaitsReply(state: LetterState): boolean {
  return state === 'awaiting' || state === 'supplement'
}

/** The first service counts: a second copy must not move the limit. */
export function servedOn(facts: LetterFacts): IsoDate | null {
  let first: string | null = null
  for (const { deliveredAt } of facts.deliveries) if (first === null || deliveredAt < first) first = deliveredAt
  return first === null ? null : first.slice(0, 10)
}

/**
 * The day by which the explanation is due: the latest granted extension, but never before the limit without it; the limit is `replyDue` where
 * it was set, else `replyDays` working days after the day of receipt. Null: nothing is asked for, or not served yet. CALENDAR_UNKNOWN beyond the tables.
 */
export function replyDueOn(facts: LetterFacts, calendar: WorkdayCalendar): Result<IsoDate | null> {
  const granted = facts.extensions.filter((extension) => extension.approvedBy !== null).map((extension) => extension.newDue).sort().at(-1) ?? null
  const served = servedOn(facts)
  let limit: Result<IsoDate | null> = ok(facts.replyDue)
  if (facts.replyDue === null && facts.replyDays > 0 && served !== null) limit = addWorkingDays(calendar, served, facts.replyDays)
  // A granted day is a day that a person fixed: it stands although the calendar does not reach that far.
  if (!limit.ok) return granted === null ? limit : ok(granted)
  if (granted === null) return limit
  return ok(limit.value === null || granted > limit.value ? granted : limit.value)
}

/** Whole days past the due day; 0 on the day itself. Counted to the reply where there is one (`repliedOn`), else to `today`. */
export function overdueDays(dueOn: IsoDate | null, today: IsoDate, repliedOn: IsoDate | null = null): number {
  return dueOn === null ? 0 : Math.max(0, dayDifference(dueOn, repliedOn ?? today))
}

/** Overdue now: an explanation is awaited and its day has passed. */
export function isOverdue(state: LetterState, dueOn: IsoDate | null, today: IsoDate): boolean {
  return awaitsReply(state) && overdueDays(dueOn, today) > 0
}
