/** What happened on this machine beside the writes: the local-only event table. */
import type { Database } from 'better-sqlite3'
import { diskRefusal } from './disk-errors.ts'
import { canonical } from './log/canonical.ts'
import type { LocalEvent, StoreEnv } from './store.ts'

type Waiting = LocalEvent & { readonly at: number }

/** A log-in must not wait for the end of an import: an event that finds the database busy is kept and goes in with the next one. */
export function makeEvents(db: Database, env: StoreEnv) {
  const insert = db.prepare('INSERT INTO event (at, kind, account, params) VALUES (?, ?, ?, ?)')
  let waiting: Waiting[] = []

  function flush(): void {
    while (waiting[0] !== undefined) {
      const { at, kind, account, params } = waiting[0]
      insert.run(at, kind, account, canonical(params ?? {}))
      waiting.shift()
    }
  }
  return {
    /** Refusal DISK_*; never BUSY. */
    add(event: LocalEvent): void {
      waiting.push({ ...event, at: env.now() })
      try {
        flush()
      } catch (error) {
        const refusal = diskRefusal(error) ?? error
        if (refusal instanceof Error && 'code' in refusal && refusal.code === 'BUSY') return
        waiting = []
        throw refusal
      }
    },
    /** Before the connection closes: here there is time to wait. */
    last(): void {
      if (waiting.length === 0) return
      db.pragma('busy_timeout = 10000')
      flush()
    },
  }
}
