/** Safety copies before an import: which are kept, and that each is a database of its moment. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { forgotten, safetyCopy, superfluous } from '../../../../electron/services/exchange/copies.ts'
import { openDatabase } from '../../../../electron/store/open.ts'
import { author, clean, unitValue } from '../../../host/store.ts'
import { firstOffice, nextOffice, put, take } from '../../../host/exchange-office.ts'

afterEach(clean)

const hour = 60 * 60 * 1000
const day = 24 * hour
const end = Date.UTC(2026, 6, 31, 20)
const nameOf = (at: number): string => `before-import-${new Date(at).toISOString().replaceAll(/[-:]|\.\d+Z/g, '')}-abcd.db`

test('the last 5 are kept, the last one of each of 7 days, and of each of 12 months; nothing else in the folder is touched', () => {
  // Four a day for two years.
  const times = Array.from({ length: 4 * 730 }, (_, index) => end - index * 6 * hour)
  const others = ['readme.txt', 'before-migration-20.db', `${nameOf(end)}.part`]
  const gone = new Set(superfluous([...times.map(nameOf), ...others]))
  for (const name of others) expect(gone.has(name)).toBe(false)
  const kept = times.filter((at) => !gone.has(nameOf(at)))
  const days = Array.from({ length: 7 }, (_, index) => end - index * day)
  const months = Array.from({ length: 12 }, (_, index) => (index === 0 ? end : Date.UTC(2026, 7 - index, 0, 20)))
  expect(kept).toEqual([...new Set([...times.slice(0, 5), ...days, ...months])].sort((a, b) => b - a))
  expect(kept.length).toBe(5 + 5 + 11)
})

test('a folder that was not used for a year keeps days and months with a copy, not those that have gone by', () => {
  const times = [0, 1, 400, 401, 402, 403, 404, 405, 406].map((days) => end - days * day)
  expect(superfluous(times.map(nameOf))).toEqual([nameOf(times[7]!), nameOf(times[8]!)])
})

test('parts of programs that were killed are forgotten after a day, a younger one is another process’s', () => {
  const stamp = nameOf(end - day).slice('before-import-'.length, -'-abcd.db'.length)
  expect(forgotten([`${nameOf(end - day - hour)}.part`, `${nameOf(end - hour)}.part`, nameOf(end - 9 * day), 'x.part'], stamp)).toEqual([`${nameOf(end - day - hour)}.part`])
})

test('an import that brings something leaves a copy that opens with the key and is as it was before; one without news, and a dry run, leave none', async () => {
  const a = await firstOffice('甲机')
  const b = await nextOffice(a, '乙机')
  a.folder.store.write({ kind: 'units.save', author }, (tx) => tx.put('unit', tx.newId(), 'identity', unitValue('荆河街道')))
  const file = await put(a)
  const folder = join(b.folder.dir, 'copies')
  mkdirSync(folder, { recursive: true })
  const [old, young] = [`${nameOf(b.env.clock - 2 * day)}.part`, `${nameOf(b.env.clock - hour)}.part`]
  for (const name of [old, young]) writeFileSync(join(folder, name), 'half')
  await take(b, file, true)
  expect(readdirSync(folder)).toHaveLength(2)
  await take(b, file)
  await take(b, file)
  const names = readdirSync(folder).filter((name) => name !== young)
  expect(names).toEqual([expect.stringMatching(/^before-import-.*\.db$/)])
  const copy = openDatabase(join(folder, names[0]!), b.folder.key)
  expect([copy.pragma('integrity_check', { simple: true }), copy.prepare('SELECT count(*) FROM unit').pluck().get()]).toEqual(['ok', 0])
  copy.close()
  for (let more = 0; more < 6; more++) safetyCopy(b.env, b.folder.store)
  expect(readdirSync(folder)).toHaveLength(5 + 1)
})

test('every connection keeps a write-ahead log and waits for the disk: a package that has left must not outlive what it carries', async () => {
  const { folder } = await firstOffice('甲机')
  const db = openDatabase(join(folder.dir, 'dutydesk.db'), folder.key)
  // 2: FULL.
  expect([db.pragma('journal_mode', { simple: true }), db.pragma('synchronous', { simple: true })]).toEqual(['wal', 2])
  db.close()
})
