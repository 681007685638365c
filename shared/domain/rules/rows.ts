/** The rows of one kind by period, one per key. */
import type { Period, ReportKind, UnitKind } from '../kinds.ts'
import { compareText } from './finding.ts'
import type { RuleInput, RuleReport } from './finding.ts'

/**
 * What makes two rows of one kind and period the same row: the keys of the import contract (DUPLICATE_ROW). A correction that names another
 * official for a project is still that project's row; an investment row belongs to unit and official.
 */
export function rowKey(kind: ReportKind, report: RuleReport): string {
  switch (kind) {
    case 'investment': return JSON.stringify([report.unitId, report.officialId])
    case 'air': return report.unitId
    case 'awards': return report.id
    default: return JSON.stringify([report.unitId, report.item])
  }
}

function isNewer(a: RuleReport, b: RuleReport): boolean {
  const order = (a.version ?? 0) - (b.version ?? 0)
  return order === 0 ? a.id > b.id : order > 0
}

export type RowsByPeriod = ReadonlyMap<Period, ReadonlyMap<string, RuleReport>>

/** Only the periods asked for; of rows with one key the newest version. */
export function rowsByPeriod(input: RuleInput, kind: ReportKind, periods: readonly Period[]): RowsByPeriod {
  const result = new Map(periods.map((period) => [period, new Map<string, RuleReport>()]))
  for (const report of input.reports[kind] ?? []) {
    const rows = result.get(report.period)
    if (rows === undefined) continue
    const key = rowKey(kind, report)
    const known = rows.get(key)
    if (known === undefined || isNewer(report, known)) rows.set(key, report)
  }
  return result
}

/** In the order of ids, so that nothing depends on the order of reading. */
export function sortedRows(rows: Iterable<RuleReport>): readonly RuleReport[] {
  return [...rows].sort((a, b) => compareText(a.id, b.id))
}

export function ofUnitKind(input: RuleInput, kind: UnitKind | null): (report: RuleReport) => boolean {
  return (report) => kind === null || input.units.get(report.unitId)?.kind === kind
}

/** Empty list = all items. */
export function ofItems(items: readonly string[]): (report: RuleReport) => boolean {
  const wanted = new Set(items)
  return (report) => wanted.size === 0 || (report.item !== null && wanted.has(report.item))
}
