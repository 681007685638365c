/** Certificates of a root whose clock is years off (exchange.md section 2): nobody is locked out by it, and the last one counts. */
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import type { Certificate } from '../../../../electron/services/exchange/keys/certificate.ts'
import { issueTime, mostByRequestMs } from '../../../../electron/services/exchange/keys/group.ts'
import { membership } from '../../../../electron/services/exchange/keys/key-store.ts'
import { recover } from '../../../../electron/services/exchange/recover.ts'
import { backup, partners } from '../../../../electron/services/exchange/use-cases.ts'
import { clean, tempDir } from '../../../host/store.ts'
import { applicant, enrolByFile, firstOffice, put, take, workOf, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

const year = 365.25 * 24 * 60 * 60 * 1000
const memberOf = ({ folder: { store } }: Office) => membership(store.local, store.identity)
const certificateOf = (office: Office): Certificate => memberOf(office).certificate
const namesOf = (office: Office): string[] => partners(office.folder.store, memberOf(office)).map((one) => one.name).sort()

describe('a certificate', () => {
  test('of a root whose clock is nine years behind is good for everybody else', async () => {
    const root = await firstOffice('甲机', -9 * year)
    const [b, c] = [await applicant('乙机'), await applicant('丙机')]
    await enrolByFile(root, c)
    await enrolByFile(root, b)
    expect(await take(c, await put(b))).toMatchObject({ parked: 0, gaps: [] })
    expect(await take(root, await put(c))).toMatchObject({ parked: 0 })
    expect(certificateOf(b).expires).toBeGreaterThan(b.env.clock + 2.9 * year)
  })

  test('is the newest of its device after the root’s clock was put right, at every machine', async () => {
    const root = await firstOffice('甲机')
    const [b, c] = [await applicant('乙机'), await applicant('丙机')]
    root.env.clock += 2 * year
    await enrolByFile(root, b, '旧名')
    const before = certificateOf(b)
    root.env.clock -= 2 * year
    await enrolByFile(root, c)
    await enrolByFile(root, b, '新名')
    expect(certificateOf(b)).toMatchObject({ name: '新名', issued: before.issued + 1 })
    expect(namesOf(root)).toEqual(['丙机', '新名'])
    await take(c, await put(root))
    expect(namesOf(c)).toContain('新名')
    expect(namesOf(c)).not.toContain('旧名')
  })

  test('asked for by a clock two centuries ahead expires within a person’s working life', async () => {
    const root = await firstOffice('甲机')
    const b = await applicant('乙机', 200 * year)
    await enrolByFile(root, b)
    expect(certificateOf(b).issued - root.env.clock).toBeLessThanOrEqual(mostByRequestMs)
    expect(certificateOf(b).expires).toBeLessThan(root.env.clock + 24 * year)
  })

  test('of a machine that recovers the backup with its clock years behind is good once the clock is right', async () => {
    const root = await firstOffice('甲机', -9 * year)
    // Its own certificate is renewed as everybody’s is, in time.
    for (let times = 1; times <= 4; times++) {
      root.env.clock += (9 / 4) * year
      await enrolByFile(root, root)
    }
    const c = await applicant('丙机')
    await enrolByFile(root, c)
    const file = join(tempDir(), 'backup.dspk')
    unwrap(await backup({ name: 'backup', target: file, place: 'stick' }, workOf(root)))
    const fresh = await applicant('新机', -9 * year)
    unwrap(await recover({ name: 'recover', path: file, place: 'stick', escrowKey: root.escrow! }, workOf(fresh)))
    fresh.env.clock += 9 * year
    expect(await take(c, await put(fresh))).toMatchObject({ parked: 0 })
  })
})

test('the time of issue: the latest of the root’s clock, the request (capped), the group and what the device had', () => {
  const [now, device] = [1_000_000_000_000, 'd']
  const at = (made: number, founded: number, ...had: [string, number][]) => issueTime(now, { card: { issued: founded }, request: { device, made }, known: had.map(([of, issued]) => ({ device: of, issued })) })
  expect(at(now - 5, now - 9)).toBe(now)
  expect(at(now + 5, now - 9)).toBe(now + 5)
  expect(at(now + mostByRequestMs + 1, 0)).toBe(now + mostByRequestMs)
  expect(at(Number.MAX_SAFE_INTEGER, now + 7)).toBe(now + mostByRequestMs)
  expect(at(0, now + 7)).toBe(now + 7)
  expect(at(0, 0, ['d', now + 3], ['d', now + 8], ['other', now + 99])).toBe(now + 9)
  expect(at(now, now, ['d', now])).toBe(now + 1)
  expect(at(0, 0, ['d', now - 2])).toBe(now)
})
