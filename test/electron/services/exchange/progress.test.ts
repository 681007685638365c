/** While much is checked and written the person sees that it goes on, and may cancel. */
import { createHash } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { receivePackage } from '../../../../electron/services/exchange/use-cases.ts'
import { Refusal, unwrap } from '../../../../shared/result.ts'
import { seededRandom } from '../../../host/seeded.ts'
import { author, clean } from '../../../host/store.ts'
import { firstOffice, nextOffice, put, workOf } from '../../../host/exchange-office.ts'

afterEach(clean)

test('the checking of large attachments is told as it goes, never backwards', async () => {
  const a = await firstOffice('甲机')
  const b = await nextOffice(a, '乙机')
  const scan = seededRandom('scan')(6 * 1024 * 1024)
  const sha256 = createHash('sha256').update(scan).digest('hex')
  a.folder.store.blobs.put(scan)
  a.folder.store.write({ kind: 'letters.reply', author }, (tx) => tx.put('attachment', tx.newId(), 'fact', { ownerId: tx.newId(), fileName: '扫描.pdf', mime: 'application/pdf', size: scan.length, sha256 }))
  const path = await put(a)
  const told: number[] = []
  const control = { report: ({ step, fraction }: { step?: string; fraction?: number | null }) => void (step === 'exchange.checking' && typeof fraction === 'number' && told.push(fraction)), checkpoint: () => {} }
  unwrap(await receivePackage({ name: 'receive', path, place: 'stick', dryRun: false }, workOf(b, control)))
  expect(told.length).toBeGreaterThan(6)
  expect(told).toEqual(told.toSorted((x, y) => x - y))
  expect([told[0]! >= 0.3, told.at(-1)! <= 0.5, b.folder.store.blobs.has(sha256)]).toEqual([true, true, true])
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
  const receiving = (): Promise<unknown> => receivePackage({ name: 'receive', path, place: 'stick', dryRun: false }, workOf(b, { report, checkpoint })).catch((error: unknown) => error)
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
