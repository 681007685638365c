/** Collects ops of received changes, then merges row by row: register index, survivors, shown values, tombstones. */
import { officeSurvivors } from '../../../shared/merge/authority.ts'
import { isDeleted, winner, type Stamp, type Tombstone } from '../../../shared/merge/survivors.ts'
import type { SqlValue } from '../read-db.ts'
import { decode, decodeInto, registerNamed, tableNamed, type Register, type Table } from '../registers.ts'
import { parseBody, tombstone, type Op } from './body.ts'
import type { LogDb, StoredChange } from './log-db.ts'
import type { Projector } from './projector.ts'
import { officeScope } from '../store.ts'
import { ownedTables } from '../tables.ts'
import { packWrite } from './register-index.ts'
import { isUuid, rowKey, type RowKey } from './row-key.ts'
import { makeWriteIndex } from './write-index.ts'

/** A write of this batch that is not in the index yet. `id`: hex of its change. */
type Incoming = { readonly n: number; readonly id: string; readonly reg: number; readonly scope: string; readonly stamp: Stamp; readonly op: Op }
type Entry = { readonly reg: number; readonly n: number; live: boolean; readonly incoming?: Incoming }
type PendingRow = { readonly table: string; readonly id: string; readonly incoming: Incoming[] }
/** What stands behind a surviving write. */
type Shown = { readonly stamp: Stamp; readonly scope: string; readonly op: Op }

export type RowMerger = ReturnType<typeof makeRowMerger>

/** `tick`: every now and then while writes are brought into the index. */
export function makeRowMerger(log: LogDb, projector: Projector, tick?: () => void) {
  /** By table and id, in the order of arrival. */
  const pending = new Map<string, Map<string, PendingRow>>()
  let rows: PendingRow[] = []
  const bodies = new Map<number, readonly Op[]>()
  const writes = makeWriteIndex(log.index, tick)
  let ops = 0
  let namedEmpty = false
  /** The registers of a row mostly come together. */
  let last: PendingRow | undefined
  /** Ops come change by change. */
  let stamped: { readonly n: number; readonly stamp: Stamp } | undefined
  const { db } = log
  const anyNamed = db.prepare('SELECT 1 FROM named LIMIT 1').pluck()
  const isNamed = db.prepare('SELECT 1 FROM named WHERE row = ? AND reg = ? AND id = ?').pluck()
  const addNamed = db.prepare('INSERT OR IGNORE INTO named (row, reg, id) VALUES (?, ?, ?)')
  const dropNamed = db.prepare('DELETE FROM named WHERE row = ? AND reg = ? AND id = ?')

  function rowOf(table: string, id: string): PendingRow {
    let ofTable = pending.get(table)
    if (!ofTable) pending.set(table, (ofTable = new Map()))
    let row = ofTable.get(id)
    if (!row) {
      ofTable.set(id, (row = { table, id, incoming: [] }))
      rows.push(row)
    }
    return row
  }

  /** The op of a change that is in the log; a few bodies are kept, because neighbours are asked for together. */
  function opOf(change: StoredChange, table: string, row: string, register: string): Op | undefined {
    let list = bodies.get(change.n)
    if (!list) {
      list = change.body ? parseBody(change.body).ops : []
      if (bodies.size >= 8) bodies.delete(bodies.keys().next().value!)
      bodies.set(change.n, list)
    }
    return list.find((op) => op.row === row && op.table === table && op.register === register)
  }

  function shownOf(entry: Entry, row: PendingRow, register: string): Shown | undefined {
    if (entry.incoming) return entry.incoming
    const change = log.change(entry.n)
    const op = opOf(change, row.table, row.id, register)
    return op && { stamp: stampOf(change), scope: change.scope, op }
  }

  /**
   * A row that nobody knew, each register written once: nearly all that a large package brings. Whether it was known the table tells, which is asked for its id
   * anyway: a row of known registers has its place there from its first write on. False, with nothing done, where it must be merged.
   */
  function insertPlain({ table: name, id, incoming }: PendingRow): boolean {
    const table = tableNamed(name)
    if (!namedEmpty || !table || ownedTables.has(name) || !isUuid(id)) return false
    const cells = projector.blankCells(table)
    // `written`: a bit a register; no table has nearly thirty.
    let [first, rowScope, written] = [Infinity, '', 0]
    for (const { op, scope } of incoming) {
      const register = registerNamed(name, op.register)
      if (!register || op.pred.length > 0 || (written & (1 << register.index)) !== 0) return false
      written |= 1 << register.index
      decodeInto(cells, register, op.value)
      if (register.index >= first) continue
      first = register.index
      rowScope = scope
    }
    if (!projector.insertNew(table, id, rowScope, cells)) return false
    writes.add(id, incoming.map(({ reg, n }) => packWrite(reg, n, true)).sort(ascending))
    return true
  }

  function mergeRow(row: PendingRow): void {
    // What waits of earlier rows is all that the index may lack.
    if (writes.has(row.id)) writes.flush()
    const key = rowKey(row.id)
    const prefix = `${row.table}.`
    const entries: Entry[] = log.writesOf(key)
      .filter((one) => log.codes.name(one.reg).startsWith(prefix))
      .map((one) => ({ reg: one.reg, n: one.n, live: one.live === 1 }))
    for (const incoming of row.incoming) {
      const replaced = !namedEmpty && isNamed.get(key, incoming.reg, Buffer.from(incoming.id, 'hex')) !== undefined
      if (replaced) dropNamed.run(key, incoming.reg, Buffer.from(incoming.id, 'hex'))
      entries.push({ reg: incoming.reg, n: incoming.n, live: !replaced, incoming })
    }
    for (const incoming of row.incoming) replacePreds(key, row, incoming, entries)
    if (ownedTables.has(row.table)) judgeOwned(key, row, entries)
    for (const { reg, n, live, incoming } of entries) if (incoming) log.addWrite(key, reg, n, live)
    const live = entries.filter((entry) => entry.live)
    if (live.some((one, at) => isGrave(one) || live.some((other, from) => from < at && other.reg === one.reg))) log.suspect(key)
    const table = tableNamed(row.table)
    if (table) show(table, row, live)
  }

  function isGrave({ reg }: Entry): boolean {
    return log.codes.name(reg).endsWith(`.${tombstone}`)
  }

  function replacePreds(key: RowKey, row: PendingRow, incoming: Incoming, entries: readonly Entry[]): void {
    for (const pred of incoming.op.pred) {
      const bytes = Buffer.from(pred, 'hex')
      const n = row.incoming.find((other) => other.id === pred)?.n ?? log.nOf(bytes)
      if (n === undefined) {
        addNamed.run(key, incoming.reg, bytes)
        namedEmpty = false
        continue
      }
      const entry = entries.find((one) => one.n === n && one.reg === incoming.reg)
      if (!entry?.live) continue
      entry.live = false
      if (!entry.incoming) log.kill(key, entry.reg, entry.n)
    }
  }

  /** Of an office's row only the office's writes count, in whichever order they came: what survives is found anew. */
  function judgeOwned(key: RowKey, row: PendingRow, entries: readonly Entry[]): void {
    const writes = entries.map((entry) => {
      const register = log.codes.name(entry.reg).slice(row.table.length + 1)
      const shown = shownOf(entry, row, register)
      return { entry, register, id: shown?.stamp.id ?? '', scope: shown?.scope ?? '', pred: shown?.op.pred ?? [] }
    })
    const survivors = officeSurvivors(writes, officeScope)
    if (!survivors) return
    for (const write of writes) {
      const live = survivors.has(write)
      if (write.entry.live === live) continue
      write.entry.live = live
      if (!write.entry.incoming) (live ? log.revive : log.kill)(key, write.entry.reg, write.entry.n)
    }
  }

  /** Nothing of the row is taken from the projection: every shown value comes from its surviving write. */
  function show(table: Table, row: PendingRow, live: readonly Entry[]): void {
    const shown = new Map<Register, Shown>()
    const graves: Tombstone[] = []
    const others: string[] = []
    const byRegister = Map.groupBy(live, (entry) => entry.reg)
    for (const [reg, entries] of byRegister) {
      const name = log.codes.name(reg).slice(table.name.length + 1)
      const candidates = entries.map((entry) => shownOf(entry, row, name)).filter((one) => one !== undefined)
      if (name === tombstone) {
        for (const { stamp, op } of candidates) graves.push({ ...stamp, deleted: op.value['deleted'] === true, knew: op.pred })
        continue
      }
      others.push(...candidates.map((one) => one.stamp.id))
      const best = winner(candidates.map((one) => ({ ...one.stamp, shown: one })))
      const register = registerNamed(table.name, name)
      if (best && register) shown.set(register, best.shown)
    }
    project(table, row.id, shown, isDeleted(graves, others) || (graves.length > 0 && shown.size === 0))
  }

  function project(table: Table, id: string, shown: ReadonlyMap<Register, Shown>, deleted: boolean): void {
    const first = table.registers.map((register) => shown.get(register)).find((one) => one !== undefined)
    if (!first && !deleted) return
    const values = table.registers.map((register): [Register, SqlValue[]] | undefined => {
      const one = shown.get(register)
      return one && [register, decode(register, one.op.value)]
    })
    const before = projector.load(table, id)
    if (before) projector.update(table, id, before, first?.scope ?? before.scope, deleted, values.filter((one) => one !== undefined))
    else projector.insert(table, id, first?.scope ?? '', deleted, values.map((one) => one?.[1]))
  }

  return {
    add(change: StoredChange, op: Op): void {
      const row = last?.id === op.row && last.table === op.table ? last : (last = rowOf(op.table, op.row))
      const reg = log.codes.of(op.table, op.register)
      if (stamped?.n !== change.n) stamped = { n: change.n, stamp: stampOf(change) }
      const { stamp } = stamped
      row.incoming.push({ n: change.n, id: stamp.id, reg, scope: change.scope, stamp, op })
      ops++
    },
    size: (): number => ops,
    flush(): void {
      if (ops === 0) return
      const merged = rows
      rows = []
      pending.clear()
      last = undefined
      ops = 0
      namedEmpty = anyNamed.get() === undefined
      for (const row of merged) if (!insertPlain(row)) mergeRow(row)
    },
    /** Before anything else reads the index. */
    bringIndex: (): void => writes.flush(),
  }
}

const ascending = (a: number, b: number): number => a - b

function stampOf(change: StoredChange): Stamp {
  return { clock: { ms: change.hlcMs, counter: change.hlcCounter }, origin: change.origin.toString('hex'), id: change.id.toString('hex') }
}
