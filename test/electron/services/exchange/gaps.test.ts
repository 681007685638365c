/** What is missing is asked for by a file and answered with exactly that; what is lost for good is given up, and may come after all. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { acknowledgeGap, answer, ask } from '../../../../electron/services/exchange/gap-files.ts'
import { packVector } from '../../../../electron/services/exchange/format/packed-vector.ts'
import { membership } from '../../../../electron/services/exchange/keys/key-store.ts'
import { rowById } from '../../../../electron/store/rows.ts'
import { exchangeStatus } from '../../../../electron/services/exchange/status.ts'
import { author, clean, tempDir, unitValue } from '../../../host/store.ts'
import { contextOf, copyOf, exchangeAll, firstOffice, nextOffice, put, take, workOf, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

const day = 24 * 60 * 60 * 1000
const row = '01920000-0000-7000-8000-00000000aaaa'
const edit = ({ folder }: Office, name: string): void => folder.store.write({ kind: 'units.save', author }, (tx) => tx.put('unit', row, 'identity', unitValue(name), row))
const nameOf = ({ folder }: Office): string | null | undefined => folder.store.read((db) => rowById(db, 'unit', row))?.name
const deviceOf = ({ folder: { store } }: Office): string => membership(store.local, store.identity).keys.device

/** a wrote one, two and three; b and c got only three. */
async function apart(): Promise<[Office, Office, Office]> {
  const a = await firstOffice('甲机')
  const [b, c] = [await nextOffice(a, '乙机'), await nextOffice(a, '丙机')]
  const first = await put(a)
  for (const office of [b, c]) await take(office, first)
  edit(a, '一')
  edit(a, '二')
  for (const office of [b, c]) a.folder.store.exchange.setPeer({ device: deviceOf(office), origin: office.folder.store.identity.origin, vector: JSON.stringify(packVector(a.folder.store.log.tips())), seen: 1, package: 'x' })
  a.env.clock += 60 * day
  edit(a, '三')
  const last = await put(a, false)
  for (const office of [b, c]) expect(await take(office, last)).toMatchObject({ parked: 1, gaps: [{ from: 1, to: 2, machine: '甲机' }] })
  return [a, b, c]
}

describe('a gap', () => {
  test('is asked for, and answered with the missing numbers alone', async () => {
    const [a, b, c] = await apart()
    const [request, reply] = [join(tempDir(), 'gap.req'), join(tempDir(), 'answer.dspk')]
    expect(unwrap(await ask({ out: request }, contextOf(b))).gaps).toMatchObject([{ from: 1, to: 2 }])
    expect(await answer({ name: 'answer', from: { path: request, place: 'stick' }, target: reply, place: 'stick' }, workOf(c))).toMatchObject({ ok: false, error: { code: 'GAP_NOT_HERE' } })
    expect(unwrap(await answer({ name: 'answer', from: { path: request, place: 'stick' }, target: reply, place: 'stick' }, workOf(a)))).toMatchObject({ changes: 2, recipients: [deviceOf(b)] })
    expect(await take(b, reply)).toMatchObject({ new: 3, parked: 0, gaps: [] })
    expect(nameOf(b)).toBe('三')
    expect(await ask({ out: request }, contextOf(b))).toMatchObject({ ok: false, error: { code: 'GAP_NONE' } })
    expect(b.folder.store.verify()).toEqual({ ok: true, problems: [] })
  })

  test('at the very beginning of a later epoch names its machine too: the signatures that came tell it', async () => {
    const a = await firstOffice('甲机')
    const b = await nextOffice(a, '乙机')
    await take(b, await put(a))
    const later = copyOf(a, '甲机')
    expect(later.folder.store.identity.origin).not.toBe(a.folder.store.identity.origin)
    edit(later, '一')
    const { store } = later.folder
    store.exchange.setPeer({ device: deviceOf(b), origin: b.folder.store.identity.origin, vector: JSON.stringify(packVector(store.log.tips())), seen: 1, package: 'x' })
    later.env.clock += 60 * day
    edit(later, '二')
    expect(await take(b, await put(later, false))).toMatchObject({ parked: 1, gaps: [{ origin: store.identity.origin, from: 1, to: 1, machine: '甲机' }] })
  })

  test('request: a flipped byte, an oversized file and a stranger’s hand are refused', async () => {
    const [a, b] = await apart()
    const request = join(tempDir(), 'gap.req')
    unwrap(await ask({ out: request }, contextOf(b)))
    const bad = join(tempDir(), 'bad.req')
    const { readFileSync } = await import('node:fs')
    const text = readFileSync(request, 'utf8')
    for (const [broken, code] of [[text.replace('"to":2', '"to":3'), 'REQUEST_DAMAGED'], ['x'.repeat(2 * 1024 * 1024), 'REQUEST_DAMAGED'], [text.replace('乙机', '丁机'), 'PACKAGE_UNKNOWN_SIGNER']] as const) {
      writeFileSync(bad, broken)
      await expect(answer({ name: 'answer', from: { path: bad, place: 'stick' }, target: join(tempDir(), 'x.dspk'), place: 'stick' }, workOf(a))).rejects.toMatchObject({ code })
    }
  })

  test('that is given up lets what waits in, everywhere; if it comes after all, all end equal', async () => {
    const [a, b, c] = await apart()
    const before = unwrap(exchangeStatus(contextOf(b))).gaps[0]!.before
    expect(unwrap(acknowledgeGap({ before, reason: '原机器硬盘损坏' }, contextOf(b)))).toEqual({ released: 1, parked: 0 })
    expect([nameOf(b), unwrap(exchangeStatus(contextOf(b))).gaps]).toEqual(['三', []])
    expect(acknowledgeGap({ before, reason: '再来一次' }, contextOf(b))).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect(b.folder.store.verify()).toEqual({ ok: true, problems: [] })
    // The other one learns of it with the next package.
    expect(await take(c, await put(b))).toMatchObject({ parked: 0, gaps: [] })
    expect(nameOf(c)).toBe('三')
    await exchangeAll([a, b, c])
    for (const office of [b, c]) {
      expect(office.folder.store.digest()).toEqual(a.folder.store.digest())
      expect([...office.folder.store.log.tips()].sort((x, y) => (x.head < y.head ? -1 : 1))).toEqual([...a.folder.store.log.tips()].sort((x, y) => (x.head < y.head ? -1 : 1)))
      expect(office.folder.store.verify()).toEqual({ ok: true, problems: [] })
    }
  })
})

test('a machine that was put back gets what it lacks, though our clock was years ahead when it told last what it had', async () => {
  const a = await firstOffice('甲机')
  const b = await nextOffice(a, '乙机')
  await take(b, await put(a))
  const back = copyOf(b, '乙机')
  edit(a, '一')
  await take(b, await put(a))
  const right = a.env.clock
  a.env.clock += 1461 * day
  await take(a, await put(b))
  // Put right; and what was written is older than what is sent again in any case.
  for (const { env } of [a, back]) env.clock = right + 60 * day
  await take(a, await put(back))
  await take(back, await put(a, false))
  expect([nameOf(back), back.folder.store.parked.count()]).toEqual(['一', 0])
})

test('an attachment that has not come is no problem of verify, is asked for, and comes', async () => {
  const a = await firstOffice('甲机')
  const b = await nextOffice(a, '乙机')
  const bytes = Buffer.from('template')
  const { createHash } = await import('node:crypto')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  a.folder.store.write({ kind: 'templates.add', author }, (tx) => {
    const value = { type: 'reminder', version: 1, fileName: '模板.docx', sha256, note: null, addedOn: 1, addedBy: author }
    tx.put('template', tx.newId(), 'file', value)
    tx.put('bulletin', tx.newId(), 'file', {
      kind: 'air', period: '2026-06', sender: '某局', title: null, fileName: '通报.xlsx', sha256: null, bytes: 1, accepted: 1, skipped: 0, refused: 0, refusedRows: [], errorsSha256: a.folder.store.blobs.put(Buffer.from('marked copy')),
      headerRows: [], warnings: [], correctionOf: null, importedOn: 1, importedBy: author,
    })
  })
  // The office itself has lost the template's file: the row goes, the marked copy of the workbook comes along.
  expect(await take(b, await put(a))).toMatchObject({ blobs: 1 })
  expect(b.folder.store.verify()).toEqual({ ok: true, problems: [] })
  expect(a.folder.store.verify().ok).toBe(false)
  expect(unwrap(exchangeStatus(contextOf(b))).blobsMissing).toBe(1)
  a.folder.store.blobs.put(bytes)
  const [request, reply] = [join(tempDir(), 'gap.req'), join(tempDir(), 'answer.dspk')]
  unwrap(await ask({ out: request }, contextOf(b)))
  expect(unwrap(await answer({ name: 'answer', from: { path: request, place: 'stick' }, target: reply, place: 'stick' }, workOf(a)))).toMatchObject({ changes: 0, blobs: 1 })
  await take(b, reply)
  expect(Buffer.from(b.folder.store.blobs.get(sha256)).equals(bytes)).toBe(true)
})
