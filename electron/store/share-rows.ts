/**
 * Rows that every machine needs (sharedTables) and that were written before there was a scope for them: said once more where everybody sees them. Otherwise a
 * township's machine would know its officials and letters, but not the name of a single unit. Two offices that do it apart write the same, which is no conflict.
 */
import type { Database } from 'better-sqlite3'
import { parseBody } from './log/body.ts'
import { canonical } from './log/canonical.ts'
import type { LogDb } from './log/log-db.ts'
import type { Parts } from './log/parts.ts'
import type { Projector } from './log/projector.ts'
import { rowKey } from './log/row-key.ts'
import { tableNamed, type Table } from './registers.ts'
import { officeScope, sharedScope } from './store.ts'
import { sharedTables } from './tables.ts'

type Engine = { readonly db: Database; readonly log: LogDb; readonly projector: Projector }

/** In the running transaction; gives the number of rows. What is disputed waits for the decision, and is said again with the next call. */
export function shareRows({ db, log, projector }: Engine, parts: Parts): number {
  let rows = 0
  for (const name of sharedTables) {
    const table = tableNamed(name)!
    for (const id of db.prepare<unknown[], string>(`SELECT id FROM "${name}" WHERE scope = ? AND deleted = 0 ORDER BY id`).pluck().all(officeScope)) {
      if (!shareRow(log, parts, table, id)) continue
      projector.update(table, id, projector.load(table, id)!, sharedScope, false, [])
      rows++
    }
  }
  return rows
}

function shareRow(log: LogDb, parts: Parts, table: Table, id: string): boolean {
  const live = log.writesOf(rowKey(id)).filter((write) => write.live === 1)
  const found = table.registers.flatMap((register) => {
    const code = log.codes.of(table.name, register.name)
    const writes = live.filter((write) => write.reg === code)
    return writes.length === 0 ? [] : [{ register: register.name, code, writes: writes.map(({ n }) => log.change(n)) }]
  })
  if (found.some(({ writes }) => writes.length > 1)) return false
  for (const { register, code, writes: [write] } of found) {
    if (write!.scope !== officeScope || !write!.body) continue
    const op = parseBody(write!.body).ops.find((one) => one.table === table.name && one.row === id && one.register === register)
    if (op) parts.add({ table: table.name, id, register, code, kills: [write!.n], knows: [write!.n] }, canonical(op.value), sharedScope)
  }
  return found.length > 0
}
