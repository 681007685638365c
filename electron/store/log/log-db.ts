/** The log's own tables: prepared statements and the small dictionaries, shared by appending, applying and checking. */
import type { Database, Statement } from 'better-sqlite3'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Clock } from '../../../shared/merge/clock.ts'
import { Refusal } from '../../../shared/result.ts'
import { maxBodyBytes, tombstone } from './body.ts'
import type { Change } from './change-id.ts'
import { once } from './once.ts'
import { makeRegisterIndex } from './register-index.ts'
import { makeScopeSums } from './scope-sums.ts'
import { tableList } from '../registers.ts'
import type { RowKey } from './row-key.ts'

/** A change as stored; `n` is its place in this machine's log. */
export type StoredChange = Change & { readonly n: number }
export type RegWrite = { readonly reg: number; readonly n: number; readonly live: number }
type ChangeRow = {
  n: number; id: Buffer; origin: Buffer; scope: string; seq: number; prev: Buffer | null; hlc_ms: number; hlc_counter: number; wall: number; author: string
  schema: number; body_hash: Buffer; body: Buffer | null
}

const changeColumns = 'n, id, origin, scope, seq, prev, hlc_ms, hlc_counter, wall, author, schema, body_hash, body'

/** `note` of the action; null when there is none. */
export type ActionPart = {
  readonly id: string; readonly kind: string; readonly note: string | null; readonly author: string; readonly wall: number; readonly origin: Buffer
  readonly parts: number; readonly arrived: number; readonly ops: number; readonly n: number
}

export type LogDb = ReturnType<typeof makeLogDb>

export function makeLogDb(db: Database) {
  const statement = <R>(sql: string): (() => Statement<unknown[], R>) => once(() => db.prepare<unknown[], R>(sql))
  const insertChange = statement(`INSERT INTO change (id, origin, scope, seq, prev, hlc_ms, hlc_counter, wall, author, schema, body_hash, body) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`)
  const copyChange = statement(`INSERT INTO change (${changeColumns}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`)
  const insertWrite = statement('INSERT INTO reg_write (row, reg, n, live) VALUES (?,?,?,?)')
  const kill = statement('UPDATE reg_write SET live = 0 WHERE row = ? AND reg = ? AND n = ? AND live = 1')
  const revive = statement('UPDATE reg_write SET live = 1 WHERE row = ? AND reg = ? AND n = ? AND live = 0')
  const suspect = statement('INSERT OR IGNORE INTO suspect (row) VALUES (?)')
  const writesOf = statement<RegWrite>('SELECT reg, n, live FROM reg_write WHERE row = ?')
  const idOfN = statement<{ id: Buffer }>('SELECT id FROM change WHERE n = ?')
  const nOfId = statement<{ n: number }>('SELECT n FROM change WHERE id = ?')
  const byN = statement<ChangeRow>(`SELECT ${changeColumns} FROM change WHERE n = ?`)
  const allChanges = `SELECT ${changeColumns} FROM change WHERE n > ? ORDER BY n LIMIT 200`
  const deleteTip = statement('DELETE FROM tip WHERE id = ?')
  // The change behind it may be here already where a gap was given up and came after all.
  const insertTip = statement(`INSERT OR IGNORE INTO tip (id, origin, scope, seq) SELECT ?, ?, ?, ?
    WHERE NOT EXISTS (SELECT 1 FROM change WHERE origin = ? AND scope = ? AND seq = ? AND prev = ?)`)
  const tipOf = statement<{ id: Buffer; seq: number }>('SELECT id, seq FROM tip WHERE origin = ? AND scope = ? ORDER BY seq DESC, id DESC LIMIT 1')
  const upsertAction = statement(`INSERT INTO action (id, kind, note, author, wall, origin, parts, arrived, ops, first_n) VALUES (?,?,?,?,?,?,?,?,?,?)
    ON CONFLICT (id) DO UPDATE SET parts = max(parts, excluded.parts), arrived = arrived + excluded.arrived, ops = ops + excluded.ops,
    wall = min(wall, excluded.wall)`)
  const givenUp = statement('SELECT 1 FROM gapAck WHERE id = ? AND laneScope = ? AND deleted = 0')
  const getMeta = statement<{ value: unknown }>('SELECT value FROM meta WHERE key = ?')
  const setMeta = statement('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')

  const meta = (key: string): unknown => getMeta().get(key)?.value
  const codes = registerCodes(db)
  const sums = makeScopeSums(db, codes.name)
  return {
    db,
    codes,
    index: makeRegisterIndex(db, sums),
    /** Told of every write of the index that begins or ceases to survive. */
    sums,
    meta,
    setMeta: (key: string, value: string | number | Buffer): void => void setMeta().run(key, value),
    /** Never cached beyond a transaction: another process may have written. */
    clock: (): Clock => ({ ms: (meta('clock_ms') as number | undefined) ?? 0, counter: (meta('clock_counter') as number | undefined) ?? 0 }),
    setClock(clock: Clock): void {
      setMeta().run('clock_ms', clock.ms)
      setMeta().run('clock_counter', clock.counter)
    },
    /** `packed`: its body after `pack`, where somebody did it already. */
    insertChange: (c: Change, packed: Buffer | null = c.body && pack(c.body)): number =>
      Number(insertChange().run(c.id, c.origin, c.scope, c.seq, c.prev, c.hlcMs, c.hlcCounter, c.wall, c.author, c.schema, c.bodyHash, packed).lastInsertRowid),
    change(n: number): StoredChange {
      const row = byN().get(n)
      if (!row) throw new Error(`no change ${n}`)
      return stored(row)
    },
    /** A copy under its own number, for a comparison. */
    copyChange: (c: StoredChange): void =>
      void copyChange().run(c.n, c.id, c.origin, c.scope, c.seq, c.prev, c.hlcMs, c.hlcCounter, c.wall, c.author, c.schema, c.bodyHash, c.body && pack(c.body)),
    /** In the order of arrival; safe while other statements run. */
    *changes(): IterableIterator<StoredChange> {
      const page = db.prepare<unknown[], ChangeRow>(allChanges)
      for (let after = 0; ; ) {
        const rows = page.all(after)
        for (const row of rows) yield stored(row)
        const last = rows.at(-1)
        if (!last) return
        after = last.n
      }
    },
    /** The place of the newest change: what comes later has a higher one. */
    mark: (): number => (db.prepare('SELECT max(n) FROM change').pluck().get() as number | null) ?? 0,
    idOf: (n: number): string => idOfN().get(n)!.id.toString('hex'),
    nOf: (id: Buffer): number | undefined => nOfId().get(id)?.n,
    addWrite(row: RowKey, reg: number, n: number, live: boolean): void {
      insertWrite().run(row, reg, n, live ? 1 : 0)
      if (live) sums.add(row, reg, n, 1)
    },
    kill(row: RowKey, reg: number, n: number): void {
      if (kill().run(row, reg, n).changes > 0) sums.add(row, reg, n, -1)
    },
    revive(row: RowKey, reg: number, n: number): void {
      if (revive().run(row, reg, n).changes > 0) sums.add(row, reg, n, 1)
    },
    /** A row that may have more than one survivor in a register, or a removal among them: 待核对 looks at these alone. */
    suspect: (row: RowKey): void => void suspect().run(row),
    writesOf: (row: RowKey): RegWrite[] => writesOf().all(row),
    /** A gap_ack says that this change is lost for good: what comes behind it in its scope does not wait for it. */
    isGivenUp: (id: Buffer, scope: string): boolean => givenUp().get(id.toString('hex'), scope) !== undefined,
    tip: (origin: Buffer, scope: string): { id: Buffer; seq: number } | undefined => tipOf().get(origin, scope),
    advanceTip(change: Change): void {
      if (change.prev) deleteTip().run(change.prev)
      insertTip().run(change.id, change.origin, change.scope, change.seq, change.origin, change.scope, change.seq + 1, change.id)
    },
    addAction: (a: ActionPart): void => void upsertAction().run(a.id, a.kind, a.note, a.author, a.wall, a.origin, a.parts, a.arrived, a.ops, a.n),
  }
}

/** Bodies lie compressed: the same bytes come out again, and a tenth has to be encrypted and written. Told how much comes, zstd makes its tables no larger: half of the time. */
export function pack(body: Buffer): Buffer {
  return zstdCompressSync(body, { pledgedSrcSize: body.length, chunkSize: body.length + minChunk, params: { [constants.ZSTD_c_compressionLevel]: 1 } })
}

const minChunk = 128

/** DATA_DAMAGED when it is no compressed body or larger than one may be. */
export function unpack(packed: Buffer): Buffer {
  try {
    return zstdDecompressSync(packed, { maxOutputLength: maxBodyBytes })
  } catch {
    throw new Refusal('DATA_DAMAGED', { part: 'body' })
  }
}

function stored(row: ChangeRow): StoredChange {
  return {
    n: row.n, id: row.id, origin: row.origin, scope: row.scope, seq: row.seq, prev: row.prev, hlcMs: row.hlc_ms, hlcCounter: row.hlc_counter, wall: row.wall,
    author: row.author, schema: row.schema, bodyHash: row.body_hash, body: row.body && unpack(row.body),
  }
}

/** Numbers for 'table.register', given by this database and never reused; names of newer versions get one too. */
function registerCodes(db: Database) {
  let byName = new Map<string, number>()
  let byCode = new Map<number, string>()
  /** By table and register: asked for with each of a million writes, for which no name is put together. */
  const asked = new Map<string, Map<string, number>>()
  const load = (): void => {
    const rows = db.prepare<unknown[], { code: number; name: string }>('SELECT code, name FROM register').all()
    byName = new Map(rows.map((row) => [row.name, row.code]))
    byCode = new Map(rows.map((row) => [row.code, row.name]))
  }
  const given = (name: string): number => {
    if (!byName.has(name)) load()
    const known = byName.get(name)
    if (known !== undefined) return known
    const code = Number(db.prepare('INSERT INTO register (name) VALUES (?)').run(name).lastInsertRowid)
    byName.set(name, code)
    byCode.set(code, name)
    return code
  }
  return {
    of(table: string, register: string): number {
      let ofTable = asked.get(table)
      if (!ofTable) asked.set(table, (ofTable = new Map()))
      let code = ofTable.get(register)
      if (code === undefined) ofTable.set(register, (code = given(`${table}.${register}`)))
      return code
    },
    /** 'table.register'. */
    name(code: number): string {
      if (!byCode.has(code)) load()
      return byCode.get(code) ?? ''
    },
    /** After a rollback: codes that were given in it are gone. */
    forget(): void {
      byName.clear()
      byCode.clear()
      asked.clear()
    },
    /** Gives every register of this version its number; called once at open, so that later writes find them. */
    ensure(): void {
      for (const table of tableList) {
        this.of(table.name, tombstone)
        for (const register of table.registers) this.of(table.name, register.name)
      }
    },
  }
}
