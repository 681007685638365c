/** The figures of a report under the words of the workbooks, with their units. */
import type { ReportRow } from '../../shared/contract/report-schemas.ts'
import { amountText, dateText, none, numberText, percentText } from './format.ts'

type FigureKind = 'number' | 'amount' | 'percent' | 'text' | 'date'
const figures: Readonly<Record<string, readonly [string, FigureKind]>> = {
  target: ['全年任务（个）', 'number'], negotiating: ['在谈项目', 'number'], signed: ['签约项目', 'number'], signedAmount: ['签约额', 'amount'], started: ['开工项目', 'number'], paidIn: ['到位资金', 'amount'],
  completionRate: ['完成率', 'percent'], rank: ['位次', 'number'], leader: ['帮包领导', 'text'], totalInvestment: ['总投资', 'amount'], plannedInvestment: ['年度计划投资', 'amount'], completedInvestment: ['累计完成', 'amount'],
  scheduleRate: ['时序进度', 'percent'], isStarted: ['是否开工', 'text'], progress: ['进展情况', 'text'], problem: ['存在问题', 'text'], nextStep: ['下步措施', 'text'], assignedOn: ['交办日期', 'date'], source: ['来源', 'text'],
  content: ['事项内容', 'text'], dueOn: ['办结时限', 'date'], status: ['状态', 'text'], pm25: ['PM2.5月均（μg/m³）', 'number'], pm10: ['PM10（μg/m³）', 'number'], goodDayRate: ['优良天数比例', 'percent'], yearOnYear: ['同比', 'percent'],
  group: ['考核类别', 'text'], score: ['总分', 'number'], grade: ['等次', 'text'], award: ['表彰类别', 'text'], grantedBy: ['授予单位', 'text'], documentNumber: ['文号', 'text'], grantedOn: ['日期', 'date'], bonus: ['奖金', 'amount'],
}

export const figureLabel = (key: string): string => figures[key]?.[0] ?? key

/** What a typed figure is counted in, for the label of its field. */
export function figureUnit(key: string): string {
  const kind = figures[key]?.[1]
  return kind === 'amount' ? '（元）' : kind === 'percent' ? '（%）' : ''
}

export function figureText(key: string, value: number | string | boolean | null | undefined): string {
  if (value === null || value === undefined || value === '') return none
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return figures[key]?.[1] === 'date' ? dateText(value) : value
  switch (figures[key]?.[1]) {
    case 'amount':
      return amountText(value)
    case 'percent':
      return percentText(value)
    default:
      return numberText(value)
  }
}

/** The figures of a row that are filled, in the workbook's order. */
export function filledFigures(report: Pick<ReportRow, 'figures'>): readonly { readonly key: string; readonly label: string; readonly text: string }[] {
  const known = Object.keys(figures)
  return Object.entries(report.figures)
    .filter(([, value]) => value !== null && value !== '')
    .sort(([a], [b]) => known.indexOf(a) - known.indexOf(b))
    .map(([key, value]) => ({ key, label: figureLabel(key), text: figureText(key, value) }))
}

const brief: Readonly<Record<string, readonly string[]>> = {
  investment: ['signed', 'started', 'paidIn', 'completionRate'], projects: ['completionRate', 'scheduleRate', 'completedInvestment'], tasks: ['dueOn', 'status', 'content'], air: ['pm25', 'rank', 'goodDayRate'],
  assessment: ['group', 'score', 'rank', 'grade'], awards: ['award', 'grantedBy', 'grantedOn'],
}

/** One line for lists: the figures that matter most of the kind. */
export function briefFigures(report: Pick<ReportRow, 'kind' | 'figures'>): string {
  const keys = brief[report.kind] ?? Object.keys(report.figures).slice(0, 4)
  const named = report.kind !== 'awards'
  return keys.filter((key) => report.figures[key] !== null && report.figures[key] !== undefined).map((key) => `${named ? `${figureLabel(key)} ` : ''}${figureText(key, report.figures[key])}`).join('，')
}
