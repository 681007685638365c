/**
 * Writes on their way into `reg_write`: kept until many are there, then put in by the order of the index. A hundred thousand rows in the order of a sheet, or
 * of a package, would each ask for another page of it.
 */
import type { RegisterIndex } from './register-index.ts'

/** Rows. At this number a page of the index of a million writes takes in several of them. */
const maxWaiting = 40_000

/** Writes in one statement: a tenth of a second. */
const maxAtOnce = 8_000

export type WriteIndex = ReturnType<typeof makeWriteIndex>

/** `tick`: every now and then while many go in. */
export function makeWriteIndex(index: RegisterIndex, tick: () => void = () => {}) {
  const waiting = new Map<string, readonly number[]>()

  function flush(): void {
    let [rows, writes]: [string[], number[]] = [[], []]
    for (const uuid of [...waiting.keys()].sort()) {
      for (const one of waiting.get(uuid)!) {
        rows.push(uuid)
        writes.push(one)
      }
      if (writes.length < maxAtOnce) continue
      index.insert(rows, writes);
      [rows, writes] = [[], []]
      tick()
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
