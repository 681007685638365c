/** The steps of build/bench/exchange.ts, each for a process of its own: its memory and its caches are nobody else's. */
import { randomBytes, createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { unwrap, type Result } from '../../../shared/result.ts'
import { alone, type Control } from '../../../electron/services/exchange/control.ts'
import { exportPackage } from '../../../electron/services/exchange/use-cases.ts'
import type { ReceiveReport } from '../../../electron/services/exchange/receive.ts'
import type { JobControl } from '../../../electron/services/job-desk.ts'
import { runExchange } from '../../../electron/jobs/run-exchange.ts'
import { openDatabase } from '../../../electron/store/open.ts'
import { editActions, putEdits, singleEdits, type EditAction } from './edits.ts'
import { peakMb } from './figure.ts'
import { exchangeInput, longAgo, openOffice, type Office } from './offices.ts'
import { automergeRun, yjsRun, type RivalRun } from './rivals.ts'

/** `silentMs`: the longest time without progress; `grownMb`: peak above what the open office took. */
type Cost = { readonly ms: number; readonly cpuMs: number; readonly peakMb: number; readonly grownMb: number; readonly silentMs: number }
export type Filled = { readonly edits: number; readonly changes: number; readonly ms: number }
export type Sent = Cost & { readonly bytes: number; readonly changes: number; readonly blobs: number }
export type Taken = Cost & { readonly fresh: number; readonly duplicate: number; readonly conflicts: number; readonly differs: number }
export type Bare = { readonly ms: number; readonly cpuMs: number }
export type Cancelled = { readonly answerMs: number; readonly changedBytes: boolean }

/** `node build/build.mjs` makes it. */
const builtWorker = new URL('../../../dist/main/worker.js', import.meta.url)
/** Rows that no other edit of the bench writes. */
const singlesFrom = 100_000_000

function watching(): { readonly control: Control; readonly silentMs: () => number } {
  let [last, silent] = [performance.now(), 0]
  const report: Control['report'] = () => {
    silent = Math.max(silent, performance.now() - last)
    last = performance.now()
  }
  return { control: { ...alone, report }, silentMs: () => Math.max(silent, performance.now() - last) }
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return Math.round((user + system) / 1000)
}

async function costOf<T>(silentMs: () => number, work: () => Promise<T>): Promise<Cost & { readonly value: T }> {
  const before = process.memoryUsage().rss / 2 ** 20
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  const value = await work()
  return { value, ms: Math.round(performance.now() - start), cpuMs: cpuMsSince(cpu), peakMb: peakMb(), grownMb: Math.round(peakMb() - before), silentMs: Math.round(silentMs()) }
}

/** `age`: 'old' is written at the time of the founding. */
function fill(root: string, kind: string, count: number, age: string): Filled {
  const { store } = openOffice(root, 'sender', watching().control, age === 'old' ? longAgo : 0)
  const actions: Iterable<EditAction> = kind === 'single' ? singleEdits(count, singlesFrom) : editActions(count)
  const before = store.log.mark()
  let edits = 0
  const start = performance.now()
  for (const { kind: name, author, edits: list } of actions) {
    store.write({ kind: name, author }, (tx) => putEdits(tx, list))
    edits += list.length
  }
  const changes = store.log.mark() - before
  store.close()
  return { edits, changes, ms: Math.round(performance.now() - start) }
}

/** Scans of `mb` each, with the row that names them. */
function attach(root: string, count: number, mb: number): number {
  const { env, store } = openOffice(root, 'sender', watching().control)
  const pieces = Math.max(1, Math.round(mb))
  for (let i = 0; i < count; i++) {
    // The piece is repeated: random bytes are not to be compressed, and the hash is known before the writing.
    const piece = randomBytes(Math.round((mb * 2 ** 20) / pieces))
    const hash = createHash('sha256')
    for (let n = 0; n < pieces; n++) hash.update(piece)
    const sha256 = hash.digest('hex')
    const writer = store.blobs.stage(sha256, env.dataDir)
    for (let n = 0; n < pieces; n++) writer.write(piece)
    store.blobs.adopt(writer.finish())
    store.write({ kind: 'replies.attach', author: '01920000-0000-7000-8000-000000000001' }, (tx) =>
      tx.put('attachment', tx.newId(), 'fact', { ownerId: tx.newId(), fileName: `扫描件${i + 1}.pdf`, mime: 'application/pdf', size: piece.length * pieces, sha256 }))
  }
  store.close()
  return count
}

async function send(root: string, office: string, target: string, full: string): Promise<Sent> {
  const { control, silentMs } = watching()
  const context = openOffice(root, office as Office, control)
  const { value, ...cost } = await costOf(silentMs, async () => unwrap(await exportPackage({ name: 'export', target, place: 'stick', to: 'all', full: full === 'full' }, context)))
  context.store.close()
  return { ...cost, bytes: value.bytes, changes: value.changes, blobs: value.blobs }
}

/** As the desktop program does it: in threads of their own, which begin with the work. */
const receiveIn = (root: string, office: Office, path: string, control: JobControl): Promise<Result<ReceiveReport>> =>
  runExchange<ReceiveReport>(exchangeInput(root, office, { name: 'receive', path, place: 'stick', dryRun: false }), control, { timeMs: null, memoryMb: 1_024 }, builtWorker)

async function take(root: string, office: string, path: string): Promise<Taken> {
  const { control: { report }, silentMs } = watching()
  const { value, ...cost } = await costOf(silentMs, async () => unwrap(await receiveIn(root, office as Office, path, { report, signal: new AbortController().signal })))
  return { ...cost, fresh: value.new, duplicate: value.duplicate, conflicts: value.conflicts, differs: value.differs.length }
}

/** Cancels when the applying is half done; the answer is there when everything is taken back. */
async function cancel(root: string, path: string): Promise<Cancelled> {
  const before = stateOf(root)
  const abort = new AbortController()
  let cancelledAt = 0
  const report: JobControl['report'] = ({ fraction }) => {
    if (cancelledAt > 0 || (fraction ?? 0) < 0.75) return
    cancelledAt = performance.now()
    abort.abort()
  }
  const done = await receiveIn(root, 'receiver', path, { report, signal: abort.signal })
  const answerMs = Math.round(performance.now() - cancelledAt)
  if (done.ok || done.error.code !== 'CANCELLED') throw new Error(done.ok ? 'it was not cancelled' : done.error.code)
  return { answerMs, changedBytes: stateOf(root) !== before }
}

function stateOf(root: string): string {
  const { store } = openOffice(root, 'receiver', watching().control)
  const state = JSON.stringify([store.digest(), store.log.tips()])
  store.close()
  return state
}

/** Rows of the same values as the edits have, one by one into one table without any index but its own, in one transaction. */
function bare(root: string, count: number): Bare {
  const values: { readonly register: string; readonly value: string }[] = []
  for (const { edits } of editActions(Math.min(count, 11_000))) for (const { table, register, value } of edits) values.push({ register: `${table}.${register}`, value: JSON.stringify(value) })
  const file = join(root, 'bare.db')
  const db = openDatabase(file, randomBytes(32), { create: true })
  db.exec('CREATE TABLE bare (n INTEGER PRIMARY KEY, row BLOB NOT NULL, register TEXT NOT NULL, value TEXT NOT NULL)')
  const insert = db.prepare('INSERT INTO bare (row, register, value) VALUES (?, ?, ?)')
  const rows = Array.from({ length: 1024 }, () => randomBytes(16))
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  db.exec('BEGIN IMMEDIATE')
  for (let i = 0; i < count; i++) {
    const { register, value } = values[i % values.length]!
    insert.run(rows[i & 1023], register, value)
  }
  db.exec('COMMIT')
  const cost = { ms: performance.now() - start, cpuMs: cpuMsSince(cpu) }
  db.close()
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  return cost
}

const rivalLimitMs = 180_000
const rivalLimitMb = 4096

function rival(name: string, count: number): RivalRun & { readonly peakMb: number } {
  const run = name === 'yjs' ? yjsRun(editActions(count)) : automergeRun(editActions(count), rivalLimitMs, rivalLimitMb)
  return { ...run, peakMb: peakMb() }
}

export const steps = {
  fill: (root: string, kind: string, count: string, age: string) => fill(root, kind, Number(count), age),
  attach: (root: string, count: string, mb: string) => attach(root, Number(count), Number(mb)),
  send,
  take,
  cancel,
  bare: (root: string, count: string) => bare(root, Number(count)),
  rival: (name: string, count: string) => rival(name, Number(count)),
}
export type StepName = keyof typeof steps
