/** Accounts of the office. */
import type { ReadDb } from '../read-db.ts'
import { rowsWhere, type Row } from '../rows.ts'

export function accountRows(db: ReadDb): Row<'account'>[] {
  return rowsWhere(db, 'account', '1', [], 'ORDER BY id')
}

/** Two machines may have made the same name apart: the older row (UUIDv7) answers. */
export function accountByName(db: ReadDb, name: string): Row<'account'> | undefined {
  return rowsWhere(db, 'account', 'name = ?', [name], 'ORDER BY id LIMIT 1')[0]
}

/** How many accounts that are not removed bear this name. */
export function accountsNamed(db: ReadDb, name: string): number {
  return db.get<{ n: number }>('SELECT count(*) AS n FROM account WHERE name = ? AND deleted = 0', [name])!.n
}
