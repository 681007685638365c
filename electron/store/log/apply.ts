/**
 * Taking in changes of other machines, and making the projection anew: survivors of every touched register, and what is shown.
 * The outcome is a pure function of the set of changes (shared/merge): any order, any repetition.
 */
import { receive, type Clock } from '../../../shared/merge/clock.ts'
import { checkChange, rowsOf, type Arriving } from './arriving.ts'
import type { BodyRow, RowsBody } from './body-rows.ts'
import type { Change } from './change-id.ts'
import type { LogDb, StoredChange } from './log-db.ts'
import type { RowMerger } from './merge-rows.ts'

/** `gap`: the lane's change before it is not here, nothing was stored; the caller parks it. */
export type Outcome = 'new' | 'duplicate' | 'gap'

export type Applier = ReturnType<typeof makeApplier>

/** Ops that are merged together, so that the registers of a row that stand in two changes mostly meet; small enough for the memory. */
const batchOps = 4000

/** Every change that was new, with the rows that it writes (none after an erasure). */
export type Fresh = (change: Change, rows: readonly BodyRow[]) => void

/** For one transaction. */
export function makeApplier(log: LogDb, group: Buffer, merger: RowMerger, fresh: Fresh = () => {}) {
  let clock: Clock | undefined

  function index(change: StoredChange, body: RowsBody | null): void {
    log.advanceTip(change)
    if (!body) return
    const { action: id, kind, note, parts, ops, rows } = body
    const { author, wall, origin, n } = change
    log.addAction({ id, kind, note: note ?? null, author, wall, origin, parts, arrived: 1, ops, n })
    for (const row of rows) merger.add(change, row)
    if (merger.size() >= batchOps) merger.flush()
  }

  return {
    /** DATA_DAMAGED when the id or the body's hash does not fit, or it is no body; in this case the whole transaction must be rolled back. */
    apply(change: Arriving, now: number): Outcome {
      const { ready } = change
      if (!ready) checkChange(group, change)
      if (log.nOf(change.id) !== undefined) return 'duplicate'
      // Before the gap: what is no body would wait, and then hold up its lane for good.
      const body = ready ? ready.body : rowsOf(change)
      if (change.prev ? log.nOf(change.prev) === undefined && !log.isGivenUp(change.prev, change.scope) : change.seq !== 1) return 'gap'
      const n = log.insertChange(change, ready?.packed)
      clock = receive(clock ?? log.clock(), { ms: change.hlcMs, counter: change.hlcCounter }, now)
      index({ ...change, n }, body)
      fresh(change, body?.rows ?? [])
      return 'new'
    },
    /** For a rebuild: the change stands in the log already. */
    reindex(change: StoredChange): void {
      index(change, rowsOf(change))
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
