/**
 * The exchange by file (exchange.md section 8): times as ratios to bare inserts in the same run, memory of processes that do nothing else. A *write* is
 * one write of a register of a row, as the prototype's change was; the log's changes hold up to 1,000 of them, and a clerk's one to four.
 * A full run takes a quarter of an hour, most of it for writing the edits; DUTYDESK_BENCH_SCALE=0.05 makes it smaller, and ratios stay comparable.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { fresh, freshJob, inTempFolder, median, type Figure } from './support/figure.ts'
import { steps, type Bare, type Cancelled, type Filled, type Sent, type StepName, type Taken } from './support/exchange-steps.ts'
import { newOffices } from './support/offices.ts'
import type { RivalRun } from './support/rivals.ts'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(import.meta.url)
const scale = Number(process.env['DUTYDESK_BENCH_SCALE'] ?? 1)
const writes = Math.round(1_000_000 * scale)
const secondsLimit = 3_000

/** Imports begin threads of their own, with their own young generations. */
const step = <T>(name: StepName, ...args: readonly (string | number)[]): T => (name === 'take' || name === 'cancel' ? fresh : freshJob)<T>(script, name, ...args.map(String))
const count = (n: number): string => n.toLocaleString('en')
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

export async function bench(): Promise<Figure[]> {
  execFileSync(process.execPath, [join(import.meta.dirname, '..', 'build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] })
  return [...(await million()), ...(await singles()), ...(await smallDay()), ...(await gigabyte()), ...rivals()]
}

async function offices<T>(work: (root: string) => T): Promise<T> {
  return inTempFolder(async (root) => {
    await newOffices(root)
    return work(root)
  })
}

function million(): Promise<Figure[]> {
  return offices((root) => {
    const path = join(root, 'all.dspk')
    const bare = [step<Bare>('bare', root, writes)]
    const filled = step<Filled>('fill', root, 'mixed', writes, 'old')
    const sent = step<Sent>('send', root, 'sender', path, 'full')
    const cancelled = step<Cancelled>('cancel', root, path)
    const taken = step<Taken>('take', root, 'receiver', path)
    bare.push(step<Bare>('bare', root, writes))
    const again = step<Taken>('take', root, 'receiver', path)
    bare.push(step<Bare>('bare', root, writes))
    if (taken.fresh !== sent.changes || again.fresh !== 0 || taken.differs > 0 || cancelled.changedBytes) throw new Error(`not everything came: ${JSON.stringify({ sent, taken, again, cancelled })}`)
    const [base, baseCpu] = [median(bare.map((one) => one.ms)), median(bare.map((one) => one.cpuMs))]
    const told = `${count(filled.edits)} writes in ${count(sent.changes)} changes of the log`
    return [
      { name: 'exchange: import, with projection / bare inserts', figure: taken.ms / base, unit: '×', limit: 6, note: `${told}; ${seconds(taken.ms)} / ${seconds(base)} (bare: ${bare.map((one) => seconds(one.ms)).join(', ')}); processor time ${seconds(taken.cpuMs)} / ${seconds(baseCpu)} = ${(taken.cpuMs / baseCpu).toFixed(1)} ×` },
      { name: 'exchange: import, peak memory of the process', figure: taken.peakMb, unit: 'MB', limit: 768 },
      { name: 'exchange: import, longest time without progress', figure: taken.silentMs, unit: 'ms', limit: 1_000 },
      { name: 'exchange: cancel half way, until all is taken back', figure: cancelled.answerMs, unit: 'ms', limit: null, note: 'the state afterwards is the state before, and the next try works' },
      { name: 'exchange: the same package again / bare inserts', figure: again.ms / base, unit: '×', limit: 1.6, note: `${seconds(again.ms)}, processor time ${(again.cpuMs / baseCpu).toFixed(1)} ×, ${again.peakMb} MB, without progress ${again.silentMs} ms` },
      { name: 'exchange: export / bare inserts', figure: sent.ms / base, unit: '×', limit: null, note: `${seconds(sent.ms)}, ${sent.peakMb} MB, without progress ${sent.silentMs} ms` },
      { name: 'exchange: package bytes per write', figure: sent.bytes / filled.edits, unit: 'B', limit: null, note: `${count(sent.bytes)} bytes; ${(sent.bytes / sent.changes).toFixed(0)} per change of the log` },
      ...everyday(root, `on top of ${count(filled.edits)} writes`),
    ]
  })
}

/** Both know what the other has; then 2,000 changes and 20 scans go over. */
function everyday(root: string, where: string): Figure[] {
  const [back, path] = [join(root, 'back.dspk'), join(root, 'day.dspk')]
  step<Sent>('send', root, 'receiver', back, 'since')
  step<Taken>('take', root, 'sender', back)
  step<Filled>('fill', root, 'single', 1_980, 'new')
  step<number>('attach', root, 20, 0.3)
  const sent = step<Sent>('send', root, 'sender', path, 'since')
  const taken = step<Taken>('take', root, 'receiver', path)
  const note = `${count(sent.changes)} changes, ${sent.blobs} attachments of 300 KB, ${count(sent.bytes)} bytes`
  return [
    { name: `exchange: everyday export, ${where}`, figure: sent.ms, unit: 'ms', limit: secondsLimit, note },
    { name: `exchange: everyday import, ${where}`, figure: taken.ms, unit: 'ms', limit: secondsLimit, note: `${count(taken.fresh)} new; without progress ${taken.silentMs} ms` },
  ]
}

function smallDay(): Promise<Figure[]> {
  return offices((root) => {
    const path = join(root, 'all.dspk')
    step<Sent>('send', root, 'sender', path, 'full')
    step<Taken>('take', root, 'receiver', path)
    return everyday(root, 'new folders')
  })
}

/** The costliest case: every change holds one write and brings its own hashes. */
function singles(): Promise<Figure[]> {
  return offices((root) => {
    const path = join(root, 'singles.dspk')
    const filled = step<Filled>('fill', root, 'single', Math.round(writes / 50), 'old')
    const sent = step<Sent>('send', root, 'sender', path, 'full')
    const taken = step<Taken>('take', root, 'receiver', path)
    const again = step<Taken>('take', root, 'receiver', path)
    const base = median(Array.from({ length: 3 }, () => step<Bare>('bare', root, filled.edits).ms))
    return [
      { name: 'exchange: import of changes of one write / bare inserts', figure: taken.ms / base, unit: '×', limit: null, note: `${count(filled.edits)} writes in ${count(sent.changes)} changes; ${seconds(taken.ms)} / ${seconds(base)}` },
      { name: 'exchange: the same again / bare inserts', figure: again.ms / base, unit: '×', limit: null, note: seconds(again.ms) },
      { name: 'exchange: package bytes per change of one write', figure: sent.bytes / sent.changes, unit: 'B', limit: null },
    ]
  })
}

/** The scans, the package, the inbox's copy and the receiver's scans lie on the disk together. */
function gigabyte(): Promise<Figure[]> {
  const [files, mb] = [10, 100 * Math.min(1, scale * 2)]
  return offices((root): Figure[] => {
    const { bavail, bsize } = statfsSync(root)
    if (bavail * bsize < files * mb * 2 ** 20 * 6) {
      process.stderr.write(`attachments of ${files} × ${mb} MB: left out, the disk lacks room\n`)
      return []
    }
    const stick = join(root, 'stick')
    mkdirSync(stick)
    step<number>('attach', root, files, mb)
    const sent = step<Sent>('send', root, 'sender', join(stick, 'scans.dspk'), 'full')
    const taken = step<Taken>('take', root, 'receiver', join(stick, 'scans.dspk'))
    rmSync(stick, { recursive: true })
    const note = (cost: Sent | Taken): string => `${files} × ${mb} MB; ${seconds(cost.ms)}, peak ${cost.peakMb} MB, without progress ${cost.silentMs} ms`
    return [
      { name: 'exchange: attachments, growth of memory on export', figure: sent.grownMb, unit: 'MB', limit: 200, note: note(sent) },
      { name: 'exchange: attachments, growth of memory on import', figure: taken.grownMb, unit: 'MB', limit: 200, note: note(taken) },
    ]
  })
}

/** The same edits as texts in a map of maps: without signatures, encryption, a database, or anything that can be asked. */
function rivals(): Figure[] {
  return ['yjs', 'automerge'].flatMap((name): Figure[] => {
    const run = step<RivalRun & { readonly peakMb: number }>('rival', name, writes)
    const note = `${count(run.edits)} writes${run.edits < writes ? ` of ${count(writes)}: the limit of 3 minutes or 4 GB came first` : ''}; made in ${seconds(run.editMs)}, peak ${run.peakMb} MB`
    return [
      { name: `exchange: the same through ${name}, bytes per write`, figure: run.bytes / run.edits, unit: 'B', limit: null, note },
      { name: `exchange: the same through ${name}, read whole`, figure: run.importMs, unit: 'ms', limit: null },
    ]
  })
}

const [, started, name, ...args] = process.argv
if (started === script && name !== undefined && name in steps) {
  const run = steps[name as StepName] as (...args: readonly string[]) => unknown
  process.stdout.write(JSON.stringify(await run(...args)))
}
