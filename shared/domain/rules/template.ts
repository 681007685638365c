/**
 * Fact templates: `{signed}` is replaced by the figure as a number, `{paidIn:yuan}` as 亿元/万元, `{completionRate:percent}` with %,
 * `{dueOn:date}` as 2026年3月5日. An empty figure reads 未填报.
 */
import { chineseDate, isIsoDate } from '../../text/dates.ts'
import { formatNumber, formatPercent, formatYuan } from '../../text/numbers.ts'
import type { Figures } from '../kinds.ts'

const place = /\{([A-Za-z][A-Za-z0-9]*)(?::(yuan|percent|date))?\}/g

/** What stands in braces and is no place of `known` (also misspelt formats), in order of appearance. */
export function unknownPlaces(template: string, known: readonly string[]): readonly string[] {
  const names = [...template.matchAll(place)].map((match) => match[1] ?? '').filter((name) => !known.includes(name))
  const rest = [...template.replaceAll(place, '').matchAll(/\{([^{}]*)\}?|\}/g)].map((match) => match[1] ?? '')
  return [...names, ...rest]
}

function format(value: Figures[string] | undefined, as: string | undefined): string {
  if (value === null || value === undefined || value === '') return '未填报'
  if (typeof value === 'number' && as === 'percent') return formatPercent(value)
  if (typeof value === 'number') return as === 'yuan' && Number.isSafeInteger(value) ? formatYuan(value) : formatNumber(value)
  if (typeof value === 'boolean') return value ? '是' : '否'
  return as === 'date' && isIsoDate(value) ? chineseDate(value) : value
}

/** Values go in as they are and are never read for places again. */
export function fillTemplate(template: string, values: Figures): string {
  return template.replaceAll(place, (_, name: string, as: string | undefined) => format(values[name], as))
}
