/** Full disk, two writers, caps, cancel: said with a code, nothing half-written, and the next try works. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { investmentWorkbook } from '../../../../build/bench/support/county.ts'
import { runInWorker, type JobCaps } from '../../../../electron/jobs/host.ts'
import type { ImportInput } from '../../../../electron/jobs/run-import.ts'
import type { ImportDone } from '../../../../electron/services/bulletins/import-file.ts'
import { openWithKey } from '../../../../electron/store/data-folder.ts'
import { schemaVersion } from '../../../../electron/store/migrate.ts'
import { openDatabase } from '../../../../electron/store/open.ts'
import { unwrap, type Result } from '../../../../shared/result.ts'
import { errorSentence } from '../../../../shared/text/errors.ts'
import { testFolder } from '../../../host/backends.ts'
import { copiedDoor, doorOf, doorPassword, newDoor, type Door } from '../../../host/door.ts'
import { quiet } from '../../../host/office.ts'

const perUnit = 8
const rows = 100 * perUnit
const june = { name: '2026年6月招商引资通报.xlsx', bytes: investmentWorkbook(perUnit, 6) }
const may = { name: '2026年5月招商引资通报.xlsx', bytes: investmentWorkbook(perUnit, 5) }
const program = fileURLToPath(new URL('../../../host/killed.ts', import.meta.url))

const home = mkdtempSync(join(tmpdir(), 'dutydesk-faults-'))
const template = join(home, 'data')
beforeAll(async () => void (await (await newDoor({ roster: perUnit, dataDir: template })).must('session.logout', {})))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const storeOf = ({ backend }: Door) => backend.session.current()!.store
const keyOf = ({ backend }: Door) => backend.session.current()!.workerKey
const record = (door: Door): string => [...storeOf(door).dump()].join('')
const reports = (door: Door, period: string): number => storeOf(door).read((db) => db.get<{ n: number }>('SELECT count(*) AS n FROM report WHERE period = ? AND deleted = 0', [period]))!.n
const clean = (door: Door): void => expect(storeOf(door).verify().problems).toEqual([])

async function works(door: Door): Promise<void> {
  expect(unwrap(await door.importFile(june.name, june.bytes))).toMatchObject({ accepted: rows, duplicateOf: null })
  clean(door)
}

/** The real job in its thread, under other caps than the window's. */
function inWorker(door: Door, caps: JobCaps, report: (told: { readonly step?: string }) => void = () => {}, signal = new AbortController().signal): Promise<Result<ImportDone>> {
  const input: ImportInput = { dir: door.env.dataDir, key: keyOf(door), request: { file: june, choice: { kind: null, period: null, sender: null, mapping: null }, dryRun: false, author: 'a' } }
  return runInWorker<ImportInput, ImportDone>('import', input, { signal, report }, caps)
}

describe('a full disk during the import', () => {
  it('is said; nothing is half-written; with room the same file goes in', async () => {
    const door = await copiedDoor(template)
    const before = record(door)
    // SQLite answers SQLITE_FULL here as it does to ENOSPC: the only way that needs neither rights nor a file system of its own.
    storeOf(door).write({ kind: 'test.settle', author: 'a' }, () => {})
    const pages = Math.ceil(statSync(join(door.env.dataDir, 'dutydesk.db')).size / 4096)
    const folder = unwrap(openWithKey(door.env.dataDir, keyOf(door), door.env, { maxPages: pages + 60 }))
    const request = { file: june, choice: { kind: null, period: null, sender: null, mapping: null }, dryRun: false, author: 'a' }
    const { importFile } = await import('../../../../electron/services/bulletins/import-file.ts')
    expect(() => importFile(folder.store, request, quiet)).toThrow(expect.objectContaining({ code: 'DISK_FULL' }) as Error)
    folder.store.close()
    expect(record(door)).toBe(before)
    clean(door)
    await works(door)
  })

  it('a limit on the size of files (ulimit) ends the same way in a process of its own', async () => {
    const door = await copiedDoor(template)
    const before = record(door)
    const dir = testFolder()
    writeFileSync(join(dir, june.name), june.bytes)
    // Counted in blocks of 512 bytes: the write-ahead log cannot take in what is committed. Without the signal the write itself fails.
    const blocks = 200
    const command = `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`
    const child = spawn('sh', ['-c', command, process.execPath, program, 'import', door.env.dataDir, Buffer.from(keyOf(door)).toString('hex'), join(dir, june.name)], { stdio: ['ignore', 'pipe', 'pipe'] })
    let told = ''
    child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
    await once(child, 'close')
    expect(told).toMatch(/DISK_(?:FULL|ERROR)/)
    expect(told).not.toContain('done')
    expect(record(door)).toBe(before)
    clean(door)
    await works(door)
  })
})

describe('a data folder', () => {
  it('whose blobs cannot be written is told as a disk error, and no row names the missing file', async () => {
    const door = await copiedDoor(template)
    const before = record(door)
    const blobs = join(door.env.dataDir, 'blobs')
    renameSync(blobs, `${blobs}-away`)
    writeFileSync(blobs, 'a file where the folder was')
    expect(await door.importFile(june.name, june.bytes)).toMatchObject({ ok: false, error: { code: 'DISK_ERROR' } })
    expect(record(door)).toBe(before)
    rmSync(blobs)
    renameSync(`${blobs}-away`, blobs)
    await works(door)
  })

  it('whose database is a folder is refused and left alone', async () => {
    const door = await newDoor()
    const file = join(door.env.dataDir, 'dutydesk.db')
    await door.must('session.logout', {})
    renameSync(file, `${file}.away`)
    mkdirSync(file)
    expect(await doorOf(door.env).ask('session.login', { account: '甲', password: doorPassword })).toMatchObject({ ok: false, error: { code: 'DISK_ERROR' } })
    rmSync(file, { recursive: true })
    renameSync(`${file}.away`, file)
    await door.must('session.login', { account: '甲', password: doorPassword })
  })

  it('of a newer program is refused at the log-in with both versions in the sentence', async () => {
    const door = await newDoor()
    const key = Buffer.from(keyOf(door))
    await door.must('session.logout', {})
    const db = openDatabase(join(door.env.dataDir, 'dutydesk.db'), key)
    db.pragma('user_version = 990')
    db.close()
    const answer = await door.ask('session.login', { account: '甲', password: doorPassword })
    expect(answer).toMatchObject({ ok: false, error: { code: 'DATA_NEWER', params: { found: 990, supported: schemaVersion } } })
    if (!answer.ok) expect(errorSentence(answer.error)).toMatch(new RegExp(`990.*${schemaVersion}`))
  })
})

describe('two imports at once', () => {
  it('in two processes: each is whole, or was told BUSY', async () => {
    const door = await copiedDoor(template)
    const dir = testFolder()
    const outcomes = await Promise.all([june, may].map(async ({ name, bytes }) => {
      writeFileSync(join(dir, name), bytes)
      const child = spawn(process.execPath, [program, 'import', door.env.dataDir, Buffer.from(keyOf(door)).toString('hex'), join(dir, name)], { stdio: ['ignore', 'pipe', 'pipe'] })
      let told = ''
      child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
      await once(child, 'close')
      return told
    }))
    for (const [index, period] of ['2026-06', '2026-05'].entries()) expect([rows, 'done']).toEqual(outcomes[index]!.includes('done') ? [reports(door, period), 'done'] : [rows, expect.stringContaining('BUSY')])
    clean(door)
  })

  it('of the same file: it stands once', async () => {
    const door = await copiedDoor(template)
    const outcomes = await Promise.all([1, 2].map(() => door.importFile(june.name, june.bytes)))
    expect(outcomes.filter((one) => one.ok && one.value.duplicateOf === null)).toHaveLength(1)
    for (const one of outcomes) if (!one.ok) expect(one.error.code).toMatch(/^(?:STALE|BUSY)$/)
    expect(reports(door, '2026-06')).toBe(rows)
    expect((await door.must('bulletins.list', { limit: 50 })).items.filter((one) => one.kind === 'investment')).toHaveLength(1)
    clean(door)
  })
})

describe('an import that is ended', () => {
  it('by cancel: the steps were told, nothing is left, the lock is free', async () => {
    const door = await copiedDoor(template)
    const before = record(door)
    const job = await door.start(june.name, june.bytes)
    const steps = new Set<string>()
    for (let after = 0; ; ) {
      const view = await door.must('jobs.wait', { id: job, after })
      steps.add(view.step)
      after = view.version
      if (view.step === 'import.storing') await door.must('jobs.cancel', { id: job })
      if (view.state !== 'running') {
        expect([view.state, view.error?.code]).toEqual(['cancelled', 'CANCELLED'])
        break
      }
    }
    expect([...steps].filter((step) => step.startsWith('import.'))).toEqual(['import.reading', 'import.checking', 'import.storing'])
    expect(record(door)).toBe(before)
    await works(door)
  })

  it('by the end of its thread in the midst of storing, as the caps end it', async () => {
    const door = await copiedDoor(template)
    const before = record(door)
    const abort = new AbortController()
    const report = ({ step }: { readonly step?: string }): void => {
      if (step === 'import.storing') abort.abort()
    }
    expect(await inWorker(door, { timeMs: null, memoryMb: 1_024, graceMs: 0 }, report, abort.signal)).toEqual({ ok: false, error: { code: 'CANCELLED', params: {} } })
    expect(record(door)).toBe(before)
    await works(door)
  })

  it('by the cap of memory', async () => {
    const door = await copiedDoor(template)
    const before = record(door)
    expect(await inWorker(door, { timeMs: null, memoryMb: 12 })).toEqual({ ok: false, error: { code: 'FILE_MEMORY', params: { limitMb: 12 } } })
    expect(record(door)).toBe(before)
    await works(door)
  })

  it('by the cap of time', async () => {
    const door = await copiedDoor(template)
    const before = record(door)
    expect(await inWorker(door, { timeMs: 1, memoryMb: 1_024 })).toEqual({ ok: false, error: { code: 'FILE_TIMEOUT', params: { limitSeconds: 0 } } })
    expect(record(door)).toBe(before)
    await works(door)
  })
})
