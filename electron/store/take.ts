/** Received changes, whatever their number, in the running transaction: one at a time, and what must wait goes to the parked ones at once. */
import type { Database } from 'better-sqlite3'
import { makeApplier } from './log/apply.ts'
import type { Arriving } from './log/arriving.ts'
import type { LogDb } from './log/log-db.ts'
import { makeRowMerger } from './log/merge-rows.ts'
import type { Projector } from './log/projector.ts'
import { makeParked } from './parked.ts'
import type { StoreEnv, TakeReport, Taking } from './store.ts'

type Engine = { readonly db: Database; readonly log: LogDb; readonly projector: Projector; readonly env: StoreEnv; readonly group: () => Buffer; readonly derive: { readonly flush: (tick?: () => void) => void } }

/** DATA_DAMAGED when an id or hash does not fit, or a body is none: then the whole transaction must go back. */
export function takeChanges({ db, log, projector, env, group, derive }: Engine, changes: Iterable<Arriving>, { from, fresh, tick }: Taking, settle?: (report: TakeReport) => void): TakeReport {
  const applier = makeApplier(log, group(), makeRowMerger(log, projector, tick), fresh)
  const parked = makeParked(db)
  const now = env.now()
  const changedBefore = changedRows(db)
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
  withCache(db, settlingCacheMb, () => {
    settle?.(report)
    pushOut(db, changedRows(db) - changedBefore, tick)
  })
  return report
}

const settlingCacheMb = 16

function changedRows(db: Database): number {
  return db.prepare<unknown[], number>('SELECT total_changes()').pluck().get() ?? 0
}

/**
 * Reads on until the pages that `rows` writes may have changed are out of the small cache: each page that comes in pushes one out. They are written in
 * steps that can be watched and cancelled; left to the COMMIT, those of a million writes take a second in one piece.
 */
function pushOut(db: Database, rows: number, tick: () => void = () => {}): void {
  const walk = db.prepare('SELECT count(*) FROM report WHERE no > ? AND no <= ?')
  for (let from = 0; from < rows / 10; from += pushedRows) {
    walk.get(from, from + pushedRows)
    tick()
  }
}

const pushedRows = 10_000

function withCache(db: Database, mb: number, work: () => void): void {
  const before = db.pragma('cache_size', { simple: true }) as number
  db.pragma(`cache_size = -${mb * 1024}`)
  try {
    work()
  } finally {
    db.pragma(`cache_size = ${before}`)
  }
}
