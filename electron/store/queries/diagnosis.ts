/** The survivors row by row as ids, for a file that two machines compare (services/exchange/diagnosis.ts). */
import { rowId, type RowKey } from '../log/row-key.ts'
import type { ReadDb } from '../read-db.ts'

/** One write of a register (`register`: 'unit.identity'). `change`: its id in hex; `scope`: of the change. */
export type WriteOfRow = { readonly register: string; readonly change: string; readonly scope: string; readonly live: boolean }

/** Every row that was ever written with all its writes, walked along the index: nothing is sorted and one row stands in memory. */
export function* writesByRow(db: ReadDb): IterableIterator<{ readonly row: string; readonly writes: readonly WriteOfRow[] }> {
  let open: { key: string; writes: WriteOfRow[] } | undefined
  const found = db.iterate<{ row: RowKey; register: string; live: number; scope: string; id: Buffer }>(
    'SELECT w.row, r.name AS register, w.live, c.scope, c.id FROM reg_write w CROSS JOIN register r ON r.code = w.reg CROSS JOIN change c ON c.n = w.n ORDER BY w.row, w.reg, w.n')
  for (const { row, register, live, scope, id } of found) {
    const key = rowId(row)
    if (open?.key !== key) {
      if (open) yield { row: open.key, writes: open.writes }
      open = { key, writes: [] }
    }
    open.writes.push({ register, change: id.toString('hex'), scope, live: live === 1 })
  }
  if (open) yield { row: open.key, writes: open.writes }
}

/** The number of the newest migration in the file. */
export function fileVersion(db: ReadDb): number {
  return db.get<{ user_version: number }>('SELECT user_version FROM pragma_user_version')?.user_version ?? 0
}
