/** Integrity: open leases that have free numbers in common, as two machines that both gave the numbers may have lent them. Found before a number stands on two letters. */
import type { ReadDb } from '../../read-db.ts'
import { rowsWhere, type Row } from '../../rows.ts'
import { maxLease } from '../numbers.ts'
import { conflictOf, standing, type Conflict } from './writes.ts'

/** The register name under which they are listed. */
export const overlapRegister = 'overlap'

type Lease = Row<'numberLease'> & { readonly series: string; readonly year: number; readonly fromSeq: number; readonly toSeq: number }

/** `row` is the smallest id among them; a survivor is the write that lent one of them, its value `{leaseId, device, series, year, fromSeq, toSeq, grantedOn}`. */
export function overlappingLeases(db: ReadDb): Conflict[] {
  const open = rowsWhere(db, 'numberLease', 'closedOn IS NULL AND series IS NOT NULL AND year IS NOT NULL AND toSeq >= fromSeq AND toSeq - fromSeq < ?', [maxLease], 'ORDER BY series, year, fromSeq, id') as Lease[]
  const groups: Lease[][] = []
  for (const lease of open) {
    const group = groups.find((one) => one.some((other) => contested(db, other, lease)))
    if (group) group.push(lease)
    else groups.push([lease])
  }
  return groups.filter((one) => one.length > 1).map((group) => {
    const sorted = group.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    return conflictOf('hard', 'numberLease', overlapRegister, sorted[0]!.id, sorted.flatMap(({ id, device, series, year, fromSeq, toSeq, grantedOn }) =>
      standing(db, 'numberLease', 'lease', id, { leaseId: id, device, series, year, fromSeq, toSeq, grantedOn })))
  })
}

/** Whether both hold a number that nothing bears yet. */
export function contested(db: ReadDb, a: Lease, b: Lease): boolean {
  const [from, to] = [Math.max(a.fromSeq, b.fromSeq), Math.min(a.toSeq, b.toSeq)]
  if (a.series !== b.series || a.year !== b.year || from > to) return false
  return db.get<{ n: number }>('SELECT count(DISTINCT seq) AS n FROM number WHERE series = ? AND year = ? AND seq BETWEEN ? AND ?', [a.series, a.year, from, to])!.n < to - from + 1
}
