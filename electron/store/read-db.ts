/** Reading with cached prepared statements. SQL texts live in queries/*.ts as functions (db, args) => rows. */
import type { Database, Statement } from 'better-sqlite3'

export type SqlValue = string | number | bigint | Uint8Array | null
/** Positional (`?`) or named (`@name`). Booleans are 0/1. */
export type SqlParams = readonly SqlValue[] | Readonly<Record<string, SqlValue>>

export type ReadDb = {
  all<Row>(sql: string, params?: SqlParams): Row[]
  get<Row>(sql: string, params?: SqlParams): Row | undefined
  /** Streams; finish or break out of it before the next write. */
  iterate<Row>(sql: string, params?: SqlParams): IterableIterator<Row>
}

/** `beforeRead` lets a running write bring its pending rows into the tables first. */
export function makeReadDb(db: Database, beforeRead: () => void = () => {}): ReadDb {
  const cache = new Map<string, Statement<unknown[], unknown>>()
  const statement = (sql: string): Statement<unknown[], unknown> => {
    beforeRead()
    const known = cache.get(sql)
    if (known) return known
    const made = db.prepare<unknown[], unknown>(sql)
    if (!made.readonly) throw new Error('a query must not write')
    cache.set(sql, made)
    return made
  }
  const bind = (params: SqlParams): unknown[] => (Array.isArray(params) ? [...params] : [params])
  return {
    all: <Row>(sql: string, params: SqlParams = []) => statement(sql).all(...bind(params)) as Row[],
    get: <Row>(sql: string, params: SqlParams = []) => statement(sql).get(...bind(params)) as Row | undefined,
    iterate: <Row>(sql: string, params: SqlParams = []) => statement(sql).iterate(...bind(params)) as IterableIterator<Row>,
  }
}
