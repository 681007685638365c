/** The number series of the organ (exchange.md section 5). A number row is for ever: void letters and numbers used on paper keep theirs. */
import type { ReadDb } from '../read-db.ts'
import { rowsWhere, type Row } from '../rows.ts'

/** The highest number taken in the series and year, 0 where none is. */
export function lastSequence(db: ReadDb, series: string, year: number): number {
  return db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM number WHERE series = ? AND year = ?', [series, year])?.seq ?? 0
}

/** Is the number held, by a letter or on paper? Removed rows count: a number that was ever given is never given again. */
export function numberTaken(db: ReadDb, series: string, year: number, seq: number): boolean {
  return db.get('SELECT 1 FROM number WHERE series = ? AND year = ? AND seq = ? UNION ALL SELECT 1 FROM letter WHERE series = ? AND year = ? AND seq = ?', [series, year, seq, series, year, seq]) !== undefined
}

/** Letters in force with this number. */
export function lettersBearing(db: ReadDb, series: string, year: number, seq: number): string[] {
  return db.all<{ id: string }>('SELECT id FROM letter WHERE series = ? AND year = ? AND seq = ? AND deleted = 0 AND voidedOn IS NULL ORDER BY id', [series, year, seq]).map((row) => row.id)
}

/** The latest date of issue in the series and year, withdrawn letters left out. */
export function lastIssueDate(db: ReadDb, series: string, year: number): string | null {
  return db.get<{ day: string | null }>('SELECT max(issuedOn) AS day FROM letter WHERE series = ? AND year = ? AND deleted = 0 AND voidedOn IS NULL', [series, year])?.day ?? null
}

/** In the order of the series. */
export function numbersOf(db: ReadDb, series: string, year: number): readonly Row<'number'>[] {
  return rowsWhere(db, 'number', 'series = ? AND year = ?', [series, year], 'ORDER BY seq, id')
}

export function voidedNumbers(db: ReadDb, series: string, year: number): readonly { readonly number: string; readonly reason: string | null }[] {
  return db.all('SELECT number, voidReason AS reason FROM letter WHERE series = ? AND year = ? AND deleted = 0 AND voidedOn IS NOT NULL ORDER BY seq, id', [series, year])
}

export type LeaseRow = {
  readonly id: string; readonly device: string; readonly origin: string; readonly fromSeq: number; readonly toSeq: number; readonly closedOn: string | null
  /** Numbers that nothing holds yet, and the first of them. */
  readonly left: number; readonly next: number
}

/** A longer one is nobody's that this program lent. */
export const maxLease = 1_000

/** Leases of the series and year, in the order of their numbers. */
export function leasesOf(db: ReadDb, series: string, year: number): LeaseRow[] {
  return rowsWhere(db, 'numberLease', 'series = ? AND year = ?', [series, year], 'ORDER BY fromSeq, id').flatMap((row) => {
    const { fromSeq, toSeq } = row
    if (fromSeq === null || toSeq === null || toSeq - fromSeq >= maxLease) return []
    const held = new Set(db.all<{ seq: number }>('SELECT seq FROM number WHERE series = ? AND year = ? AND seq BETWEEN ? AND ?', [series, year, fromSeq, toSeq]).map((one) => one.seq))
    const free = Array.from({ length: toSeq - fromSeq + 1 }, (_, index) => fromSeq + index).filter((seq) => !held.has(seq))
    return [{ id: row.id, device: row.device ?? '', origin: row.origin ?? '', fromSeq, toSeq, closedOn: row.closedOn, left: free.length, next: free[0] ?? toSeq + 1 }]
  })
}

/** The highest number that is given or lent, 0 where none is. */
export function heldIn(db: ReadDb, series: string, year: number): number {
  const lent = db.get<{ seq: number | null }>('SELECT max(toSeq) AS seq FROM numberLease WHERE series = ? AND year = ?', [series, year])?.seq ?? 0
  return Math.max(lent, lastSequence(db, series, year))
}

/** 编号待定: issued, in force, and without a number; in the order of their dates. */
export function pendingLetters(db: ReadDb, series: string): { readonly id: string; readonly issuedOn: string }[] {
  return db.all('SELECT id, issuedOn FROM letter WHERE series = ? AND seq IS NULL AND issuedOn IS NOT NULL AND voidedOn IS NULL AND deleted = 0 ORDER BY issuedOn, id', [series])
}
