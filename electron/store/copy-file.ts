/**
 * A whole copy of the database at this moment. A byte copy takes a tenth of the time of VACUUM INTO, which takes every page apart; it is right only while nothing
 * of the record lies in the write-ahead log and nobody writes. Reading the file beside its connection is safe on every system: SQLite keeps who uses
 * a database in the -shm file too, which is not touched (since 3.51 a close of the main file takes no lock from it).
 */
import type { Database } from 'better-sqlite3'
import { closeSync, constants, copyFileSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs'

/** `path` must not exist. Throws what SQLite and the file system throw. */
export function copyDatabase(db: Database, path: string): void {
  if (!copyBytes(db, path)) db.prepare('VACUUM INTO ?').run(path)
}

/** Short reads of the window are waited for, no longer ones. */
const readersMs = 300

function emptyLog(db: Database): boolean {
  const before = db.pragma('busy_timeout', { simple: true }) as number
  db.pragma(`busy_timeout = ${Math.min(before, readersMs)}`)
  try {
    return (db.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[])[0]?.busy === 0
  } finally {
    db.pragma(`busy_timeout = ${before}`)
  }
}

/** False where the moment is not right (somebody reads an older state, or wrote just now), or the file cannot be read like that. */
function copyBytes(db: Database, path: string): boolean {
  if (!emptyLog(db)) return false
  db.exec('BEGIN IMMEDIATE')
  try {
    // From here on nobody writes; what was written in between would lie in the log.
    if ((statSync(`${db.name}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return false
    copyFileSync(db.name, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    const copy = openSync(path, 'r+')
    try {
      fsyncSync(copy)
    } finally {
      closeSync(copy)
    }
    return true
  } catch (error) {
    rmSync(path, { force: true })
    // A region that another process has locked, as Windows may.
    if (error instanceof Error && 'code' in error && ['EBUSY', 'EPERM', 'EACCES'].includes(String(error.code))) return false
    throw error
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK')
  }
}
