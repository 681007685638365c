/** R1: no progress in N months running. */
import { toDecimal } from '../decimal.ts'
import type { Decimal } from '../decimal.ts'
import { periodBefore, periodMonth, periodYear } from '../period.ts'
import type { Figures, Period } from '../kinds.ts'
import type { ConditionOf } from './definition.ts'
import type { RuleInput, RuleReport } from './finding.ts'
import type { Match, MatchRow } from './match.ts'
import { stalledMonths } from './periods.ts'
import { rowsByPeriod } from './rows.ts'
import type { RowsByPeriod } from './rows.ts'

/** A month's row with its empty figures filled from the year so far. */
type Month = { readonly report: RuleReport; readonly levels: readonly Decimal[]; readonly values: Figures; readonly carried: boolean }

/** Walks the months of one unit and official in order; a new year starts from 0, an absent month leaves what was known. */
function monthsOf(key: string, rows: RowsByPeriod, read: readonly Period[], figures: readonly string[]): ReadonlyMap<Period, Month> {
  const result = new Map<Period, Month>()
  let year: number | null = null
  let known: { readonly level: Decimal; readonly value: number }[] = []
  for (const period of read) {
    if (periodYear(period) !== year) {
      year = periodYear(period)
      known = figures.map(() => ({ level: 0n, value: 0 }))
    }
    const report = rows.get(period)?.get(key)
    if (report === undefined) continue
    let carried = false
    const values: Record<string, Figures[string]> = { ...report.figures }
    known = figures.map((figure, index) => {
      const last = known[index] ?? { level: 0n, value: 0 }
      const level = toDecimal(report.figures[figure])
      if (level !== null) return { level, value: Number(report.figures[figure]) }
      carried = true
      values[figure] = last.value
      return last
    })
    result.set(period, { report, levels: known.map(({ level }) => level), values, carried })
  }
  return result
}

/** None of the figures higher than the month before; a correction downwards is no progress either. */
function noProgress(month: Month, before: readonly Decimal[]): boolean {
  return month.levels.every((level, index) => level <= (before[index] ?? 0n))
}

function runRows(months: ReadonlyMap<Period, Month>, run: readonly Period[]): readonly Month[] | null {
  const shown = new Map<Period, Month>()
  for (const period of run) {
    const month = months.get(period)
    if (month === undefined) return null
    const previous = periodBefore(period)
    const before = periodMonth(period) === 1 ? null : months.get(previous)
    if (before === undefined || !noProgress(month, before?.levels ?? [])) return null
    if (before !== null) shown.set(previous, before)
    shown.set(period, month)
  }
  return [...shown.values()]
}

export function matchStalled(condition: ConditionOf<'stalled'>, input: RuleInput): readonly Match[] {
  const { run, read } = stalledMonths(input.period, condition.months)
  const rows = rowsByPeriod(input, condition.kind, read)
  const matches: Match[] = []
  for (const [key, current] of rows.get(input.period) ?? []) {
    const shown = runRows(monthsOf(key, rows, read, condition.figures), run)
    if (shown === null) continue
    matches.push({
      unitId: current.unitId,
      rowOfficialId: current.officialId,
      item: current.item,
      rows: shown.map(({ report, values, carried }): MatchRow => ({ report, values, ...(carried ? { note: '（空项按年内上次数）' } : {}) })),
    })
  }
  return matches
}
