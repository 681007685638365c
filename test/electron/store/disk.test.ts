import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, truncateSync, writeFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import BetterSqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWithKey, type DataFolder } from '../../../electron/store/data-folder.ts'
import { diskRefusal } from '../../../electron/store/disk-errors.ts'
import { schemaVersion } from '../../../electron/store/migrate.ts'
import { openDatabase } from '../../../electron/store/open.ts'
import { again, author, clean, newFolder, testEnv, twin, unitValue } from '../../host/store.ts'

const write = { kind: 'test.write', author }
let template: DataFolder
beforeAll(async () => {
  template = await newFolder()
  template.store.write(write, (tx) => {
    for (let i = 0; i < 3000; i++) tx.put('unit', `u${i}`, 'identity', unitValue(`单位${i}`))
  })
  template.store.close()
})
afterAll(clean)
const fresh = (name: string): DataFolder => {
  const folder = twin(template, name)
  folder.store.close()
  return folder
}
const open = (folder: DataFolder) => openWithKey(folder.dir, folder.key, testEnv('disk'))
const code = (result: ReturnType<typeof open>): string => {
  if (!result.ok) return result.error.code
  result.value.store.close()
  return 'ok'
}

describe('a full disk', () => {
  test('refuses the write, keeps what was there, and goes on when there is room', () => {
    const folder = fresh('full')
    const pages = readFileSync(join(folder.dir, 'dutydesk.db')).length / 4096
    const small = again(folder, testEnv('small'), { maxPages: pages + 20 })
    const before = [...small.store.dump()].join('')
    expect(() => small.store.write(write, (tx) => {
      for (let i = 0; i < 5000; i++) tx.put('unit', `v${i}`, 'identity', unitValue(`新单位${i}`.repeat(20)))
    })).toThrow(expect.objectContaining({ code: 'DISK_FULL' }) as Error)
    expect([...small.store.dump()].join('')).toBe(before)
    expect(small.store.verify().problems).toEqual([])
    small.store.close()
    const roomy = again(folder)
    roomy.store.write(write, (tx) => tx.put('unit', 'v1', 'identity', unitValue('新')))
    expect(roomy.store.verify().problems).toEqual([])
    roomy.store.close()
  })

  test('inside which the caller goes on does not write half', () => {
    const folder = fresh('half')
    const pages = readFileSync(join(folder.dir, 'dutydesk.db')).length / 4096
    const { store } = again(folder, testEnv('small'), { maxPages: pages + 20 })
    const before = [...store.dump()].join('')
    expect(() => store.write(write, (tx) => {
      for (let i = 0; i < 9000; i++) {
        try {
          tx.put('unit', `v${i}`, 'identity', unitValue(`新单位${i}`.repeat(20)))
        } catch {
          // A caller that swallows the refusal.
        }
      }
    })).toThrow()
    expect([...store.dump()].join('')).toBe(before)
    expect(store.verify().problems).toEqual([])
    store.close()
  })
})

describe('a read-only folder', () => {
  test('is said, and nothing is changed', () => {
    const folder = fresh('readonly')
    const file = join(folder.dir, 'dutydesk.db')
    const before = readFileSync(file)
    const script = fileURLToPath(new URL('../../host/store-writer.ts', import.meta.url))
    chmodSync(join(folder.dir, '..'), 0o755)
    chmodSync(file, 0o444)
    chmodSync(folder.dir, 0o555)
    // root ignores the bits: the child gives its rights up.
    const asNobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
    const child = spawnSync(process.execPath, [script, folder.dir, Buffer.from(folder.key).toString('hex'), 'x', '1'], { ...asNobody, encoding: 'utf8' })
    chmodSync(folder.dir, 0o755)
    expect(child.stderr).toContain('DISK_READ_ONLY')
    expect(child.status).toBe(1)
    expect(readFileSync(file).equals(before)).toBe(true)
  })
})

describe('a damaged or foreign database', () => {
  test('with flipped bits or cut short is refused or found by verify, never shown as whole', () => {
    const folder = fresh('flip')
    const file = join(folder.dir, 'dutydesk.db')
    const whole = readFileSync(file)
    const whats = new Set<string>()
    for (let at = 100; at < whole.length; at += Math.floor(whole.length / 23)) {
      const bad = Buffer.from(whole)
      bad[at]! ^= 0x10
      writeFileSync(file, bad)
      const opened = open(folder)
      if (!opened.ok) whats.add(opened.error.code)
      else {
        const { problems } = opened.value.store.verify()
        expect(problems.length, `byte ${at}`).toBeGreaterThan(0)
        opened.value.store.close()
      }
    }
    expect([...whats]).toEqual(['DATA_DAMAGED'])
    writeFileSync(file, whole)
    truncateSync(file, 2048)
    expect(code(open(folder))).toBe('DATA_DAMAGED')
    writeFileSync(file, whole)
    expect(code(open(folder))).toBe('ok')
  })

  test('with another key, in plain, or of another program is refused', () => {
    const folder = fresh('foreign')
    expect(code(openWithKey(folder.dir, new Uint8Array(32), testEnv('x')))).toBe('DATA_DAMAGED')
    const file = join(folder.dir, 'dutydesk.db')
    rmSync(file)
    const plain = new BetterSqlite(file)
    plain.exec('CREATE TABLE t (a)')
    plain.close()
    const bytes = readFileSync(file)
    expect(code(open(folder))).toBe('DATA_DAMAGED')
    expect(readFileSync(file).equals(bytes)).toBe(true)
    rmSync(file)
    const other = openDatabase(file, folder.key, { create: true })
    other.pragma('application_id = 7')
    other.exec('CREATE TABLE t (a)')
    other.close()
    expect(code(open(folder))).toBe('DATA_DAMAGED')
  })

  test('of a newer program is refused with both versions and left as it is', () => {
    const folder = fresh('newer')
    const db = openDatabase(join(folder.dir, 'dutydesk.db'), folder.key)
    db.pragma('user_version = 990')
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
    const bytes = readFileSync(join(folder.dir, 'dutydesk.db'))
    expect(open(folder)).toMatchObject({ error: { code: 'DATA_NEWER', params: { found: 990, supported: schemaVersion } } })
    expect(readFileSync(join(folder.dir, 'dutydesk.db')).equals(bytes)).toBe(true)
  })
})

test.each([
  ['ENOSPC', 'DISK_FULL'], ['SQLITE_FULL', 'DISK_FULL'], ['EROFS', 'DISK_READ_ONLY'], ['EACCES', 'DISK_READ_ONLY'], ['SQLITE_READONLY_DIRECTORY', 'DISK_READ_ONLY'],
  ['SQLITE_CORRUPT_VTAB', 'DATA_DAMAGED'], ['SQLITE_NOTADB', 'DATA_DAMAGED'], ['SQLITE_BUSY_SNAPSHOT', 'BUSY'], ['SQLITE_IOERR_WRITE', 'DISK_ERROR'],
])('%s is %s', (cause, expected) => {
  expect(diskRefusal(Object.assign(new Error('x'), { code: cause }))?.code).toBe(expected)
  expect(diskRefusal(Object.assign(new Error('x'), { code: 'ERR_OTHER' }))).toBeUndefined()
})
