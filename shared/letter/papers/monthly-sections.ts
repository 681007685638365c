/** What the monthly 通报 says of the stored reports: neutral sentences with units, and a table to each matter. Empty figures are shown as —, never as 0. */
import { letterTypeNames, type LetterType } from '../../domain/letters/types.ts'
import { lastDayOfPeriod } from '../../domain/period.ts'
import { formatNumber, formatPercent, formatYuan } from '../../text/numbers.ts'
import { chinesePeriod } from '../dates.ts'
import { monthlySentences as say } from '../report-texts.ts'
import type { MonthlyContent, MonthlyTable } from './monthly.ts'

/** `figures` by the keys of domain/kinds.ts. */
export type MonthlyRow = { readonly unit: string; readonly official: string | null; readonly item: string | null; readonly figures: Readonly<Record<string, number | string | boolean | null>> }
/** Withdrawn letters are in none of the counts. `replies`: explanations that came in the month. */
export type MonthlyLetters = { readonly byType: readonly { readonly type: LetterType; readonly issued: number; readonly closed: number }[]; readonly replies: number }
export type MonthlyFindings = { readonly investment: readonly MonthlyRow[]; readonly projects: readonly MonthlyRow[]; readonly tasks: readonly MonthlyRow[]; readonly air: readonly MonthlyRow[]; readonly letters: MonthlyLetters }
type Section = MonthlyContent['sections'][number]

const none = '—'
const numberOf = (row: MonthlyRow, key: string): number | null => {
  const value = row.figures[key]
  return typeof value === 'number' ? value : null
}
const textOf = (row: MonthlyRow, key: string): string => {
  const value = row.figures[key]
  return typeof value === 'string' && value !== '' ? value : none
}
const shown = (value: number | null): string => (value === null ? none : formatNumber(value))
/** 元 as 万元, not rounded. */
const tenThousands = (value: number | null): string => (value === null ? none : formatNumber(value / 10_000))
const yuan = (value: number): string => (Number.isSafeInteger(value) ? formatYuan(value) : `${formatNumber(value)}元`)

type SortKey = number | string | null
/** As a 通报 lists them: by the first key that tells two rows apart, what nobody filled in at the end; equal rows stay in the order of arrival. */
function listed(rows: readonly MonthlyRow[], ...keys: readonly ((row: MonthlyRow) => SortKey)[]): readonly MonthlyRow[] {
  const compare = (a: SortKey, b: SortKey): number => {
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'zh-Hans-CN', { numeric: true })
  }
  return rows.toSorted((a, b) => keys.reduce((found, key) => (found === 0 ? compare(key(a), key(b)) : found), 0))
}
/** The highest first. */
const down = (value: number | null): number | null => (value === null ? null : -value)

type Sum = { readonly sum: number; readonly filled: number }
function sumOf(rows: readonly MonthlyRow[], key: string): Sum {
  const values = rows.map((row) => numberOf(row, key)).filter((value) => value !== null)
  return { sum: values.reduce((a, b) => a + b, 0), filled: values.length }
}

function table(caption: string, columns: readonly (readonly [string, number, 'left' | 'center' | 'right'])[], rows: MonthlyTable['rows']): MonthlyTable {
  return { caption, columns: columns.map(([name, share, align]) => ({ name, share, align })), rows }
}

/** One clause for every figure that anybody filled in; says so where some did not. */
function totals(rows: readonly MonthlyRow[], clauses: readonly (readonly [key: string, text: (sum: number) => string])[]): string {
  const filled = clauses.map(([key, text]) => ({ ...sumOf(rows, key), text })).filter((one) => one.filled > 0)
  const partly = filled.some((one) => one.filled < rows.length)
  return filled.length === 0 ? say.noFigures : `${filled.map((one) => one.text(one.sum)).join('，')}。${partly ? say.partly : ''}`
}

function investmentSection(rows: readonly MonthlyRow[], month: string): Section {
  const said = totals(rows, [['signed', (n) => `签约项目${formatNumber(n)}个`], ['signedAmount', (n) => `签约额${yuan(n)}`], ['started', (n) => `开工项目${formatNumber(n)}个`], ['paidIn', (n) => `到位资金${yuan(n)}`]])
  return {
    heading: say.investment, paragraphs: [`${say.investmentRows(month, rows.length)}${said}`],
    table: table(say.investmentTable, [['单位', 22, 'left'], ['责任人', 13, 'center'], ['签约项目（个）', 13, 'right'], ['开工项目（个）', 13, 'right'], ['到位资金（万元）', 16, 'right'], ['完成率（%）', 13, 'right'], ['位次', 10, 'right']],
      listed(rows, (row) => numberOf(row, 'rank'), (row) => down(numberOf(row, 'completionRate')), (row) => down(numberOf(row, 'paidIn'))).map((row) => [row.unit, row.official ?? none, shown(numberOf(row, 'signed')), shown(numberOf(row, 'started')), tenThousands(numberOf(row, 'paidIn')), shown(numberOf(row, 'completionRate')), shown(numberOf(row, 'rank'))])),
  }
}

function projectsSection(rows: readonly MonthlyRow[], month: string): Section {
  const both = rows.flatMap((row) => {
    const [done, schedule] = [numberOf(row, 'completionRate'), numberOf(row, 'scheduleRate')]
    return done === null || schedule === null ? [] : [done - schedule]
  })
  const said = totals(rows, [['completedInvestment', (n) => `累计完成投资${yuan(n)}`]])
  return {
    heading: say.projects, paragraphs: [`${say.projectRows(month, rows.length, both.filter((gap) => gap >= 0).length, both.filter((gap) => gap < 0).length)}${said}`],
    table: table(say.projectsTable, [['项目名称', 30, 'left'], ['责任单位', 20, 'left'], ['责任人', 13, 'center'], ['累计完成（万元）', 14, 'right'], ['投资完成率（%）', 12, 'right'], ['时序进度（%）', 11, 'right']],
      listed(rows, (row) => down(numberOf(row, 'completionRate')), (row) => row.item).map((row) => [row.item ?? none, row.unit, row.official ?? none, tenThousands(numberOf(row, 'completedInvestment')), shown(numberOf(row, 'completionRate')), shown(numberOf(row, 'scheduleRate'))])),
  }
}

function tasksSection(rows: readonly MonthlyRow[], month: string, lastDay: string): Section {
  const open = rows.filter((row) => row.figures['status'] === '在办')
  const late = open.filter((row) => typeof row.figures['dueOn'] === 'string' && row.figures['dueOn'] < lastDay)
  return {
    heading: say.tasks, paragraphs: [say.taskRows(month, rows.length, rows.filter((row) => row.figures['status'] === '已办结').length, open.length, late.length)],
    table: table(say.tasksTable, [['事项编号', 15, 'left'], ['事项内容', 33, 'left'], ['主责单位', 17, 'left'], ['责任人', 11, 'center'], ['办结时限', 14, 'center'], ['状态', 10, 'center']],
      listed(rows, (row) => row.item).map((row) => [row.item ?? none, textOf(row, 'content'), row.unit, row.official ?? none, textOf(row, 'dueOn'), textOf(row, 'status')])),
  }
}

function rangeOf(rows: readonly MonthlyRow[], key: string, text: (value: number) => string): string | null {
  const values = rows.map((row) => numberOf(row, key)).filter((value) => value !== null)
  if (values.length === 0) return null
  const [low, high] = [text(values.reduce((a, b) => Math.min(a, b))), text(values.reduce((a, b) => Math.max(a, b)))]
  return low === high ? low : `${low}至${high}`
}

function airSection(rows: readonly MonthlyRow[], month: string): Section {
  const pm25 = rangeOf(rows, 'pm25', (value) => `${formatNumber(value)}微克/立方米`)
  const good = rangeOf(rows, 'goodDayRate', formatPercent)
  const said = [...(pm25 === null ? [] : [`PM2.5月均浓度为${pm25}`]), ...(good === null ? [] : [`优良天数比例为${good}`])]
  return {
    heading: say.air, paragraphs: [`${say.airRows(month, rows.length)}${said.length === 0 ? say.noFigures : `${said.join('，')}。`}`],
    table: table(say.airTable, [['单位', 26, 'left'], ['PM2.5月均（微克/立方米）', 18, 'right'], ['PM10（微克/立方米）', 18, 'right'], ['优良天数比例（%）', 16, 'right'], ['同比（%）', 12, 'right'], ['位次', 10, 'right']],
      listed(rows, (row) => numberOf(row, 'rank'), (row) => numberOf(row, 'pm25')).map((row) => [row.unit, ...['pm25', 'pm10', 'goodDayRate', 'yearOnYear', 'rank'].map((key) => shown(numberOf(row, key)))])),
  }
}

function lettersSection({ byType, replies }: MonthlyLetters, month: string): Section {
  const [issued, closed] = [byType.reduce((sum, one) => sum + one.issued, 0), byType.reduce((sum, one) => sum + one.closed, 0)]
  const kinds = byType.filter((one) => one.issued > 0).map((one) => `${letterTypeNames[one.type]}${one.issued}件`).join('、')
  const listed = byType.filter((one) => one.issued + one.closed > 0)
  return {
    heading: say.letters, paragraphs: [say.letterCounts(month, issued, kinds, replies, closed)],
    table: listed.length === 0 ? null : table(say.lettersTable, [['类型', 40, 'left'], ['签发（件）', 30, 'right'], ['销号（件）', 30, 'right']], [...listed.map((one) => [letterTypeNames[one.type], `${one.issued}`, `${one.closed}`]), ['合计', `${issued}`, `${closed}`]]),
  }
}

/** `period`: a month. A matter without reports says so and has no table. */
export function monthlySections(found: MonthlyFindings, period: string): MonthlyContent['sections'] {
  const month = chinesePeriod(period)
  const orNothing = (rows: readonly MonthlyRow[], heading: string, make: () => Section): Section => (rows.length === 0 ? { heading, paragraphs: [say.nothing(month)], table: null } : make())
  return [
    orNothing(found.investment, say.investment, () => investmentSection(found.investment, month)), orNothing(found.projects, say.projects, () => projectsSection(found.projects, month)),
    orNothing(found.tasks, say.tasks, () => tasksSection(found.tasks, month, lastDayOfPeriod(period))), orNothing(found.air, say.air, () => airSection(found.air, month)), lettersSection(found.letters, month),
  ]
}
