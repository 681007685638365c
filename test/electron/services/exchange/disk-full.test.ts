/** A disk that is full in the middle of an import or an export, a stick that is full or write-protected: plain word, nothing changed, and the next try works. */
import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { openWithKey, type DataFolder } from '../../../../electron/store/data-folder.ts'
import { canMount, withMounts } from '../../../host/mounts.ts'
import { seededRandom } from '../../../host/seeded.ts'
import { author, clean, tempDir, unitValue } from '../../../host/store.ts'
import { firstOffice, nextOffice, put, take, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)
const child = join(import.meta.dirname, '..', '..', '..', 'host', 'exchange-child.ts')
const hex = ({ key }: DataFolder): string => Buffer.from(key).toString('hex')

/** What a closed data folder has under `dir`: the database to the byte, and every file but whole safety copies. */
function bytesIn(dir: string): readonly [database: string, files: readonly string[]] {
  return [hash('sha256', readFileSync(join(dir, 'dutydesk.db'))), readdirSync(dir, { recursive: true }).map(String).filter((name) => statSync(join(dir, name)).isFile() && !/^copies.*\.db$/.test(name)).sort()]
}

/** Rows with indexes, and texts that deflate well: far larger laid out than in the package. */
function fill({ folder }: Office): void {
  folder.store.write({ kind: 'units.save', author }, (tx) => {
    for (let at = 0; at < 300; at++) tx.put('unit', tx.newId(), 'identity', unitValue(`单位${at}`))
    for (let at = 0; at < 300; at++) tx.put('rule', `T${at}`, 'definition', { version: 1, enabled: true, definition: {}, note: `${at} `.repeat(1000) })
  })
}

test.skipIf(process.platform === 'win32')('a disk that is full while a package is copied or its changes are laid out: DISK_FULL, nothing changed, nothing left, and the next try works', async () => {
  const a = await firstOffice('甲机')
  const b = await nextOffice(a, '乙机')
  fill(a)
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
  expect([report.parked, report.blobs, report.rows['rule'], report.digest['shared']]).toEqual([0, 1, 300, a.folder.store.digest()['shared']])
  expect(folder.store.blobs.has(sha256)).toBe(true)
})

test('a database that can grow no further, wherever in the import it is: DISK_FULL, its bytes as they were, no half safety copy; with room the same package goes in', async () => {
  const a = await firstOffice('甲机')
  const b = await nextOffice(a, '乙机')
  await take(b, await put(a))
  fill(a)
  const file = await put(a)
  const { dir, key, store } = b.folder
  store.close()
  const [database] = bytesIn(dir)
  const pages = statSync(join(dir, 'dutydesk.db')).size / 4096
  let refused = 0
  for (let more = 0; ; more = Math.max(more + 3, more * 2)) {
    const folder = unwrap(openWithKey(dir, key, b.env, { maxPages: pages + more }))
    const digest = folder.store.digest()
    const code = await take({ ...b, folder }, file).then(() => 'ok', (error: { readonly code?: string }) => error.code)
    if (code !== 'ok') expect([more, code, folder.store.digest(), folder.store.exchange.packages('in', 10).length, folder.store.verify()]).toEqual([more, 'DISK_FULL', digest, 1, { ok: true, problems: [] }])
    folder.store.close()
    if (code === 'ok') break
    refused++
    expect([more, bytesIn(dir)[0] === database, readdirSync(join(dir, 'inbox')), readdirSync(join(dir, 'copies')).filter((name) => !name.endsWith('.db'))]).toEqual([more, true, [], []])
  }
  // From the first row to the last index: a limit that is met nowhere or at once would prove nothing.
  expect(refused).toBeGreaterThan(4)
  const folder = unwrap(openWithKey(dir, key, b.env))
  expect([folder.store.digest()['shared'], folder.store.verify()]).toEqual([a.folder.store.digest()['shared'], { ok: true, problems: [] }])
})

if (!canMount) console.warn('skipped: this system lets us mount nothing, so no disk was really full and no stick really write-protected')

describe.skipIf(!canMount)('a file system of its own', () => {
  test('a disk that is really full while a package is taken in, at several sizes: DISK_FULL, bytes and files as they were; when there is room, the next try works', async () => {
    const a = await firstOffice('甲机')
    const b = await nextOffice(a, '乙机')
    fill(a)
    const file = await put(a)
    b.folder.store.close()
    const kb = [...readdirSync(b.folder.dir, { recursive: true })].reduce((sum, name) => sum + Math.ceil(statSync(join(b.folder.dir, String(name))).size / 4096) * 4, 64)
    const size = Math.ceil(statSync(file).size / 1024)
    // No room for the copy of the package, for the changes laid out, for the safety copy, for the rows.
    for (const room of [size / 2, size + 100, size + 1000, size + 2000]) {
      const [disk, back] = [tempDir(), tempDir()]
      const script = `mount -t tmpfs -o size=${Math.ceil(kb + room)}k none "$1"; cp -a "$2/." "$1"; "$3" "$4" receive "$1" "$5" "$6"; mkdir "$7/refused"; cp -a "$1/." "$7/refused"
        mount -o remount,size=64m "$1"; "$3" "$4" receive "$1" "$5" "$6"; mkdir "$7/done"; cp -a "$1/." "$7/done"`
      const { stdout, stderr } = withMounts(script, [disk, b.folder.dir, process.execPath, child, hex(b.folder), file, back])
      expect([room, stdout, stderr]).toEqual([room, 'ready\nDISK_FULL\nready\ndone\n', ''])
      expect([room, bytesIn(join(back, 'refused'))]).toEqual([room, bytesIn(b.folder.dir)])
      const { store } = unwrap(openWithKey(join(back, 'done'), b.folder.key, b.env))
      expect([room, store.digest()['shared'], store.verify()]).toEqual([room, a.folder.store.digest()['shared'], { ok: true, problems: [] }])
      store.close()
    }
  }, 240_000)

  test('a stick that is full or write-protected says which, keeps what was on it, and the next try works', async () => {
    const a = await firstOffice('甲机')
    await nextOffice(a, '乙机')
    fill(a)
    const { dir, store } = a.folder
    const before = [store.digest(), store.exchange.packages('out', 10)]
    store.close()
    const [stick, back] = [tempDir(), tempDir()]
    const script = `mount -t tmpfs -o size=20k none "$1"; echo old > "$1/a.dspk"; "$2" "$3" send "$4" "$5" "$1/a.dspk"; ls "$1"; cat "$1/a.dspk"
      mount -o remount,ro "$1"; "$2" "$3" send "$4" "$5" "$1/a.dspk"; ls "$1"; cat "$1/a.dspk"`
    const run = (text: string): ReturnType<typeof withMounts> => withMounts(text, [stick, process.execPath, child, dir, hex(a.folder), back])
    expect(run(script)).toMatchObject({ stdout: 'ready\nSTICK_FULL\na.dspk\nold\nready\nSTICK_READ_ONLY\na.dspk\nold\n', stderr: '' })
    const folder = unwrap(openWithKey(dir, a.folder.key, a.env))
    expect([folder.store.digest(), folder.store.exchange.packages('out', 10)]).toEqual(before)
    folder.store.close()
    expect(run(`mount -t tmpfs -o size=8m none "$1"; "$2" "$3" send "$4" "$5" "$1/a.dspk"; ls "$1"; cp "$1/a.dspk" "$6"`)).toMatchObject({ stdout: 'ready\ndone\na.dspk\n', stderr: '' })
    expect(existsSync(join(back, 'a.dspk'))).toBe(true)
  })
})

/** Root writes wherever it likes: who it is not, sees what a clerk sees. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

test.skipIf(process.platform === 'win32')('a folder that one may not write to says STICK_READ_ONLY, and the next try works', async () => {
  const a = await firstOffice('甲机')
  await nextOffice(a, '乙机')
  a.folder.store.close()
  const [home, stick] = [tempDir(), join(tempDir(), 'stick')]
  const dir = join(home, 'data')
  cpSync(a.folder.dir, dir, { recursive: true })
  mkdirSync(stick)
  if ('uid' in nobody) spawnSync('chown', ['-R', `${nobody.uid}:${nobody.gid}`, home, join(stick, '..')])
  const send = (): ReturnType<typeof spawnSync> => spawnSync(process.execPath, [child, 'send', dir, hex(a.folder), join(stick, 'a.dspk')], { encoding: 'utf8', ...nobody })
  chmodSync(stick, 0o500)
  expect(send()).toMatchObject({ stdout: 'ready\nSTICK_READ_ONLY\n', stderr: '' })
  expect(readdirSync(stick)).toEqual([])
  chmodSync(stick, 0o700)
  expect(send()).toMatchObject({ stdout: 'ready\ndone\n', stderr: '' })
  expect(readdirSync(stick)).toEqual(['a.dspk'])
})
