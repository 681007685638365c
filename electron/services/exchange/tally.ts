/** What the new changes of a package come to, gathered as they are applied: nothing is read twice. */
import type { Body } from '../../store/log/body.ts'
import type { Change } from '../../store/log/change-id.ts'

const maxNumbers = 100
/** Rows that are told apart across changes; beyond so many near each other, so that a million cost no memory. */
const maxKnown = 50_000

export function tallyOf() {
  const rows: Record<string, number> = {}
  const known = new Map<string, Set<string>>()
  let held = 0
  const numbers = new Set<string>()
  const revocations: unknown[] = []
  const coverages: unknown[] = []
  let last = { table: '', row: '' }
  return {
    add(_change: Change, body: Body | null): void {
      if (held > maxKnown) {
        known.clear()
        held = 0
      }
      for (const { table, row, register, value } of body?.ops ?? []) {
        // A row's registers mostly stand together.
        if (row !== last.row || table !== last.table) {
          let ofTable = known.get(table)
          if (!ofTable) known.set(table, (ofTable = new Set()))
          if (!ofTable.has(row)) {
            ofTable.add(row)
            held++
            rows[table] = (rows[table] ?? 0) + 1
          }
          last = { table, row }
        }
        if (table === 'letter' && register === 'issue' && typeof value['number'] === 'string') numbers.add(value['number'])
        if (table === 'device' && register === 'revoked') revocations.push(value['revocation'])
        if (table === 'device' && register === 'covered') coverages.push(value['coverage'])
      }
    },
    revocations,
    coverages,
    told: (): { rows: Record<string, number>; numbers: string[]; numbersTotal: number } => ({ rows: { ...rows }, numbers: [...numbers].sort().slice(0, maxNumbers), numbersTotal: numbers.size }),
  }
}
