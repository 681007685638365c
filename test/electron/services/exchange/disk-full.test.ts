/** A disk that is full in the middle of an import: the system's own limit on the size of a file stands in for it. */
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { openWithKey } from '../../../../electron/store/data-folder.ts'
import { seededRandom } from '../../../host/seeded.ts'
import { author, clean } from '../../../host/store.ts'
import { firstOffice, nextOffice, put, take } from '../../../host/exchange-office.ts'

afterEach(clean)
const child = join(import.meta.dirname, '..', '..', '..', 'host', 'exchange-child.ts')

test.skipIf(process.platform === 'win32')('a disk that is full while a package is copied or its changes are laid out: DISK_FULL, nothing changed, nothing left, and the next try works', async () => {
  const a = await firstOffice('甲机')
  const b = await nextOffice(a, '乙机')
  // Text that deflates well: far larger beside the package than in it.
  a.folder.store.write({ kind: 'rules.save', author }, (tx) => {
    for (let at = 0; at < 400; at++) tx.put('rule', `T${at}`, 'definition', { version: 1, enabled: true, definition: {}, note: `${at} `.repeat(1000) })
  })
  const changes = await put(a)
  const scan = seededRandom('scan')(4_000_000)
  const sha256 = a.folder.store.blobs.put(scan)
  a.folder.store.write({ kind: 'letters.reply', author }, (tx) => tx.put('attachment', tx.newId(), 'fact', { ownerId: tx.newId(), fileName: '扫描.png', mime: 'image/png', size: scan.length, sha256 }))
  const withScan = await put(a)
  const { dir, key } = b.folder
  const before = b.folder.store.digest()
  b.folder.store.close()
  const kb = (path: string): number => Math.ceil(statSync(path).size / 1024)
  // Bash counts in kilobytes. Room for the copy of the package but not for its changes laid out; not for the copy.
  const limits = [[changes, kb(changes) + 64], [withScan, 3000]] as const
  for (const [file, limit] of limits) {
    const { stdout, stderr } = spawnSync('bash', ['-c', `ulimit -f ${limit}; exec "$@"`, 'bash', process.execPath, child, 'receive', dir, Buffer.from(key).toString('hex'), file], { encoding: 'utf8' })
    expect([limit, stdout, stderr]).toEqual([limit, 'ready\nDISK_FULL\n', ''])
    const { store } = unwrap(openWithKey(dir, key, b.env))
    expect([limit, store.digest(), store.verify()]).toEqual([limit, before, { ok: true, problems: [] }])
    expect([limit, readdirSync(join(dir, 'inbox'))]).toEqual([limit, []])
    expect([limit, readdirSync(dir).filter((name) => name.endsWith('.part'))]).toEqual([limit, []])
    store.close()
  }
  const folder = unwrap(openWithKey(dir, key, b.env))
  const report = await take({ ...b, folder }, withScan)
  expect([report.parked, report.blobs, report.rows['rule'], report.digest['shared']]).toEqual([0, 1, 400, a.folder.store.digest()['shared']])
  expect(folder.store.blobs.has(sha256)).toBe(true)
})
