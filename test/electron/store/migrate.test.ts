import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { migrate, migrations, schemaVersion, versionOf, type Migration } from '../../../electron/store/migrate.ts'
import { openDatabase } from '../../../electron/store/open.ts'
import { openWithKey } from '../../../electron/store/data-folder.ts'
import { unwrap } from '../../../shared/result.ts'
import { author, clean, newFolder, tempDir, testEnv, unitValue } from '../../host/store.ts'

afterEach(clean)
const child = join(import.meta.dirname, '../../host/migrate-child.ts')
const setUp = () => {
  const dir = tempDir()
  const key = randomBytes(32)
  const db = openDatabase(join(dir, 'a.db'), key, { create: true })
  return { dir, key, db }
}
const second: Migration = { number: schemaVersion + 10, name: 'second', up: (db) => db.exec('ALTER TABLE event ADD COLUMN machine TEXT') }
const broken: Migration = {
  number: schemaVersion + 20,
  name: 'broken',
  up(db) {
    db.exec('CREATE TABLE half (a)')
    throw new Error('broken')
  },
}

test('numbers rise in tens and the last is the version of the program', () => {
  expect(migrations.map((one) => one.number)).toEqual(migrations.map((_, index) => (index + 1) * 10))
  expect(schemaVersion).toBe(migrations.at(-1)!.number)
})

test('0010-first: a fresh file holds log and events', () => {
  const { db } = setUp()
  migrate(db, () => null)
  db.prepare('INSERT INTO event (at, kind, params) VALUES (1, ?, ?)').run('session.login', '{}')
  db.prepare(`INSERT INTO change VALUES (1, x'01', x'02', 'office', 1, NULL, 1, 0, 1, 'a', 1, x'03', x'04')`).run()
  // Forks must fit: one lane, one number, two changes.
  db.prepare(`INSERT INTO change VALUES (2, x'09', x'02', 'office', 1, NULL, 1, 0, 1, 'a', 1, x'03', NULL)`).run()
  expect(versionOf(db)).toBe(schemaVersion)
  db.close()
})

test('0020-exchange: a file with rows keeps them and can hold what the others have', () => {
  const { db } = setUp()
  migrate(db, () => null, [migrations[0]!])
  db.prepare(`INSERT INTO change VALUES (1, x'01', x'02', 'office', 1, NULL, 1, 0, 1, 'a', 1, x'03', x'04')`).run()
  migrate(db, () => null, migrations.slice(0, 2))
  expect(db.prepare('SELECT count(*) FROM change').pluck().get()).toBe(1)
  db.prepare(`INSERT INTO peer VALUES ('d', '{}', 1, 'p')`).run()
  db.prepare(`INSERT INTO package VALUES ('p', 'in', 'd', 1, 1, 1, 4096, '{}')`).run()
  expect(versionOf(db)).toBe(20)
  db.close()
})

test('0050-barred: a file with rows keeps them and can hold what has no effect', () => {
  const { db } = setUp()
  migrate(db, () => null, migrations.slice(0, 4))
  db.prepare(`INSERT INTO change VALUES (1, x'01', x'02', 'office', 1, NULL, 1, 0, 1, 'a', 1, x'03', x'04')`).run()
  migrate(db, () => null, migrations.slice(0, 5))
  db.prepare(`INSERT INTO barred VALUES (x'01')`).run()
  db.prepare(`INSERT INTO coverage VALUES ('s', 'd', '{}')`).run()
  expect(db.prepare('SELECT count(*) FROM change WHERE id IN (SELECT id FROM barred)').pluck().get()).toBe(1)
  db.close()
})

test('the tables that need a migration are the committed ones (the projection is made anew by itself)', () => {
  const { db } = setUp()
  migrate(db, () => null)
  const lines = db.prepare<unknown[], { sql: string }>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name').all().map((row) => row.sql.replaceAll(/\s+/g, ' '))
  db.close()
  expect(lines.join('\n')).toMatchSnapshot()
})

test('the next step keeps the rows, after a copy that is encrypted and opens with the key', () => {
  const { dir, key, db } = setUp()
  migrate(db, () => null)
  db.prepare('INSERT INTO event (at, kind, params) VALUES (1, ?, ?)').run('session.login', '{}')
  const copy = join(dir, 'copy.db')
  migrate(db, (version) => (expect(version).toBe(schemaVersion), copy), [...migrations, second])
  expect(versionOf(db)).toBe(schemaVersion + 10)
  expect(db.prepare('SELECT kind, machine FROM event').all()).toEqual([{ kind: 'session.login', machine: null }])
  db.close()
  const old = openDatabase(copy, key)
  expect(versionOf(old)).toBe(schemaVersion)
  expect(old.prepare('SELECT count(*) FROM event').pluck().get()).toBe(1)
  old.close()
})

test('a step that fails leaves the file as it was', () => {
  const { dir, db } = setUp()
  migrate(db, () => null)
  expect(() => migrate(db, () => join(dir, 'copy.db'), [...migrations, second, broken])).toThrow('broken')
  expect(versionOf(db)).toBe(schemaVersion)
  expect(db.prepare(`SELECT name FROM sqlite_schema WHERE name = 'half'`).all()).toEqual([])
  expect(db.prepare('SELECT * FROM pragma_table_info(?)').all('event').length).toBe(5)
  expect(existsSync(join(dir, 'copy.db'))).toBe(true)
  db.close()
})

test.each([0, 1, 2, 3])('kill -9 behind %i statements of a step: all of the steps or none, and the copy of before; the next try works', (at) => {
  const { dir, key, db } = setUp()
  const [file, copy] = [join(dir, 'a.db'), join(dir, 'copy.db')]
  migrate(db, () => null, migrations.slice(0, 3))
  // More than one page's worth, so that the step has written before it dies.
  const insert = db.prepare('INSERT INTO event (at, kind, params) VALUES (?, ?, ?)')
  for (let row = 0; row < 500; row++) insert.run(row, 'session.login', '{}'.padEnd(200))
  db.prepare(`INSERT INTO peer VALUES ('d', '{}', 1, 'p')`).run()
  db.close()
  // Of a try that was killed while it copied.
  writeFileSync(copy, 'half')
  expect(spawnSync(process.execPath, [child, file, key.toString('hex'), copy, String(at)]).signal).toBe('SIGKILL')
  const whole = at === 3
  const stateOf = (path: string): unknown[] => {
    const opened = openDatabase(path, key)
    const state = [opened.pragma('integrity_check', { simple: true }), versionOf(opened), opened.prepare('SELECT count(*) FROM event').pluck().get(), opened.prepare('SELECT count(*) FROM peer').pluck().get(), opened.prepare(`SELECT count(*) FROM pragma_table_info('event') WHERE name = 'machine'`).pluck().get()]
    opened.close()
    return state
  }
  expect(stateOf(copy)).toEqual(['ok', 30, 500, 1, 0])
  expect(stateOf(file)).toEqual(['ok', whole ? schemaVersion + 10 : 30, 500, 1, whole ? 1 : 0])
  const next = openDatabase(file, key)
  migrate(next, () => copy, [...migrations, second])
  expect([versionOf(next), next.prepare('SELECT device, origin, package FROM peer').all()]).toEqual([schemaVersion + 10, [{ device: 'd', origin: '', package: 'p' }]])
  next.close()
})

test('a newer file is refused before anything is copied', () => {
  const { dir, db } = setUp()
  migrate(db, () => null, [...migrations, second])
  expect(() => migrate(db, () => join(dir, 'copy.db'))).toThrow('DATA_NEWER')
  expect(readdirSync(dir)).not.toContain('copy.db')
  db.close()
})

test('a projection of another shape is made anew from the log when the folder is opened', async () => {
  const folder = await newFolder()
  folder.store.write({ kind: 'test.write', author }, (tx) => tx.put('unit', 'u1', 'identity', unitValue('荆河街道')))
  folder.store.close()
  const db = openDatabase(join(folder.dir, 'dutydesk.db'), folder.key)
  db.exec(`UPDATE meta SET value = 'older' WHERE key = 'projection'; DROP TABLE unit; CREATE TABLE unit (id TEXT)`)
  db.close()
  const { store } = unwrap(openWithKey(folder.dir, folder.key, testEnv('x')))
  expect(store.read((reader) => reader.get('SELECT name FROM unit'))).toEqual({ name: '荆河街道' })
  expect(store.verify().problems).toEqual([])
  store.close()
})
