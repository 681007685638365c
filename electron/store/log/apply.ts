/**
 * Taking in changes of other machines, and making the projection anew: survivors of every touched register, and what is shown.
 * The outcome is a pure function of the set of changes (shared/merge): any order, any repetition.
 */
import { Refusal } from '../../../shared/result.ts'
import { receive, type Clock } from '../../../shared/merge/clock.ts'
import { parseBody, type Body } from './body.ts'
import { changeId, sha256, type Change } from './change-id.ts'
import type { LogDb, StoredChange } from './log-db.ts'
import type { RowMerger } from './merge-rows.ts'

/** `gap`: the lane's change before it is not here, nothing was stored; the caller parks it. */
export type Outcome = 'new' | 'duplicate' | 'gap'

export type Applier = ReturnType<typeof makeApplier>

/** Ops that are merged together, so that the registers of a row that stand in two changes mostly meet; small enough for the memory. */
const batchOps = 4000

/** For one transaction. `fresh`: every change that `apply` found to be new, with its body. */
export function makeApplier(log: LogDb, group: Buffer, merger: RowMerger, fresh: (change: Change, body: Body | null) => void = () => {}) {
  let clock: Clock | undefined

  function index(change: StoredChange, body: Body | null): void {
    log.advanceTip(change)
    if (!body) return
    const { action: id, kind, note, parts, ops } = body
    const { author, wall, origin, n } = change
    log.addAction({ id, kind, note: note ?? null, author, wall, origin, parts, arrived: 1, ops: ops.length, n })
    for (const op of ops) merger.add(change, op)
    if (merger.size() >= batchOps) merger.flush()
  }

  return {
    /** DATA_DAMAGED when the id or the body's hash does not fit; in this case the whole transaction must be rolled back. */
    apply(change: Change, now: number): Outcome {
      if (!changeId(group, change).equals(change.id)) throw new Refusal('DATA_DAMAGED', { part: 'change' })
      if (change.body && !sha256(change.body).equals(change.bodyHash)) throw new Refusal('DATA_DAMAGED', { part: 'body' })
      if (log.nOf(change.id) !== undefined) return 'duplicate'
      if (change.prev ? log.nOf(change.prev) === undefined && !log.isGivenUp(change.prev, change.scope) : change.seq !== 1) return 'gap'
      const body = change.body && parseBody(change.body)
      const n = log.insertChange(change)
      clock = receive(clock ?? log.clock(), { ms: change.hlcMs, counter: change.hlcCounter }, now)
      index({ ...change, n }, body)
      fresh(change, body)
      return 'new'
    },
    /** For a rebuild: the change stands in the log already. */
    reindex(change: StoredChange): void {
      index(change, change.body && parseBody(change.body))
    },
    /** Before the commit. */
    finish(): void {
      merger.flush()
      merger.bringIndex()
      log.sums.flush()
      if (clock) log.setClock(clock)
    },
  }
}
