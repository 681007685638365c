/** Real data folders in the temporary folder, with an injected clock and repeatable random bytes. */
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unwrap } from '../../shared/result.ts'
import { createDataFolder, openWithKey, type DataFolder, type OpenLimits } from '../../electron/store/data-folder.ts'
import { openDatabase } from '../../electron/store/open.ts'
import type { Change } from '../../electron/store/log/change-id.ts'
import type { Store, StoreEnv } from '../../electron/store/store.ts'

export const start = Date.UTC(2026, 6, 1, 1)
export const password = '滕州-duty-2026'

/** The least that a key file takes: what is tested is not how long a password is stretched (key-file.test.ts does that). */
export const keyCost = { n: 2 ** 14, r: 8, p: 1 } as const

export type TestEnv = StoreEnv & { clock: number }

/** Each call of `now` is a second later; random bytes follow from the seed. */
export function testEnv(seed: string): TestEnv {
  let drawn = 0
  const env: TestEnv = {
    clock: start,
    keyCost,
    now: () => (env.clock += 1000),
    random: (n) => {
      const blocks = Array.from({ length: Math.ceil(n / 32) }, () => createHash('sha256').update(`${seed}/${drawn++}`).digest())
      return new Uint8Array(Buffer.concat(blocks).subarray(0, n))
    },
  }
  return env
}

/** Removed by the caller's afterEach through `clean`. */
const made: string[] = []
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'dutydesk-'))
  made.push(dir)
  return dir
}
export function clean(): void {
  cleanFrom(0)
}
export const tempCount = (): number => made.length
/** All but the first `kept` of them. */
export function cleanFrom(kept: number): void {
  for (const dir of made.splice(kept)) rmSync(dir, { recursive: true, force: true })
}

export async function newFolder(seed = 'seed', dir = join(tempDir(), 'data')): Promise<DataFolder & { readonly recoveryCode: string; readonly env: TestEnv }> {
  const env = testEnv(seed)
  const folder = unwrap(await createDataFolder(dir, { env, account: { id: 'account-1', name: '管理员甲', password } }))
  return { ...folder, env }
}

export function again(folder: DataFolder, env: StoreEnv = testEnv('again'), limits?: OpenLimits): DataFolder {
  return unwrap(openWithKey(folder.dir, folder.key, env, limits))
}

export const author = 'account-1'
/** The log in the order of arrival; what is shown, as one text; the names of the units by id. */
export const changesOf = (store: Store): Change[] => [...store.log.changes()]
export const dumpOf = (store: Store): string => [...store.dump()].join('')
export const unitsShown = (store: Store): Record<string, string> =>
  Object.fromEntries(store.read((db) => db.all<{ id: string; name: string }>('SELECT id, name FROM unit WHERE deleted = 0 ORDER BY id')).map((row) => [row.id, row.name]))

export const unitValue = (name: string) => ({ name, kind: 'township' }) as const
export const reportValue = (item: string, figures: Record<string, unknown> = {}) =>
  ({ kind: 'investment', period: '2026-06', unitId: null, officialId: null, item, figures, remark: null }) as const
export const provenance = (bulletinId: string, sheetRow: number) => ({ bulletinId, sheet: 'Sheet1', sheetRow, version: 1 }) as const

/** Another workstation of the same group: a copy of the closed folder with an origin of its own. */
export function twin(from: DataFolder, name: string, time?: { clock: number }): DataFolder {
  const dir = join(tempDir(), 'data')
  cpSync(from.dir, dir, { recursive: true })
  const db = openDatabase(join(dir, 'dutydesk.db'), from.key)
  db.prepare(`UPDATE meta SET value = ? WHERE key = 'origin'`).run(createHash('md5').update(name).digest())
  db.close()
  const env = testEnv(name)
  return unwrap(openWithKey(dir, from.key, time ? { ...env, now: () => (time.clock += 1000) } : env))
}
