/** The last 30 days go again with every package, although the receiver said that it has them: it may have been put back since (exchange.md section 3). */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { overlapMs } from '../../../../shared/merge/to-send.ts'
import { openPackage } from '../../../../electron/services/exchange/format/read.ts'
import { membership } from '../../../../electron/services/exchange/keys/key-store.ts'
import { trustOf } from '../../../../electron/services/exchange/keys/remember.ts'
import { parseBody } from '../../../../electron/store/log/body.ts'
import { author, clean, start, tempDir, unitValue } from '../../../host/store.ts'
import { firstOffice, nextOffice, put, reopen, take, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

const day = 24 * 60 * 60 * 1000
/** Today: the offices were founded a hundred days ago. */
const today = start + 100 * day
const minute = 60 * 1000
const units = ['荆河', '龙泉'].map((name, index) => ({ name, id: `01920000-0000-7000-8000-00000000000${index}` }))

function setClocks(offices: readonly Office[], at: number): void {
  for (const { env } of offices) env.clock = at
}

/** One change of each unit's lane, called after its age. */
function write(office: Office, age: number, label: string): void {
  office.env.clock = today - age
  for (const { id, name } of units) office.folder.store.write({ kind: 'units.save', author }, (tx) => tx.put('unit', id, 'identity', unitValue(`${name} ${label}`), id))
}

/** The receiver has everything and says so. */
async function exchanged([a, b]: readonly [Office, Office]): Promise<void> {
  await take(b, await put(a))
  await take(a, await put(b))
}

async function pair(): Promise<[Office, Office]> {
  const a = await firstOffice('甲机')
  return [a, await nextOffice(a, '乙机')]
}

/** What the changes in it call the units, in order. */
async function namesIn({ folder: { store }, env }: Office, file: string): Promise<string[]> {
  const member = membership(store.local, store.identity)
  const names: string[] = []
  const opened = await openPackage([file], () => ({ ...trustOf(store.exchange, member.card), now: env.now() }))
  for await (const event of opened.content([member.identity])) {
    if (event.type !== 'changes') continue
    for (const { body } of event.changes) names.push(...parseBody(body!).ops.map(({ value, table }) => (table === 'unit' ? String(value['name']) : table)))
  }
  return names.sort()
}

const both = (...labels: string[]): string[] => units.flatMap(({ name }) => labels.map((label) => `${name} ${label}`)).sort()

test('exactly the changes of the last 30 days go again, those that came from the receiver too; it counts them as known', async () => {
  const [a, b] = await pair()
  for (const days of [75, 45, 31]) write(a, days * day, `${days}`)
  write(a, overlapMs + minute, 'older')
  write(a, overlapMs - minute, 'younger')
  for (const days of [20, 7, 1]) write(a, days * day, `${days}`)
  write(b, 3 * day, 'back 3')
  setClocks([a, b], today - minute)
  await exchanged([a, b])
  const before = b.folder.store.digest()
  setClocks([a, b], today)
  const file = await put(a, false)
  expect(await namesIn(b, file)).toEqual(both('younger', '20', '7', '1', 'back 3'))
  expect(await take(b, file)).toMatchObject({ new: 0, duplicate: 10, parked: 0, gaps: [], digest: before })
  // With a new one: that, and what is younger than 30 days by then.
  write(a, -10 * day, 'new')
  setClocks([a, b], today + 11 * day)
  const more = await put(a, false)
  expect(await namesIn(b, more)).toEqual(both('7', '1', 'back 3', 'new'))
  expect(await take(b, more)).toMatchObject({ new: 2, duplicate: 6, parked: 0 })
  // Nothing at all when all is older.
  await take(a, await put(b))
  setClocks([a, b], today + 60 * day)
  expect(await namesIn(b, await put(a, false))).toEqual([])
})

/** The receiver is put back to `age` before today, when it had all of that time, after it had told that it has all of today; nobody notices. */
async function putBack(age: number): Promise<{ readonly a: Office; readonly b: Office; readonly whole: Record<string, string> }> {
  const [a, b] = await pair()
  for (const days of [75, 45]) write(a, days * day, `${days}`)
  setClocks([a, b], today - age)
  await exchanged([a, b])
  const backup = join(tempDir(), 'backup')
  cpSync(b.folder.dir, backup, { recursive: true })
  for (const share of [0.9, 0.5, 0.1]) write(a, share * age, `${share}`)
  setClocks([a, b], today - minute)
  await exchanged([a, b])
  const whole = { ...b.folder.store.digest() }
  const back = reopen(b, backup, false)
  setClocks([a, back], today)
  expect(back.folder.store.digest()).not.toEqual(whole)
  return { a, b: back, whole }
}

test('a receiver that lost its last week and does not know it is whole again after the next package', async () => {
  const { a, b, whole } = await putBack(7 * day)
  expect(await take(b, await put(a, false))).toMatchObject({ new: 6, duplicate: 0, parked: 0, gaps: [], digest: whole })
  expect(b.folder.store.verify()).toEqual({ ok: true, problems: [] })
})

test('one that lost more than 30 days keeps what comes and tells the gap; its next package says how little it has, and the answer brings the rest', async () => {
  const { a, b, whole } = await putBack(40 * day)
  const report = await take(b, await put(a, false))
  expect([report.new, report.parked, report.gaps.length]).toEqual([0, 4, 2])
  await take(a, await put(b))
  expect(await take(b, await put(a, false))).toMatchObject({ parked: 0, gaps: [], digest: whole })
})
