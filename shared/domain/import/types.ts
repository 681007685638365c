/** Shapes of the import contract (domain.md section 3): what recognising and reading a workbook gives. */
import type { ImportKind, Figures, RefusalCode, UnitKind } from '../kinds.ts'

/** Units in which a workbook may state amounts. They are stored as whole 元. */
export const amountUnits = ['元', '千元', '万元', '百万元', '千万元', '亿元'] as const
export type AmountUnit = (typeof amountUnits)[number]

/** `column` counts from 0 (A). `field` is null for a column that is not read; `unit` is set for amounts only. */
export type ColumnUse = { readonly column: number; readonly header: string; readonly key: string; readonly field: string | null; readonly unit: AmountUnit | null }

/** One sheet that will be read. `headerFrom`–`headerTo` are row numbers of the sheet (equal for a one-row header). */
export type SheetUse = {
  readonly index: number
  readonly name: string | null
  readonly headerFrom: number
  readonly headerTo: number
  readonly columns: readonly ColumnUse[]
  readonly amountUnit: AmountUnit | null
  readonly date1904: boolean
}

/**
 * Header (cleaned, without its bracket, two rows joined by `/`) → field, or null for a column that is left out on purpose.
 * Units of amounts are no part of it: one sender reports 亿元 this month and 万元 the next.
 */
export type Mapping = Readonly<Record<string, string | null>>

/** What a person set by hand or what is remembered for the sender. `amountUnit` counts only where the file names no unit. */
export type Given = { readonly kind?: ImportKind; readonly period?: string; readonly mapping?: Mapping; readonly amountUnit?: AmountUnit }

export const warningCodes = [
  'UNKNOWN_COLUMN', 'DUPLICATE_COLUMN', 'FOREIGN_CURRENCY', 'SHEET_NOT_USED', 'PERIOD_DIFFERS', 'PERIOD_DERIVED', 'AMOUNT_UNIT_ASSUMED',
  'AMOUNT_ROUNDED', 'OTHER_TABLE', 'ROWS_NOT_READ', 'PERCENT_AS_FRACTION', 'TEXT_STRIPPED', 'HIDDEN_ROWS',
] as const
export type WarningCode = (typeof warningCodes)[number]
export type ImportWarning = { readonly code: WarningCode; readonly params: Readonly<Record<string, string | number | null>> }

export type Recognised = {
  readonly kind: ImportKind
  /** `2026-06`, `2025`, or null for the rosters. */
  readonly period: string | null
  /** The department that the workbook names as its sender, or null. */
  readonly sender: string | null
  /** As printed above the table: 2026年3月份全市双招双引工作情况通报. */
  readonly title: string | null
  readonly sheets: readonly SheetUse[]
  readonly mapping: Mapping
  readonly warnings: readonly ImportWarning[]
}

type Source = { readonly sheet: string | null; readonly row: number }
export type ReportRow = Source & {
  readonly type: 'report'
  readonly unitId: string
  readonly officialId: string | null
  readonly item: string | null
  readonly figures: Figures
  readonly remark: string | null
}
export type UnitRow = Source & {
  readonly type: 'unit'
  readonly name: string
  readonly shortName: string | null
  readonly kind: UnitKind
  readonly aliases: readonly string[]
}
/** `birth` is `YYYY-MM`; `since` is `YYYY-MM-DD`, or `YYYY-MM` where the roster gives no day (no day is invented). */
export type OfficialRow = Source & {
  readonly type: 'official'
  readonly name: string
  readonly gender: '男' | '女' | null
  readonly birth: string | null
  readonly unitId: string
  readonly title: string | null
  readonly rank: string | null
  readonly portfolio: string | null
  readonly isHead: boolean
  readonly since: string | null
  readonly phone: string | null
}
export type AcceptedRow = ReportRow | UnitRow | OfficialRow

/** Why a cell was refused, beyond its code. Unit names may appear here, names of persons never. */
export type HintReason = 'CONTROL_CHARACTERS' | 'SEVERAL_NAMES' | 'TOO_LARGE' | 'NEGATIVE' | 'OVER_1000' | 'DATE_IN_NUMBER' | 'MONTH_UNCLEAR' | 'NOT_IN_POST'
export type RefusalHint = {
  readonly reason?: HintReason
  /** OFFICIAL_ELSEWHERE: full names of the units that have the person; UNIT_UNKNOWN: the units that share this short name. */
  readonly units?: readonly string[]
  /** UNKNOWN_VALUE: what is allowed. */
  readonly allowed?: readonly string[]
  /** DUPLICATE_ROW: the accepted row that it repeats. */
  readonly first?: { readonly sheet: string | null; readonly row: number }
}
/** `letter` is the sheet's column letter, null when the code concerns the whole row. */
export type RefusedCell = {
  readonly code: RefusalCode
  readonly field: string | null
  readonly letter: string | null
  readonly header: string | null
  readonly text: string
  readonly hint?: RefusalHint
}
/** `codes` are distinct and in alphabetical order; `cells` in column order, row-wide ones last; `raw` holds the row's cells as text. */
export type RefusedRow = Source & { readonly codes: readonly RefusalCode[]; readonly cells: readonly RefusedCell[]; readonly raw: readonly string[] }

export type SkipReason = 'TOTAL' | 'NOTE'
export type SkippedRow = Source & { readonly reason: SkipReason; readonly text: string }

export type ImportOutcome = {
  readonly accepted: readonly AcceptedRow[]
  readonly skipped: number
  readonly skippedRows: readonly SkippedRow[]
  readonly refused: readonly RefusedRow[]
  readonly headerRows: readonly { readonly sheet: string | null; readonly from: number; readonly to: number }[]
  readonly warnings: readonly ImportWarning[]
}

/** A cell that cannot be taken; readers of cells return it instead of a value. */
export type Problem = { readonly problem: RefusalCode; readonly hint?: RefusalHint }
export type Value = string | number | boolean | null
export function isProblem(value: Value | Problem): value is Problem {
  return typeof value === 'object' && value !== null
}
