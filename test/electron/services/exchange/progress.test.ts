/** While much is checked and written the person sees that it goes on, and may cancel. */
import { createHash } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { exportPackage, receivePackage } from '../../../../electron/services/exchange/use-cases.ts'
import { Refusal, unwrap } from '../../../../shared/result.ts'
import { seededRandom } from '../../../host/seeded.ts'
import { author, clean, tempDir } from '../../../host/store.ts'
import { firstOffice, nextOffice, put, workOf, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

function scanned({ folder: { store } }: Office): string {
  const scan = seededRandom('scan')(6 * 1024 * 1024)
  const sha256 = createHash('sha256').update(scan).digest('hex')
  store.blobs.put(scan)
  store.write({ kind: 'letters.reply', author }, (tx) => tx.put('attachment', tx.newId(), 'fact', { ownerId: tx.newId(), fileName: '扫描.pdf', mime: 'application/pdf', size: scan.length, sha256 }))
  return sha256
}

test('the checking of large attachments is told as it goes, never backwards', async () => {
  const a = await firstOffice('甲机')
  const b = await nextOffice(a, '乙机')
  const sha256 = scanned(a)
  const path = await put(a)
  const told: number[] = []
  const control = { report: ({ step, fraction }: { step?: string; fraction?: number | null }) => void (step === 'exchange.checking' && typeof fraction === 'number' && told.push(fraction)), checkpoint: () => {}, noReturn: () => {} }
  unwrap(await receivePackage({ name: 'receive', path, place: 'stick', dryRun: false }, workOf(b, control)))
  expect(told).toEqual(told.toSorted((x, y) => x - y))
  // Once for the bytes, once for what they say.
  const [bytes, contents] = [told.filter((one) => one <= 0.3), told.filter((one) => one > 0.3)]
  expect([bytes.length > 3, contents.length > 3]).toEqual([true, true])
  expect([told[0]! > 0.2, told.at(-1)! <= 0.5, b.folder.store.blobs.has(sha256)]).toEqual([true, true, true])
})

test('the writing of a large attachment is told as it goes, and a cancel in the middle of it leaves no file', async () => {
  const a = await firstOffice('甲机')
  scanned(a)
  const folder = tempDir()
  const told: number[] = []
  let cancelAt = Infinity
  const report = ({ step, fraction }: { readonly step?: string; readonly fraction?: number | null }): void => {
    if (step === 'exchange.writing' && fraction! >= 0.6) told.push(fraction!)
  }
  const checkpoint = (): void => {
    if (told.length >= cancelAt) throw new Refusal('CANCELLED')
  }
  const sending = (): Promise<unknown> => exportPackage({ name: 'export', target: join(folder, 'a.dspk'), place: 'stick', to: 'all', full: true }, workOf(a, { report, checkpoint, noReturn: checkpoint }))
  await nextOffice(a, '乙机')
  expect(await sending()).toMatchObject({ ok: true, value: { blobs: 1 } })
  expect(told.length).toBeGreaterThan(6)
  expect(told).toEqual(told.toSorted((x, y) => x - y))
  expect([told[0], told.at(-1)! > 0.79, told.at(-1)! <= 0.8]).toEqual([0.6, true, true])
  rmSync(join(folder, 'a.dspk'))
  for (cancelAt of [1, 4]) {
    told.length = 0
    expect(await sending().catch((error: unknown) => error)).toMatchObject({ code: 'CANCELLED' })
    expect([told.length, readdirSync(folder)]).toEqual([cancelAt, []])
  }
})

test('changes of an import, each of a thousand writes, are told one by one, and so is the index; a cancel at any of these takes everything back', async () => {
  const a = await firstOffice('甲机')
  const b = await nextOffice(a, '乙机')
  a.folder.store.write({ kind: 'bulletins.import', author }, (tx) => {
    for (let at = 0; at < 10_000; at++) tx.put('report', tx.newId(), 'content', { kind: 'tasks', period: '2026-06', unitId: 'u', officialId: null, item: `第${at}项`, figures: {}, remark: null })
  })
  const path = await put(a)
  const before = [b.folder.store.digest(), b.folder.store.log.tips()]
  const told: { readonly done: number; readonly fraction: number }[] = []
  let cancelAt = 15
  const report = ({ step, fraction, counts }: { readonly step?: string; readonly fraction?: number | null; readonly counts?: Readonly<Record<string, number>> }): void => {
    if (step === 'exchange.applying') told.push({ done: counts!['done']!, fraction: fraction! })
  }
  const checkpoint = (): void => {
    if (told.length >= cancelAt) throw new Refusal('CANCELLED')
  }
  const receiving = (): Promise<unknown> => receivePackage({ name: 'receive', path, place: 'stick', dryRun: false }, workOf(b, { report, checkpoint, noReturn: checkpoint })).catch((error: unknown) => error)
  // Backwards: what one leaves behind in memory would still be there when the last one goes through.
  for (; cancelAt > 0; cancelAt--) {
    told.length = 0
    expect(await receiving()).toMatchObject({ code: 'CANCELLED' })
    expect([told.length, b.folder.store.digest(), b.folder.store.log.tips()]).toEqual([cancelAt, ...before])
  }
  told.length = 0
  cancelAt = Infinity
  expect(await receiving()).toMatchObject({ ok: true })
  const changes = new Set(told.map((one) => one.done))
  // Ten of the import; behind the last of them the index (8,000 writes at once), the lists and the words.
  expect([changes.size >= 10, told.filter((one) => one.done === told.at(-1)!.done).length >= 5]).toEqual([true, true])
  expect(told.map((one) => one.fraction)).toEqual(told.map((one) => one.fraction).toSorted((x, y) => x - y))
  expect(b.folder.store.digest()['shared']).toBe(a.folder.store.digest()['shared'])
  expect(b.folder.store.verify()).toEqual({ ok: true, problems: [] })
})
