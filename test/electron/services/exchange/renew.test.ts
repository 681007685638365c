/** Certificates are renewed by the way: a group goes on for decades without anybody’s asking. */
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { revokeDevice, takeRoot } from '../../../../electron/services/exchange/enrol.ts'
import type { Certificate } from '../../../../electron/services/exchange/keys/certificate.ts'
import { certificateMs, renewed } from '../../../../electron/services/exchange/keys/group.ts'
import { membership, storeMembership } from '../../../../electron/services/exchange/keys/key-store.ts'
import { settle } from '../../../../electron/services/exchange/place.ts'
import { renew, renewBeforeMs, takeUp } from '../../../../electron/services/exchange/renew.ts'
import { exportPackage, partners, receivePackage } from '../../../../electron/services/exchange/use-cases.ts'
import { canonical } from '../../../../electron/store/log/canonical.ts'
import { clean, tempDir } from '../../../host/store.ts'
import { applicant, contextOf, enrolByFile, firstOffice, workOf, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

const day = 24 * 60 * 60 * 1000
let [root, b, c] = [] as unknown as [Office, Office, Office]
beforeEach(async () => {
  root = await firstOffice('甲机')
  ;[b, c] = [await applicant('乙机'), await applicant('丙机')]
  for (const one of [b, c]) await enrolByFile(root, one)
})

const certificateOf = ({ folder: { store } }: Office): Certificate => membership(store.local, store.identity).certificate
const pass = (days: number): void => {
  for (const { env } of [root, b, c]) env.clock += days * day
}
/** As the window does it. */
async function send(from: Office): Promise<string> {
  const target = join(tempDir(), 'out.dspk')
  unwrap(await exportPackage({ name: 'export', to: 'all', full: true, target, place: 'stick' }, workOf(from)))
  return target
}
const take = (office: Office, path: string) => receivePackage({ name: 'receive', path, place: 'stick', dryRun: false }, workOf(office))

test('the root renews all, its own too, a year before the end; who hears of it by a relay takes it up at the next log-in', async () => {
  const [before, own] = [certificateOf(c), certificateOf(root)]
  pass((certificateMs - renewBeforeMs) / day - 20)
  unwrap(await take(b, await send(root)))
  expect(certificateOf(root)).toEqual(own)
  pass(21)
  unwrap(await take(b, await send(root)))
  unwrap(await take(c, await send(b)))
  for (const office of [root, b]) expect(certificateOf(office).expires).toBeGreaterThan(office.env.clock + certificateMs - day)
  expect(certificateOf(c)).toEqual(before)
  settle(c.env, c.folder.store)
  expect(certificateOf(c).expires).toBeGreaterThan(before.expires)
  expect(certificateOf(c)).toMatchObject({ device: before.device, sign: before.sign, seal: before.seal, scopes: before.scopes, origins: before.origins })
  pass((certificateMs - renewBeforeMs) / day)
  // Three years and more after the enrolment, and nobody asked for anything.
  expect(c.env.clock).toBeGreaterThan(before.expires)
  expect(unwrap(await take(b, await send(c)))).toMatchObject({ parked: 0 })
  // Once is enough.
  const mark = root.folder.store.log.mark()
  await send(root)
  const first = root.folder.store.log.mark()
  expect(first).toBeGreaterThan(mark)
  await send(root)
  expect(root.folder.store.log.mark()).toBe(first)
})

test('who heard nothing for years is refused, takes the root’s package in, and is in time again', async () => {
  pass(certificateMs / day + 30)
  await expect(take(root, await send(b))).rejects.toThrow('PACKAGE_EXPIRED')
  unwrap(await take(b, await send(root)))
  expect(unwrap(await take(root, await send(b)))).toMatchObject({ parked: 0 })
  // A machine that comes new is let in by a root that was silent as long.
  const d = await applicant('丁机')
  d.env.clock = root.env.clock
  await enrolByFile(root, d)
  expect(unwrap(await take(b, await send(d)))).toMatchObject({ parked: 0 })
})

test('nobody is renewed who was revoked, and what a machine may see is not changed by the way', async () => {
  unwrap(revokeDevice({ device: certificateOf(c).device, reason: '报废' }, contextOf(root)))
  pass(certificateMs / day)
  unwrap(await take(b, await send(root)))
  const { card, rootSeed } = membership(root.folder.store.local, root.folder.store.identity)
  const known = (device: string): number => b.folder.store.exchange.certificates().filter((text) => (JSON.parse(text) as Certificate).device === device).length
  expect([known(certificateOf(c).device), known(certificateOf(b).device)]).toEqual([1, 2])
  const own = certificateOf(b)
  const later = own.issued + 10 * certificateMs
  const narrow = renewed({ ...own, issued: later, scopes: ['unit-x'] }, rootSeed!, later)
  b.folder.store.exchange.addCertificate(narrow.signature, narrow.device, canonical(narrow))
  const forged = renewed({ ...own, issued: later }, Buffer.alloc(32, 7), later)
  b.folder.store.exchange.addCertificate(forged.signature, forged.device, canonical(forged))
  takeUp(b.folder.store)
  expect(certificateOf(b).scopes).toEqual(['all'])
  expect(card.group).toBe(certificateOf(b).group)
  expect(certificateOf(b).expires).toBeLessThan(b.env.clock + 2 * certificateMs)
})

/** The printed escrow key makes another machine one that may enrol. */
async function alsoRoot(office: Office): Promise<void> {
  unwrap(await takeRoot(root.escrow!, contextOf(office)))
}

test('a root that has not heard of a narrowing renews what it knows, and the narrowing stands', async () => {
  await alsoRoot(b)
  unwrap(await take(root, await send(c)))
  root.folder.store.write({ kind: 'units.save', author: 'x' }, (tx) => tx.put('unit', 'unit-x', 'identity', { name: '甲镇', kind: 'township' }))
  pass(10)
  await enrolByFile(root, c, '丙机', 'unit-x')
  expect(certificateOf(c).scopes).toEqual(['unit-x'])
  pass(certificateMs / day - 300)
  unwrap(await take(root, await send(b)))
  const { store } = root.folder
  const known = () => partners(store, membership(store.local, store.identity)).find((one) => one.device === certificateOf(c).device)!
  expect(known().scopes).toEqual(['unit-x'])
  await send(root)
  expect(known()).toMatchObject({ scopes: ['unit-x'] })
  expect(known().expires).toBeGreaterThan(root.env.clock + certificateMs - day)
})

test('a root whose clock is years behind renews by what it hears from the others', async () => {
  root.env.clock -= 4 * 365 * day
  for (let year = 0; year < 6; year++) {
    pass(365)
    for (const one of [b, c]) unwrap(await take(root, await send(one)))
    const file = await send(root)
    for (const one of [b, c]) unwrap(await take(one, file))
    for (const one of [b, c]) expect(certificateOf(one).expires).toBeGreaterThan(one.env.clock)
  }
  expect(unwrap(await take(c, await send(b)))).toMatchObject({ parked: 0 })
})

test('one of the others that is a century ahead does not set the term; a machine of one unit that has the root key renews nobody', async () => {
  c.env.clock += 100 * 365 * day
  unwrap(await take(root, await send(c)))
  unwrap(await take(root, await send(b)))
  await send(root)
  expect(certificateOf(root).expires).toBeLessThan(root.env.clock + certificateMs + day)
  const { store } = b.folder
  const { card, certificate } = membership(store.local, store.identity)
  storeMembership(store.local, card, { ...certificate, scopes: ['unit-x'] }, membership(root.folder.store.local, root.folder.store.identity).rootSeed)
  pass(certificateMs / day)
  const mark = store.log.mark()
  renew(membership(store.local, store.identity), workOf(b))
  expect(store.log.mark()).toBe(mark)
})
