/** How the rows of one sheet are read: its columns in order, each with its own memory of texts already read. */
import type { ImportKind } from '../kinds.ts'
import type { Cell, SheetRow } from '../sheet.ts'
import type { Values } from './build-row.ts'
import { cellText } from './cell-text.ts'
import { kindSpecs } from './columns.ts'
import type { FieldSpec } from './columns.ts'
import { readField } from './fields.ts'
import type { CellContext } from './fields.ts'
import { columnLetter } from './header.ts'
import { Memo } from './memo.ts'
import { isProblem } from './types.ts'
import type { AmountUnit, ColumnUse, ImportWarning, Problem, RefusedCell, SheetUse, Value } from './types.ts'

export type PlannedColumn = {
  readonly spec: FieldSpec
  readonly use: ColumnUse
  readonly letter: string
  readonly read: (cell: Cell | undefined) => Value | Problem
}
export type SheetPlan = {
  readonly use: SheetUse
  readonly columns: readonly PlannedColumn[]
  readonly unitColumn: PlannedColumn | undefined
  readonly officialColumn: PlannedColumn | undefined
  readonly recordColumns: ReadonlySet<number>
  /** The column of 序号, or -1. */
  readonly serialColumn: number
  /** The last line such as 单位:万元 seen between the records: it counts for the next header. */
  unitLine: AmountUnit | null
  /** Another table began below: its rows are not this kind's. */
  ended: boolean
  /** Says what only the whole column can tell. */
  readonly finish: () => void
}

type Warn = (warning: ImportWarning) => void

export function sheetPlan(kind: ImportKind, use: SheetUse, warn: Warn): SheetPlan {
  const specs = new Map(kindSpecs[kind].fields.map((spec) => [spec.field, spec]))
  const ends: (() => void)[] = []
  const columns: PlannedColumn[] = []
  let serialColumn = -1
  for (const column of use.columns) {
    const spec = column.field === null ? undefined : specs.get(column.field)
    if (spec?.type === 'serial') serialColumn = column.column
    if (spec === undefined || spec.type === 'serial') continue
    const where = { sheet: use.name, column: columnLetter(column.column), header: column.header }
    const unit = column.unit ?? use.amountUnit
    if (spec.type === 'amount' && unit === null && kind !== 'awards') warn({ code: 'AMOUNT_UNIT_ASSUMED', params: where })
    const context: CellContext = { unit: unit ?? '元', date1904: use.date1904, notice: (code) => warn({ code, params: where }) }
    const read = spec.type === 'percent' ? watchFractions(spec, context, () => warn({ code: 'PERCENT_AS_FRACTION', params: where }), ends) : remembering(spec, context)
    columns.push({ spec, use: column, letter: where.column, read })
  }
  return {
    use, columns, serialColumn, unitLine: null, ended: false,
    unitColumn: columns.find((column) => column.spec.type === 'unit'),
    officialColumn: columns.find((column) => column.spec.type === 'official'),
    recordColumns: new Set(columns.map((column) => column.use.column)),
    finish: () => ends.forEach((end) => end()),
  }
}

function remembering(spec: FieldSpec, context: CellContext): PlannedColumn['read'] {
  const texts = new Memo<Value | Problem>()
  return (cell) => (cell?.type === 'text' ? texts.get(cell.text, () => readField(spec, cell, context)) : readField(spec, cell, context))
}

/** 0.35 without a percent format is 0.35 %, as written; when a whole column looks like that somebody should look. */
function watchFractions(spec: FieldSpec, context: CellContext, suspect: () => void, ends: (() => void)[]): PlannedColumn['read'] {
  const inner = remembering(spec, context)
  let plain = 0
  let small = 0
  ends.push(() => {
    if (plain >= 3 && small === plain) suspect()
  })
  return (cell) => {
    if (cell?.type === 'number' && cell.percent !== true && cell.value !== 0) {
      plain += 1
      if (Math.abs(cell.value) <= 1) small += 1
    }
    return inner(cell)
  }
}

/** The row's values by field; what is wrong with a cell goes to `problems` and its value is left out. */
export function readValues(plan: SheetPlan, row: SheetRow, problems: RefusedCell[]): Values {
  const values: Record<string, Value> = {}
  for (const column of plan.columns) {
    const cell = row.cells[column.use.column]
    const value = column.read(cell)
    if (isProblem(value)) problems.push(refusedCell(column, cell, plan.use.date1904, value))
    else if (value !== null) values[column.spec.field] = value
    else if (column.spec.required !== undefined) problems.push(refusedCell(column, cell, plan.use.date1904, { problem: column.spec.required }))
  }
  return values
}

export function refusedCell(column: PlannedColumn, cell: Cell | undefined, date1904: boolean, problem: Problem): RefusedCell {
  const text = cell === undefined ? '' : cellText(cell, date1904)
  const base = { code: problem.problem, field: column.spec.field, letter: column.letter, header: column.use.header, text }
  return problem.hint === undefined ? base : { ...base, hint: problem.hint }
}
