/** Collects ops of received changes, then merges row by row: register index, survivors, shown values, tombstones. */
import { officeSurvivors } from '../../../shared/merge/authority.ts'
import { isDeleted, winner, type Stamp, type Tombstone } from '../../../shared/merge/survivors.ts'
import type { SqlValue } from '../read-db.ts'
import { decode, registerNamed, tableNamed, type Register, type Table } from '../registers.ts'
import type { BodyRow, Shape } from './body-rows.ts'
import { parseBody, tombstone, type Op } from './body.ts'
import type { LogDb, StoredChange } from './log-db.ts'
import { cellsOf, type Projector } from './projector.ts'
import { officeScope } from '../store.ts'
import { ownedTables } from '../tables.ts'
import { packWrite } from './register-index.ts'
import { isUuid, rowKey, type RowKey } from './row-key.ts'
import { makeWriteIndex } from './write-index.ts'

/** What a change of this batch writes of a row. */
type Piece = { readonly change: StoredChange; readonly row: BodyRow }
type PendingRow = { readonly table: string; readonly id: string; readonly pieces: Piece[] }
/** What stands behind a write. `cells`: of its own register, in its own column order; empty for one that this version does not know. */
type Shown = { readonly stamp: Stamp; readonly scope: string; readonly pred: readonly string[]; readonly cells: readonly SqlValue[]; readonly deleted: boolean }
/** A write of this batch that is not in the index yet. */
type Incoming = Shown & { readonly n: number; readonly reg: number }
type Entry = { readonly reg: number; readonly n: number; live: boolean; readonly incoming?: Incoming }

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
  const codes = new Map<Shape, readonly number[]>()
  let packed: { readonly n: number; readonly shape: Shape; readonly writes: readonly number[] } | undefined
  const { db } = log
  const anyNamed = db.prepare('SELECT 1 FROM named LIMIT 1').pluck()
  const isNamed = db.prepare('SELECT 1 FROM named WHERE row = ? AND reg = ? AND id = ?').pluck()
  const addNamed = db.prepare('INSERT OR IGNORE INTO named (row, reg, id) VALUES (?, ?, ?)')
  // A removal names writes of every register under its own.
  const dropNamed = db.prepare('DELETE FROM named WHERE row = ? AND id = ?')
  const isAwaited = db.prepare('SELECT 1 FROM named WHERE row = ? LIMIT 1').pluck()

  function rowOf(table: string, id: string): PendingRow {
    let ofTable = pending.get(table)
    if (!ofTable) pending.set(table, (ofTable = new Map()))
    let row = ofTable.get(id)
    if (!row) {
      ofTable.set(id, (row = { table, id, pieces: [] }))
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

  function codesOf(shape: Shape): readonly number[] {
    let list = codes.get(shape)
    if (!list) {
      // A hostile file may invent a shape for each row (body-rows.ts).
      if (codes.size >= maxShapes) codes.clear()
      codes.set(shape, (list = shape.registers.map((register) => log.codes.of(shape.table, register))))
    }
    return list
  }

  function stampedBy(change: StoredChange): Stamp {
    if (stamped?.n !== change.n) stamped = { n: change.n, stamp: stampOf(change) }
    return stamped.stamp
  }

  function incomingOf({ pieces }: PendingRow): Incoming[] {
    return pieces.flatMap(({ change, row: { shape, cells, preds, deleted } }) => {
      const [stamp, list] = [stampedBy(change), codesOf(shape)]
      return shape.known.registers.map((register, i) =>
        ({ n: change.n, reg: list[i]!, stamp, scope: change.scope, pred: preds?.[i] ?? none, cells: register ? cellsOf(register, cells) : none, deleted: shape.registers[i] === tombstone && deleted }))
    })
  }

  function shownOf(entry: Entry, row: PendingRow, register: string): Shown | undefined {
    if (entry.incoming) return entry.incoming
    const change = log.change(entry.n)
    const op = opOf(change, row.table, row.id, register)
    const known = registerNamed(row.table, register)
    return op && { stamp: stampOf(change), scope: change.scope, pred: op.pred, cells: known ? decode(known, op.value) : none, deleted: op.value['deleted'] === true }
  }

  /**
   * A row that nobody knew, each register written once: nearly all that a large package brings. Whether it was known the table tells, which is asked for its id
   * anyway: a row of known registers has its place there from its first write on. False, with nothing done, where it must be merged.
   */
  function insertPlain({ table: name, id, pieces }: PendingRow): boolean {
    const table = tableNamed(name)
    if (!table || !isUuid(id) || (!namedEmpty && isAwaited.get(rowKey(id)) !== undefined)) return false
    let [first, rowScope, written] = [Infinity, '', 0]
    for (const { change, row: { shape, preds } } of pieces) {
      if (!shape.plain || preds || (written & shape.bits) !== 0) return false
      written |= shape.bits
      if (shape.first >= first) continue
      first = shape.first
      rowScope = change.scope
    }
    const words = pieces.find(({ row }) => row.words !== null)?.row.words ?? null
    if (!projector.insertNew(table, id, rowScope, pieces.length === 1 ? pieces[0]!.row.cells : cellsOfPieces(table, pieces), words)) return false
    writes.add(id, pieces.length === 1 ? packedOf(pieces[0]!) : pieces.flatMap(packedOf).sort(ascending))
    return true
  }

  /** Rows of one change that look alike share their list. */
  function packedOf({ change: { n }, row: { shape } }: Piece): readonly number[] {
    if (packed?.n !== n || packed.shape !== shape) packed = { n, shape, writes: codesOf(shape).map((reg) => packWrite(reg, n, true)).sort(ascending) }
    return packed.writes
  }

  function mergeRow(row: PendingRow): void {
    // What waits of earlier rows is all that the index may lack.
    if (writes.has(row.id)) writes.flush()
    const key = rowKey(row.id)
    const prefix = `${row.table}.`
    const arrived = incomingOf(row)
    const entries: Entry[] = log.writesOf(key)
      .filter((one) => log.codes.name(one.reg).startsWith(prefix))
      .map((one) => ({ reg: one.reg, n: one.n, live: one.live === 1 }))
    for (const incoming of arrived) {
      const replaced = !namedEmpty && isNamed.get(key, incoming.reg, Buffer.from(incoming.stamp.id, 'hex')) !== undefined
      entries.push({ reg: incoming.reg, n: incoming.n, live: !replaced, incoming })
    }
    if (!namedEmpty) for (const { stamp } of arrived) dropNamed.run(key, Buffer.from(stamp.id, 'hex'))
    for (const incoming of arrived) replacePreds(key, arrived, incoming, entries)
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

  function replacePreds(key: RowKey, arrived: readonly Incoming[], incoming: Incoming, entries: readonly Entry[]): void {
    for (const pred of incoming.pred) {
      const bytes = Buffer.from(pred, 'hex')
      const here = arrived.find((other) => other.stamp.id === pred)
      const n = here?.n ?? log.nOf(bytes)
      // One with a higher number than this write's own stands in the log and not in the index yet: where all is made anew (or it wrote another row).
      if (n === undefined || (n > incoming.n && !here)) {
        addNamed.run(key, incoming.reg, bytes)
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
      return { entry, register, id: shown?.stamp.id ?? '', scope: shown?.scope ?? '', pred: shown?.pred ?? [] }
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
        for (const { stamp, deleted, pred } of candidates) graves.push({ ...stamp, deleted, knew: pred })
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
    const before = projector.load(table, id)
    if (!first && !deleted && !before) return
    if (!before) return projector.insert(table, id, first?.scope ?? '', deleted, table.registers.map((register) => shown.get(register)?.cells))
    const values = table.registers.flatMap((register): [Register, readonly SqlValue[]][] => {
      const one = shown.get(register)
      if (one) return [[register, one.cells]]
      // It was shown while nothing of it survives any more: an office's row that a unit had written in.
      return register.at.some((place) => before.cells[place] !== null) ? [[register, register.at.map(() => null)]] : []
    })
    projector.update(table, id, before, first?.scope ?? '', deleted || !first, values)
  }

  return {
    add(change: StoredChange, row: BodyRow): void {
      const { table } = row.shape
      const pending = last?.id === row.id && last.table === table ? last : (last = rowOf(table, row.id))
      pending.pieces.push({ change, row })
      ops += row.shape.registers.length
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

const none: readonly never[] = []

const maxShapes = 4_000

const ascending = (a: number, b: number): number => a - b

/** Of pieces that write different registers. */
function cellsOfPieces(table: Table, pieces: readonly Piece[]): SqlValue[] {
  const cells: SqlValue[] = table.columns.map(() => null)
  for (const { row } of pieces) for (const register of row.shape.known.registers) for (const place of register?.at ?? []) cells[place] = row.cells[place]!
  return cells
}

function stampOf(change: StoredChange): Stamp {
  return { clock: { ms: change.hlcMs, counter: change.hlcCounter }, origin: change.origin.toString('hex'), id: change.id.toString('hex') }
}
