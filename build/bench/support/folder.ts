/** Data folders for benches, filled through the real worker job. */
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runImport, type ImportInput } from '../../../electron/jobs/run-import.ts'
import { putSettings } from '../../../electron/services/settings.ts'
import type { ImportDone } from '../../../electron/services/bulletins/import-file.ts'
import { createDataFolder } from '../../../electron/store/data-folder.ts'
import { unwrap } from '../../../shared/result.ts'

const account = { id: '01920000-0000-7000-8000-000000000001', name: '管理员', password: 'kao-he-2026!' }
export const credentials = { account: account.name, password: account.password }
export const env = { now: Date.now, random: (n: number) => randomBytes(n) }

const keyFile = (dir: string): string => join(dir, 'bench.key')

/** The raw key lies beside the folder, so that other processes of the bench can open it. */
export async function newBenchFolder(root: string): Promise<void> {
  const folder = unwrap(await createDataFolder(join(root, 'data'), { env, account, first: (tx) => putSettings(tx, { organ: '中共某某市委办公室', code: '督函' }) }))
  writeFileSync(keyFile(root), folder.key)
  folder.store.close()
}

export function benchFolder(root: string): { readonly dir: string; readonly key: Uint8Array } {
  return { dir: join(root, 'data'), key: new Uint8Array(readFileSync(keyFile(root))) }
}

const workerFile = join(import.meta.dirname, '..', '..', '..', 'dist', 'bench', 'worker.js')

/** The worker as it ships: from source every run would also strip types from a hundred files. */
export async function buildWorker(): Promise<void> {
  // Not in the processes that are measured.
  const [{ build }, { mainConfig }] = await Promise.all([import('vite'), import('../../vite.config.ts')])
  await build({ ...mainConfig, build: { ...mainConfig.build, outDir: join(workerFile, '..') } })
}

/** Throws when a row was refused: the bench would measure less than it says. */
export async function importInWorker(root: string, name: string, bytes: Uint8Array, onProgress: () => void = () => {}): Promise<ImportDone['report']> {
  const choice = { kind: null, period: null, sender: null, mapping: null }
  const input: ImportInput = { ...benchFolder(root), request: { file: { name, bytes }, choice, dryRun: false, author: account.id } }
  const control = { signal: new AbortController().signal, report: onProgress }
  const { report } = unwrap(await runImport(input, control, { timeMs: null, memoryMb: 1_024 }, pathToFileURL(workerFile)))
  if (report.refusedTotal > 0) throw new Error(`${name}: ${report.refusedTotal} rows refused, the first for ${report.refused[0]?.codes.join(' ')}`)
  return report
}
