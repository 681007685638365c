/** A copy of the whole database: its bytes where nothing lies in the write-ahead log, and the same rows where somebody still reads an older state. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from '../../../electron/store/open.ts'
import { author, clean, newFolder, tempDir, unitValue } from '../../host/store.ts'

afterEach(clean)

const action = { kind: 'units.save', author }

function rowsIn(path: string, key: Uint8Array): { readonly units: unknown; readonly check: unknown } {
  const db = openDatabase(path, key)
  try {
    return { units: db.prepare('SELECT name FROM unit ORDER BY name').pluck().all(), check: db.pragma('integrity_check', { simple: true }) }
  } finally {
    db.close()
  }
}

test('is the state of the moment, whatever is written later, and opens with the same key', async () => {
  const { store, dir, key } = await newFolder()
  store.write(action, (tx) => tx.put('unit', 'u1', 'identity', unitValue('甲')))
  const path = join(tempDir(), 'copy.db')
  store.copyTo(path)
  expect(readFileSync(path).equals(readFileSync(join(dir, 'dutydesk.db')))).toBe(true)
  store.write(action, (tx) => tx.put('unit', 'u2', 'identity', unitValue('乙')))
  expect(rowsIn(path, key)).toEqual({ units: ['甲'], check: 'ok' })
  expect(() => store.copyTo(path)).toThrow()
  store.write(action, (tx) => tx.put('unit', 'u3', 'identity', unitValue('丙')))
  expect(store.verify().problems).toEqual([])
  store.close()
})

test('holds the newest state while another connection still reads an older one, and while it keeps the log from being emptied', async () => {
  const { store, dir, key } = await newFolder()
  store.write(action, (tx) => tx.put('unit', 'u1', 'identity', unitValue('甲')))
  const reader = openDatabase(join(dir, 'dutydesk.db'), key)
  reader.exec('BEGIN')
  expect(reader.prepare('SELECT count(*) FROM unit').pluck().get()).toBe(1)
  store.write(action, (tx) => tx.put('unit', 'u2', 'identity', unitValue('乙')))
  const path = join(tempDir(), 'copy.db')
  store.copyTo(path)
  expect(rowsIn(path, key)).toEqual({ units: ['乙', '甲'], check: 'ok' })
  expect(reader.prepare('SELECT count(*) FROM unit').pluck().get()).toBe(1)
  reader.exec('COMMIT')
  reader.close()
  store.close()
})
