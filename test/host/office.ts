/** An office for tests of services: a real data folder, its first account, and the sample year. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importFile, type ImportDone } from '../../electron/services/bulletins/import-file.ts'
import type { OpenContext } from '../../electron/services/context.ts'
import { createFileDesk } from '../../electron/services/file-desk.ts'
import { createJobDesk } from '../../electron/services/job-desk.ts'
import { putSettings } from '../../electron/services/settings.ts'
import { createDataFolder, type DataFolder } from '../../electron/store/data-folder.ts'
import type { ImportKind } from '../../shared/domain/kinds.ts'
import { roles } from '../../shared/domain/roles.ts'
import { unwrap, type Result } from '../../shared/result.ts'
import { testEnv, type TestEnv } from './backends.ts'
import { firstAccount, sampleDir, sampleFiles } from './sample.ts'

export type Office = { readonly env: TestEnv; readonly folder: DataFolder & { readonly recoveryCode: string }; readonly context: OpenContext; readonly close: () => void }

export async function makeOffice(seed = 'office'): Promise<Office> {
  const root = mkdtempSync(join(tmpdir(), 'dutydesk-office-'))
  const env = testEnv({ seed, dataDir: join(root, 'data') })
  const folder = unwrap(await createDataFolder(env.dataDir, {
    env, account: firstAccount, first: (tx) => putSettings(tx, { organ: '中共滕州市委办公室', code: '滕督函' }),
  }))
  let job = 0
  const context: OpenContext = {
    env, store: folder.store, account: { id: firstAccount.id, name: firstAccount.name, roles: [...roles] }, workerKey: folder.key, files: createFileDesk(env.random),
    jobs: createJobDesk(() => `job-${(job += 1)}-00000000`, (error) => {
      throw error
    }),
  }
  const close = (): void => {
    folder.store.close()
    rmSync(root, { recursive: true, force: true })
  }
  return { env, folder, context, close }
}

export const quiet = { report: () => {}, checkpoint: () => {}, noReturn: () => {}, signal: { aborted: false } }

export type ImportOptions = { readonly kind?: ImportKind; readonly period?: string; readonly dryRun?: boolean }

export function importBytes(office: Office, name: string, bytes: Uint8Array, options: ImportOptions = {}): Result<ImportDone> {
  const choice = { kind: options.kind ?? null, period: options.period ?? null, sender: null, mapping: null }
  office.env.clock.now += 60_000
  return importFile(office.folder.store, { file: { name, bytes }, choice, dryRun: options.dryRun ?? false, author: firstAccount.id }, quiet)
}

export function importSample(office: Office, names: readonly string[] = sampleFiles): ImportDone[] {
  return names.map((name) => unwrap(importBytes(office, name, readFileSync(`${sampleDir}${name}`))))
}
