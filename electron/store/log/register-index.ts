/**
 * `reg_write` in bulk: many rows in one statement, in the order of the index. A statement each, or texts that SQLite has to take apart, cost several times as
 * much: the row ids go as one blob of 16 bytes each, what else a write has as one number.
 */
import type { Database } from 'better-sqlite3'
import { once } from './once.ts'
import type { ScopeSums } from './scope-sums.ts'

const regs = 65_536

/** A write without its row. `reg`: the register's code, below 65,536; `n`: the change's number, below 2^36. */
export function packWrite(reg: number, n: number, live: boolean): number {
  return (n * regs + reg) * 2 + (live ? 1 : 0)
}

export type RegisterIndex = ReturnType<typeof makeRegisterIndex>

export function makeRegisterIndex(db: Database, sums: ScopeSums) {
  // A failure takes the whole transaction back. Without FAIL each statement would have its savepoint, and with every savepoint FTS5 writes its words out.
  const insertAll = once(() => db.prepare(`INSERT OR FAIL INTO reg_write (row, reg, n, live)
    SELECT substr(?, j.key * 16 + 1, 16), (j.value >> 1) % ${regs}, (j.value >> 1) / ${regs}, j.value & 1 FROM json_each(?) AS j`))
  const known = once(() => db.prepare<unknown[], number>('SELECT j.key FROM json_each(?) AS j WHERE EXISTS (SELECT 1 FROM reg_write WHERE row = substr(?, j.key * 16 + 1, 16))').pluck())
  return {
    /** `uuids`: rows in ascending order, else the index's pages are asked for again and again; `writes`: of `packWrite`, one for each. */
    insert(uuids: readonly string[], writes: readonly number[]): void {
      if (uuids.length === 0) return
      const rows = bytesOf(uuids)
      insertAll().run(rows, `[${writes.join(',')}]`)
      for (const [at, write] of writes.entries()) {
        const place = Math.floor(write / 2)
        if (write % 2 === 1) sums.addUuid(rows, at * 16, place % regs, Math.floor(place / regs))
      }
    },
    /** Which of these rows have any write, as places in the list. */
    knownAmong: (uuids: readonly string[]): Set<number> => new Set(uuids.length === 0 ? [] : known().all(`[${'0,'.repeat(uuids.length - 1)}0]`, bytesOf(uuids))),
  }
}

function bytesOf(uuids: readonly string[]): Buffer {
  return Buffer.from(uuids.join('').replaceAll('-', ''), 'hex')
}
