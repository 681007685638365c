/**
 * The writes of one action on their way into `reg_write`: kept until many are there, then put in by the order of the index. A hundred thousand rows in the
 * order of a sheet would each ask for another page of it.
 */
import { packWrite, type RegisterIndex } from './register-index.ts'

const maxWaiting = 20_000

/** Live writes by change `n`. `codes`: registers in ascending order; one list for all rows of a change that have the same ones. */
export type RowWrites = { readonly codes: readonly number[]; readonly n: number }

export type WriteIndex = ReturnType<typeof makeWriteIndex>

export function makeWriteIndex(index: RegisterIndex) {
  const waiting = new Map<string, RowWrites>()

  function flush(): void {
    const rows: string[] = []
    const writes: number[] = []
    for (const uuid of [...waiting.keys()].sort()) {
      const { codes, n } = waiting.get(uuid)!
      for (const code of codes) {
        rows.push(uuid)
        writes.push(packWrite(code, n, true))
      }
    }
    index.insert(rows, writes)
    waiting.clear()
  }
  return {
    add(uuid: string, writes: RowWrites): void {
      if (waiting.size >= maxWaiting || waiting.has(uuid)) flush()
      waiting.set(uuid, writes)
    },
    has: (uuid: string): boolean => waiting.has(uuid),
    /** Before anything reads the index or changes what is in it. */
    flush,
  }
}
