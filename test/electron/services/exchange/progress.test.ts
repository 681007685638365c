/** Scans are the bulk of a package: while they are checked the person sees that it goes on. */
import { createHash } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { receivePackage } from '../../../../electron/services/exchange/use-cases.ts'
import { unwrap } from '../../../../shared/result.ts'
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
