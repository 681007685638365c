/** Brings a database to this program's version: all steps in one transaction, after a safety copy. */
import { rmSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { Refusal } from '../../shared/result.ts'
import { first } from './migrations/0010-first.ts'
import { exchange } from './migrations/0020-exchange.ts'
import { parked } from './migrations/0030-parked.ts'
import { barred } from './migrations/0050-barred.ts'
import { peerOrigin } from './migrations/0040-peer-origin.ts'

/** `number` in tens, as in the file's name; it becomes user_version. */
export type Migration = { readonly number: number; readonly name: string; readonly up: (db: Database) => void }

export const migrations: readonly Migration[] = [first, exchange, parked, peerOrigin, barred]
export const schemaVersion = Math.max(...migrations.map((one) => one.number))

export function versionOf(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number
}

/** DATA_NEWER (found, supported) when a newer program has written it. */
export function refuseNewer(db: Database, supported = schemaVersion): void {
  const found = versionOf(db)
  if (found > supported) throw new Refusal('DATA_NEWER', { found, supported })
}

/**
 * `copyTo(version)`: where the copy of the old state goes, or null for a fresh database. The copy is encrypted with the same key.
 * Another process may migrate at the same time: the version is read again under the write lock.
 */
export function migrate(db: Database, copyTo: (version: number) => string | null, steps: readonly Migration[] = migrations): void {
  const target = Math.max(...steps.map((one) => one.number))
  refuseNewer(db, target)
  const before = versionOf(db)
  if (before === target) return
  const copy = copyTo(before)
  if (copy !== null) {
    rmSync(copy, { force: true })
    db.prepare('VACUUM INTO ?').run(copy)
  }
  db.transaction(() => {
    refuseNewer(db, target)
    const from = versionOf(db)
    for (const step of steps.filter((one) => one.number > from).sort((a, b) => a.number - b.number)) step.up(db)
    db.pragma(`user_version = ${target}`)
  }).immediate()
}
