/**
 * The write side of one transaction on this machine: collects puts, compares them with what is there (rows that are new cost no look-up of their own),
 * hands ops to the parts and shows the values. Our own write names every survivor, so it is always the only one and always the shown one;
 * what others wrote goes through apply.ts.
 */
import type { Derive } from '../derive.ts'
import { encode, encodedOf, registerNamed, tableNamed, type Encoded, type Register, type Table } from '../registers.ts'
import { deletedValue, restoredValue, tombstone } from './body.ts'
import type { LogDb, RegWrite } from './log-db.ts'
import type { Parts } from './parts.ts'
import { cellsOf, type Projector, type TableRow } from './projector.ts'
import type { ReadyRow } from './ready-ops.ts'
import { isUuid, rowKey } from './row-key.ts'

type Put = { readonly register: Register; readonly encoded: Encoded; readonly scope: string }
/** `puts`: one a register, in the order of the calls. `ready`: all of a row's registers, should it be a new one. */
type Pending = { readonly table: Table; readonly id: string; readonly uuid: boolean; readonly puts: Put[]; ready?: { readonly row: ReadyRow; readonly scope: string } | undefined; bury?: { readonly deleted: boolean; readonly scope: string | undefined } }

/** Rows that are looked up and compared together. */
const maxPending = 500
const none: readonly number[] = []

export type Writer = ReturnType<typeof makeWriter>

export function makeWriter(log: LogDb, parts: Parts, projector: Projector, derive: Derive) {
  /** In the order of the puts; found by table, then by row id. */
  let pending: Pending[] = []
  const places = new Map<string, Map<string, Pending>>()
  const codes = new Map<Register, number>()

  const pendingOf = (tableName: string, id: string): Pending | undefined => places.get(tableName)?.get(id)
  function codeOf(register: Register): number {
    let code = codes.get(register)
    if (code === undefined) codes.set(register, (code = log.codes.of(register.table, register.name)))
    return code
  }

  function newEntry(tableName: string, id: string): Pending {
    if (pending.length >= maxPending) flush()
    const table = tableNamed(tableName)
    if (!table) throw new TypeError(`no table ${tableName}`)
    if (id === '') throw new TypeError(`${tableName}: a row needs an id`)
    const made: Pending = { table, id, uuid: isUuid(id), puts: [] }
    pending.push(made)
    const rows = places.get(tableName)
    if (rows) rows.set(id, made)
    else places.set(tableName, new Map([[id, made]]))
    return made
  }

  /** What waits for this row, spelt out; a removal before it is written first. */
  function entryFor(table: string, id: string): Pending {
    const row = pendingOf(table, id)
    if (row?.bury) flush()
    else if (row) {
      spellOut(row)
      return row
    }
    return newEntry(table, id)
  }

  function setPut({ puts }: Pending, put: Put): void {
    const place = puts.findIndex((one) => one.register === put.register)
    if (place < 0) puts.push(put)
    else puts[place] = put
  }

  function flush(): void {
    if (pending.length === 0) return
    const rows = pending
    pending = []
    places.clear()
    const uuids = rows.flatMap((row, index) => (row.uuid ? [index] : []))
    const known = new Set([...log.index.knownAmong(uuids.map((index) => rows[index]!.id))].map((place) => uuids[place]))
    // Told before the first write: it may close the part that a later row has its op in.
    const maybeKnown = rows.map((row, index) => known.has(index) || !row.uuid || parts.hasUnindexed(row.table.name, row.id))
    for (const [index, row] of rows.entries()) {
      const shown = maybeKnown[index] ? projector.load(row.table, row.id) : undefined
      if (shown) {
        spellOut(row)
        writeKnown(row, shown)
      } else if (row.ready) writeReady(row, row.ready)
      else writeNew(row)
    }
    derive.flush()
  }

  function writeReady({ table, id }: Pending, { row, scope }: NonNullable<Pending['ready']>): void {
    parts.addReady(table.name, id, table.registers, table.registers.map(codeOf), row, scope)
    projector.insertCells(table, id, scope, false, row.cells)
  }

  /** A row that is there already, or is written in pieces, has its registers put one by one. */
  function spellOut(row: Pending): void {
    if (!row.ready) return
    const { row: { cells }, scope } = row.ready
    row.ready = undefined
    for (const register of row.table.registers) row.puts.push({ register, encoded: encodedOf(register, cells), scope })
  }

  function writeNew({ table, id, puts }: Pending): void {
    if (puts.length === 0) return
    const values: (readonly Encoded['cells'][number][] | undefined)[] = []
    let first: { readonly index: number; readonly scope: string } | undefined
    for (const { register, encoded, scope } of puts) {
      parts.add({ table: table.name, id, register: register.name, code: codeOf(register), kills: none, knows: none }, encoded.text, scope)
      values[register.index] = encoded.cells
      if (!first || register.index < first.index) first = { index: register.index, scope }
    }
    projector.insert(table, id, first!.scope, false, values)
  }

  function writeKnown({ table, id, puts, bury }: Pending, shown: TableRow): void {
    // A removal must name writes that may still be open in this action: they need their ids first.
    if (bury?.deleted && parts.hasOpen(table.name, id)) parts.closeRow(table.name, id)
    const deleted = bury ? bury.deleted : shown.deleted && puts.length === 0
    let { scope } = shown
    if (deleted !== shown.deleted) {
      writeOp(table, id, tombstone, deleted ? deletedValue : restoredValue, bury?.scope ?? shown.scope, writesOf(table, id), deleted)
    }
    const values: [Register, Encoded['cells']][] = []
    for (const put of puts) {
      const { register } = put
      // Read anew each time: writing the op before may have closed a part with an earlier write of this register.
      const writes = writesOf(table, id)
      if (unchanged(table, id, register, put.encoded, shown, writes)) continue
      const hasEarlier = table.registers.slice(0, register.index).some((earlier) => puts.some((one) => one.register === earlier) || isWritten(table, id, earlier, writes))
      // The scope of a row is that of its first written register in the order of tables.ts.
      if (!hasEarlier) ({ scope } = put)
      writeOp(table, id, register.name, put.encoded.text, put.scope, writes, false)
      values.push([register, put.encoded.cells])
    }
    if (values.length > 0 || deleted !== shown.deleted) projector.update(table, id, shown, scope, deleted, values)
  }

  /** A removal (`knowsAll`) names the survivors of every register, any other write those of its own. */
  function writeOp(table: Table, id: string, register: string, value: string, scope: string, writes: readonly RegWrite[], knowsAll: boolean): void {
    if (register === tombstone) log.suspect(rowKey(id))
    const code = log.codes.of(table.name, register)
    const open = parts.openOp(table.name, id, code)
    if (open) return parts.replace(open, value, scope)
    const live = writes.filter((one) => one.live === 1)
    const kills = live.filter((one) => one.reg === code).map((one) => one.n)
    parts.add({ table: table.name, id, register, code, kills, knows: knowsAll ? [...new Set(live.map((one) => one.n))] : kills }, value, scope)
  }

  function unchanged(table: Table, id: string, register: Register, encoded: Encoded, shown: TableRow, writes: readonly RegWrite[]): boolean {
    const code = log.codes.of(table.name, register.name)
    const open = parts.openOp(table.name, id, code)
    const live = writes.filter((one) => one.reg === code && one.live === 1).length
    if (!open && live !== 1) return false
    const cells = cellsOf(register, shown.cells)
    return encoded.cells.every((cell, index) => cell === cells[index])
  }

  function isWritten(table: Table, id: string, register: Register, writes: readonly RegWrite[]): boolean {
    const code = log.codes.of(table.name, register.name)
    return writes.some((one) => one.reg === code) || parts.openOp(table.name, id, code) !== undefined
  }

  function writesOf(table: Table, id: string): RegWrite[] {
    parts.bringIndex()
    return log.writesOf(rowKey(id)).filter((one) => log.codes.name(one.reg).startsWith(`${table.name}.`))
  }

  return {
    put(table: string, id: string, name: string, value: Readonly<Record<string, unknown>>, scope: string): void {
      const register = registerNamed(table, name)
      if (!register) throw new TypeError(`no register ${table}.${name}`)
      setPut(entryFor(table, id), { register, encoded: encode(register, value), scope })
    },
    putReady(table: string, id: string, ready: ReadyRow, scope: string): void {
      const row = entryFor(table, id)
      if (row.puts.length === 0) row.ready = { row: ready, scope }
      else for (const register of row.table.registers) setPut(row, { register, encoded: encodedOf(register, ready.cells), scope })
    },
    bury(table: string, id: string, deleted: boolean, scope: string | undefined): void {
      if (pendingOf(table, id)) flush()
      newEntry(table, id).bury = { deleted, scope }
    },
    flush,
  }
}
