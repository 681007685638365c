/** The state and the due day of a letter, from its facts (shared/domain/letters). */
import { workCalendar } from '../../../shared/domain/deadlines.ts'
import { letterState, replyDueOn } from '../../../shared/domain/letters/state.ts'
import type { DeliveryFact, ExtensionFact, LetterFacts, RecheckFact, ReplyFact } from '../../../shared/domain/letters/types.ts'
import type { ReadDb } from '../read-db.ts'
import type { Derivation } from './derivation.ts'

/** Sorts behind every date: nothing is due. */
export const noDue = '9999-12-31'

type LetterColumns = Pick<LetterFacts, 'type' | 'checkState' | 'issuedOn' | 'voidedOn' | 'closedOn' | 'replyDays' | 'replyDue'>

/** The facts of one letter, deleted ones left out; undefined when there is no such row. */
export function letterFacts(db: ReadDb, id: string): LetterFacts | undefined {
  const letter = db.get<LetterColumns>('SELECT type, checkState, issuedOn, voidedOn, closedOn, replyDays, replyDue FROM letter WHERE id = ?', [id])
  if (!letter) return undefined
  return {
    ...letter,
    type: letter.type ?? 'reminder',
    replyDays: letter.replyDays ?? 0,
    deliveries: db.all<DeliveryFact>('SELECT id, deliveredAt FROM delivery WHERE letterId = ? AND deleted = 0 AND deliveredAt IS NOT NULL', [id]),
    replies: db.all<ReplyFact>('SELECT id, receivedOn, verdict, verdictOn FROM reply WHERE letterId = ? AND deleted = 0 AND receivedOn IS NOT NULL', [id]),
    extensions: db.all<ExtensionFact>('SELECT id, askedOn, newDue, approvedBy FROM extension WHERE letterId = ? AND deleted = 0 AND newDue IS NOT NULL', [id]),
    rechecks: db.all<RecheckFact>('SELECT id, askedOn, dueOn, outcome, decidedOn FROM recheck WHERE letterId = ? AND deleted = 0 AND askedOn IS NOT NULL AND dueOn IS NOT NULL', [id]),
  }
}

const noCalendar = workCalendar([])

/** No calendar here: working days are counted when the letter is served and kept in `replyDue`; a rebuilt view must not depend on a calendar. */
function dueOf(facts: LetterFacts): string {
  const due = replyDueOn({ ...facts, replyDays: 0 }, noCalendar)
  return due.ok && due.value !== null ? due.value : noDue
}

export const letterDerivation: Derivation = {
  table: 'letter',
  columns: ['state', 'sortDue'],
  children: [
    { table: 'delivery', column: 'letterId' },
    { table: 'reply', column: 'letterId' },
    { table: 'extension', column: 'letterId' },
  ],
  compute: (db, id) => {
    const facts = letterFacts(db, id)
    return facts ? [letterState(facts), dueOf(facts)] : [null, null]
  },
}
