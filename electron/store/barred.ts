/**
 * Changes that stand in the log, are passed on, and say nothing: what a revoked machine wrote behind what its revocation covers. They stay, so that every
 * machine keeps the same lanes; the projection is made as if their bodies had been erased.
 */
import type { Database } from 'better-sqlite3'
import { rebuildProjection } from './log/rebuild.ts'

export type Barred = ReturnType<typeof makeBarred>

export function makeBarred(db: Database, group: () => Buffer) {
  return {
    count: (): number => db.prepare('SELECT count(*) FROM barred').pluck().get() as number,
    /** Ids in hex: these and no others, in the running transaction. The projection is made anew only where that changes anything. Gives those that are new. */
    set(ids: readonly string[]): string[] {
      const known = new Set(db.prepare<unknown[], string>('SELECT lower(hex(id)) FROM barred').pluck().all())
      const wanted = new Set(ids)
      const [more, less] = [[...wanted].filter((id) => !known.has(id)), [...known].filter((id) => !wanted.has(id))]
      const [insert, remove] = [db.prepare('INSERT INTO barred (id) VALUES (?)'), db.prepare('DELETE FROM barred WHERE id = ?')]
      for (const id of more) insert.run(Buffer.from(id, 'hex'))
      for (const id of less) remove.run(Buffer.from(id, 'hex'))
      if (more.length + less.length > 0) rebuildProjection(db, group())
      return more
    },
  }
}
