/** R3, R4, R6: conditions that one row of the period decides by itself. */
import { compareRatioPercent, decimalToNumber, ratioPercentCut, toDecimal } from '../decimal.ts'
import { lastDayOfPeriod } from '../period.ts'
import { dayDifference, isIsoDate } from '../../text/dates.ts'
import type { ReportKind } from '../kinds.ts'
import type { ConditionOf } from './definition.ts'
import type { RuleInput, RuleReport } from './finding.ts'
import type { Match, MatchRow } from './match.ts'
import { ofItems, ofUnitKind, rowsByPeriod, sortedRows } from './rows.ts'

function rowsOf(input: RuleInput, kind: ReportKind): readonly RuleReport[] {
  return sortedRows(rowsByPeriod(input, kind, [input.period]).get(input.period)?.values() ?? [])
}

function matchOf(row: MatchRow): Match {
  const { unitId, officialId, item } = row.report
  return { unitId, rowOfficialId: officialId, item, rows: [row] }
}

/** R3. Exactly `points` behind is not more than `points` behind. Rows without a rate, or with nothing to compute it from, cannot fire. */
function behindRow(condition: ConditionOf<'behind'>, report: RuleReport): MatchRow | null {
  const schedule = toDecimal(report.figures[condition.schedule])
  const points = toDecimal(condition.points)
  if (schedule === null || points === null) return null
  const limit = schedule - points
  const rate = toDecimal(report.figures[condition.rate])
  if (rate !== null) {
    return rate < limit ? { report, values: { ...report.figures, points: condition.points, gap: decimalToNumber(schedule - rate) } } : null
  }
  const part = toDecimal(report.figures[condition.part])
  const whole = toDecimal(report.figures[condition.whole])
  if (part === null || whole === null || whole <= 0n || compareRatioPercent(part, whole, limit) >= 0) return null
  const shown = ratioPercentCut(part, whole)
  const gap = decimalToNumber(schedule - (toDecimal(shown) ?? 0n))
  return { report, values: { ...report.figures, [condition.rate]: shown, points: condition.points, gap }, note: '（完成率按累计完成÷年度计划投资计算）' }
}

export function matchBehind(condition: ConditionOf<'behind'>, input: RuleInput): readonly Match[] {
  return rowsOf(input, condition.kind).flatMap((report) => {
    const row = behindRow(condition, report)
    return row === null ? [] : [matchOf(row)]
  })
}

/** R4. A matter due on the period's last day is in time. */
export function matchPastDue(condition: ConditionOf<'pastDue'>, input: RuleInput): readonly Match[] {
  const lastDay = lastDayOfPeriod(input.period)
  return rowsOf(input, condition.kind).flatMap((report) => {
    const due = report.figures[condition.due]
    const status = report.figures[condition.status]
    if (typeof due !== 'string' || !isIsoDate(due) || due >= lastDay) return []
    if (typeof status !== 'string' || !condition.statuses.includes(status)) return []
    return [matchOf({ report, values: { ...report.figures, overdueDays: dayDifference(due, lastDay) } })]
  })
}

/** R6. About the unit: rows of several items make one finding. */
export function matchValueIn(condition: ConditionOf<'valueIn'>, input: RuleInput): readonly Match[] {
  const counts = ofUnitKind(input, condition.unitKind)
  const wanted = ofItems(condition.items)
  const fired = rowsOf(input, condition.kind).filter((report) => {
    const value = report.figures[condition.figure]
    return typeof value === 'string' && condition.values.includes(value) && counts(report) && wanted(report)
  })
  return [...Map.groupBy(fired, (report) => report.unitId)].map(([unitId, reports]) => ({
    unitId, rowOfficialId: reports.at(-1)?.officialId ?? null, item: null, rows: reports.map((report) => ({ report, values: report.figures })),
  }))
}
