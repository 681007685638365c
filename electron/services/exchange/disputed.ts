/** The mark of rows that show one of several values (exchange.md section 2: "winner shown with a badge"): asked for the rows on the screen, not for the whole log. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { conflictsOfRows, sharesNumber } from '../../store/queries/conflicts.ts'
import { sharedNames } from '../../store/queries/conflicts/shared-names.ts'
import type { ReadDb } from '../../store/read-db.ts'
import { rowsById } from '../../store/rows.ts'
import type { OpenContext } from '../context.ts'
import { numberId } from '../letters/numbers.ts'

export function disputedAmong({ rows }: ParsedOf<'conflicts.among'>, { store }: OpenContext): Result<OutputOf<'conflicts.among'>> {
  return store.read((db) => {
    const numbers = numbersOf(db, rows)
    const disputed = [...conflictsOfRows(db, [...rows, ...numbers.values()]), ...sharedNames(db)]
    // A ring or a name is several rows'.
    const found = new Set(disputed.flatMap((one) => [one.row, ...one.survivors.flatMap(({ value: { officialId, unitId } }) => [officialId, unitId])]))
    return ok({ rows: rows.filter((row) => found.has(row) || (numbers.has(row) && (found.has(numbers.get(row)!) || sharesNumber(db, row)))) })
  })
}

/** Of those that are letters with a number: the row of the number. */
function numbersOf(db: ReadDb, rows: readonly string[]): Map<string, string> {
  return new Map([...rowsById(db, 'letter', rows)].flatMap(([id, { series, year, seq }]) => (series === null || year === null || seq === null ? [] : [[id, numberId(series, year, seq)] as const])))
}
