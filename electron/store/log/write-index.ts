/**
 * The writes of one action on their way into `reg_write`: kept until many are there, then put in by the order of the index. A hundred thousand rows in the
 * order of a sheet would each ask for another page of it.
 */
import type { Database } from 'better-sqlite3'

const maxWaiting = 20_000

export type WriteIndex = ReturnType<typeof makeWriteIndex>

export function makeWriteIndex(db: Database) {
  /** `codes`: register codes as a JSON array; `rows`: 'uuid:n'. */
  const groups = new Map<string, string[]>()
  const waiting = new Set<string>()
  const insert = db.prepare(`INSERT INTO reg_write (row, reg, n, live) SELECT unhex(substr(u.value, 1, 36), '-'), r.value, CAST(substr(u.value, 38) AS INTEGER), 1
    FROM json_each(?) AS u CROSS JOIN json_each(?) AS r`)

  function flush(): void {
    for (const [codes, rows] of groups) insert.run(JSON.stringify(rows.sort()), codes)
    groups.clear()
    waiting.clear()
  }
  return {
    /** Live writes of change `n`: of these registers (a JSON array of codes) of the row. */
    add(uuid: string, codes: string, n: number): void {
      if (waiting.size >= maxWaiting) flush()
      waiting.add(uuid)
      const rows = groups.get(codes)
      if (rows) rows.push(`${uuid}:${n}`)
      else groups.set(codes, [`${uuid}:${n}`])
    },
    has: (uuid: string): boolean => waiting.has(uuid),
    /** Before anything reads the index or changes what is in it. */
    flush,
  }
}
