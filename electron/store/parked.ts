/** Changes that wait for what comes before them in their lane. Every write joins the running transaction (log.apply's `settle`). */
import type { Database } from 'better-sqlite3'
import type { ChangeRef } from '../../shared/merge/gaps.ts'
import type { Change } from './log/change-id.ts'
import { pack, unpack } from './log/log-db.ts'

type Row = {
  id: Buffer; origin: Buffer; scope: string; seq: number; prev: Buffer | null; hlc_ms: number; hlc_counter: number; wall: number; author: string; schema: number
  body_hash: Buffer; body: Buffer | null
}

export type Parked = ReturnType<typeof makeParked>

export function makeParked(db: Database) {
  return {
    /** `from`: the package that brought it; `at` in ms since 1970. False when it waited already. */
    add: (c: Change, from: string, at: number): boolean =>
      db.prepare('INSERT OR IGNORE INTO parked (id, origin, scope, seq, prev, hlc_ms, hlc_counter, wall, author, schema, body_hash, body, package, at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)')
        .run(c.id, c.origin, c.scope, c.seq, c.prev, c.hlcMs, c.hlcCounter, c.wall, c.author, c.schema, c.bodyHash, c.body && pack(c.body), from, at).changes === 1,
    /** What gaps are found from, without the bodies. By number. */
    refs: (): ChangeRef[] => db.prepare<unknown[], Pick<Row, 'id' | 'origin' | 'scope' | 'seq' | 'prev'>>('SELECT id, origin, scope, seq, prev FROM parked ORDER BY seq, id').all()
      .map(({ id, origin, scope, seq, prev }) => ({ id: id.toString('hex'), origin: origin.toString('hex'), scope, seq, prev: prev && prev.toString('hex') })),
    get: (id: string): Change | undefined => {
      const row = db.prepare<unknown[], Row>('SELECT * FROM parked WHERE id = ?').get(Buffer.from(id, 'hex'))
      return row && {
        id: row.id, origin: row.origin, scope: row.scope, seq: row.seq, prev: row.prev, hlcMs: row.hlc_ms, hlcCounter: row.hlc_counter, wall: row.wall, author: row.author,
        schema: row.schema, bodyHash: row.body_hash, body: row.body && unpack(row.body),
      }
    },
    /** Whether a waiting change names this one as the one before it: then its chain vouches for it. */
    awaits: (id: string): boolean => db.prepare('SELECT 1 FROM parked WHERE prev = ? LIMIT 1').get(Buffer.from(id, 'hex')) !== undefined,
    lanes: (): { origin: string; scope: string }[] => db.prepare<unknown[], { origin: string; scope: string }>('SELECT DISTINCT lower(hex(origin)) AS origin, scope FROM parked').all(),
    count: (): number => db.prepare('SELECT count(*) FROM parked').pluck().get() as number,
    /** Those that are in the log by now. */
    release: (): void => void db.prepare('DELETE FROM parked WHERE id IN (SELECT id FROM change)').run(),
  }
}
