/** Making the projection anew from the log; the same code that takes in changes, so that both must agree. */
import type { Database } from 'better-sqlite3'
import { makeDerive } from '../derive.ts'
import { createProjection, dropProjection, projectionShape } from '../projection-schema.ts'
import { makeApplier } from './apply.ts'
import { makeLogDb, type StoredChange } from './log-db.ts'
import { makeRowMerger } from './merge-rows.ts'
import { makeProjector } from './projector.ts'

/** Drops and makes the projection's tables. Inside a transaction. */
export function recreateProjection(db: Database): void {
  for (const sql of [...dropProjection, ...createProjection]) db.exec(sql)
}

/** Fills empty projection tables of `target` from `changes` (in the order of arrival). Inside a transaction of `target`. */
export function fillProjection(target: Database, group: Buffer, changes: Iterable<StoredChange>): void {
  const log = makeLogDb(target)
  log.codes.ensure()
  const derive = makeDerive(target)
  const applier = makeApplier(log, group, makeRowMerger(log, makeProjector(target, derive)))
  const barred = new Set(target.prepare<unknown[], string>('SELECT lower(hex(id)) FROM barred').pluck().all())
  for (const change of changes) applier.reindex(barred.size > 0 && barred.has(change.id.toString('hex')) ? { ...change, body: null } : change)
  applier.finish()
  derive.rebuild()
}

/** 重建视图. Inside an IMMEDIATE transaction. */
export function rebuildProjection(db: Database, group: Buffer): void {
  recreateProjection(db)
  const log = makeLogDb(db)
  fillProjection(db, group, log.changes())
  log.setMeta('projection', projectionShape)
}

/** Brings the projection to this program's shape when another version made it. Inside an IMMEDIATE transaction. */
export function ensureProjection(db: Database, group: Buffer): void {
  if (makeLogDb(db).meta('projection') !== projectionShape) rebuildProjection(db, group)
}
