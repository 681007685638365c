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
    /** How many by origin (hex). */
    counts: (): ReadonlyMap<string, number> =>
      new Map(db.prepare<unknown[], { origin: Buffer; n: number }>('SELECT c.origin, count(*) AS n FROM barred AS b JOIN change AS c ON c.id = b.id GROUP BY c.origin').all().map(({ origin, n }) => [origin.toString('hex'), n])),
    /** Of these origins (hex), in the order of arrival. */
    idsOf(origins: ReadonlySet<string>): Buffer[] {
      const all = db.prepare<unknown[], { id: Buffer; origin: Buffer }>('SELECT c.id, c.origin FROM barred AS b JOIN change AS c ON c.id = b.id ORDER BY c.n').all()
      return all.filter(({ origin }) => origins.has(origin.toString('hex'))).map(({ id }) => id)
    },
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
