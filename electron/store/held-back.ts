/**
 * A machine that sees some units only keeps to itself what is no unit's (defaultScope of make-store.ts). What the offices keep for everybody it must not change
 * there: such a change would never leave it, the offices' next one would stand against it for ever, and its digest of what everybody has would be another one.
 */
import { Refusal } from '../../shared/result.ts'
import { parseBody } from './log/body.ts'
import type { LogDb } from './log/log-db.ts'
import { rowKey } from './log/row-key.ts'
import { officeScope, sharedScope } from './store.ts'
import { sharedTables } from './tables.ts'

/** SHARED_BY_OFFICE when a change behind place `mark` of the log writes over a row that came from the offices. Rows of its own it may have. */
export function refuseHeldBack(log: LogDb, mark: number): void {
  const isShared = log.db.prepare('SELECT 1 FROM change WHERE n = ? AND scope = ?')
  for (const { n } of log.db.prepare<unknown[], { n: number }>('SELECT n FROM change WHERE n > ? AND scope IN (?, ?)').all(mark, officeScope, sharedScope)) {
    const { body, scope } = log.change(n)
    const ops = body ? parseBody(body).ops : []
    const theirs = ops.find(({ table, row }) => sharedTables.has(table as never) && (scope === sharedScope || log.writesOf(rowKey(row)).some((write) => isShared.get(write.n, sharedScope) !== undefined)))
    if (theirs) throw new Refusal('SHARED_BY_OFFICE', { what: theirs.table })
  }
}
