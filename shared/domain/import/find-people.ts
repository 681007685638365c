/** Looks a row's unit and official up in the roster; only within a known unit, on the period's days. */
import type { SheetRow } from '../sheet.ts'
import type { People, Values } from './build-row.ts'
import { holdsSeveralNames } from './clean.ts'
import { periodDays } from './period.ts'
import type { Days, OfficialMatch, Roster, UnitMatch } from './roster.ts'
import { refusedCell } from './sheet-plan.ts'
import type { PlannedColumn, SheetPlan } from './sheet-plan.ts'
import { Memo } from './memo.ts'
import type { Problem, Recognised, RefusedCell } from './types.ts'

type Find = (plan: SheetPlan, row: SheetRow, values: Values, problems: RefusedCell[]) => People

export function findPeople(recognised: Recognised, roster: Roster): Find {
  const units = new Memo<UnitMatch>()
  const period = recognised.period === null ? null : periodDays(recognised.period)
  return (plan, row, values, problems) => {
    const column = plan.unitColumn
    if (column === undefined) return { unit: null, officialId: null, complete: true }
    const nobody: People = { unit: null, officialId: null, complete: false }
    const name = values['unit']
    if (typeof name !== 'string') return nobody
    const unit = units.get(name, () => roster.findUnit(name))
    if (unit.found === 'none') {
      report(plan, row, column, problems, { problem: 'UNIT_UNKNOWN', hint: unit.candidates.length > 0 ? { units: unit.candidates.map((one) => one.name) } : undefined })
      return nobody
    }
    const official = values['official']
    if (typeof official !== 'string') return { unit: unit.unit, officialId: null, complete: !problems.some((problem) => problem.field === 'official') }
    const match = roster.findOfficial(official, unit.unit.id, daysOf(period, values))
    if (match.found === 'one') return { unit: unit.unit, officialId: match.officialId, complete: true }
    if (plan.officialColumn !== undefined) report(plan, row, plan.officialColumn, problems, problemOf(match, official))
    return { unit: unit.unit, officialId: null, complete: false }
  }
}

/** An award of 2025 may be granted in February 2026 to somebody who is named in the unit of that day. */
function daysOf(period: Days | null, values: Values): Days | null {
  const granted = values['grantedOn']
  return period !== null && typeof granted === 'string' && granted > period.to ? { from: period.from, to: granted } : period
}

function problemOf(match: Exclude<OfficialMatch, { found: 'one' }>, name: string): Problem {
  switch (match.found) {
    case 'ambiguous':
      return { problem: 'OFFICIAL_AMBIGUOUS' }
    case 'elsewhere':
      return { problem: 'OFFICIAL_ELSEWHERE', hint: { units: match.units.map((unit) => unit.name) } }
    case 'none':
      if (holdsSeveralNames(name)) return { problem: 'OFFICIAL_UNKNOWN', hint: { reason: 'SEVERAL_NAMES' } }
      return { problem: 'OFFICIAL_UNKNOWN', hint: match.notInPost ? { reason: 'NOT_IN_POST' } : undefined }
  }
}

/** Keeps `problems` in column order. */
function report(plan: SheetPlan, row: SheetRow, column: PlannedColumn, problems: RefusedCell[], problem: Problem): void {
  const at = problems.findIndex((other) => positionOf(plan, other) > column.use.column)
  problems.splice(at < 0 ? problems.length : at, 0, refusedCell(column, row.cells[column.use.column], plan.use.date1904, problem))
}

function positionOf(plan: SheetPlan, cell: RefusedCell): number {
  return plan.columns.find((column) => column.spec.field === cell.field)?.use.column ?? Number.MAX_SAFE_INTEGER
}
