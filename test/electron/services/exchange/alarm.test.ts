/** Same changes and another state: the alarm stands until a comparison went well, and the diagnostic files of the two machines name the row. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { diagnose, diagnosisOf } from '../../../../electron/services/exchange/diagnosis.ts'
import { answer, ask } from '../../../../electron/services/exchange/gap-files.ts'
import { receivePackage } from '../../../../electron/services/exchange/use-cases.ts'
import { exchangeStatus } from '../../../../electron/services/exchange/status.ts'
import { makeLogDb } from '../../../../electron/store/log/log-db.ts'
import { rowKey } from '../../../../electron/store/log/row-key.ts'
import { openDatabase } from '../../../../electron/store/open.ts'
import { compareDiagnoses, diagnosisSchema, type Diagnosis } from '../../../../shared/merge/diagnosis.ts'
import { unwrap } from '../../../../shared/result.ts'
import { author, clean, tempDir, unitValue } from '../../../host/store.ts'
import { contextOf, exchangeAll, firstOffice, nextOffice, put, take, workOf, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

const units = ['0198c0de-0000-7000-8000-000000000001', '0198c0de-0000-7000-8000-000000000002'] as const
let [a, b] = [] as unknown as [Office, Office]

function edit({ folder }: Office, id: string, name: string): void {
  folder.store.write({ kind: 'units.save', author }, (tx) => tx.put('unit', id, 'identity', unitValue(name)))
}
/** As a merge would leave it that forgets what was replaced: an old write counts again. */
function breakMerge({ folder }: Office): void {
  const db = openDatabase(join(folder.dir, 'dutydesk.db'), folder.key)
  try {
    const log = makeLogDb(db)
    for (const { reg, n } of log.writesOf(rowKey(units[1]))) log.revive(rowKey(units[1]), reg, n)
    log.sums.flush()
  } finally {
    db.close()
  }
}
const takeIn = async (office: Office, path: string, dryRun = false) => unwrap(await receivePackage({ name: 'receive', path, place: 'stick', dryRun }, workOf(office)))
const alarms = (office: Office) => unwrap(exchangeStatus(contextOf(office))).alarms
async function fileOf(office: Office, scopes: readonly string[] = []): Promise<{ readonly text: string; readonly read: Diagnosis }> {
  const target = join(tempDir(), 'diagnosis.json')
  unwrap(await diagnose({ name: 'diagnose', target, place: 'stick', scopes }, workOf(office)))
  const text = readFileSync(target, 'utf8')
  return { text, read: diagnosisSchema.parse(JSON.parse(text)) }
}

beforeEach(async () => {
  a = await firstOffice('甲机')
  b = await nextOffice(a, '乙机')
  edit(a, units[0], '荆河街道')
  for (const name of ['龙泉街道', '龙泉街道办', '龙泉街道办事处']) edit(a, units[1], name)
  await take(b, await put(a))
  await exchangeAll([a, b])
})

describe('the alarm', () => {
  test('rings where the changes are the same, and stands until a package was found equal', async () => {
    expect(alarms(b)).toEqual([])
    breakMerge(b)
    expect((await takeIn(b, await put(a), true)).differs).toEqual(['shared'])
    expect(alarms(b)).toEqual([])
    expect((await takeIn(b, await put(a))).differs).toEqual(['shared'])
    expect(alarms(b)).toMatchObject([{ name: '甲机', scopes: ['shared'] }])
    // Something new of our own: the next package is not compared, and says nothing about the state.
    edit(b, units[0], '荆河街道办')
    expect((await takeIn(b, await put(a))).differs).toEqual([])
    expect(alarms(b)).toHaveLength(1)
    b.folder.store.rebuildProjection()
    await takeIn(a, await put(b))
    expect((await takeIn(b, await put(a))).differs).toEqual([])
    expect([alarms(a), alarms(b)]).toEqual([[], []])
  })

  test('stands with the import itself: a program that ends right behind it has not lost it, and a dry run leaves none', async () => {
    breakMerge(b)
    const file = await put(a)
    await take(b, file, true)
    expect(alarms(b)).toEqual([])
    await take(b, file)
    expect(alarms(b)).toMatchObject([{ name: '甲机', scopes: ['shared'] }])
  })

  test('the partner hears of it with our next package', async () => {
    breakMerge(b)
    expect((await takeIn(a, await put(b))).differs).toEqual(['shared'])
    expect(alarms(a)).toMatchObject([{ name: '乙机', scopes: ['shared'] }])
  })
})

describe('the diagnostic file', () => {
  test('two of two machines name the row in which they differ, in the scopes of the alarm', async () => {
    breakMerge(b)
    await takeIn(b, await put(a))
    const [ours, theirs] = [await fileOf(b), await fileOf(a, ['shared'])]
    expect(ours.read.scopes.map((one) => one.scope)).toEqual(['shared'])
    expect(compareDiagnoses(ours.read, theirs.read)).toEqual({
      sameGroup: true, sameVersions: true, onlyInOne: [],
      scopes: [{ scope: 'shared', vectors: 'same', digests: 'different', tables: ['unit'], rows: [['unit', units[1]]], notListed: 0 }],
    })
    expect(ours.read.scopes[0]!.digest).toBe(b.folder.store.digest()['shared'])
    expect(ours.read.scopes[0]!.rows[0]!.slice(0, 2)).toEqual(['unit', units[1]])
  })

  test('without an alarm it covers every scope, and two equal machines have nothing to tell', async () => {
    const [ours, theirs] = [await fileOf(a), await fileOf(b)]
    expect(ours.read.scopes.map((one) => one.scope).sort()).toEqual(Object.keys(a.folder.store.digest()).sort())
    const told = compareDiagnoses(ours.read, theirs.read)
    expect(told.scopes.filter((one) => one.digests === 'different' || one.vectors === 'different' || one.tables.length + one.rows.length > 0)).toEqual([])
  })

  test('holds ids and hashes, no name and no text', async () => {
    const { text } = await fileOf(a)
    expect(text).not.toMatch(/\p{Script=Han}/u)
    for (const secret of ['甲机', '街道']) expect(text).not.toContain(secret)
  })

  test('a cancel leaves no file', async () => {
    const target = join(tempDir(), 'diagnosis.json')
    const stop = { report: () => {}, checkpoint: () => { throw new Error('CANCELLED') }, noReturn: () => {} }
    await expect(diagnose({ name: 'diagnose', target, place: 'stick', scopes: [] }, workOf(a, stop))).rejects.toThrow('CANCELLED')
    expect(() => readFileSync(target)).toThrow('ENOENT')
  })

  test('what is cut for room is counted, and only rows that both list are compared', () => {
    const made = diagnosisOf(workOf(a), ['none'])
    const scope = (rows: [string, string, string][], left: number): Diagnosis => ({ ...made, scopes: [{ scope: 'x', vector: [], parked: 0, digest: null, tables: {}, rows, left }] })
    const told = compareDiagnoses(scope([['unit', '1', 'aa'], ['unit', '2', 'aa']], 5), scope([['unit', '2', 'bb'], ['unit', '3', 'aa']], 0))
    expect(told.scopes[0]).toMatchObject({ rows: [['unit', '2']], notListed: 5 })
    expect(compareDiagnoses(scope([['unit', '1', 'aa']], 0), scope([], 0)).scopes[0]!.rows).toEqual([['unit', '1']])
  })
})

describe('a clock that is ten days ahead', () => {
  const day = 24 * 60 * 60 * 1000
  const clocks = (office: Office) => unwrap(exchangeStatus(contextOf(office))).partners.map((one) => [one.name, one.clockAhead === null ? null : Math.round(one.clockAhead / day)]).sort()

  test('is told at the office, a right one is not; nothing is refused', async () => {
    const c = await nextOffice(a, '丙机', 10 * day)
    await take(c, await put(a))
    edit(c, units[0], '荆河街道丙')
    const file = await put(c)
    expect((await takeIn(a, file)).new).toBe(2)
    expect(clocks(a)).toEqual([['丙机', 10], ['乙机', null]])
    a.env.clock += 20 * day
    expect((await takeIn(a, file)).again).toBe(true)
    expect(clocks(a)).toEqual([['丙机', 10], ['乙机', null]])
  })

  test('or four years, beyond its certificate: its packages and requests are taken all the same; a certificate that ran out is refused', async () => {
    const c = await nextOffice(a, '丙机')
    await take(c, await put(a))
    edit(c, units[0], '荆河街道丙')
    const [file, request, reply] = [await put(c), join(tempDir(), 'gap.req'), join(tempDir(), 'answer.dspk')]
    c.env.clock += 1461 * day
    expect((await takeIn(a, await put(c))).new).toBe(2)
    expect(clocks(a)).toEqual([['丙机', 1461], ['乙机', null]])
    c.folder.store.write({ kind: 'letters.reply', author }, (tx) => tx.put('attachment', tx.newId(), 'fact', { ownerId: tx.newId(), fileName: 'x.png', mime: 'image/png', size: 1, sha256: 'a'.repeat(64) }))
    unwrap(await ask({ out: request }, contextOf(c)))
    expect(await answer({ name: 'answer', from: { path: request, place: 'stick' }, target: reply, place: 'stick' }, workOf(a))).toMatchObject({ ok: false, error: { code: 'GAP_NOT_HERE' } })
    // Four years later here too: then it is true. What was made in time still comes in.
    a.env.clock += 1461 * day
    await expect(take(a, await put(c))).rejects.toMatchObject({ code: 'PACKAGE_EXPIRED' })
    expect((await takeIn(a, file)).new).toBe(0)
  })

  test('is told of the machine that wrote, though all comes through another one; who was dragged along is not blamed, and a clock that was put right is right again', async () => {
    const [c, d] = [await nextOffice(a, '丙机', 10 * day), await nextOffice(a, '丁机')]
    for (const office of [c, d]) await take(office, await put(a))
    const relay = async (...writers: readonly Office[]): Promise<string> => {
      for (const office of writers) await take(d, await put(office))
      return put(d)
    }
    edit(c, units[0], '荆河街道丙')
    // Its stamps go ahead by a day then, its clock is right but for a minute.
    b.env.clock = a.env.clock + 60_000
    await take(b, await put(c))
    edit(b, units[0], '荆河街道乙')
    const relayed = await relay(b, c)
    await takeIn(a, relayed, true)
    expect(clocks(a)).toEqual([['丁机', null], ['丙机', null], ['乙机', null]])
    await takeIn(a, relayed)
    expect(clocks(a)).toEqual([['丁机', null], ['丙机', 10], ['乙机', null]])
    // Weeks later a package without a word of that machine says nothing new.
    for (const office of [a, b, d]) office.env.clock += 20 * day
    edit(b, units[1], '龙泉街道丁')
    await takeIn(a, await relay(b))
    expect(clocks(a)).toEqual([['丁机', null], ['丙机', 10], ['乙机', null]])
    c.env.clock = a.env.clock
    edit(c, units[1], '龙泉街道丙')
    await takeIn(a, await relay(c))
    expect(clocks(a)).toEqual([['丁机', null], ['丙机', null], ['乙机', null]])
  })
})
