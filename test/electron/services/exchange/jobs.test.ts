/** Export, import, backup and restore as jobs in the worker thread: progress, cancel, one at a time, the database untouched by what did not happen. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import type { AppError } from '../../../../shared/errors.ts'
import { errorSentence } from '../../../../shared/text/errors.ts'
import { resultOf, startBackup, startExport, startReceive, startRecover, startRestore } from '../../../../electron/services/exchange/start.ts'
import { exchangeStatus, seen, showEscrowKey } from '../../../../electron/services/exchange/status.ts'
import { newDeviceKeys } from '../../../../electron/services/exchange/keys/group.ts'
import { storeDeviceKeys } from '../../../../electron/services/exchange/keys/key-store.ts'
import type { OpenContext } from '../../../../electron/services/context.ts'
import type { JobView } from '../../../../electron/services/job-desk.ts'
import { createDataFolder } from '../../../../electron/store/data-folder.ts'
import { author, clean, newFolder, password, tempDir, testEnv, unitValue } from '../../../host/store.ts'
import { contextOf, firstOffice, nextOffice, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

async function ended(context: OpenContext, started: ReturnType<typeof startExport>, onView: (view: JobView) => void = () => {}): Promise<JobView> {
  const { job } = unwrap(started)
  for (let after = 0; ; ) {
    const view = unwrap(await context.jobs.wait(job, after, 20_000))
    onView(view)
    if (view.state !== 'running') return view
    after = view.version
  }
}
const failed = async (context: OpenContext, started: ReturnType<typeof startExport>): Promise<AppError> => (await ended(context, started)).error!

/** Bytes of the log and of everything that is shown; what a refused or cancelled job must not change. */
function state({ folder: { store, dir } }: Office): string {
  const hash = createHash('sha256')
  for (const piece of store.dump()) hash.update(piece)
  const listed = (name: string): string[] => (existsSync(join(dir, name)) ? readdirSync(join(dir, name), { recursive: true }).map(String).sort() : [])
  return JSON.stringify([hash.digest('hex'), store.digest(), store.log.tips(), store.exchange.packages('in', 10), store.exchange.peers(), store.parked.count(), listed('blobs'), listed('inbox')])
}

function fill({ folder }: Office, rows: number): void {
  folder.store.write({ kind: 'units.save', author }, (tx) => {
    for (let at = 0; at < rows; at++) tx.put('unit', tx.newId(), 'identity', unitValue(`单位${at}`))
  })
}

async function two(): Promise<[Office, Office]> {
  const a = await firstOffice('甲机')
  const b = await nextOffice(a, '乙机')
  return [a, b]
}

describe('jobs', () => {
  test('export and import tell their steps; the result waits on the desk; a dry run changes nothing', async () => {
    const [a, b] = await two()
    fill(a, 1500)
    const [from, to] = [contextOf(a), contextOf(b)]
    const steps = new Set<string>()
    const out = join(tempDir(), 'a.dspk')
    const exporting = startExport({ to: 'all', full: true, out }, from)
    expect((await ended(from, exporting, (view) => steps.add(view.step))).error).toBeNull()
    expect(unwrap(resultOf('exportResult', unwrap(exporting), from))).toMatchObject({ files: 1, file: null, blobsMissing: 0, skipped: [] })
    const before = state(b)
    const trying = startReceive({ path: out, dryRun: true }, to)
    expect((await ended(to, trying, (view) => steps.add(view.step))).state).toBe('done')
    expect(state(b)).toBe(before)
    const dry = unwrap(resultOf('receiveResult', unwrap(trying), to))
    expect(dry).toMatchObject({ dryRun: true, parked: 0, rows: { unit: 1500 } })
    const taking = startReceive({ path: out, dryRun: false }, to)
    expect((await ended(to, taking, (view) => steps.add(view.step))).state).toBe('done')
    expect(unwrap(resultOf('receiveResult', unwrap(taking), to))).toMatchObject({ dryRun: false, new: dry.new })
    expect(b.folder.store.digest()['shared']).toBe(a.folder.store.digest()['shared'])
    for (const step of ['exchange.applying', 'exchange.trying', 'exchange.verifying']) expect(steps).toContain(step)
  })

  test('a cancelled import and a cancelled export leave everything as it was, and the next try works', async () => {
    const [a, b] = await two()
    fill(a, 12_000)
    const [from, to] = [contextOf(a), contextOf(b)]
    const folder = tempDir()
    const out = join(folder, 'a.dspk')
    const cancelAt = (context: OpenContext, started: ReturnType<typeof startExport>, step: string): Promise<JobView> =>
      ended(context, started, (view) => void (view.step === step && view.state === 'running' && context.jobs.cancel(view.id)))
    expect(await cancelAt(from, startExport({ to: 'all', full: true, out }, from), 'exchange.writing')).toMatchObject({ state: 'cancelled', error: { code: 'CANCELLED' } })
    expect(readdirSync(folder)).toEqual([])
    expect(a.folder.store.exchange.packages('out', 10)).toEqual([])
    expect((await ended(from, startExport({ to: 'all', full: true, out }, from))).state).toBe('done')
    const before = state(b)
    for (const step of ['exchange.checking', 'exchange.saving', 'exchange.applying']) {
      expect(await cancelAt(to, startReceive({ path: out, dryRun: false }, to), step)).toMatchObject({ state: 'cancelled' })
      expect(state(b)).toBe(before)
    }
    expect((await ended(to, startReceive({ path: out, dryRun: false }, to))).state).toBe('done')
    expect(b.folder.store.digest()['shared']).toBe(a.folder.store.digest()['shared'])
  }, 240_000)

  test('two at once: the second is told so, and works afterwards', async () => {
    const [a] = await two()
    const context = contextOf(a)
    const folder = tempDir()
    const first = startExport({ to: 'all', full: true, out: join(folder, '1.dspk') }, context)
    expect(startExport({ to: 'all', full: true, out: join(folder, '2.dspk') }, context)).toMatchObject({ ok: false, error: { code: 'EXCHANGE_BUSY' } })
    expect(startReceive({ path: join(folder, '1.dspk'), dryRun: true }, context)).toMatchObject({ ok: false, error: { code: 'EXCHANGE_BUSY' } })
    await ended(context, first)
    expect((await ended(context, startReceive({ path: join(folder, '1.dspk'), dryRun: true }, context))).state).toBe('done')
  })

  test('each trouble has its own plain sentence, changes nothing, and the next try works', async () => {
    const [a, b] = await two()
    fill(a, 50)
    const [from, to] = [contextOf(a), contextOf(b)]
    const folder = tempDir()
    const out = join(folder, 'a.dspk')
    await ended(from, startExport({ to: 'all', full: true, out }, from))
    const whole = readFileSync(out)
    const other = await firstOffice('外组')
    const foreign = join(folder, 'foreign.dspk')
    const strange = contextOf(other)
    await ended(strange, startExport({ to: 'all', full: true, out: foreign }, strange))
    const flipped = Buffer.from(whole)
    flipped[whole.length - 100]! ^= 1
    const newer = Buffer.from(whole)
    newer.writeUInt16BE(9, 4)
    const bad: Record<string, [bytes: Uint8Array | null, code: string]> = {
      'gone.dspk': [null, 'STICK_GONE'], 'short.dspk': [whole.subarray(0, whole.length - 5000), 'PACKAGE_TRUNCATED'], 'flipped.dspk': [flipped, 'PACKAGE_DAMAGED'], 'newer.dspk': [newer, 'PACKAGE_NEWER'],
      'text.dspk': [Buffer.from('hello'), 'PACKAGE_NOT_OURS'], 'foreign.dspk': [readFileSync(foreign), 'PACKAGE_FOREIGN_GROUP'], 'spliced.dspk': [Buffer.concat([whole.subarray(0, -1000), readFileSync(foreign).subarray(-1000)]), 'PACKAGE_DAMAGED'],
    }
    const before = state(b)
    const sentences = new Set<string>()
    for (const [name, [bytes, code]] of Object.entries(bad)) {
      if (bytes) writeFileSync(join(folder, name), bytes)
      const error = await failed(to, startReceive({ path: join(folder, name), dryRun: false }, to))
      expect([name, error.code]).toEqual([name, code])
      sentences.add(errorSentence(error))
      expect(state(b)).toBe(before)
    }
    expect(sentences.size).toBe(new Set(Object.values(bad).map(([, code]) => code)).size)
    expect((await ended(to, startReceive({ path: out, dryRun: false }, to))).state).toBe('done')
    expect(b.folder.store.exchange.packages('in', 10)).toHaveLength(1)
  }, 120_000)

  test('a token of a dialog reads and writes in place; a path is for the terminal only', async () => {
    const [a] = await two()
    const context = contextOf(a)
    const window: OpenContext = { ...context, env: { ...context.env, door: 'desktop' } }
    expect(startExport({ to: 'all', full: true, out: '/x' }, window)).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED' } })
    const out = join(tempDir(), 'chosen.dspk')
    const place = window.files.offerPath('chosen.dspk', out, 'place')
    expect(startReceive({ file: place, dryRun: true }, window)).toMatchObject({ ok: false, error: { code: 'FILE_TOKEN' } })
    expect((await ended(window, startExport({ to: 'all', full: true, place }, window))).state).toBe('done')
    expect(existsSync(out)).toBe(true)
    const file = window.files.offerPath('chosen.dspk', out, 'read')
    expect((await ended(window, startReceive({ file, dryRun: true }, window))).state).toBe('done')
  })
})

describe('backup and recovery', () => {

  test('a folder from before there were groups makes one by itself, and shows the escrow key once', async () => {
    const old = await newFolder('old')
    const env = { ...old.env, door: 'terminal' as const, version: '0', dataDir: old.dir, machine: '老机器', clock: old.env.clock, today: () => '2026-07-01', log: () => {}, machineParts: ['old'] }
    const office: Office = { folder: old, env, name: '老机器' }
    fill(office, 20)
    const context = contextOf(office)
    expect(unwrap(exchangeStatus(context))).toMatchObject({ state: 'none', escrowUnseen: false })
    const backup = join(tempDir(), 'backup.dspk')
    expect((await ended(context, startBackup({ out: backup }, context))).error).toBeNull()
    expect(unwrap(exchangeStatus(context))).toMatchObject({ state: 'member', canEnrol: true, escrowUnseen: true, scopes: ['all'] })
    const escrow = unwrap(showEscrowKey(context)).escrowKey
    expect(escrow).toMatch(/^AGE-SECRET-KEY-1/)
    expect(showEscrowKey(context)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect((await ended(context, startRestore({ path: backup }, context))).error).toBeNull()

    // Everything is lost: an empty folder, the file, and the printed key.
    const dir = join(tempDir(), 'new')
    const base = testEnv('new')
    const newEnv = { ...env, dataDir: dir, random: base.random, now: () => (newEnv.clock += 1000), keyCost: base.keyCost, machineParts: ['new'] }
    const folder = unwrap(await createDataFolder(dir, { env: newEnv, account: { id: 'account-new', name: '管理员甲', password }, ready: (store) => storeDeviceKeys(store.local, newDeviceKeys(base.random)) }))
    const fresh: Office = { folder, env: newEnv, name: '新机器' }
    const asked = { ...contextOf(fresh), session: { keys: () => folder.keys } } as never as Parameters<typeof startRecover>[1]
    const before = state(fresh)
    expect(await failed(asked, startRecover({ path: backup, escrowKey: `${escrow.slice(0, -1)}${escrow.endsWith('Q') ? 'P' : 'Q'}` }, asked))).toMatchObject({ code: 'WRONG_RECOVERY_CODE' })
    expect(state(fresh)).toBe(before)
    const recovering = startRecover({ path: backup, escrowKey: escrow }, asked)
    expect((await ended(asked, recovering)).error).toBeNull()
    expect(unwrap(resultOf('recoverResult', unwrap(recovering), asked))).toMatchObject({ account: '管理员甲（恢复）', report: { parked: 0, conflicts: 0 } })
    const { store } = folder
    expect(store.identity.group).toBe(old.store.identity.group)
    expect(store.identity.origin).not.toBe(old.store.identity.origin)
    expect(folder.keys.list().map((slot) => slot.name)).toEqual(['管理员甲（恢复）'])
    expect(store.read((db) => db.all('SELECT id FROM unit WHERE deleted = 0'))).toHaveLength(20)
    expect(unwrap(exchangeStatus(contextOf(fresh)))).toMatchObject({ state: 'member', canEnrol: true })
    expect(store.verify()).toEqual({ ok: true, problems: [] })
    // It goes on as a machine of the group: the old one, found again, takes its package.
    fill(fresh, 3)
    const out = join(tempDir(), 'on.dspk')
    const going = contextOf(fresh)
    expect((await ended(going, startExport({ to: 'all', full: true, out }, going))).error).toBeNull()
    const back = startReceive({ path: out, dryRun: false }, context)
    expect((await ended(context, back)).error).toBeNull()
    expect(unwrap(resultOf('receiveResult', unwrap(back), context))).toMatchObject({ parked: 0, rows: { unit: 3 } })
  })

  test('news of a new origin is shown until it was seen', async () => {
    const [a] = await two()
    a.folder.store.local.set('exchange.news', 'cloned')
    expect(unwrap(exchangeStatus(contextOf(a))).news).toBe('cloned')
    seen(contextOf(a))
    expect(unwrap(exchangeStatus(contextOf(a))).news).toBeNull()
  })
})
