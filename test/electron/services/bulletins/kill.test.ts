/** kill -9 at any moment: a batch is whole or absent, a folder is there or can be made, an undo has happened or not. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { investmentWorkbook, officialsWorkbook, unitsWorkbook } from '../../../../build/bench/support/county.ts'
import { undoBulletin } from '../../../../electron/services/bulletins/undo.ts'
import { createDataFolder, folderState, openWithKey, slotNames } from '../../../../electron/store/data-folder.ts'
import { bulletinPage } from '../../../../electron/store/queries/bulletins.ts'
import { unwrap } from '../../../../shared/result.ts'
import { importBytes, makeOffice, type Office } from '../../../host/office.ts'
import { again } from '../../../host/store.ts'

const perUnit = 8
const rows = 100 * perUnit
const fileName = '2026年6月招商引资通报.xlsx'
const account = { id: '01920000-0000-7000-8000-000000000001', name: '管理员', password: 'kao-he-2026!' }
const program = fileURLToPath(new URL('../../../host/killed.ts', import.meta.url))
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000)
const root = mkdtempSync(join(tmpdir(), 'dutydesk-kill-'))
const file = join(root, fileName)
const bytes = investmentWorkbook(perUnit)
let office: Office
let key = ''
let copies = 0

/** Numbers in 0–1 that follow from the seed. */
let state = seed
function random(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return state / 2 ** 32
}

beforeAll(async () => {
  console.log(`KILL_SEED=${seed}`)
  writeFileSync(file, bytes)
  office = await makeOffice(`kill-${seed}`)
  unwrap(importBytes(office, '单位名册.xlsx', unitsWorkbook()))
  unwrap(importBytes(office, '干部名册.xlsx', officialsWorkbook(perUnit)))
  office.folder.store.close()
  key = Buffer.from(office.folder.key).toString('hex')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function copyOf(dir: string): string {
  const copy = join(root, `copy-${(copies += 1)}`)
  cpSync(dir, copy, { recursive: true })
  return copy
}

type Moment = { readonly after: string; readonly ms: number }

/** Runs the program; kills it so many ms after the line `after`. Gives the lines that it printed. */
async function run(mode: string, dir: string, target: string, moment?: Moment, env: Record<string, string> = {}): Promise<{ readonly lines: readonly string[]; readonly ms: number }> {
  const child = spawn(process.execPath, [program, mode, dir, key, target], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } })
  const lines: string[] = []
  let began = 0
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    if (line === 'ready') began = performance.now()
    if (line === moment?.after) void sleep(moment.ms).then(() => child.kill('SIGKILL'))
  })
  await once(child, 'close')
  return { lines, ms: performance.now() - began }
}

function opened(dir: string): Office {
  return { ...office, folder: { ...again({ ...office.folder, dir }), recoveryCode: '' } }
}

function reports({ folder }: Office): number {
  return folder.store.read((db) => db.get<{ n: number }>('SELECT count(*) AS n FROM report WHERE deleted = 0'))!.n
}

describe('kill -9 in the middle of an import', () => {
  it('20 times: verify is clean, the batch is whole or absent, and the same file can be imported', async () => {
    const full = await run('import', copyOf(office.folder.dir), file)
    expect(full.lines.at(-1)).toBe('done')
    const found = { whole: 0, absent: 0 }
    for (let time = 0; time < 20; time++) {
      const dir = copyOf(office.folder.dir)
      // Every other kill aims at the transaction itself.
      const moment = time % 2 === 0 ? { after: 'ready', ms: random() * full.ms } : { after: 'storing', ms: (random() * full.ms) / 3 }
      await run('import', dir, file, moment)
      const after = opened(dir)
      const there = reports(after)
      expect([0, rows]).toContain(there)
      const again = unwrap(importBytes(after, fileName, bytes)).report
      expect(again).toMatchObject(there === 0 ? { accepted: rows, duplicateOf: null } : { accepted: 0, duplicateOf: { file: fileName } })
      expect(reports(after)).toBe(rows)
      expect(after.folder.store.verify().problems).toEqual([])
      after.folder.store.close()
      found[there === 0 ? 'absent' : 'whole'] += 1
      rmSync(dir, { recursive: true })
    }
    console.log(`killed imports: ${found.absent} absent, ${found.whole} whole`)
    // Kills that all came too late would prove nothing.
    expect(found.absent).toBeGreaterThan(0)
  }, 240_000)
})

describe('kill -9 in the middle of an undo', () => {
  it('has undone everything or nothing, and the undo can be done', async () => {
    const source = opened(copyOf(office.folder.dir))
    const { bulletinId } = unwrap(importBytes(source, fileName, bytes)).report
    source.folder.store.close()
    const full = await run('undo', copyOf(source.folder.dir), bulletinId!)
    expect(full.lines).toEqual(['ready', 'done'])
    for (let time = 0; time < 5; time++) {
      const dir = copyOf(source.folder.dir)
      await run('undo', dir, bulletinId!, { after: 'ready', ms: random() * full.ms })
      const after = opened(dir)
      expect(after.folder.store.verify().problems).toEqual([])
      const left = reports(after)
      const undone = after.folder.store.read((db) => bulletinPage(db, { direction: 'desc', limit: 10 } as never)).items.find((one) => one.id === bulletinId)?.undone
      expect([[rows, false], [0, true]]).toContainEqual([left, undone === 1])
      if (left === rows) expect(unwrap(undoBulletin({ id: bulletinId!, reason: '报送有误' }, { ...after.context, store: after.folder.store }))).toEqual({ reports: rows })
      expect(reports(after)).toBe(0)
      after.folder.store.close()
    }
  }, 120_000)
})

describe('kill -9 while a new data folder is made', () => {
  it('before each change on the disk: the folder is empty and can be set up, or is ours and opens', async () => {
    const counted = await run('setup', join(root, 'setup-0'), '')
    const calls = Number(counted.lines[0]?.split(' ')[1])
    expect(calls).toBeGreaterThan(8)
    const env = { now: Date.now, random: office.env.random }
    const seen = new Map<string, string>()
    for (let call = 1; call <= calls; call++) {
      const dir = join(root, `setup-${call}`)
      expect((await run('setup', dir, '', undefined, { KILL_AT: String(call) })).lines).toEqual([])
      const left = existsSync(dir) ? readdirSync(dir).map((name) => name.replace(/[0-9a-f]{12}/, 'random')).sort().join(' ') : 'nothing'
      const state = folderState(dir)
      // What lies there decides what can be done: each kind of rest is tried once.
      if (seen.get(left) === state) continue
      seen.set(left, state)
      if (state === 'ours') expect(slotNames(dir)).toEqual([{ account: account.id, name: account.name }])
      const { store } = state === 'empty' ? unwrap(await createDataFolder(dir, { env, account })) : unwrap(openWithKey(dir, office.folder.key, env))
      expect(store.verify().problems).toEqual([])
      store.close()
    }
    console.log(`killed set-ups: ${[...seen].map(([left, state]) => `${left} → ${state}`).join('; ')}`)
    expect(new Set(seen.values())).toEqual(new Set(['empty', 'ours']))
  }, 120_000)
})
