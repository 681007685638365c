/** 批量签发 as listed, and the order in which units stand everywhere. */
import type { ReadDb } from '../read-db.ts'
import { rowsWhere, type Row } from '../rows.ts'

/** Newest first. */
export function newestBatches(db: ReadDb, limit: number): readonly Row<'batch'>[] {
  return rowsWhere(db, 'batch', 'startedOn IS NOT NULL', [], `ORDER BY startedOn DESC, id DESC LIMIT ${Math.trunc(limit)}`)
}

/** Place of every unit in the office's order: the number given to it, then its name, as in the list of units. */
export function unitPlaces(db: ReadDb): ReadonlyMap<string, number> {
  const rows = db.all<{ id: string }>('SELECT id FROM unit ORDER BY COALESCE(orderNo, 999999), name, id')
  return new Map(rows.map((row, index) => [row.id, index]))
}
