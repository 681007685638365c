/** The digest against its own definition, computed from the log alone: two machines of different versions compare it. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from '../../../electron/store/open.ts'
import { listConflicts } from '../../../electron/store/queries/conflicts.ts'
import { parseBody } from '../../../electron/store/log/body.ts'
import { isUuid } from '../../../electron/store/log/row-key.ts'
import type { Change } from '../../../electron/store/log/change-id.ts'
import type { Store } from '../../../electron/store/store.ts'
import { exchangeAll, firstOffice, nextOffice, put, take } from '../../host/exchange-office.ts'
import { author, clean, provenance, reportValue, unitValue } from '../../host/store.ts'

afterEach(clean)

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
const word = (bytes: Buffer, at: number): bigint => BigInt(bytes.readUInt32BE(at * 4))
const low = (value: bigint): bigint => BigInt.asUintN(32, value)

/** One lane of what a survivor counts with. */
function laneOf(name: string, row: string, id: string, lane: number): bigint {
  const key = isUuid(row) ? Buffer.from(row.replaceAll('-', ''), 'hex') : sha256(`row\n${row}`)
  let h = word(sha256(name), lane) ^ word(Buffer.from(id, 'hex'), lane)
  for (let at = 0; at < 4; at++) {
    h = low((h ^ word(key, at)) * 0x85ebca6bn)
    h = low((h ^ (h >> 13n)) * 0xc2b2ae35n)
    h ^= h >> 16n
  }
  return h
}

/** Per scope the lanes' sums over `table.register`, row and id of every write that no other names. */
function defined(store: Store): Record<string, string> {
  const changes = [...store.log.changes()] as Change[]
  const writes = changes.flatMap((change) => (change.body === null ? [] : parseBody(change.body).ops.map((op) => ({ op, scope: change.scope, id: change.id.toString('hex') }))))
  const killed = new Set(writes.flatMap(({ op }) => op.pred.map((pred) => `${op.table}.${op.register}/${op.row}/${pred}`)))
  const name = ({ op }: (typeof writes)[number]): string => `${op.table}.${op.register}`
  const live = writes.filter((one) => !killed.has(`${name(one)}/${one.op.row}/${one.id}`))
  return Object.fromEntries([...Map.groupBy(live, (one) => one.scope)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([scope, all]) => {
    const sum = Buffer.alloc(16)
    for (let lane = 0; lane < 4; lane++) sum.writeUInt32LE(Number(low(all.reduce((before, one) => before + laneOf(name(one), one.op.row, one.id, lane), 0n))), lane * 4)
    return [scope, `00000002${sha256(`${scope}\n${all.length}\n${sum.toString('hex')}`).toString('hex').slice(8)}`]
  }))
}

test('named rows, UUIDs, several scopes, many rows at once, two survivors of a register and a removal', async () => {
  const a = await firstOffice('甲机')
  const second = await nextOffice(a, '乙机')
  const { store } = a.folder
  store.write({ kind: 'test.many', author }, (tx) => {
    for (let at = 0; at < 1_500; at++) tx.put('unit', tx.newId(), 'identity', unitValue(`单位${at}`))
    for (const year of ['2026', '2027']) tx.put('calendarYear', year, 'days', { year: Number(year), holidays: [], extraWorkdays: [] })
    tx.put('report', tx.newId(), 'content', reportValue('事项'), 'unit-x')
    // Rows that write different registers, in one change.
    for (let at = 0; at < 30; at++) {
      const id = tx.newId()
      tx.put('report', id, 'content', reportValue(`第${at}项`))
      if (at % 3 > 0) tx.put('report', id, 'provenance', provenance(tx.newId(), at))
      if (at % 3 > 1) tx.put('official', tx.newId(), 'identity', { name: `某甲${at}`, gender: null, birth: null })
    }
  })
  await take(second, await put(a))
  const [one, other] = store.read((db) => db.all<{ id: string }>('SELECT id FROM unit ORDER BY id LIMIT 2')).map((row) => row.id) as [string, string]
  for (const office of [a, second]) {
    office.folder.store.write({ kind: 'test.apart', author }, (tx) => {
      tx.put('unit', one, 'identity', unitValue(office.name))
      tx.put('calendarYear', '2027', 'days', { year: 2027, holidays: [office.name], extraWorkdays: [] })
    })
  }
  store.write({ kind: 'test.remove', author }, (tx) => tx.remove('unit', other))
  await exchangeAll([a, second])
  for (const { folder } of [a, second]) expect(folder.store.digest()).toEqual(defined(folder.store))
  expect(Object.keys(store.digest())).toEqual(expect.arrayContaining(['shared', 'unit-x']))
  expect(store.digest()).toEqual(second.folder.store.digest())
})

test('what is kept beside the index is looked after: a wrong sum and a row that nobody suspects are findings', async () => {
  const a = await firstOffice('甲机')
  const second = await nextOffice(a, '乙机')
  const id = '01920000-0000-7000-8000-0000000000aa'
  a.folder.store.write({ kind: 'test.unit', author }, (tx) => tx.put('unit', id, 'identity', unitValue('荆河街道')))
  await take(second, await put(a))
  for (const office of [a, second]) office.folder.store.write({ kind: 'test.apart', author }, (tx) => tx.put('unit', id, 'identity', unitValue(office.name)))
  await exchangeAll([a, second])
  const { store, dir, key } = a.folder
  expect(store.verify()).toEqual({ ok: true, problems: [] })
  const [digest, conflicts] = [store.digest(), store.read(listConflicts).length]
  expect(conflicts).toBeGreaterThan(0)
  const db = openDatabase(join(dir, 'dutydesk.db'), key)
  db.exec("UPDATE scope_sum SET sum = zeroblob(16) WHERE scope = 'shared'; DELETE FROM suspect")
  db.close()
  expect(store.verify().problems).toEqual(['projection differs: scope_sum, row 2', 'projection differs: suspect, 1 rows'])
  expect([store.digest()['shared'] === digest['shared'], store.read(listConflicts).length < conflicts]).toEqual([false, true])
  store.rebuildProjection()
  expect([store.digest(), store.read(listConflicts).length, store.verify().ok]).toEqual([digest, conflicts, true])
})
