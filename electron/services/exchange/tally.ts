/** What the new changes of a package come to, gathered as they are applied: nothing is read twice. */
import type { Fresh } from '../../store/log/apply.ts'
import type { BodyRow } from '../../store/log/body-rows.ts'
import type { SqlValue } from '../../store/read-db.ts'

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
  const add: Fresh = (_change, list) => {
    if (held > maxKnown) {
      known.clear()
      held = 0
    }
    for (const row of list) {
      const { table } = row.shape
      // A row's registers mostly stand together.
      if (row.id !== last.row || table !== last.table) {
        let ofTable = known.get(table)
        if (!ofTable) known.set(table, (ofTable = new Set()))
        if (!ofTable.has(row.id)) {
          ofTable.add(row.id)
          held++
          rows[table] = (rows[table] ?? 0) + 1
        }
        last = { table, row: row.id }
      }
      if (table !== 'letter' && table !== 'device') continue
      const number = cellOf(row, 'letter', 'issue', 'number')
      if (typeof number === 'string') numbers.add(number)
      const [revocation, coverage] = [cellOf(row, 'device', 'revoked', 'revocation'), cellOf(row, 'device', 'covered', 'coverage')]
      if (typeof revocation === 'string') revocations.push(JSON.parse(revocation))
      if (typeof coverage === 'string') coverages.push(JSON.parse(coverage))
    }
  }
  return {
    add,
    revocations,
    coverages,
    told: (): { rows: Record<string, number>; numbers: string[]; numbersTotal: number } => ({ rows: { ...rows }, numbers: [...numbers].sort().slice(0, maxNumbers), numbersTotal: numbers.size }),
  }
}

/** Undefined unless the row writes this register. */
function cellOf({ shape, cells }: BodyRow, table: string, register: string, column: string): SqlValue | undefined {
  if (shape.table !== table || !shape.registers.includes(register)) return undefined
  return cells[shape.known.table!.columns.findIndex((one) => one.name === column)]
}
