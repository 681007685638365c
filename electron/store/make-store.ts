/** The Store over an open database: transactions around the log's parts. */
import type { Database } from 'better-sqlite3'
import { Refusal } from '../../shared/result.ts'
import { makeBarred } from './barred.ts'
import { guardDisk } from './disk-errors.ts'
import { makeEvents } from './events.ts'
import { refuseHeldBack } from './held-back.ts'
import { makeDerive } from './derive.ts'
import { makeExchangeTables, makeLaneReads, makeLocalValues } from './exchange-store.ts'
import { uuidV7 } from './ids.ts'
import { makeApplier } from './log/apply.ts'
import type { Change } from './log/change-id.ts'
import { dump } from './log/dump.ts'
import { makeLogDb } from './log/log-db.ts'
import { makeRowMerger } from './log/merge-rows.ts'
import { makeParts, type Parts } from './log/parts.ts'
import { makeProjector } from './log/projector.ts'
import { digest } from './log/scope-sums.ts'
import { rebuildProjection } from './log/rebuild.ts'
import { verify } from './log/verify.ts'
import { makeWriter, type Writer } from './log/writer.ts'
import { makeParked } from './parked.ts'
import { takeChanges } from './take.ts'
import { makeReadDb, type ReadDb } from './read-db.ts'
import { homeTables, sharedTables, type TableName } from './tables.ts'
import { shareRows } from './share-rows.ts'
import { atomically, immediate, type Transactional } from './transaction.ts'
import { copyDatabase } from './copy-file.ts'
import { homeValue, officeScope, sharedScope, type Action, type ApplyReport, type Blobs, type Store, type StoreEnv, type WriteTx } from './store.ts'

export type StoreParts = { readonly db: Database; readonly key: Uint8Array; readonly env: StoreEnv; readonly blobs: Blobs; readonly scratch: string }

type Engine = StoreParts & Transactional & {
  readonly projector: ReturnType<typeof makeProjector>
  /** Read each time: another connection may have joined a group while this one was open. */
  readonly group: () => Buffer
  readonly reader: ReadDb
}

export function makeStore(parts: StoreParts): Store {
  const { db } = parts
  const log = makeLogDb(db)
  const derive = makeDerive(db)
  const engine: Engine = { ...parts, log, derive, projector: makeProjector(db, derive), group: () => log.meta('group') as Buffer, reader: makeReadDb(db), active: null, whole: null }
  const local = makeLocalValues(log)
  const events = makeEvents(db, parts.env)
  return {
    // Read each time: a restore or a clone begins a new epoch while the store is open.
    identity: { get group() { return engine.group().toString('hex') }, get origin() { return (log.meta('origin') as Buffer).toString('hex') } },
    newEpoch: (origin, values) =>
      immediate(engine, () => {
        log.setMeta('origin', originBytes(origin))
        for (const [key, value] of Object.entries(values)) local.set(key, value)
      }),
    local,
    exchange: makeExchangeTables(db),
    parked: makeParked(db),
    barred: makeBarred(db, engine.group),
    adoptGroup: (next, action, work) => adoptGroup(engine, next, action, work),
    shareRows: (action) => share(engine, action),
    copyTo: (path) => guardDisk(() => copyDatabase(db, path)),
    write: (action, work, settle) => write(engine, action, work, { settle }),
    atomically: (work) => atomically(engine, work),
    read: (work) => read(engine, work),
    logEvent: (event) => events.add(event),
    changed: () => db.prepare('SELECT total_changes()').pluck().get() as number,
    blobs: parts.blobs,
    log: { apply: (changes, settle) => apply(engine, changes, settle), take: (changes, taking, settle) => immediate(engine, () => takeChanges(engine, changes, taking, settle)), changes: () => log.changes(), ...makeLaneReads(db, log) },
    rebuildProjection: () => immediate(engine, () => rebuildProjection(db, engine.group())),
    verify: () => {
      const problems = verifyAll(engine)
      return { ok: problems.length === 0, problems }
    },
    digest: () => read(engine, () => digest(db)),
    dump: () => dump(db),
    tidy() {
      try {
        db.pragma('wal_checkpoint(PASSIVE)')
      } catch {
        // A full disk: what is in the write-ahead log is as safe there.
      }
    },
    close() {
      try {
        events.last()
      } finally {
        db.close()
      }
    },
  }
}

function adoptGroup(engine: Engine, next: string, action: Action, work: (tx: WriteTx) => void): void {
  write(engine, action, work, {
    before() {
      engine.log.setMeta('group', originBytes(next))
      engine.db.exec('DELETE FROM change')
      rebuildProjection(engine.db, engine.group())
    },
  })
}

type Around = { readonly before?: () => void; readonly settle?: (() => void) | undefined }

function write<T>(engine: Engine, action: Action, work: (tx: WriteTx) => T, { before, settle }: Around = {}): T {
  const { db, log, derive } = engine
  return immediate(engine, () => {
    before?.()
    const { parts, now, actionId } = partsOf(engine, action)
    const mark = log.mark()
    const writer = makeWriter(log, parts, engine.projector, derive)
    const run = { open: true, failed: undefined as unknown }
    engine.active = makeReadDb(db, () => inRun(engine, run, () => writer.flush()))
    const result = work(writeTx(engine, writer, { actionId, now, run }))
    run.open = false
    // A caller that swallowed a failed put must not commit the rest.
    if (run.failed !== undefined) throw run.failed
    writer.flush()
    parts.finish()
    if (homeOf(engine) !== null) refuseHeldBack(log, mark)
    derive.flush()
    // What is read from here on needs no flush: everything stands in its tables.
    engine.active = null
    settle?.()
    return result
  })
}

function partsOf({ log, env, group }: Engine, action: Action): { readonly parts: Parts; readonly now: number; readonly actionId: string } {
  const now = env.now()
  const actionId = uuidV7(now, env.random)
  return { parts: makeParts({ log, group: group(), origin: log.meta('origin') as Buffer, actionId, now, ...action }), now, actionId }
}

function share(engine: Engine, action: Action): number {
  return immediate(engine, () => {
    const { parts } = partsOf(engine, action)
    const rows = shareRows(engine, parts)
    parts.finish()
    engine.derive.flush()
    return rows
  })
}

type RunState = { open: boolean; failed: unknown }
type Run = { readonly actionId: string; readonly now: number; readonly run: RunState }

/** Outside the transaction (its end has come, or a full disk rolled it back) a statement would commit by itself. */
function inRun(engine: Engine, run: RunState, work: () => void): void {
  if (run.failed !== undefined) throw run.failed
  if (!run.open || !engine.db.inTransaction) throw new Error('the transaction is over')
  try {
    work()
  } catch (error) {
    run.failed = error
    throw error
  }
}

function writeTx(engine: Engine, writer: Writer, { actionId, now, run }: Run): WriteTx {
  const step = (work: () => void): void => inRun(engine, run, work)
  return {
    ...engine.active!,
    put: (table, id, register, value, scope = defaultScope(engine, table)) => step(() => writer.put(table, id, register, value, scope)),
    putReady: (table, id, row, scope) => step(() => writer.putReady(table, id, row, scope)),
    remove: (table, id, scope) => step(() => writer.bury(table, id, true, scope)),
    restore: (table, id, scope) => step(() => writer.bury(table, id, false, scope)),
    readAhead: () => step(engine.derive.readNamesAhead),
    newId: () => uuidV7(now, engine.env.random),
    origin: (engine.log.meta('origin') as Buffer).toString('hex'),
    actionId,
    now,
  }
}

/** A machine that sees some units only keeps everything else to itself: it is never sent. */
function defaultScope(engine: Engine, table: TableName): string {
  const home = homeOf(engine)
  if (homeTables.has(table) && home !== null) return home
  return sharedTables.has(table) && home === null ? sharedScope : officeScope
}

/** Null on a machine that sees everything. */
function homeOf({ log }: Engine): string | null {
  const home = log.meta(`local.${homeValue}`)
  return typeof home === 'string' && home !== '' ? home : null
}

function read<T>(engine: Engine, work: (db: ReadDb) => T): T {
  const { db } = engine
  return guardDisk(() => {
    if (db.inTransaction) return work(engine.active ?? engine.reader)
    db.exec('BEGIN')
    try {
      return work(engine.reader)
    } finally {
      if (db.inTransaction) db.exec('ROLLBACK')
    }
  })
}

/** A database that cannot even be read is a finding, not a failure of the check. */
function verifyAll(engine: Engine): readonly string[] {
  try {
    return read(engine, () => verify({ ...engine, group: engine.group() }))
  } catch (error) {
    if (error instanceof Refusal && error.code === 'DATA_DAMAGED') return [`database: ${String(error.params['cause'] ?? error.params['part'] ?? '')}`]
    throw error
  }
}

function originBytes(hex: string): Buffer {
  if (!/^[0-9a-f]{32}$/.test(hex)) throw new TypeError('an origin has 16 bytes')
  return Buffer.from(hex, 'hex')
}

function apply(engine: Engine, changes: Iterable<Change>, settle?: (report: ApplyReport) => void): ApplyReport {
  const { log, projector, derive, env } = engine
  return immediate(engine, () => {
    const applier = makeApplier(log, engine.group(), makeRowMerger(log, projector))
    const gaps: Change[] = []
    let [fresh, duplicates] = [0, 0]
    for (const change of changes) {
      const outcome = applier.apply(change, env.now())
      if (outcome === 'new') fresh++
      else if (outcome === 'duplicate') duplicates++
      else gaps.push(change)
    }
    applier.finish()
    derive.flush()
    const report: ApplyReport = { fresh, duplicates, gaps }
    settle?.(report)
    return report
  })
}
