/** Counts of the day, from the tallies of the lists. */
import { letterStates, type LetterState } from '../../../shared/domain/letters/types.ts'
import type { ReadDb } from '../read-db.ts'
import { letterRows, type LetterListRow } from './letters.ts'

export type DayCounts = {
  readonly proposalsOpen: number; readonly proposalsIncomplete: number; readonly lettersDraft: number; readonly lettersToCheck: number; readonly lettersToIssue: number; readonly lettersToDeliver: number
  readonly repliesWaiting: number; readonly repliesToJudge: number; readonly lettersToClose: number; readonly issuedThisMonth: number; readonly closedThisMonth: number; readonly awardsThisYear: number
}

function one(db: ReadDb, sql: string, params: readonly (string | number)[]): number {
  return db.get<{ c: number | null }>(sql, params)?.c ?? 0
}

/** `today`: YYYY-MM-DD; the month and year are those of this day. */
export function dayCounts(db: ReadDb, today: string): DayCounts {
  const tally = db.all<{ state: number; c: number }>('SELECT state, sum(letters) AS c FROM letter_tally GROUP BY state')
  const inState = (...states: readonly LetterState[]): number => tally.filter((row) => states.includes(letterStates[row.state] ?? 'void')).reduce((sum, row) => sum + row.c, 0)
  const month = today.slice(0, 7)
  const year = today.slice(0, 4)
  return {
    proposalsOpen: one(db, `SELECT count(*) AS c FROM proposal WHERE coalesce(state, 'open') = 'open' AND deleted = 0`, []),
    proposalsIncomplete: one(db, `SELECT count(*) AS c FROM proposal WHERE coalesce(state, 'open') = 'open' AND deleted = 0 AND officialId IS NULL AND addresseeId IS NULL`, []),
    lettersDraft: inState('draft', 'returned'), lettersToCheck: inState('checking'), lettersToIssue: inState('checked'), lettersToDeliver: inState('issued'),
    repliesWaiting: inState('awaiting', 'supplement'), repliesToJudge: inState('replied'), lettersToClose: inState('accepted', 'rejected'),
    // Void letters are excluded from counts (domain.md section 2).
    issuedThisMonth: one(db, `SELECT count(*) AS c FROM letter_list WHERE kIssued >= ? AND kIssued <= ? AND state <> ?`, [`${month}-01`, `${month}-31`, letterStates.indexOf('void')]),
    closedThisMonth: one(db, `SELECT count(*) AS c FROM letter_list WHERE state = ? AND closedOn >= ? AND closedOn <= ?`, [letterStates.indexOf('closed'), `${month}-01`, `${month}-31`]),
    awardsThisYear: one(db, `SELECT count(*) AS c FROM report WHERE kind = 'awards' AND period IN (?, ?) AND deleted = 0`, [year, String(Number(year) - 1)]),
  }
}

/** Awaited explanations that are due from `from` to `to`, both inclusive, the nearest first. */
export function dueBetween(db: ReadDb, from: string, to: string, limit: number): readonly LetterListRow[] {
  const ids = db.all<{ letterId: string }>('SELECT letterId FROM letter_list WHERE waitDue >= ? AND waitDue <= ? ORDER BY waitDue, n LIMIT ?', [from, to, limit])
  return letterRows(db, ids.map((row) => row.letterId))
}
