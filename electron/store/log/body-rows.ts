/**
 * A body row by row, its values as the tables keep them. Nothing here asks the database, so a second thread can do it ahead of the one that stores
 * (services/exchange/ahead.ts).
 */
import type { SqlValue } from '../read-db.ts'
import { decodeInto, registerNamed, tableNamed, type Register, type Table } from '../registers.ts'
import { ownedTables } from '../tables.ts'
import { tombstone, type Body, type BodyHead, type Op } from './body.ts'

/** Which registers of which table a body writes of a row, in its order; made once for all rows that look so. */
export type Shape = {
  readonly table: string
  readonly registers: readonly string[]
  /** Undefined where a newer version wrote what this one does not know. */
  readonly known: { readonly table: Table | undefined; readonly registers: readonly (Register | undefined)[] }
  /** Nothing but registers of this version, of a table whose rows are merged alike whoever wrote them. */
  readonly plain: boolean
  /** Of a plain one: a bit a register (no table has nearly thirty), and the first in the order of tables.ts. */
  readonly bits: number
  readonly first: number
  readonly blank: readonly null[]
}

export type BodyRow = {
  readonly shape: Shape
  readonly id: string
  /** Of the whole row, in the order of Table.columns; null where this body says nothing. Empty for an unknown table. */
  readonly cells: SqlValue[]
  /** By register of the shape; null when none of them replaces anything. */
  readonly preds: readonly (readonly string[])[] | null
  /** What the tombstone says, where there is one. */
  readonly deleted: boolean
  /** Search words of its own texts (derive/report-words.ts), where somebody cut them already. */
  readonly words: string | null
}
export type RowsBody = BodyHead & { readonly ops: number; readonly rows: readonly BodyRow[] }

/** A register further in a row's shape; `shape` once a row ended here. */
type Node = { shape?: Shape; readonly next: Map<string, Node> }

const begin: Node = { next: new Map() }
/** A hostile body may invent as many as it likes: beyond these none is remembered. */
const maxNodes = 4_000
let remembered = 0

function step({ next }: Node, name: string): Node {
  let node = next.get(name)
  if (!node) {
    node = { next: new Map() }
    if (remembered < maxNodes) {
      remembered++
      next.set(name, node)
    }
  }
  return node
}

function makeShape(table: string, registers: readonly string[]): Shape {
  const known = { table: tableNamed(table), registers: registers.map((name) => registerNamed(table, name)) }
  const places = known.registers.map((register) => register?.index ?? -1)
  return {
    table, registers, known, plain: known.table !== undefined && !ownedTables.has(table) && !places.includes(-1),
    bits: places.reduce((bits, place) => bits | (1 << place), 0), first: Math.min(...places), blank: known.table?.columns.map(() => null) ?? [],
  }
}

export function shapeOf(table: string, registers: readonly string[]): Shape {
  const node = registers.reduce(step, step(begin, table))
  return (node.shape ??= makeShape(table, registers))
}

/** Neighbouring ops of a row become one; a row may come again behind another one. */
export function rowsBody({ ops, ...head }: Body): RowsBody {
  const rows: BodyRow[] = []
  for (let from = 0; from < ops.length; ) {
    const { table, row } = ops[from]!
    let node = step(begin, table)
    let to = from
    for (; to < ops.length && ops[to]!.row === row && ops[to]!.table === table; to++) node = step(node, ops[to]!.register)
    node.shape ??= makeShape(table, ops.slice(from, to).map((op) => op.register))
    rows.push(bodyRow(node.shape, row, ops, from))
    from = to
  }
  return { ...head, ops: ops.length, rows }
}

function bodyRow(of: Shape, id: string, ops: readonly Op[], from: number): BodyRow {
  const cells: SqlValue[] = of.blank.slice()
  let [named, deleted] = [false, false]
  for (let i = 0; i < of.registers.length; i++) {
    const { value, pred } = ops[from + i]!
    const register = of.known.registers[i]
    if (register) decodeInto(cells, register, value)
    else if (of.registers[i] === tombstone) deleted = value['deleted'] === true
    named ||= pred.length > 0
  }
  return { shape: of, id, cells, preds: named ? of.registers.map((_, i) => ops[from + i]!.pred) : null, deleted, words: null }
}
