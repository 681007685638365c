/** Received changes, whatever their number, in the running transaction: one at a time, and what must wait goes to the parked ones at once. */
import type { Database } from 'better-sqlite3'
import { makeApplier } from './log/apply.ts'
import type { Change } from './log/change-id.ts'
import type { LogDb } from './log/log-db.ts'
import { makeRowMerger } from './log/merge-rows.ts'
import type { Projector } from './log/projector.ts'
import { makeParked } from './parked.ts'
import type { StoreEnv, TakeReport, Taking } from './store.ts'

type Engine = { readonly db: Database; readonly log: LogDb; readonly projector: Projector; readonly env: StoreEnv; readonly group: () => Buffer; readonly derive: { readonly flush: (tick?: () => void) => void } }

/** DATA_DAMAGED when an id or hash does not fit: then the whole transaction must go back. */
export function takeChanges({ db, log, projector, env, group, derive }: Engine, changes: Iterable<Change>, { from, fresh, tick }: Taking, settle?: (report: TakeReport) => void): TakeReport {
  const applier = makeApplier(log, group(), makeRowMerger(log, projector), fresh)
  const parked = makeParked(db)
  const now = env.now()
  const counts = { fresh: 0, duplicates: 0 }
  for (const change of changes) {
    const outcome = applier.apply(change, now)
    if (outcome === 'new') counts.fresh++
    else if (outcome === 'duplicate' || !parked.add(change, from, now)) counts.duplicates++
  }
  // A gap_ack among them counts from here on.
  applier.finish()
  if (parked.count() > 0) {
    for (const ref of parked.refs()) {
      const free = ref.prev === null || log.nOf(Buffer.from(ref.prev, 'hex')) !== undefined || log.isGivenUp(Buffer.from(ref.prev, 'hex'), ref.scope)
      if (free && applier.apply(parked.get(ref.id)!, now) === 'new') counts.fresh++
    }
    parked.release()
    applier.finish()
  }
  derive.flush(tick)
  const report: TakeReport = { ...counts, parked: parked.count() }
  settle?.(report)
  return report
}
