/** A whole backend for tests, asked as a door asks it: set up, logged in, files put on the desk, jobs waited for. */
import { cpSync } from 'node:fs'
import type { EntryName, InputOf, OutputOf } from '../../shared/contract/entries.ts'
import type { ImportReport } from '../../shared/contract/bulletins.ts'
import type { AppError } from '../../shared/errors.ts'
import type { DoorName } from '../../electron/services/context.ts'
import { err, unwrap, type Result } from '../../shared/result.ts'
import { createBackend } from '../../electron/rpc/backend.ts'
import { dispatch, type Backend } from '../../electron/rpc/dispatch.ts'
import { officialsWorkbook, unitsWorkbook } from '../../build/bench/support/county.ts'
import { testEnv, type TestEnv } from './backends.ts'

export const doorPassword = 'correct horse'

export type Door = {
  readonly env: TestEnv
  readonly backend: Backend
  readonly ask: <N extends EntryName>(name: N, input: InputOf<N>) => Promise<Result<OutputOf<N>>>
  readonly must: <N extends EntryName>(name: N, input: InputOf<N>) => Promise<OutputOf<N>>
  /** Starts the import of a file; gives the job. */
  readonly start: (name: string, bytes: Uint8Array, options?: { readonly dryRun?: boolean }) => Promise<string>
  /** The job's outcome, as the window learns it. */
  readonly finish: (job: string) => Promise<Result<ImportReport>>
  readonly importFile: (name: string, bytes: Uint8Array) => Promise<Result<ImportReport>>
}

export function doorOf(env: TestEnv): Door {
  const backend = createBackend(env, { checkOutput: true })
  const ask: Door['ask'] = async (name, input) => (await dispatch(name, input, backend)) as never
  const must: Door['must'] = async (name, input) => unwrap(await ask(name, input))
  const start: Door['start'] = async (name, bytes, options = {}) => {
    const token = backend.files.offer({ name, mime: '', bytes })
    return (await must('bulletins.import', { file: token, dryRun: options.dryRun ?? false })).job
  }
  const finish: Door['finish'] = async (job) => {
    for (let after = 0; ; ) {
      const view = await must('jobs.wait', { id: job, after })
      if (view.state === 'done') return ask('bulletins.importResult', { job })
      if (view.state !== 'running') return view.error ? { ok: false, error: view.error as AppError } : err('CANCELLED')
      after = view.version
    }
  }
  return { env, backend, ask, must, start, finish, importFile: async (name, bytes) => finish(await start(name, bytes)) }
}

/** A new office, its first account logged in; with `roster` also the county of the benches: 100 units with so many officials each. */
export async function newDoor({ door = 'desktop', roster = 0, dataDir }: { readonly door?: DoorName; readonly roster?: number; readonly dataDir?: string } = {}): Promise<Door> {
  const made = doorOf(testEnv({ door, ...(dataDir === undefined ? {} : { dataDir }) }))
  await made.must('app.setup', { organ: '某市督查室', code: '督', account: '甲', password: doorPassword })
  if (roster > 0) {
    unwrap(await made.importFile('01-单位名册.xlsx', unitsWorkbook()))
    unwrap(await made.importFile('02-干部名册.xlsx', officialsWorkbook(roster)))
  }
  return made
}

let copies = 0

/** The same office again, from a folder that newDoor() made and that was logged out of: the two imports are most of what a small test costs. */
export async function copiedDoor(folder: string): Promise<Door> {
  // Bytes of its own: the folder holds what was made with the first ones.
  const made = doorOf(testEnv({ door: 'desktop', seed: `copy ${(copies += 1)}` }))
  cpSync(folder, made.env.dataDir, { recursive: true })
  await made.must('session.login', { account: '甲', password: doorPassword })
  return made
}
