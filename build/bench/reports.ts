/** A folder with 100,000 reports of as many officials: opening it, pages and searches of reports, officials by name and pinyin. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDataFolder, openWithKey } from '../../electron/store/data-folder.ts'
import { officialPage } from '../../electron/store/queries/people.ts'
import { reportPage } from '../../electron/store/queries/reports.ts'
import type { ReadDb } from '../../electron/store/read-db.ts'
import { unwrap } from '../../shared/result.ts'
import { investmentWorkbook, officialsWorkbook, unitsWorkbook } from './support/county.ts'
import { fresh, inTempFolder, median, timed, type Figure } from './support/figure.ts'
import { benchFolder, buildWorker, credentials, env, importInWorker, newBenchFolder } from './support/folder.ts'

const script = fileURLToPath(import.meta.url)
const runs = 5

/** In a third of all remarks, in one unit's name, in a hundred names, in one remark, in nothing. */
const words = ['签约', '街道', '建国', '赵建', '甲乙']
const names = ['zhao', 'zjg', 'zhaojianguo', '建国']
/** Half of all names answer to it. */
const letters = ['l', '建']

type Asked = Readonly<Record<string, number>>
type Opened = { readonly keyMs: number; readonly openMs: number; readonly firstReadMs: number }

export async function bench(): Promise<Figure[]> {
  await buildWorker()
  return inTempFolder(async (root) => {
    await newBenchFolder(root)
    await importInWorker(root, '单位名册.xlsx', unitsWorkbook())
    await importInWorker(root, '干部名册.xlsx', officialsWorkbook())
    await importInWorker(root, '2026年6月招商引资通报.xlsx', investmentWorkbook())
    const opened = Array.from({ length: 3 }, () => fresh<Opened>(script, 'open', root))
    const of = (pick: (one: Opened) => number): number => median(opened.map(pick))
    const asked = fresh<{ readonly search: Asked; readonly pages: Asked; readonly officials: Asked; readonly letters: Asked }>(script, 'ask', root)
    const worst = (list: Asked): number => Math.max(...Object.values(list))
    const note = (list: Asked): string => Object.entries(list).map(([name, ms]) => `${name} ${ms.toFixed(1)}`).join(', ')
    return [
      { name: 'open a folder with 100,000 reports', figure: of((one) => one.openMs + one.firstReadMs), unit: 'ms', limit: 1_000, note: `without the password; its stretching (scrypt) takes ${of((one) => one.keyMs).toFixed(0)} ms more` },
      { name: 'search 100,000 reports for two characters', figure: worst(asked.search), unit: 'ms', limit: 50, note: note(asked.search) },
      { name: 'page of 100 reports out of 100,000', figure: worst(asked.pages), unit: 'ms', limit: null, note: note(asked.pages) },
      { name: 'search 100,000 officials by name and pinyin', figure: worst(asked.officials), unit: 'ms', limit: 50, note: note(asked.officials) },
      { name: 'officials by one letter or character', figure: worst(asked.letters), unit: 'ms', limit: null, note: note(asked.letters) },
    ]
  })
}

/** Both ways from a copy that no process has read yet; with the password, and with the key alone. */
async function open(root: string): Promise<Opened> {
  const copy = mkdtempSync(join(tmpdir(), 'dutydesk-open-'))
  cpSync(root, copy, { recursive: true })
  const { dir, key } = benchFolder(copy)
  const start = performance.now()
  const { store } = unwrap(openWithKey(dir, key, env))
  const opened = performance.now()
  store.read((db) => reportPage(db, {}, 'desc', null, 100))
  const read = performance.now()
  store.close()
  const before = performance.now()
  const whole = unwrap(await openDataFolder(dir, credentials, env))
  const withPassword = performance.now() - before
  whole.store.close()
  rmSync(copy, { recursive: true })
  return { openMs: opened - start, firstReadMs: read - opened, keyMs: withPassword - (opened - start) }
}

function ask(root: string): unknown {
  const { dir, key } = benchFolder(root)
  const { store } = unwrap(openWithKey(dir, key, env))
  const unitId = store.read((db) => db.get<{ id: string }>('SELECT id FROM unit LIMIT 1'))!.id
  const time = (work: (db: ReadDb) => unknown): number => median(timed(runs, () => store.read(work)))
  const each = (list: readonly string[], work: (db: ReadDb, one: string) => unknown): Asked => Object.fromEntries(list.map((one) => [one, time((db) => work(db, one))]))
  const filters: Readonly<Record<string, Parameters<typeof reportPage>[1]>> = { all: {}, kind: { kind: 'investment' }, period: { period: '2026-06' }, both: { kind: 'investment', period: '2026-06' }, unit: { unitId } }
  const people = (db: ReadDb, query: string): unknown => officialPage(db, { query, onlyHeads: false, sort: 'unit', direction: 'asc', limit: 100 })
  const result = {
    search: each(words, (db, query) => reportPage(db, { query }, 'desc', null, 100)),
    pages: each(Object.keys(filters), (db, name) => reportPage(db, filters[name]!, 'desc', null, 100)),
    officials: each(names, people),
    letters: each(letters, people),
  }
  store.close()
  return result
}

const [, started, role, root] = process.argv
if (started === script && role !== undefined && root !== undefined) process.stdout.write(JSON.stringify(role === 'open' ? await open(root) : ask(root)))
