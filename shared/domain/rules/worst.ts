/** R2 and R5: among the worst K, ties at the cut included, in one or more periods running. */
import { toDecimal } from '../decimal.ts'
import type { Decimal } from '../decimal.ts'
import { lastPeriods } from '../period.ts'
import type { ConditionOf } from './definition.ts'
import { compareText } from './finding.ts'
import type { RuleInput, RuleReport } from './finding.ts'
import type { Match, MatchRow } from './match.ts'
import { ofItems, ofUnitKind, rowsByPeriod, sortedRows } from './rows.ts'

function compareDown(a: Decimal, b: Decimal): number {
  if (a === b) return 0
  return a > b ? -1 : 1
}

/** The worst of one ranking. By rank only when every row has one: half a column of ranks says nothing about the other half. */
function worstOf(rows: readonly RuleReport[], condition: ConditionOf<'worst'>): readonly MatchRow[] {
  const ranks = rows.map((row) => toDecimal(row.figures[condition.rank]))
  const ranked = ranks.every((rank) => rank !== null)
  const badness = ranked
    ? ranks
    : rows.map((row) => {
        const value = toDecimal(row.figures[condition.value])
        return value === null || condition.valueWorst === 'highest' ? value : -value
      })
  const known = badness.filter((value) => value !== null).sort(compareDown)
  const cut = known[Math.min(condition.worst, known.length) - 1]
  if (cut === undefined) return []
  return rows.flatMap((report, index) => {
    const value = badness[index] ?? null
    if (value === null || value < cut) return []
    const values = { ...report.figures, units: known.length, worst: condition.worst }
    return [ranked ? { report, values } : { report, values, byValue: true as const }]
  })
}

/** unitId → its rows among the worst of the period; rows of different items are different rankings. */
function worstByUnit(condition: ConditionOf<'worst'>, rows: readonly RuleReport[]): ReadonlyMap<string, readonly MatchRow[]> {
  const result = new Map<string, MatchRow[]>()
  for (const ranking of Map.groupBy(rows, (row) => row.item).values()) {
    for (const match of worstOf(ranking, condition)) {
      const list = result.get(match.report.unitId)
      if (list === undefined) result.set(match.report.unitId, [match])
      else list.push(match)
    }
  }
  return result
}

export function matchWorst(condition: ConditionOf<'worst'>, input: RuleInput): readonly Match[] {
  const periods = lastPeriods(input.period, condition.periods)
  const rows = rowsByPeriod(input, condition.kind, periods)
  const counts = ofUnitKind(input, condition.unitKind)
  const wanted = ofItems(condition.items)
  const worst = periods.map((period) =>
    worstByUnit(condition, sortedRows(rows.get(period)?.values() ?? []).filter((row) => counts(row) && wanted(row))),
  )
  const matches: Match[] = []
  for (const unitId of [...(worst.at(-1)?.keys() ?? [])].sort(compareText)) {
    const found = worst.map((byUnit) => byUnit.get(unitId))
    if (found.some((list) => list === undefined)) continue
    // The proposal is about the unit: two rankings of one year are one yellow card.
    const list = found.flatMap((entry) => entry ?? [])
    matches.push({ unitId, rowOfficialId: list.at(-1)?.report.officialId ?? null, item: null, rows: list })
  }
  return matches
}
