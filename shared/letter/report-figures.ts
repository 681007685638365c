/** The main figures of a report row as a neutral clause with units: 签约项目2个，到位资金1200万元. */
import type { ReportKind } from '../domain/kinds.ts'
import { formatNumber, formatPercent, formatYuan } from '../text/numbers.ts'
import { chineseDate } from './dates.ts'

export type FigureRow = { readonly kind: string; readonly item: string | null; readonly figures: Readonly<Record<string, number | string | boolean | null>> }

/** `unit`: what follows a plain number. */
type Shape = { readonly key: string; readonly label: string; readonly as: 'yuan' | 'percent' | 'rank' | 'text' | 'date' | 'number'; readonly unit?: string }
const number = (key: string, label: string, unit: string): Shape => ({ key, label, as: 'number', unit })
const shape = (key: string, label: string, as: Shape['as']): Shape => ({ key, label, as })

const shapes: Readonly<Record<ReportKind, readonly Shape[]>> = {
  investment: [number('signed', '签约项目', '个'), number('started', '开工项目', '个'), shape('paidIn', '到位资金', 'yuan'), shape('completionRate', '完成率', 'percent'), shape('rank', '位次', 'rank')],
  projects: [shape('completedInvestment', '累计完成投资', 'yuan'), shape('completionRate', '投资完成率', 'percent'), shape('scheduleRate', '时序进度', 'percent'), shape('progress', '形象进度：', 'text')],
  tasks: [shape('status', '状态：', 'text'), shape('dueOn', '办结时限', 'date')],
  air: [number('pm25', 'PM2.5月均', '微克/立方米'), shape('goodDayRate', '优良天数比例', 'percent'), shape('rank', '位次', 'rank')],
  assessment: [number('score', '总分', '分'), shape('rank', '位次', 'rank'), shape('grade', '等次：', 'text')],
  awards: [],
}
const matters: Readonly<Record<ReportKind, string>> = { investment: '招商引资', projects: '重点项目', tasks: '督查事项', air: '大气污染防治', assessment: '综合考核', awards: '表彰' }

function valueText({ as, unit }: Shape, value: number | string | boolean): string {
  if (typeof value !== 'number') return as === 'date' ? chineseDate(String(value)) : String(value)
  switch (as) {
    case 'yuan': return Number.isSafeInteger(value) ? formatYuan(value) : `${formatNumber(value)}元`
    case 'percent': return formatPercent(value)
    case 'rank': return `第${formatNumber(value)}`
    default: return `${formatNumber(value)}${unit ?? ''}`
  }
}

/** Figures that the sender left empty are left out, never shown as zero. */
export function figureClause({ kind, figures }: FigureRow): string {
  return (shapes[kind as ReportKind] ?? []).flatMap((one) => {
    const value = figures[one.key]
    return value === null || value === undefined || value === '' ? [] : [`${one.label}${valueText(one, value)}`]
  }).join('，')
}

/** 重点项目：龙泉广场项目. Of a task its content says what it is about. */
export function figureMatter({ kind, item, figures }: FigureRow): string {
  const content = figures['content']
  const about = kind === 'tasks' && typeof content === 'string' && content !== '' ? `${item ?? ''}${content}` : (item ?? '')
  const matter = matters[kind as ReportKind] ?? kind
  return about === '' || kind === 'assessment' ? matter : `${matter}：${about}`
}
