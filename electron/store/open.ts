/** Opening dutydesk.db: cipher, pragmas, and the checks that what is on the disk is ours, encrypted and not newer. */
import { accessSync, closeSync, constants, existsSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
// oxlint-disable-next-line import/default -- a CommonJS module
import BetterSqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import { Refusal } from '../../shared/result.ts'

/** 'DDTY': tells our database from any other. */
export const applicationId = 0x44445459

export type OpenOptions = {
  /** Makes the file when it is not there. */
  readonly create?: boolean
  /** Pages of 4096 bytes that the file may have; beyond it every write says DISK_FULL. */
  readonly maxPages?: number
  /** How much of the file a connection keeps in memory; 64 MiB when absent. */
  readonly cacheMb?: number
  /** Commits leave what they wrote in the write-ahead log; `Store.tidy` brings it into the file. */
  readonly tidyLater?: boolean
  /** A scratch file that is thrown away: no fsync. */
  readonly scratch?: boolean
}

const plainHeader = Buffer.from('SQLite format 3\0', 'ascii')

/** A file whose first page reads as plain SQLite is not encrypted: refused, never opened with a key. */
export function refusePlain(file: string): void {
  const head = Buffer.alloc(plainHeader.length)
  const handle = openSync(file, 'r')
  try {
    if (readSync(handle, head, 0, head.length, 0) === head.length && head.equals(plainHeader)) throw new Refusal('DATA_DAMAGED', { part: 'database', cause: 'PLAIN' })
  } finally {
    closeSync(handle)
  }
}

/** `key`: the raw 32 bytes. The caller wraps disk trouble (guardDisk). */
export function openDatabase(file: string, key: Uint8Array, options: OpenOptions = {}): Database {
  if (existsSync(file)) refusePlain(file)
  else if (!options.create) throw new Refusal('DATA_DAMAGED', { part: 'database', cause: 'MISSING' })
  accessSync(dirname(file), constants.W_OK)
  if (existsSync(file)) accessSync(file, constants.W_OK)
  const db = new BetterSqlite(file, { fileMustExist: !options.create, timeout: 10_000 })
  try {
    setUp(db, key, options)
    refusePlain(file)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function setUp(db: Database, key: Uint8Array, options: OpenOptions): void {
  if (key.length !== 32) throw new TypeError('the database key has 32 bytes')
  db.pragma("cipher = 'sqlcipher'")
  db.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`)
  // The first read proves the key; before it nothing may be written.
  const owner = db.pragma('application_id', { simple: true }) as number
  const empty = (db.pragma('page_count', { simple: true }) as number) === 0
  if (owner !== applicationId && !(options.create && empty)) throw new Refusal('DATA_DAMAGED', { part: 'database', cause: 'APPLICATION_ID' })
  db.pragma(`journal_mode = ${options.scratch ? 'MEMORY' : 'WAL'}`)
  // NORMAL could lose a committed write in a power cut, after its package has left on a stick.
  db.pragma(`synchronous = ${options.scratch ? 'OFF' : 'FULL'}`)
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('foreign_keys = ON')
  // Temporary tables and sorts would lie on the disk in plain.
  db.pragma('temp_store = MEMORY')
  db.pragma(`cache_size = -${(options.cacheMb ?? 64) * 1024}`)
  db.pragma('journal_size_limit = 67108864')
  if (options.tidyLater) db.pragma('wal_autocheckpoint = 0')
  if (options.maxPages !== undefined) db.pragma(`max_page_count = ${options.maxPages}`)
  if (empty) db.pragma(`application_id = ${applicationId}`)
}
