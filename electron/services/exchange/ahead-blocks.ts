/**
 * A block of staged changes with all that is made ready of them, between two threads: one flat list of fields, because a copy of a hundred thousand small
 * objects costs as much as making them.
 */
import { checkChange, rowsOf, type Arriving, type Ready } from '../../store/log/arriving.ts'
import { shapeOf, type BodyRow, type RowsBody, type Shape } from '../../store/log/body-rows.ts'
import { tombstone } from '../../store/log/body.ts'
import { pack } from '../../store/log/log-db.ts'
import { reportWords, wordsRegister } from '../../store/derive/report-words.ts'
import type { SqlValue } from '../../store/read-db.ts'
import { changesIn } from './staging.ts'

type Field = string | number | null
/**
 * `records`: as staged. `bodies`: compressed, `ends`: where each of them ends. `shapes`: table and registers; rows name them by number.
 * `fields`: of each body action, kind, note, part, parts, ops, rows; of each row its shape, its id, its search words if it may have some, whether it is deleted if
 * it may be, the number of its preds and by register how many and which, and the cells that it writes.
 */
export type PackedBlock = {
  readonly records: Uint8Array; readonly bodies: Uint8Array; readonly ends: readonly number[]; readonly shapes: readonly (readonly [string, ...string[]])[]; readonly fields: readonly Field[]
}
/** `places`: of the cells that rows of this shape write. */
type Known = { readonly shape: Shape; readonly places: readonly number[]; readonly mayDie: boolean; readonly searched: boolean }

function known(shape: Shape): Known {
  return {
    shape, places: shape.known.registers.flatMap((register) => register?.at ?? []), mayDie: shape.registers.includes(tombstone),
    searched: shape.table === 'report' && shape.registers.includes(wordsRegister),
  }
}

type NumberedShape = Known & { readonly no: number }

/** By block: a hostile file may invent a shape for each row. */
function makeShapes() {
  const shapes = new Map<Shape, NumberedShape>()
  return {
    of(shape: Shape): NumberedShape {
      let one = shapes.get(shape)
      if (!one) shapes.set(shape, (one = { ...known(shape), no: shapes.size }))
      return one
    },
    list: (): [string, ...string[]][] => [...shapes.keys()].map(({ table, registers }) => [table, ...registers]),
  }
}

function packRow(row: BodyRow, fields: Field[], { no, places, mayDie, searched }: NumberedShape): void {
  fields.push(no, row.id)
  if (searched) fields.push(reportWords(row.cells))
  if (mayDie) fields.push(row.deleted ? 1 : 0)
  fields.push(row.preds?.length ?? 0)
  for (const pred of row.preds ?? []) fields.push(pred.length, ...pred)
  for (const place of places) fields.push(row.cells[place] as Field)
}

/** DATA_DAMAGED as the log says it. Takes `block` over. */
export function packBlock(block: Buffer, group: Buffer): PackedBlock {
  const [fields, ends, bodies, shapes]: [Field[], number[], Buffer[], ReturnType<typeof makeShapes>] = [[], [], [], makeShapes()]
  let used = 0
  for (const change of changesIn(block)) {
    checkChange(group, change)
    const body = rowsOf(change)
    if (!body) continue
    const packed = pack(change.body!)
    bodies.push(packed)
    ends.push((used += packed.length))
    const { action, kind, note, part, parts, ops, rows } = body
    fields.push(action, kind, note ?? null, part, parts, ops, rows.length)
    for (const row of rows) packRow(row, fields, shapes.of(row.shape))
  }
  return { records: ownBytes(block), bodies: ownBytes(Buffer.concat(bodies, used)), ends, shapes: shapes.list(), fields }
}

/** A small buffer may lie in the pool, which cannot go to another thread. */
function ownBytes(bytes: Buffer): Uint8Array {
  return bytes.buffer.byteLength === bytes.length ? bytes : Uint8Array.from(bytes)
}

/** The changes of a block, each with what was made ready of it. */
export function* unpackBlock({ records, bodies, ends, shapes, fields }: PackedBlock): IterableIterator<Arriving> {
  const read = reader(fields, shapes.map(([table, ...registers]) => known(shapeOf(table, registers))))
  const packed = asBuffer(bodies)
  let [at, from] = [0, 0]
  for (const change of changesIn(asBuffer(records))) {
    let ready: Ready = { body: null, packed: null }
    if (change.body) {
      ready = { body: read.body(), packed: packed.subarray(from, ends[at]) }
      from = ends[at++]!
    }
    yield { ...change, ready }
  }
}

function asBuffer({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length)
}

function reader(fields: readonly Field[], shapes: readonly Known[]) {
  let at = 0
  const number = (): number => fields[at++] as number
  const text = (): string => fields[at++] as string

  function preds(count: number): string[][] {
    return Array.from({ length: count }, () => {
      const from = at + 1
      at = from + (fields[at] as number)
      return fields.slice(from, at) as string[]
    })
  }
  function row(): BodyRow {
    const { shape, places, mayDie, searched } = shapes[number()]!
    const id = text()
    const words = searched ? text() : null
    const deleted = mayDie && number() === 1
    const named = number()
    const replaced = named > 0 ? preds(named) : null
    const cells: SqlValue[] = shape.blank.slice()
    for (const place of places) cells[place] = fields[at++]!
    return { shape, id, cells, preds: replaced, deleted, words }
  }
  return {
    body(): RowsBody {
      const [action, kind, note, part, parts, ops, count] = [text(), text(), fields[at++] as string | null, number(), number(), number(), number()]
      const rows: BodyRow[] = []
      for (let i = 0; i < count; i++) rows.push(row())
      return { action, kind, ...(note === null ? {} : { note }), part, parts, ops, rows }
    },
  }
}
