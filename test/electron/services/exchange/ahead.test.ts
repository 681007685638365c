/** What a second thread makes ready of a package is what the first would make of it itself; and what it finds wrong is refused in the same words. */
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { err, ok, unwrap, type Result } from '../../../../shared/result.ts'
import { runExchange } from '../../../../electron/jobs/run-exchange.ts'
import { takenAhead } from '../../../../electron/services/exchange/ahead.ts'
import { enrol } from '../../../../electron/services/exchange/enrol.ts'
import { membership, readDeviceKeys } from '../../../../electron/services/exchange/keys/key-store.ts'
import { trustOf } from '../../../../electron/services/exchange/keys/remember.ts'
import { makeRequest } from '../../../../electron/services/exchange/keys/request.ts'
import { receive } from '../../../../electron/services/exchange/receive.ts'
import { backup } from '../../../../electron/services/exchange/use-cases.ts'
import type { Task } from '../../../../electron/services/exchange/work.ts'
import { changesIn, makeStaging, readBlocks, type Staging } from '../../../../electron/services/exchange/staging.ts'
import type { JobControl } from '../../../../electron/services/job-desk.ts'
import { reportWords } from '../../../../electron/store/derive/report-words.ts'
import { rowsOf, type Arriving } from '../../../../electron/store/log/arriving.ts'
import { bodyText, opText, parseBody, tombstone } from '../../../../electron/store/log/body.ts'
import { canonical } from '../../../../electron/store/log/canonical.ts'
import { changeId, logSchema, sha256, type Change } from '../../../../electron/store/log/change-id.ts'
import { unpack } from '../../../../electron/store/log/log-db.ts'
import { openDatabase } from '../../../../electron/store/open.ts'
import { cellsOf } from '../../../../electron/store/log/projector.ts'
import { decode, registerNamed, tableList } from '../../../../electron/store/registers.ts'
import { aheadHere } from '../../../host/ahead.ts'
import { applicant, contextOf, copyOf, firstOffice, nextOffice, put, sendAll, workOf, type Office } from '../../../host/exchange-office.ts'
import { author, clean, reportValue, tempDir, unitValue } from '../../../host/store.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  clean()
})

const group = Buffer.alloc(16, 7)
const checkpoint = (): void => {}
const random = (n: number): Uint8Array => new Uint8Array(n).fill(3)

function changeOf(seq: number, body: Buffer | null): Change {
  const head = { origin: Buffer.alloc(16, 9), scope: 'office', seq, prev: seq === 1 ? null : Buffer.alloc(32, 1), hlcMs: seq, hlcCounter: 0, wall: seq, author, schema: logSchema, bodyHash: sha256(body ?? '') }
  return { ...head, id: changeId(group, head), body }
}

function staged(changes: readonly Change[]): { readonly staging: Staging; readonly folder: string } {
  const folder = tempDir()
  const staging = makeStaging(folder, random)
  // In two calls: blocks need not be what was added together.
  staging.add(changes.slice(0, 1))
  staging.add(changes.slice(1))
  return { staging, folder }
}

const ahead = (staging: Staging): Arriving[] => [...takenAhead(aheadHere(), staging, { group: group.toString('hex'), checkpoint })]

const registers = tableList.flatMap((table) => [tombstone, 'of a newer version', ...table.registers.map((one) => one.name)].map((register) => ({ table: table.name as string, register })))
const cell = fc.oneof(fc.constantFrom(null, true, 0, -1, 2.5, 1e-7, '', '荆河街道第3项', 'e\u0301', '2026-06', { progress: '已签约', target: 8.5 }, ['甲', '乙'], '\ud83d\ude00'), fc.string({ maxLength: 20 }))
const op = fc.record({
  place: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...registers) }, { weight: 1, arbitrary: fc.record({ table: fc.constantFrom('later', '__proto__'), register: fc.constantFrom('a', 'b', 'toString') }) }),
  row: fc.constantFrom('R1', '督', '0197c0de-0000-7000-8000-0000000000a1', '0197c0de-0000-7000-8000-0000000000a2'),
  cells: fc.array(cell, { maxLength: 12 }), deleted: fc.boolean(),
  pred: fc.array(fc.constantFrom('a', 'b', 'c').map((digit) => digit.repeat(64)), { maxLength: 2 }),
})
const body = fc.record({ ops: fc.uniqueArray(op, { maxLength: 12, selector: ({ place, row }) => `${place.table} ${place.register} ${row}` }), note: fc.option(fc.string({ maxLength: 9 }), { nil: undefined }), parts: fc.nat(3) })

type Drawn = { readonly ops: readonly { readonly place: { readonly table: string; readonly register: string }; readonly row: string; readonly cells: readonly unknown[]; readonly deleted: boolean; readonly pred: readonly string[] }[]; readonly note: string | undefined; readonly parts: number }

function bytesOf({ ops, note, parts }: Drawn): Buffer {
  const texts = ops.map(({ place: { table, register }, row, cells, deleted, pred }) => {
    const columns = tableList.find((one) => one.name === table)?.registers.find((one) => one.name === register)?.columns ?? [{ name: 'x' }, { name: 'y' }]
    const value = register === tombstone ? { deleted } : Object.fromEntries(columns.flatMap(({ name }, at) => (at < cells.length ? [[name, cells[at]]] : [])))
    return opText(table, row, register, canonical(wellFormed(value)), pred)
  })
  return Buffer.from(bodyText({ action: 'a1', kind: 'test.write', ...(note === undefined ? {} : { note: note.toWellFormed() }), part: 1, parts }, texts), 'utf8')
}
const wellFormed = (value: unknown): unknown => JSON.parse(JSON.stringify(value), (_, item: unknown) => (typeof item === 'string' ? item.toWellFormed() : item)) as unknown

describe('blocks', () => {
  test('whatever a body says comes over as it is made here: rows, cells, what they replace, removals, registers of newer versions', () => {
    fc.assert(fc.property(fc.array(fc.option(body, { freq: 8 }), { minLength: 1, maxLength: 5 }), (bodies) => {
      const changes = bodies.map((one, at) => changeOf(at + 1, one && bytesOf(one)))
      const { staging } = staged(changes)
      const arrived = ahead(staging)
      staging.close()
      expect(arrived).toHaveLength(changes.length)
      for (const [at, { ready, ...change }] of arrived.entries()) {
        expect(change).toEqual(changes[at])
        const own = rowsOf(changes[at]!)
        expect(ready!.packed && unpack(ready!.packed)).toEqual(change.body)
        expect(ready!.body && { ...ready!.body, rows: ready!.body.rows.map((row) => ({ ...row, words: null })) }).toEqual(own)
        for (const { shape, cells, words } of ready!.body?.rows ?? []) expect(words).toBe(shape.table === 'report' && shape.registers.includes('content') ? reportWords(cells) : null)
      }
    }), { numRuns: 300 })
  })

  test('rows are what the ops say: each register once, with what it replaces and what a table keeps of it', () => {
    fc.assert(fc.property(body, (drawn) => {
      const change = changeOf(1, bytesOf(drawn))
      const { ops } = parseBody(change.body!)
      const rows = rowsOf(change)!.rows
      const said = rows.flatMap(({ shape, id, preds, deleted, cells }) => shape.registers.map((register, at) => {
        const known = registerNamed(shape.table, register)
        return { table: shape.table, row: id, register, pred: preds?.[at] ?? [], kept: known ? cellsOf(known, cells) : register === tombstone && deleted }
      }))
      expect(said).toEqual(ops.map(({ value, ...one }) => {
        const known = registerNamed(one.table, one.register)
        return { ...one, kept: known ? decode(known, value) : one.register === tombstone && value['deleted'] === true }
      }))
      for (const { shape, cells } of rows) expect(cells.filter((_, place) => !shape.known.registers.some((register) => register?.at.includes(place))).every((one) => one === null)).toBe(true)
    }), { numRuns: 300 })
  })

  test('many blocks come in their order, each change with its own body', () => {
    const changes = Array.from({ length: 40 }, (_, at) => changeOf(at + 1, bytesOf({ note: `第${at}次`.repeat(at), parts: 0, ops: Array.from({ length: 900 }, (_row, row) => ({ place: { table: 'report', register: 'content' }, row: `${at}-${row}`, cells: ['x'.repeat(40)], deleted: false, pred: [] })) })))
    const { staging } = staged(changes)
    const file = staging.file()
    expect(file.blocks.length).toBeGreaterThan(3)
    const arrived = ahead(staging)
    staging.close()
    expect(arrived.map((one) => one.seq)).toEqual(changes.map((one) => one.seq))
    for (const [at, { ready }] of arrived.entries()) {
      expect(ready!.body!.note).toBe(at === 0 ? '' : `第${at}次`.repeat(at))
      expect(unpack(ready!.packed!).equals(changes[at]!.body!)).toBe(true)
    }
  })

  test('a wrong id, a wrong body and a body that is none are refused, in the words of the log', () => {
    const good = changeOf(1, bytesOf({ ops: [], note: undefined, parts: 1 }))
    const wrong: [Change, unknown][] = [
      [{ ...good, wall: 5 }, { part: 'change' }], [{ ...good, body: Buffer.from(good.body!.toString().replace('"parts":1', '"parts":2')) }, { part: 'body' }], [changeOf(2, Buffer.from('{"ops":[]}')), { part: 'body' }],
    ]
    for (const [change, params] of wrong) {
      const { staging } = staged([good, change])
      expect(() => ahead(staging)).toThrow(expect.objectContaining({ code: 'DATA_DAMAGED', params }))
      staging.close()
    }
  })

  test('a body that is none is refused at once, also where it would wait for what comes before it', async () => {
    const { folder: { store } } = await firstOffice('甲机')
    const own = Buffer.from(store.identity.group, 'hex')
    const head = { ...changeOf(5, Buffer.from('{"ops":[]}')), origin: Buffer.alloc(16, 8) }
    const change: Change = { ...head, id: changeId(own, head) }
    const { staging } = staged([change])
    const arriving = [() => staging.changes(), () => takenAhead(aheadHere(), staging, { group: store.identity.group, checkpoint })]
    for (const changes of arriving) expect(() => store.log.take(changes(), { from: 'package' })).toThrow(expect.objectContaining({ code: 'DATA_DAMAGED', params: { part: 'body' } }))
    expect(store.parked.count()).toBe(0)
    staging.close()
    store.close()
  })

  test('staged changes that are gone are a trouble of the disk', () => {
    const { staging, folder } = staged([changeOf(1, null)])
    staging.file()
    rmSync(join(folder, 'changes.part'))
    expect(() => ahead(staging)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^DISK_/) as string }))
  })
})

/** The dump as its hash: it is long. */
const everything = ({ folder: { store } }: Office): unknown => ({ dump: sha256([...store.dump()].join('')).toString('hex'), digest: store.digest(), tips: store.log.tips(), parked: store.parked.count(), packages: store.exchange.packages('in', 9).length })

function fill({ folder: { store } }: Office, rows: number): void {
  store.write({ kind: 'bulletins.import', author }, (tx) => {
    for (let at = 0; at < rows; at++) tx.put('report', tx.newId(), 'content', reportValue(`第${at}项`))
    for (let at = 0; at < 20; at++) tx.put('unit', `单位${at}`, 'identity', unitValue(`单位${at}`))
  })
  store.write({ kind: 'units.save', author }, (tx) => tx.remove('unit', '单位3'))
}

/** The last change says what the first one says. */
function tamper({ folder: { dir, key } }: Office): void {
  const db = openDatabase(join(dir, 'dutydesk.db'), key)
  db.exec('UPDATE change SET body = (SELECT body FROM change WHERE n = 1) WHERE n = (SELECT max(n) FROM change)')
  db.close()
}

describe('in two threads', () => {
  type Given = { readonly from?: number; readonly onReport?: (step: string) => void; readonly signal?: AbortSignal; readonly entry?: URL; readonly graceMs?: number }
  type Received = { readonly new: number; readonly dryRun: boolean }
  /** As start.ts does it; a package of `from` bytes is large enough. */
  function inThreads<T = Received>(office: Office, task: Task, { from = 0, onReport = () => {}, signal = new AbortController().signal, entry, graceMs }: Given = {}): Promise<Result<T>> {
    const { env, account } = contextOf(office)
    const control: JobControl = { signal, report: ({ step }) => onReport(step ?? '') }
    const world = { door: env.door, version: env.version, dataDir: env.dataDir, machine: env.machine, machineParts: env.machineParts!, today: env.today() }
    return runExchange<T>({ key: office.folder.key, world, account, task }, control, { timeMs: null, memoryMb: 512, now: env.now(), ...(graceMs === undefined ? {} : { graceMs }) }, entry, from)
  }
  const receiving = (path: string, dryRun = false): Task => ({ name: 'receive', path, place: 'stick', dryRun })
  const no = new URL('../../../host/ahead-worker.ts', import.meta.url)
  const asked = err('DATA_DAMAGED', { part: 'asked the helper' })

  test('the same state as in one; a dry run and a cancelled import leave nothing; again, nothing is new', async () => {
    const a = await firstOffice('甲机')
    const b = await nextOffice(a, '乙机')
    fill(a, 9_000)
    const path = await put(a)
    const c = copyOf(b, '乙机', false)
    expect(await inThreads(c, receiving(path), { from: Infinity })).toMatchObject({ ok: true })
    const before = everything(b)
    const dry = await inThreads(b, receiving(path, true))
    expect(dry).toMatchObject({ ok: true, value: { dryRun: true, rows: { report: 9_000 } } })
    expect(everything(b)).toEqual(before)
    const abort = new AbortController()
    expect(await inThreads(b, receiving(path), { signal: abort.signal, onReport: (step) => void (step === 'exchange.applying' && abort.abort()) })).toEqual(err('CANCELLED'))
    expect(everything(b)).toEqual(before)
    expect(await inThreads(b, receiving(path))).toEqual(ok(expect.objectContaining({ new: (dry as { value: Received }).value.new, parked: 0 })))
    expect(everything(b)).toEqual(everything(c))
    expect(b.folder.store.verify()).toEqual({ ok: true, problems: [] })
    expect(await inThreads(b, receiving(path))).toEqual(ok(expect.objectContaining({ new: 0, again: true })))
  })

  test('what the other thread finds damaged is refused, nothing stays, and the next package comes in', async () => {
    const a = await firstOffice('甲机')
    const b = await nextOffice(a, '乙机')
    fill(a, 300)
    const good = await put(a)
    // A program gone wrong signs a lane whose body is not what its change says.
    a.folder.store.write({ kind: 'units.save', author }, (tx) => tx.put('unit', 'u9', 'identity', unitValue('坏单位')))
    tamper(a)
    const bad = await sendAll(a, b)
    const before = everything(b)
    expect(await inThreads(b, receiving(bad))).toEqual(err('DATA_DAMAGED', { part: 'body' }))
    expect(everything(b)).toEqual(before)
    expect(await inThreads(b, receiving(good))).toMatchObject({ ok: true, value: { parked: 0, rows: { report: 300 } } })
    // Also where the change is here already, as it was.
    a.folder.store.write({ kind: 'units.save', author }, (tx) => tx.put('unit', 'u9', 'identity', unitValue('好单位')))
    const c = copyOf(a, '丙机', false)
    tamper(c)
    const again = await sendAll(c, a)
    const here = everything(a)
    for (const from of [0, Infinity]) expect(await inThreads(a, receiving(again), { from })).toEqual(err('DATA_DAMAGED', { part: 'body' }))
    expect(everything(a)).toEqual(here)
  })

  test('the other thread is asked for a large package, not for a small one, and never for what is here already', async () => {
    const a = await firstOffice('甲机')
    const b = await nextOffice(a, '乙机')
    fill(a, 100)
    const path = await put(a)
    const before = everything(b)
    for (const dryRun of [true, false]) expect(await inThreads(b, receiving(path, dryRun), { entry: no })).toEqual(asked)
    expect(everything(b)).toEqual(before)
    expect(await inThreads(b, receiving(path), { entry: no, from: statSync(path).size + 1 })).toMatchObject({ ok: true })
    expect(await inThreads(b, receiving(path), { entry: no, from: statSync(path).size })).toMatchObject({ ok: true, value: { new: 0, again: true } })
    a.folder.store.write({ kind: 'units.save', author }, (tx) => tx.put('unit', 'u9', 'identity', unitValue('新单位')))
    const orders: number[] = []
    const spied = aheadHere()
    const { env, folder: { store } } = b
    const member = membership(store.local, store.identity)
    const report = await receive({
      env, store, member, path: await put(a), place: 'stick', dryRun: false, trust: () => trustOf(store.exchange, member.card),
      ahead: { ...spied, order: (order) => void (orders.push([...readBlocks(order.staged)].flatMap((block) => [...changesIn(block)]).length), spied.order(order)) },
    })
    expect([orders, report.new, report.duplicate]).toEqual([[1], 1, store.log.mark() - 1 - 1])
    expect(store.read((db) => db.get('SELECT name FROM unit WHERE id = ?', ['u9']))).toEqual({ name: '新单位' })
    expect(store.digest()['shared']).toBe(a.folder.store.digest()['shared'])
  })

  test('for a join and a recovery as well', async () => {
    const a = await firstOffice('甲机')
    fill(a, 100)
    const [b, c] = [await applicant('乙机'), await applicant('丙机')]
    const [from, answer, saved] = ['join.req', 'join.dspk', 'backup.dspk'].map((name) => join(tempDir(), name)) as [string, string, string]
    const { store } = b.folder
    writeFileSync(from, makeRequest(readDeviceKeys(store.local)!, { name: '乙机', origins: [store.identity.origin], app: '0', made: a.env.now() }))
    unwrap(await enrol({ name: 'enrol', from: { path: from, place: 'stick' }, scope: undefined, target: answer, place: 'stick' }, workOf(a)))
    unwrap(await backup({ name: 'backup', target: saved, place: 'disk' }, workOf(a)))
    const tasks: [Office, Task][] = [[b, { name: 'join', path: answer, place: 'stick' }], [c, { name: 'recover', path: saved, place: 'disk', escrowKey: a.escrow! }]]
    for (const [office, task] of tasks) {
      const before = everything(office)
      expect(await inThreads(office, task, { entry: no })).toEqual(asked)
      expect(everything(office)).toEqual(before)
      expect(await inThreads(office, task)).toMatchObject({ ok: true })
      expect(office.folder.store.read((db) => db.get('SELECT count(*) AS n FROM report'))).toEqual({ n: 100 })
      expect(office.folder.store.verify().problems).toEqual([])
    }
  })

  test('who waits for the other thread is cancelled all the same, and the folder is free', async () => {
    const a = await firstOffice('甲机')
    const b = await nextOffice(a, '乙机')
    fill(a, 100)
    const path = await put(a)
    const before = everything(b)
    const abort = new AbortController()
    vi.stubEnv('DUTYDESK_HELPER', 'deaf')
    // Nobody ends the thread from outside here.
    expect(await inThreads(b, receiving(path), { entry: no, graceMs: 3_600_000, signal: abort.signal, onReport: (step) => void (step === 'the helper is asked' && abort.abort()) })).toEqual(err('CANCELLED'))
    expect(everything(b)).toEqual(before)
    expect(await inThreads(b, receiving(path))).toMatchObject({ ok: true })
  })
})
