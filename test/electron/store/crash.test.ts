import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DataFolder } from '../../../electron/store/data-folder.ts'
import { parseBody } from '../../../electron/store/log/body.ts'
import { again, author, clean, newFolder, twin } from '../../host/store.ts'

const writer = fileURLToPath(new URL('../../host/store-writer.ts', import.meta.url))
let template: DataFolder
beforeAll(async () => {
  template = await newFolder()
  template.store.close()
})
afterAll(clean)

/** Calls `onLine(line)` for each printed line; resolves with the exit. */
async function run(folder: DataFolder, name: string, count: number, rows: number, onLine: (line: string, child: ChildProcess) => void): Promise<number | null> {
  const child = spawn(process.execPath, [writer, folder.dir, Buffer.from(folder.key).toString('hex'), name, String(count), String(rows)], { stdio: ['ignore', 'pipe', 'inherit'] })
  createInterface({ input: child.stdout }).on('line', (line) => onLine(line, child))
  const [code] = (await once(child, 'close')) as [number | null]
  return code
}

test.each([1, 2, 3, 4, 5])('kill -9 in the middle of writing leaves whole actions only (seed %i)', async (seed) => {
  const folder = twin(template, `crash-${seed}`)
  folder.store.close()
  let committed = -1
  const rows = 700
  await run(folder, 'w', 50, rows, (line, child) => {
    if (line !== 'ready') committed = Number(line)
    // The kill comes in the midst of the next action, further in with each seed.
    if (committed === seed - 2) setImmediate(() => setTimeout(() => child.kill('SIGKILL'), seed * 7))
  })
  const { store } = again(folder)
  expect(store.verify().problems).toEqual([])
  const seen = store.read((db) => db.all<{ action: string; n: number }>(`SELECT substr(id, 3, instr(substr(id, 3), '-') - 1) AS action, count(*) AS n FROM unit WHERE id LIKE 'w-%' GROUP BY 1`))
  expect(seen.every((one) => one.n === rows)).toBe(true)
  expect(seen.length).toBeGreaterThanOrEqual(committed + 1)
  expect(seen.length).toBeLessThan(50)
  store.write({ kind: 'test.after', author }, (tx) => tx.put('unit', 'after', 'identity', { name: '后', kind: 'township' }))
  expect(store.verify().problems).toEqual([])
  store.close()
})

test('two processes write at once: one chain per lane, nothing lost, no conflict with oneself', async () => {
  const folder = twin(template, 'two')
  const runs = ['a', 'b'].map((name) => run(folder, name, 25, 4, () => {}))
  for (let i = 0; i < 10; i++) {
    folder.store.write({ kind: 'test.window', author }, (tx) => tx.put('unit', `window-${i}`, 'identity', { name: `窗${i}`, kind: 'township' }, 'unit-0'))
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await Promise.all(runs)).toEqual([0, 0])
  const changes = [...folder.store.log.changes()]
  expect(new Set(changes.map((change) => change.origin.toString('hex'))).size).toBe(2)
  const own = changes.filter((change) => change.origin.toString('hex') === folder.store.identity.origin)
  for (const lane of Map.groupBy(own, (change) => change.scope).values()) expect(lane.map((change) => change.seq)).toEqual(lane.map((_, index) => index + 1))
  expect(folder.store.read((db) => db.get('SELECT count(*) AS n FROM unit'))).toEqual({ n: 2 * 25 * 4 + 10 + 1 })
  expect(folder.store.read((db) => db.get(`SELECT count(*) AS n FROM reg_write AS w JOIN register AS r ON r.code = w.reg WHERE w.row = 'shared' AND w.live = 1`))).toEqual({ n: 1 })
  expect(new Set(changes.map((change) => parseBody(change.body!).action)).size).toBe(1 + 50 + 10)
  expect(folder.store.verify().problems).toEqual([])
  folder.store.close()
})
