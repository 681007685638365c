/** Settings and calendar tables: a few rows each, read whole. */
import type { ReadDb } from '../read-db.ts'
import { rowsWhere, type Row } from '../rows.ts'

export function settingRows(db: ReadDb): Row<'setting'>[] {
  return rowsWhere(db, 'setting', '1', [], 'ORDER BY id')
}

export function calendarRows(db: ReadDb): Row<'calendarYear'>[] {
  return rowsWhere(db, 'calendarYear', '1', [], 'ORDER BY year')
}
