/**
 * Writes on their way into `reg_write`: kept until many are there, then put in by the order of the index. A hundred thousand rows in the order of a sheet, or
 * of a package, would each ask for another page of it.
 */
import type { RegisterIndex } from './register-index.ts'

/** Rows. At this number a page of the index of a million writes takes in several of them. */
const maxWaiting = 40_000

export type WriteIndex = ReturnType<typeof makeWriteIndex>

export function makeWriteIndex(index: RegisterIndex) {
  const waiting = new Map<string, readonly number[]>()

  function flush(): void {
    const rows: string[] = []
    const writes: number[] = []
    for (const uuid of [...waiting.keys()].sort()) {
      for (const one of waiting.get(uuid)!) {
        rows.push(uuid)
        writes.push(one)
      }
    }
    index.insert(rows, writes)
    waiting.clear()
  }
  return {
    /** `writes`: of packWrite, in ascending order; rows of one change may share their list. */
    add(uuid: string, writes: readonly number[]): void {
      if (waiting.size >= maxWaiting || waiting.has(uuid)) flush()
      waiting.set(uuid, writes)
    },
    has: (uuid: string): boolean => waiting.has(uuid),
    /** Before anything reads the index or changes what is in it. */
    flush,
  }
}
