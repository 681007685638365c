import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { makeBlobs } from '../../../electron/store/blobs.ts'
import { clean, tempDir, testEnv } from '../../host/store.ts'

afterEach(clean)
const key = new Uint8Array(32).fill(7)
const scan = Buffer.from('王某某的书面说明'.repeat(50), 'utf8')
const setUp = () => {
  const dir = tempDir()
  return { dir, blobs: makeBlobs(dir, key, testEnv('blobs')) }
}
const pathOf = (dir: string, hex: string) => join(dir, hex.slice(0, 2), hex)

test('a blob is found by its SHA-256, unreadable on the disk, and stored once', () => {
  const { dir, blobs } = setUp()
  const hex = blobs.put(scan)
  expect(hex).toMatch(/^[0-9a-f]{64}$/)
  expect(Buffer.from(blobs.get(hex)).equals(scan)).toBe(true)
  const sealed = readFileSync(pathOf(dir, hex))
  expect(sealed.includes('说明')).toBe(false)
  expect(blobs.put(scan)).toBe(hex)
  expect(readFileSync(pathOf(dir, hex)).equals(sealed)).toBe(true)
  expect(readdirSync(join(dir, hex.slice(0, 2)))).toEqual([hex])
  expect(Buffer.from(blobs.get(blobs.put(new Uint8Array()))).length).toBe(0)
})

test('a flipped bit, a cut, a swapped file or another key is damage; putting it again heals it', () => {
  const { dir, blobs } = setUp()
  const hex = blobs.put(scan)
  const path = pathOf(dir, hex)
  const sealed = readFileSync(path)
  for (let at = 0; at < sealed.length; at += 97) {
    const bad = Buffer.from(sealed)
    bad[at]! ^= 1
    writeFileSync(path, bad)
    expect(() => blobs.get(hex)).toThrow('DATA_DAMAGED')
  }
  writeFileSync(path, sealed.subarray(0, 40))
  expect(() => blobs.get(hex)).toThrow('DATA_DAMAGED')
  blobs.put(scan)
  expect(Buffer.from(blobs.get(hex)).equals(scan)).toBe(true)
  const other = blobs.put(Buffer.from('other'))
  mkdirSync(dirname(pathOf(dir, other)), { recursive: true })
  copyFileSync(path, pathOf(dir, other))
  expect(() => blobs.get(other)).toThrow('DATA_DAMAGED')
  expect(() => makeBlobs(dir, new Uint8Array(32), testEnv('x')).get(hex)).toThrow('DATA_DAMAGED')
})

test('a missing blob and a name that is no hash are missing, never a path', () => {
  const { dir, blobs } = setUp()
  const hex = blobs.put(scan)
  rmSync(pathOf(dir, hex))
  expect(blobs.has(hex)).toBe(false)
  expect(() => blobs.get(hex)).toThrow('ATTACHMENT_MISSING')
  expect(() => blobs.get('../../keys.json')).toThrow('ATTACHMENT_MISSING')
  expect(blobs.has('../../keys.json')).toBe(false)
})
