/** Registers with different surviving writes, and removals that did not know an edit. */
import { conflicting } from '../../../../shared/merge/survivors.ts'
import { tombstone } from '../../log/body.ts'
import { canonical } from '../../log/canonical.ts'
import { rowId, type RowKey } from '../../log/row-key.ts'
import type { ReadDb } from '../../read-db.ts'
import { tables, type ConflictClass, type TableName } from '../../tables.ts'
import { columns, conflictOf, joined, opOf, order, splitName, survivorOf, type Bodies, type Conflict, type Live } from './writes.ts'

const rowsAtOnce = 500

/** The merge notes the rows that may have any: more than one survivor, or a removal. Walking a million writes for them would take a second. */
export function disputedRows(db: ReadDb): Conflict[] {
  const rows = db.all<{ row: RowKey }>('SELECT row FROM suspect').map((one) => one.row)
  const bodies: Bodies = new Map()
  const found: Conflict[] = []
  for (let from = 0; from < rows.length; from += rowsAtOnce) found.push(...registerConflicts(db, rows.slice(from, from + rowsAtOnce), bodies))
  return found
}

export function registerConflicts(db: ReadDb, keys: readonly RowKey[], bodies: Bodies): Conflict[] {
  const among = `AND row IN (${keys.map(() => '?').join(', ')})`
  const forked = db.all<Live>(`SELECT ${columns} FROM (SELECT row, reg FROM reg_write WHERE live = 1 ${among} GROUP BY row, reg HAVING count(*) > 1) AS f
    JOIN reg_write AS w ON w.row = f.row AND w.reg = f.reg AND w.live = 1 ${joined} ${order}`, keys)
  const found: Conflict[] = []
  for (const writes of Map.groupBy(forked, (one) => `${one.name}\n${rowId(one.row)}`).values()) {
    const [table, register] = splitName(writes[0]!.name)
    const conflict = classOf(table, register)
    if (conflict === 'auto' || register === tombstone) continue
    const survivors = writes.flatMap((one, index) => survivorOf(db, bodies, one, index === 0))
    if (conflicting(survivors.map((one) => canonical(one.value)))) found.push(conflictOf(conflict, table as TableName, register, rowId(writes[0]!.row), survivors))
  }
  return [...found, ...removals(db, bodies, keys)]
}

/** A row is shown although a removal survives, because an edit was not known to it. */
function removals(db: ReadDb, bodies: Bodies, keys: readonly RowKey[]): Conflict[] {
  const among = `AND w.row IN (${keys.map(() => '?').join(', ')})`
  const graves = db.all<Live>(`SELECT ${columns} FROM reg_write AS w ${joined} WHERE w.live = 1 ${among} AND r.name GLOB '*.${tombstone}' ${order}`, keys)
  const found: Conflict[] = []
  for (const writes of Map.groupBy(graves, (one) => `${one.name}\n${rowId(one.row)}`).values()) {
    const [table] = splitName(writes[0]!.name)
    const row = rowId(writes[0]!.row)
    if (!Object.hasOwn(tables, table)) continue
    const graveOps = writes.flatMap((one) => opOf(db, bodies, one) ?? [])
    const known = new Set(graveOps.filter((op) => op.value['deleted'] === true).flatMap((op) => op.pred))
    const shown = writes.flatMap((one) => survivorOf(db, bodies, one, false))
    if (shown[0]?.value['deleted'] !== true) continue
    const edits = db.all<Live>(`SELECT ${columns} FROM reg_write AS w ${joined} WHERE w.live = 1 AND w.row = ? AND r.name GLOB ? AND r.name <> ? ${order}`, [writes[0]!.row, `${table}.*`, writes[0]!.name])
    const unknown = edits.filter((one) => !known.has(one.id.toString('hex'))).flatMap((one) => survivorOf(db, bodies, one, true))
    if (unknown.length > 0) found.push(conflictOf('hard', table as TableName, tombstone, row, [...unknown, ...shown]))
  }
  return found
}

function classOf(table: string, register: string): ConflictClass {
  if (!Object.hasOwn(tables, table)) return 'auto'
  const registers = tables[table as TableName] as Readonly<Record<string, { readonly conflict: ConflictClass }>>
  return registers[register]?.conflict ?? 'auto'
}
