/** Reads the rows under the recognised headers: each is accepted, refused with every code it deserves, or skipped and counted. */
import type { RefusalCode } from '../kinds.ts'
import type { SheetRow, Workbook } from '../sheet.ts'
import { buildRow, rowKey } from './build-row.ts'
import { makeSeen } from './seen.ts'
import { cellText } from './cell-text.ts'
import { findPeople } from './find-people.ts'
import { amountUnitOfLine, columnLetter } from './header.ts'
import { lineSorter } from './line.ts'
import type { Roster } from './roster.ts'
import { readValues, sheetPlan } from './sheet-plan.ts'
import type { SheetPlan } from './sheet-plan.ts'
import { nextTable } from './next-table.ts'
import type { AcceptedRow, ImportOutcome, ImportWarning, Mapping, Recognised, RefusedCell, RefusedRow, SheetUse, SkippedRow } from './types.ts'

export type RowResult =
  | { readonly status: 'accepted'; readonly row: AcceptedRow }
  | { readonly status: 'refused'; readonly row: RefusedRow }
  | { readonly status: 'skipped'; readonly row: SkippedRow }

export type Totals = Pick<ImportOutcome, 'headerRows' | 'warnings'>

/**
 * Rows are pushed in the order of the file, sheet after sheet. Null: a row that is not counted (blank, title, header, unused sheet).
 * `sheetIndex` is the place of the sheet in the workbook.
 */
export type RowReader = { readonly push: (sheetIndex: number, row: SheetRow) => RowResult | null; readonly finish: () => Totals }

export function createRowReader(recognised: Recognised, roster: Roster): RowReader {
  const { kind } = recognised
  const notes = new Map<string, ImportWarning>()
  const warn = (warning: ImportWarning): void => count(notes, warning)
  const plans = new Map(recognised.sheets.map((use) => [use.index, sheetPlan(kind, use, warn)]))
  const headerRows: { sheet: string | null; from: number; to: number }[] = recognised.sheets.map((use) => ({ sheet: use.name, from: use.headerFrom, to: use.headerTo }))
  const sortLine = lineSorter()
  const record = recordReader(recognised, roster)

  const push = (sheetIndex: number, row: SheetRow): RowResult | null => {
    const plan = plans.get(sheetIndex)
    if (plan === undefined || row.row <= plan.use.headerTo) return null
    const line = sortLine(row, plan.recordColumns, plan.serialColumn)
    if (line === 'blank') return null
    const sheet = plan.use.name
    if (plan.ended) {
      warn({ code: 'ROWS_NOT_READ', params: { sheet } })
      return null
    }
    if (line === 'header') {
      const next = nextTable(plan.use, kind, row, plan.unitLine, recognised.mapping)
      if (next === 'other') {
        plan.ended = true
        warn({ code: 'OTHER_TABLE', params: { sheet, row: row.row } })
        return null
      }
      if (next !== 'part') {
        plan.finish()
        newlyUnread(plan.use, next, recognised.mapping).forEach(warn)
        plans.set(sheetIndex, sheetPlan(kind, next, warn))
      }
      headerRows.push({ sheet, from: row.row, to: row.row })
      return null
    }
    if (row.hidden === true) warn({ code: 'HIDDEN_ROWS', params: { sheet } })
    if (line === 'record') return record(plan, row)
    plan.unitLine = amountUnitOfLine(firstText(row)) ?? plan.unitLine
    return { status: 'skipped', row: { sheet, row: row.row, reason: line === 'total' ? 'TOTAL' : 'NOTE', text: firstText(row) } }
  }

  return {
    push,
    finish: () => {
      for (const plan of plans.values()) plan.finish()
      return { headerRows, warnings: [...recognised.warnings, ...notes.values()] }
    },
  }
}

/** Reads records one after the other and remembers the accepted ones, so that a repetition is told from its first row. */
function recordReader(recognised: Recognised, roster: Roster): (plan: SheetPlan, row: SheetRow) => RowResult {
  const { kind } = recognised
  const find = findPeople(recognised, roster)
  const seen = makeSeen()
  return (plan, row) => {
    const sheet = plan.use.name
    const problems: RefusedCell[] = []
    const values = readValues(plan, row, problems)
    const people = find(plan, row, values, problems)
    const place = { sheet, row: row.row }
    const key = rowKey(kind, values, people)
    const first = key === null ? undefined : seen.first(key)
    if (first !== undefined) problems.push({ code: 'DUPLICATE_ROW', field: null, letter: null, header: null, text: '', hint: { first } })
    if (problems.length > 0) return { status: 'refused', row: { ...place, codes: codesOf(problems), cells: problems, raw: rawTexts(row, plan.use.date1904) } }
    if (key !== null) seen.add(key, place)
    return { status: 'accepted', row: buildRow(kind, place, values, people.unit, people.officialId) }
  }
}

/** Columns of a second table that are not read and were not said before. */
function newlyUnread(before: SheetUse, next: SheetUse, mapping: Mapping): readonly ImportWarning[] {
  return next.columns.filter((column) => column.field === null && mapping[column.key] !== null && !before.columns.some((known) => known.key === column.key && known.field === null))
    .map((column) => ({ code: 'UNKNOWN_COLUMN', params: { sheet: next.name, column: columnLetter(column.column), header: column.header } }))
}

/** Reads a whole workbook at once. The rows of big files go to `rowCollector` as they are read. */
export function readRows(workbook: Workbook, recognised: Recognised, roster: Roster): ImportOutcome {
  const rows = rowCollector(recognised, roster)
  for (const use of recognised.sheets) for (const row of workbook.sheets[use.index]?.rows ?? []) rows.push(use.index, row)
  return rows.outcome()
}

export type RowCollector = { readonly push: (sheetIndex: number, row: SheetRow) => void; readonly outcome: () => ImportOutcome }

/** Sorts pushed rows into their lists; order as for `createRowReader`. With `take` accepted rows go there, and none of them is kept. */
export function rowCollector(recognised: Recognised, roster: Roster, take: ((row: AcceptedRow) => void) | null = null): RowCollector {
  const reader = createRowReader(recognised, roster)
  const accepted: AcceptedRow[] = []
  const accept = take ?? ((row: AcceptedRow): void => void accepted.push(row))
  const refused: RefusedRow[] = []
  const skippedRows: SkippedRow[] = []
  return {
    push: (sheetIndex, row) => {
      const result = reader.push(sheetIndex, row)
      if (result?.status === 'accepted') accept(result.row)
      else if (result?.status === 'refused') refused.push(result.row)
      else if (result?.status === 'skipped') skippedRows.push(result.row)
    },
    outcome: () => ({ accepted, refused, skippedRows, skipped: skippedRows.length, ...reader.finish() }),
  }
}

/** Distinct, in alphabetical order: the same row gives the same list on every machine. */
function codesOf(cells: readonly RefusedCell[]): readonly RefusalCode[] {
  return [...new Set(cells.map((cell) => cell.code))].sort()
}

function rawTexts(row: SheetRow, date1904: boolean): readonly string[] {
  return Array.from(row.cells, (cell) => (cell === undefined ? '' : cellText(cell, date1904)))
}

function firstText(row: SheetRow): string {
  for (const cell of row.cells) {
    const text = cell === undefined ? '' : cellText(cell).trim()
    if (text !== '') return text
  }
  return ''
}

/** Warnings of one kind and place are one warning with a count. */
function count(notes: Map<string, ImportWarning>, warning: ImportWarning): void {
  const id = JSON.stringify([warning.code, warning.params])
  const before = notes.get(id)
  notes.set(id, { code: warning.code, params: { ...warning.params, count: Number(before?.params['count'] ?? 0) + 1 } })
}
