/** Which reports a rule reads, so that a service loads no more than those. */
import { isMonthPeriod, isYearPeriod, lastPeriods, monthPeriod, periodBefore, periodMonth, periodYear } from '../period.ts'
import type { Period, ReportKind } from '../kinds.ts'
import type { RuleCondition, RuleDefinition } from './definition.ts'

/** Assessments come once a year, everything else every month. Letters become overdue on any day: R7 runs with either. */
export function runsFor(condition: RuleCondition, period: Period): boolean {
  if (condition.type === 'overdueReply') return isMonthPeriod(period) || isYearPeriod(period)
  return condition.kind === 'assessment' ? isYearPeriod(period) : isMonthPeriod(period)
}

/**
 * The months in which a `stalled` run of `months` months ending with `period` is judged, and the months that must be read. Figures are cumulative
 * within a year, so a January is compared with 0 and never with the December before, and no row is needed for the month before a January.
 * Where the run itself began last year (January or February with N = 3), last year's months are compared within last year. Reading
 * starts at the January of the oldest month compared: an empty figure counts as the last known one of its year.
 */
export function stalledMonths(period: Period, months: number): { readonly run: readonly Period[]; readonly read: readonly Period[] } {
  const run = lastPeriods(period, months)
  const oldest = run[0] ?? period
  const base = periodMonth(oldest) === 1 ? oldest : periodBefore(oldest)
  const read: Period[] = []
  for (let month = monthPeriod(periodYear(base), 1); month <= period; month = periodBefore(month, -1)) read.push(month)
  return { run, read }
}

export type PeriodsNeeded = { readonly kind: ReportKind; readonly periods: readonly Period[] }

/** The kind and periods (oldest first) that `rule` reads for `period`; null where it reads no reports or does not run for such a period. */
export function periodsNeeded(rule: Pick<RuleDefinition, 'condition'>, period: Period): PeriodsNeeded | null {
  const { condition } = rule
  if (condition.type === 'overdueReply' || !runsFor(condition, period)) return null
  switch (condition.type) {
    case 'stalled': return { kind: condition.kind, periods: stalledMonths(period, condition.months).read }
    case 'worst': return { kind: condition.kind, periods: lastPeriods(period, condition.periods) }
    default: return { kind: condition.kind, periods: [period] }
  }
}
