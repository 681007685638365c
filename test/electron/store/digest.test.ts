/** The digest against its own definition, computed from the log alone: two machines of different versions compare it. */
import { createHash } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { parseBody } from '../../../electron/store/log/body.ts'
import { isUuid } from '../../../electron/store/log/row-key.ts'
import type { Change } from '../../../electron/store/log/change-id.ts'
import type { Store } from '../../../electron/store/store.ts'
import { exchangeAll, firstOffice, nextOffice, put, take } from '../../host/exchange-office.ts'
import { author, clean, unitValue } from '../../host/store.ts'

afterEach(clean)

/** SHA-256 per scope over `table.register`, row, id of every write that no other names; by register, named rows before UUIDs, row, change. */
function defined(store: Store): Record<string, string> {
  const changes = [...store.log.changes()] as Change[]
  const writes = changes.flatMap((change) => (change.body === null ? [] : parseBody(change.body).ops.map((op) => ({ op, scope: change.scope, id: change.id.toString('hex') }))))
  const killed = new Set(writes.flatMap(({ op }) => op.pred.map((pred) => `${op.table}.${op.register}/${op.row}/${pred}`)))
  const name = ({ op }: (typeof writes)[number]): string => `${op.table}.${op.register}`
  const key = (one: (typeof writes)[number]): string => `${name(one)}\n${isUuid(one.op.row) ? 1 : 0}${one.op.row}\n${one.id}`
  const live = writes.filter((one) => !killed.has(`${name(one)}/${one.op.row}/${one.id}`)).sort((a, b) => (key(a) < key(b) ? -1 : 1))
  const hashes = new Map<string, ReturnType<typeof createHash>>()
  for (const one of live) {
    if (!hashes.has(one.scope)) hashes.set(one.scope, createHash('sha256'))
    hashes.get(one.scope)!.update(`${name(one)}\n${one.op.row}\n${one.id}\n`)
  }
  return Object.fromEntries([...hashes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([scope, hash]) => [scope, hash.digest('hex')]))
}

test('named rows, UUIDs, several scopes, more than one buffer, two survivors of a register and a removal', async () => {
  const a = await firstOffice('甲机')
  const second = await nextOffice(a, '乙机')
  const { store } = a.folder
  store.write({ kind: 'test.many', author }, (tx) => {
    for (let at = 0; at < 1_500; at++) tx.put('unit', tx.newId(), 'identity', unitValue(`单位${at}`))
    for (const year of ['2026', '2027']) tx.put('calendarYear', year, 'days', { year: Number(year), holidays: [], extraWorkdays: [] })
    tx.put('report', tx.newId(), 'content', { kind: 'tasks', period: '2026-06', unitId: 'u', officialId: null, item: '事项', figures: {}, remark: null }, 'unit-x')
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
