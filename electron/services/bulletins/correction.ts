/** What a second file of the same kind and period changes, row by row. */
import type { ImportReport } from '../../../shared/contract/bulletins.ts'
import type { Recognised } from '../../../shared/domain/import/types.ts'
import { bulletinsOf, reportValues } from '../../store/queries/bulletins.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { ReportPut } from './store-rows.ts'

/** The same figures, whatever the keys that they lack. */
function sameFigures(stored: string | null, figures: string): boolean {
  if (stored === figures) return true
  const [before, after] = [stored ?? '{}', figures].map((text) => JSON.parse(text) as Record<string, unknown>) as [Record<string, unknown>, Record<string, unknown>]
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].every((key) => (before[key] ?? null) === (after[key] ?? null))
}

export type Comparison = {
  /** Counts the row; gives the version of what stands (0 for none). */
  readonly see: (row: ReportPut) => number
  /** After the last row; null where no other file stands. */
  readonly result: () => ImportReport['correctionOf']
}

/** Rows are compared with what stands now, before the first of them is put. */
export function compareWithStanding(db: ReadDb, { kind, period }: Recognised): Comparison {
  const [before] = period === null ? [] : bulletinsOf(db, kind, period)
  const values = new Map(reportValues(db, kind, period ?? '').map((row) => [row.id, row]))
  const counts = { changed: 0, added: 0, equal: 0 }
  const named = new Set<string>()
  return {
    see(row) {
      const old = values.get(row.id)
      if (!old) {
        counts.added += 1
        return 0
      }
      named.add(row.id)
      const equal = old.remark === row.remark && old.officialId === row.officialId && old.unitId === row.unitId && sameFigures(old.figures, row.figures)
      counts[equal ? 'equal' : 'changed'] += 1
      return old.version ?? 1
    },
    result: () => (before ? { bulletinId: before.id, file: before.fileName ?? '', ...counts, absent: values.size - named.size } : null),
  }
}
