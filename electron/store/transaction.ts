/** The store's write transaction: one write, or several that count together (Store.atomically). */
import type { Database } from 'better-sqlite3'
import type { Derive } from './derive.ts'
import { guardDisk } from './disk-errors.ts'
import type { LogDb } from './log/log-db.ts'
import type { ReadDb } from './read-db.ts'

export type Transactional = {
  readonly db: Database
  readonly log: LogDb
  readonly derive: Derive
  /** What a read inside the running transaction goes through. */
  active: ReadDb | null
  /** While several writes go into one transaction. */
  whole: { running: boolean; failed: unknown } | null
}

/** The lock is taken before anything is read, so heads and clock are those of the last writer, whichever process it was. */
export function immediate<T>(engine: Transactional, work: () => T): T {
  const { db } = engine
  if (engine.whole) return joined(engine, engine.whole, work)
  if (db.inTransaction) throw new Error('a write inside a transaction')
  return guardDisk(() => {
    db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      if (result instanceof Promise) throw new TypeError('a transaction cannot wait')
      if (!db.inTransaction) throw new Error('the transaction is over')
      db.exec('COMMIT')
      return result
    } catch (error) {
      // A full disk may have rolled back already.
      if (db.inTransaction) db.exec('ROLLBACK')
      engine.log.codes.forget()
      engine.log.sums.forget()
      throw error
    } finally {
      engine.derive.end()
      engine.active = null
    }
  })
}

/** What `work` writes with `immediate` joins in. */
export function atomically<T>(engine: Transactional, work: () => T): T {
  if (engine.whole) throw new Error('a transaction inside a transaction')
  return immediate(engine, () => {
    const whole: NonNullable<Transactional['whole']> = (engine.whole = { running: false, failed: undefined })
    try {
      const result = work()
      if (whole.failed !== undefined) throw whole.failed
      return result
    } finally {
      engine.whole = null
    }
  })
}

function joined<T>(engine: Transactional, whole: NonNullable<Transactional['whole']>, work: () => T): T {
  if (whole.running) throw new Error('a write inside a transaction')
  if (whole.failed !== undefined) throw whole.failed
  whole.running = true
  try {
    const result = work()
    if (result instanceof Promise) throw new TypeError('a transaction cannot wait')
    if (!engine.db.inTransaction) throw new Error('the transaction is over')
    return result
  } catch (error) {
    whole.failed = error
    throw error
  } finally {
    whole.running = false
    engine.derive.end()
    engine.active = null
  }
}
