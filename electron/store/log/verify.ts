/** 校验: the chain of every lane, ids and hashes, the projection against one made anew, the file, the attachments. */
import type { Database } from 'better-sqlite3'
import { rmSync } from 'node:fs'
import { Refusal } from '../../../shared/result.ts'
import { migrate } from '../migrate.ts'
import { openDatabase } from '../open.ts'
import { derivedColumns } from '../projection-schema.ts'
import { tableList, type Table } from '../registers.ts'
import type { Blobs } from '../store.ts'
import { parseBody, tombstone } from './body.ts'
import { changeId, sha256 } from './change-id.ts'
import { makeLogDb, type LogDb } from './log-db.ts'
import { fillProjection, recreateProjection } from './rebuild.ts'

export type VerifyOptions = {
  readonly db: Database; readonly group: Buffer; readonly key: Uint8Array; readonly blobs: Blobs
  /** Where the comparison copy may lie while it is needed; encrypted with the same key. */
  readonly scratch: string
}

const maxProblems = 100

/** Each problem names what and where: ids and counts, no text of records. Inside a read transaction of `db`. */
export function verify(options: VerifyOptions): string[] {
  const { db } = options
  const problems: string[] = []
  const report = (problem: string): void => void (problems.length < maxProblems && problems.push(problem))
  for (const row of db.pragma('integrity_check') as { integrity_check: string }[]) if (row.integrity_check !== 'ok') report(`integrity: ${row.integrity_check}`)
  const log = makeLogDb(db)
  const readable = checkChanges(log, options.group, report)
  checkForeignTips(db, report)
  if (readable) compareProjection(options, log, report)
  checkSuspects(db, report)
  checkText(db, report)
  checkBlobs(options, report)
  return problems
}

/** False when the log cannot be replayed. */
function checkChanges(log: LogDb, group: Buffer, report: (problem: string) => void): boolean {
  const parents = new Map<string, { readonly lane: string; readonly seq: number }>()
  let readable = true
  for (const change of log.changes()) {
    const id = change.id.toString('hex')
    const lane = `${change.origin.toString('hex')}/${change.scope}`
    if (!changeId(group, change).equals(change.id)) report(`change ${id}: id does not fit`)
    if (change.body && !sha256(change.body).equals(change.bodyHash)) report(`change ${id}: body hash does not fit`)
    const before = change.prev && parents.get(change.prev.toString('hex'))
    const fits = change.prev ? (before?.lane === lane && before.seq === change.seq - 1) || log.isGivenUp(change.prev, change.scope) : change.seq === 1
    if (!fits) report(`change ${id}: chain broken at ${lane} ${change.seq}`)
    parents.set(id, { lane, seq: change.seq })
    try {
      if (change.body) parseBody(change.body)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      report(`change ${id}: body cannot be read`)
      readable = false
    }
  }
  return readable
}

/** Every lane ends in a tip, and no change was taken from its end: the last one must be nobody's prev. */
function checkForeignTips(db: Database, report: (problem: string) => void): void {
  const missing = db.prepare<unknown[], { n: number }>(
    `SELECT n FROM change AS c WHERE NOT EXISTS (SELECT 1 FROM change AS d WHERE d.prev = c.id AND d.origin = c.origin AND d.scope = c.scope AND d.seq = c.seq + 1)
     AND NOT EXISTS (SELECT 1 FROM tip WHERE tip.id = c.id)`).all()
  for (const { n } of missing) report(`tip missing for change ${n}`)
  const lost = db.prepare<unknown[], { seq: number }>('SELECT seq FROM tip WHERE NOT EXISTS (SELECT 1 FROM change WHERE change.id = tip.id)').all()
  for (const { seq } of lost) report(`the end of a lane is missing: change ${seq}`)
}

function compareProjection(options: VerifyOptions, log: LogDb, report: (problem: string) => void): void {
  const { db, key, scratch, group } = options
  const removeScratch = (): void => ['', '-journal', '-wal', '-shm'].forEach((suffix) => rmSync(scratch + suffix, { force: true }))
  removeScratch()
  const fresh = openDatabase(scratch, key, { create: true, scratch: true })
  try {
    migrate(fresh, () => null)
    fresh.exec('BEGIN')
    recreateProjection(fresh)
    // The changes keep their numbers: the index refers to them. Bodies are read for losing writes only.
    copyChanges(log, makeLogDb(fresh))
    for (const id of db.prepare<unknown[], Buffer>('SELECT id FROM barred').pluck().iterate()) fresh.prepare('INSERT INTO barred (id) VALUES (?)').run(id)
    fillProjection(fresh, group, log.changes())
    fresh.exec('COMMIT')
    for (const comparison of [...tableList.map(tableComparison), ...indexComparisons]) compare(db, fresh, comparison, report)
  } finally {
    fresh.close()
    removeScratch()
  }
}

function copyChanges(from: LogDb, to: LogDb): void {
  for (const change of from.changes()) to.copyChange(change)
}

type Comparison = { readonly name: string; readonly sql: string }

/** Everything but the local row number, and but rows of which nothing survives: whether one was shown before depends on what came first. */
function tableComparison(table: Table): Comparison {
  const columns = ['id', 'scope', 'deleted', ...table.columns.map((column) => column.name), ...Object.keys(derivedColumns[table.name] ?? {})]
  return { name: table.name, sql: `SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM "${table.name}" WHERE NOT (deleted = 1 AND scope = '') ORDER BY id` }
}

const indexComparisons: readonly Comparison[] = [
  { name: 'reg_write', sql: 'SELECT w.row, r.name, w.n, w.live FROM reg_write AS w JOIN register AS r ON r.code = w.reg ORDER BY w.row, r.name, w.n' },
  { name: 'scope_sum', sql: 'SELECT scope, writes, sum FROM scope_sum ORDER BY scope' },
  // What came and did not write the row says nothing any more.
  { name: 'named', sql: 'SELECT w.row, r.name, w.id FROM named AS w JOIN register AS r ON r.code = w.reg WHERE NOT EXISTS (SELECT 1 FROM change AS c WHERE c.id = w.id) ORDER BY w.row, r.name, w.id' },
  { name: 'tip', sql: 'SELECT id, origin, scope, seq FROM tip ORDER BY id' },
  { name: 'action', sql: 'SELECT id, kind, note, author, wall, origin, parts, arrived, ops, first_n FROM action ORDER BY id' },
  // The lists beside the tables; `n` is a local row number.
  { name: 'letter_list', sql: `SELECT letterId, state, type, year, unitId, officialId, unit, official, post, matter, cause, number, issuedOn, issuedBy, deliveredOn, replyDue, waitDue,
    repliedOn, conclusion, closedOn, voidReason, draftedBy, kNumber, kIssued, kDue, kUnit, kOfficial FROM letter_list ORDER BY letterId` },
  { name: 'letter_tally', sql: 'SELECT state, type, year, letters FROM letter_tally WHERE letters > 0 ORDER BY state, type, year' },
  { name: 'official_list', sql: 'SELECT officialId, name, gender, birth, postId, unitId, unit, title, isHead, kUnit, kName FROM official_list ORDER BY officialId' },
  { name: 'official_token', sql: 'SELECT t.token, l.officialId FROM official_token AS t LEFT JOIN official_list AS l ON l.n = t.n ORDER BY t.token, l.officialId' },
  { name: 'unit_token', sql: 'SELECT token, id FROM unit_token ORDER BY token, id' },
]

function compare(kept: Database, fresh: Database, { name, sql }: Comparison, report: (problem: string) => void): void {
  const left = kept.prepare<unknown[], unknown[]>(sql).raw().iterate()
  const right = fresh.prepare<unknown[], unknown[]>(sql).raw().iterate()
  try {
    for (let row = 1; ; row++) {
      const [a, b] = [left.next(), right.next()]
      if (a.done && b.done) return
      if (a.done || b.done || !sameRow(a.value, b.value)) return report(`projection differs: ${name}, row ${row}`)
    }
  } finally {
    left.return?.()
    right.return?.()
  }
}

function sameRow(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.every((cell, index) => {
    const other = b[index]
    return Buffer.isBuffer(cell) ? Buffer.isBuffer(other) && cell.equals(other) : cell === other
  })
}

/** The note may name more rows than are in dispute, but none may be missing: it would never be decided. */
function checkSuspects(db: Database, report: (problem: string) => void): void {
  const missing = db.prepare(`SELECT count(*) FROM (SELECT row FROM reg_write WHERE live = 1 GROUP BY row, reg
    HAVING count(*) > 1 OR reg IN (SELECT code FROM register WHERE name GLOB '*.${tombstone}') EXCEPT SELECT row FROM suspect)`).pluck().get() as number
  if (missing > 0) report(`projection differs: suspect, ${missing} rows`)
}

function checkText(db: Database, report: (problem: string) => void): void {
  const visible = db.prepare('SELECT count(*) FROM report WHERE deleted = 0').pluck().get() as number
  const indexed = db.prepare('SELECT count(*) FROM report_text').pluck().get() as number
  if (visible !== indexed) report(`projection differs: report_text, ${indexed} of ${visible}`)
}

function checkBlobs({ db, blobs }: VerifyOptions, report: (problem: string) => void): void {
  const hashes = db.prepare<unknown[], string>(
    `SELECT sha256 FROM attachment WHERE deleted = 0 AND sha256 IS NOT NULL UNION SELECT sha256 FROM bulletin WHERE deleted = 0 AND sha256 IS NOT NULL
     UNION SELECT errorsSha256 FROM bulletin WHERE deleted = 0 AND errorsSha256 IS NOT NULL
     UNION SELECT sha256 FROM template WHERE deleted = 0 AND sha256 IS NOT NULL ORDER BY 1`).pluck()
  for (const hash of hashes.all()) {
    try {
      blobs.get(hash)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.code === 'ATTACHMENT_MISSING' && !writtenHere(db, hash)) continue
      report(`blob ${hash}: ${error.code}`)
    }
  }
}

/** What another machine named may still come (附件未到); what this one named was here. */
function writtenHere(db: Database, sha256: string): boolean {
  const rows = ['attachment WHERE sha256', 'bulletin WHERE sha256', 'bulletin WHERE errorsSha256', 'template WHERE sha256'].map((from) => `SELECT id FROM ${from} = @sha256`).join(' UNION ')
  return db.prepare(`SELECT 1 FROM (${rows}) AS f JOIN reg_write AS w ON w.row IN (unhex(f.id, '-'), f.id) JOIN change AS c ON c.n = w.n WHERE c.origin = (SELECT value FROM meta WHERE key = 'origin') LIMIT 1`).get({ sha256 }) !== undefined
}
