/** Integrity: letters in force that bear one number. */
import { derivedId } from '../../ids.ts'
import type { ReadDb } from '../../read-db.ts'
import { conflictOf, standing, type Conflict } from './writes.ts'

/** The register name under which several letters with one number are listed. */
export const doubledRegister = 'number'

/**
 * `register` is 'number', `row` the number's row; a survivor is the write that issued one of the letters, its value
 * `{letterId, number, issuedOn, unitId, officialId}`. Numbers of one series and year come in the order of the index.
 */
export function doubledNumbers(db: ReadDb): Conflict[] {
  const twice = db.all<{ series: string; year: number; seq: number }>(
    'SELECT series, year, seq FROM letter WHERE deleted = 0 AND voidedOn IS NULL AND series IS NOT NULL AND seq IS NOT NULL GROUP BY series, year, seq HAVING count(*) > 1')
  return twice.map(({ series, year, seq }) => {
    const letters = db.all<{ id: string; number: string; issuedOn: string | null; unitId: string | null; officialId: string | null }>(
      'SELECT id, number, issuedOn, unitId, officialId FROM letter WHERE series = ? AND year = ? AND seq = ? AND deleted = 0 AND voidedOn IS NULL ORDER BY id', [series, year, seq])
    const survivors = letters.flatMap(({ id, ...letter }) => standing(db, 'letter', 'issue', id, { letterId: id, ...letter }))
    return conflictOf('hard', 'letter', doubledRegister, derivedId('number', series, year, seq), survivors)
  }).filter((one) => new Set(one.survivors.map((survivor) => survivor.id)).size > 1)
}

/** Whether another letter in force bears its number. */
export function sharesNumber(db: ReadDb, letterId: string): boolean {
  return db.get(`SELECT 1 FROM letter AS a JOIN letter AS b ON b.series = a.series AND b.year = a.year AND b.seq = a.seq AND b.id <> a.id
    WHERE a.id = ? AND a.voidedOn IS NULL AND b.deleted = 0 AND b.voidedOn IS NULL`, [letterId]) !== undefined
}
