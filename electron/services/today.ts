/** 今日: what a clerk has to do now, in the order of the day. */
import type { OutputOf } from '../../shared/contract/entries.ts'
import { ok, type Result } from '../../shared/result.ts'
import { addDays } from '../../shared/text/dates.ts'
import { dayCounts, dueBetween } from '../store/queries/today.ts'
import { openRechecks, overdueLetters } from '../store/queries/letters.ts'
import { reportPeriods } from '../store/queries/reports.ts'
import { boardOf } from './bulletins/list.ts'

import type { OpenContext } from './context.ts'
import { calendarOf, toLetterRow } from './letters/rows.ts'

const shown = 20
const soonDays = 7

export function todaySummary(_: unknown, { store, env }: OpenContext): Result<OutputOf<'today.summary'>> {
  const today = env.today()
  return store.read((db) => {
    // The newest reported month; before the first report, this one.
    const period = reportPeriods(db).find((one) => one.length === 7) ?? today.slice(0, 7)
    const overdue = overdueLetters(db, today)
    const calendar = calendarOf(db)
    const rechecks = openRechecks(db).map((letter) => toLetterRow(letter, today))
    return ok({
      today, period,
      counts: { ...dayCounts(db, today), repliesOverdue: overdue.length, rechecksOpen: rechecks.length, rechecksOverdue: rechecks.filter((letter) => letter.recheckOverdueDays > 0).length },
      overdue: overdue.slice(0, shown).map((letter) => toLetterRow(letter, today)),
      dueSoon: dueBetween(db, today, addDays(today, soonDays), shown).map((letter) => toLetterRow(letter, today)),
      rechecks: rechecks.slice(0, shown),
      missing: boardOf(db, period).map((row) => ({ kind: row.kind, period: row.period, reported: row.bulletinId !== null, rows: row.rows, at: row.importedOn })),
      calendarKnown: calendar.coveredYears.has(Number(today.slice(0, 4))),
    })
  })
}
