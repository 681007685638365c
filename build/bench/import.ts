/** 100,000 investment rows read, checked and stored by the worker, against the library parsing the same file into rows; each run in a fresh process. */
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { read, utils } from '@e965/xlsx'
import { openWithKey } from '../../electron/store/data-folder.ts'
import { unwrap } from '../../shared/result.ts'
import { investmentWorkbook, officialsWorkbook, unitsWorkbook } from './support/county.ts'
import { fresh, inTempFolder, median, peakMb, type Figure } from './support/figure.ts'
import { benchFolder, buildWorker, env, importInWorker, newBenchFolder } from './support/folder.ts'

const runs = 3
const script = fileURLToPath(import.meta.url)
const fileName = '2026年6月招商引资通报.xlsx'

type Run = { readonly rows: number; readonly ms: number; readonly cpuMs: number; readonly peakMb: number; readonly blockedMs: number; readonly idleMs?: number }
type Prepared = { readonly officials: number; readonly ms: number; readonly peakMb: number }

export async function bench(): Promise<Figure[]> {
  await buildWorker()
  return inTempFolder((root) => {
    writeFileSync(join(root, fileName), investmentWorkbook())
    const roster = fresh<Prepared>(script, 'prepare', root)
    const library: Run[] = []
    const ours: Run[] = []
    // By turns, so that a busy machine is busy for both.
    for (let run = 0; run < runs; run += 1) {
      library.push(fresh<Run>(script, 'library', root))
      ours.push(fresh<Run>(script, 'import', root))
    }
    const of = (list: readonly Run[], pick: (run: Run) => number): number => Math.round(median(list.map(pick)))
    const [ms, libraryMs] = [of(ours, (run) => run.ms), of(library, (run) => run.ms)]
    const [cpu, libraryCpu] = [of(ours, (run) => run.cpuMs), of(library, (run) => run.cpuMs)]
    return [
      { name: 'import 100,000 rows / library parse', figure: ms / libraryMs, unit: '×', limit: 2, note: `${ms} ms / ${libraryMs} ms; processor time ${cpu} / ${libraryCpu} ms; ${ours[0]?.rows} rows` },
      { name: 'import: peak memory of the process', figure: of(ours, (run) => run.peakMb), unit: 'MB', limit: 600, note: `library ${of(library, (run) => run.peakMb)} MB` },
      { name: 'import: longest pause of the window’s thread', figure: of(ours, (run) => run.blockedMs), unit: 'ms', limit: 50, note: `each run: ${ours.map((run) => run.blockedMs.toFixed(0)).join(', ')} ms; beside a thread that only counts: ${ours.map((run) => (run.idleMs ?? 0).toFixed(0)).join(', ')} ms` },
      { name: 'import of 100,000 officials', figure: roster.ms, unit: 'ms', limit: null, note: `${roster.officials} officials, ${roster.peakMb} MB` },
    ]
  })
}

async function prepare(root: string): Promise<Prepared> {
  await newBenchFolder(root)
  await importInWorker(root, '单位名册.xlsx', unitsWorkbook())
  const bytes = officialsWorkbook()
  const start = performance.now()
  const { accepted } = await importInWorker(root, '干部名册.xlsx', bytes)
  return { officials: accepted, ms: Math.round(performance.now() - start), peakMb: peakMb() }
}

async function importRun(root: string): Promise<Run> {
  const copy = mkdtempSync(join(tmpdir(), 'dutydesk-run-'))
  cpSync(root, copy, { recursive: true, filter: (path) => !path.endsWith('.xlsx') })
  const bytes = readFileSync(join(root, fileName))
  // The window keeps its own connection open meanwhile.
  const { dir, key } = benchFolder(copy)
  const window = unwrap(openWithKey(dir, key, env))
  const idleMs = await pauseOfMachine()
  // Often enough to see a pause of 50 ms, seldom enough not to take the processor from the threads that are measured.
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  const cpu = process.cpuUsage()
  const start = performance.now()
  const { accepted } = await importInWorker(copy, fileName, bytes)
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  delay.disable()
  window.store.close()
  rmSync(copy, { recursive: true })
  return { rows: accepted, ms, cpuMs: (user + system) / 1000, peakMb: peakMb(), blockedMs: delay.max / 1e6, idleMs }
}

/** What the machine itself makes this thread wait while another one works: what the import's pauses are to be compared with. */
async function pauseOfMachine(): Promise<number> {
  const worker = new Worker('const end = performance.now() + 5000; while (performance.now() < end);', { eval: true })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  await once(worker, 'exit')
  delay.disable()
  return delay.max / 1e6
}

function libraryRun(root: string): Run {
  const bytes = readFileSync(join(root, fileName))
  const cpu = process.cpuUsage()
  const start = performance.now()
  const [sheet] = Object.values(read(bytes, { type: 'buffer', dense: true }).Sheets)
  const rows = sheet === undefined ? 0 : utils.sheet_to_json(sheet, { header: 1 }).length
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  return { rows, ms, cpuMs: (user + system) / 1000, peakMb: peakMb(), blockedMs: 0 }
}

const [, started, role, root] = process.argv
if (started === script && role !== undefined && root !== undefined) {
  const result = role === 'prepare' ? await prepare(root) : role === 'import' ? await importRun(root) : libraryRun(root)
  process.stdout.write(JSON.stringify(result))
}
