/** What the new changes of a package come to, gathered as they are applied: nothing is read twice. */
import type { Body } from '../../store/log/body.ts'
import type { Change } from '../../store/log/change-id.ts'

const maxNumbers = 100
/** Rows that are told apart across changes; beyond so many near each other, so that a million cost no memory. */
const maxKnown = 50_000

export function tallyOf() {
  const rows: Record<string, number> = {}
  const known = new Set<string>()
  const numbers = new Set<string>()
  const revocations: unknown[] = []
  const coverages: unknown[] = []
  let last = { table: '', row: '' }
  return {
    add(_change: Change, body: Body | null): void {
      if (known.size > maxKnown) known.clear()
      for (const { table, row, register, value } of body?.ops ?? []) {
        // A row's registers mostly stand together.
        if (row !== last.row || table !== last.table) {
          const key = `${table} ${row}`
          if (!known.has(key)) rows[table] = (rows[table] ?? 0) + 1
          known.add(key)
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
