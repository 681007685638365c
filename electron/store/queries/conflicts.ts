/**
 * 待核对: registers with different surviving writes, removals that did not know an edit, and integrity views in place of constraints, which would
 * abort an import (exchange.md section 2).
 */
import { rowKey } from '../log/row-key.ts'
import type { ReadDb } from '../read-db.ts'
import { doubledNumbers } from './conflicts/doubled-numbers.ts'
import { disputedRows, registerConflicts } from './conflicts/edits.ts'
import { joinedRings, ringsOf } from './conflicts/joined-rings.ts'
import { overlappingLeases } from './conflicts/overlapping-leases.ts'
import { removedInUse } from './conflicts/removed-in-use.ts'
import { sharedNames } from './conflicts/shared-names.ts'
import type { Conflict } from './conflicts/writes.ts'

export { doubledRegister, sharesNumber } from './conflicts/doubled-numbers.ts'
export { conflictId, type Conflict, type Survivor } from './conflicts/writes.ts'

/** Review and hard ones, by id. Several letters with one number stand as one conflict, instead of the two holders of its number row. */
export function listConflicts(db: ReadDb): Conflict[] {
  const doubled = doubledNumbers(db)
  const rows = new Set(doubled.map((one) => one.row))
  const views = [...doubled, ...removedInUse(db), ...sharedNames(db), ...joinedRings(db), ...overlappingLeases(db)]
  return [...views, ...disputedRows(db).filter((one) => one.table !== 'number' || !rows.has(one.row))].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Those of some rows only: what must be known of one letter does not walk the whole log. Doubled numbers are asked for by sharesNumber. */
export function conflictsOfRows(db: ReadDb, rows: readonly string[]): Conflict[] {
  if (rows.length === 0) return []
  return [...registerConflicts(db, rows.map(rowKey), new Map()), ...removedInUse(db, rows), ...ringsOf(db, rows)]
}
