/** What the letters' use cases share: the office's settings and calendar, list rows as the contract shows them, refusals. */
import type { LetterMinutes, LetterRow } from '../../../shared/contract/letter-schemas.ts'
import type { WorkdayCalendar } from '../../../shared/domain/deadlines.ts'
import { allowed, awaitsReply, overdueDays } from '../../../shared/domain/letters/state.ts'
import { recheckOverdueDays } from '../../../shared/domain/letters/recheck.ts'
import type { LetterAction, LetterFacts } from '../../../shared/domain/letters/types.ts'
import type { Settings } from '../../../shared/domain/settings.ts'
import { Refusal } from '../../../shared/result.ts'
import { letterFacts } from '../../store/derive/letters.ts'
import { enabledAccounts } from '../../store/queries/letter-parts.ts'
import { letterRows, type LetterListRow } from '../../store/queries/letters.ts'
import type { ReadDb } from '../../store/read-db.ts'
import { rowById, type Row } from '../../store/rows.ts'
import { ownCalendarYears } from '../calendar-tables.ts'
import { officeCalendar } from '../calendar.ts'
import type { Account } from '../context.ts'
import { readSettings } from '../settings.ts'

export type Office = {
  readonly settings: Settings
  readonly account: Account
  /** Only one enabled account: then it may check and sign its own drafts (domain.md section 5). */
  readonly single: boolean
  readonly today: string
}

export function officeOf(db: ReadDb, { account, env }: { readonly account: Account; readonly env: { readonly today: () => string } }): Office {
  return { settings: readSettings(db), account, single: enabledAccounts(db) === 1, today: env.today() }
}

export function calendarOf(db: ReadDb): WorkdayCalendar {
  return officeCalendar(ownCalendarYears(db))
}

/** Overdue days run while an explanation is awaited, and stand still once it has come; without one nothing is overdue. */
export function toLetterRow(listed: LetterListRow, today: string): LetterRow {
  const { n, ...row } = listed
  void n
  const counts = row.repliedOn !== null || awaitsReply(row.state)
  const stopped = awaitsReply(row.state) ? null : row.repliedOn
  return { ...row, unitId: row.unitId ?? '', overdueDays: counts && row.state !== 'void' ? overdueDays(row.replyDue, today, stopped) : 0, recheckOverdueDays: row.recheckDue === null ? 0 : recheckOverdueDays({ dueOn: row.recheckDue, decidedOn: null }, today) }
}

export function letterRowsOf(db: ReadDb, ids: readonly string[], today: string): LetterRow[] {
  return letterRows(db, ids).map((row) => toLetterRow(row, today))
}

/** Refusal NOT_FOUND. */
export function letterOf(db: ReadDb, id: string): Row<'letter'> {
  const letter = rowById(db, 'letter', id)
  if (letter === undefined) throw new Refusal('NOT_FOUND', { what: 'letter' })
  return letter
}

/** Refusal NOT_FOUND. */
export function factsOf(db: ReadDb, id: string): LetterFacts {
  const facts = letterFacts(db, id)
  if (facts === undefined) throw new Refusal('NOT_FOUND', { what: 'letter' })
  return facts
}

export function minutesOf(letter: Row<'letter'>): LetterMinutes | null {
  return letter.minutes as LetterMinutes | null
}

/** The state stands in the list, which every write brings up to date. Refusal LETTER_STATE {letterId, state, action}. */
export function mustAllow(db: ReadDb, letterId: string, action: LetterAction): LetterListRow {
  const row = letterRows(db, [letterId])[0]
  if (row === undefined) throw new Refusal('NOT_FOUND', { what: 'letter' })
  if (!allowed(row.state, action)) throw new Refusal('LETTER_STATE', { letterId, state: row.state, action })
  return row
}

/** Four eyes: who wrote the present text neither checks nor signs it, unless the office has one account only. Refusal LETTER_OWN_DRAFT. */
export function refuseOwnDraft(office: Office, letter: { readonly id: string; readonly draftedBy: string | null }): void {
  if (!office.single && letter.draftedBy === office.account.id) throw new Refusal('LETTER_OWN_DRAFT', { letterId: letter.id })
}

/** Refusal DATE_ORDER {field, date, notBefore}. */
export function refuseBefore(field: string, date: string, notBefore: string | null): void {
  if (notBefore !== null && date < notBefore) throw new Refusal('DATE_ORDER', { field, date, notBefore })
}
