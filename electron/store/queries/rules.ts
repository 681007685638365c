/** Rules that the office has changed; the others stand in shared/domain/rules/defaults.ts. */
import type { ReadDb } from '../read-db.ts'
import { rowsWhere, type Row } from '../rows.ts'

export function ruleRows(db: ReadDb): Row<'rule'>[] {
  return rowsWhere(db, 'rule', '1', [], 'ORDER BY id')
}
