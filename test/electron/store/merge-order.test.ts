/** What comes late, apart, or is said by who had no say: kept and made anew are the same, in whichever order and steps it came. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DataFolder } from '../../../electron/store/data-folder.ts'
import { canonical } from '../../../electron/store/log/canonical.ts'
import { changeId, sha256, type Change } from '../../../electron/store/log/change-id.ts'
import type { Store } from '../../../electron/store/store.ts'
import { author, changesOf as all, clean, dumpOf as dump, newFolder, reportValue, twin, unitsShown as shown, unitValue } from '../../host/store.ts'

const write = { kind: 'test.write', author }
let template: DataFolder
beforeAll(async () => {
  template = await newFolder()
  template.store.close()
})
afterAll(clean)

const take = (to: Store, changes: readonly Change[]): unknown => to.log.take(changes, { from: 'package' })

describe('a predecessor that arrives behind thousands of others', () => {
  const idOf = (i: number): string => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`
  /** In the order in which they come to the third machine: what replaces, much else, what is replaced. */
  function arrived(row: string): { readonly old: Change; readonly third: Store; readonly second: Store } {
    const [a, b, c, d] = [twin(template, 'a').store, twin(template, 'b').store, twin(template, 'c').store, twin(template, 'd').store]
    a.write(write, (tx) => tx.put('unit', row, 'identity', unitValue('旧')))
    const old = all(a).at(-1)!
    take(b, [old])
    b.write(write, (tx) => tx.put('unit', row, 'identity', unitValue('新')))
    const newer = all(b).at(-1)!
    d.write(write, (tx) => {
      for (let i = 0; i < 4100; i++) tx.put('report', idOf(i), 'content', reportValue(`第${i}项`))
    })
    c.log.take([newer, ...all(d).slice(1)], { from: 'package' })
    a.close()
    d.close()
    return { old, third: c, second: b }
  }

  test.each(['u1', '0197c0de-0000-7000-8000-0000000000a1'])('stays replaced when all is made anew (%s)', (row) => {
    const { old, third, second } = arrived(row)
    third.log.take([old], { from: 'package' })
    const [digest, before] = [third.digest(), dump(third)]
    expect(shown(third)).toEqual({ [row]: '新' })
    expect(third.verify().problems).toEqual([])
    third.rebuildProjection()
    expect(third.digest()).toEqual(digest)
    expect(dump(third) === before).toBe(true)
    expect(third.verify().problems).toEqual([])
    for (const store of [third, second]) store.close()
  })
})

test('one that says that it replaces what never wrote the row is no damage to the projection', () => {
  const a = twin(template, 'a').store
  a.write(write, (tx) => tx.put('unit', 'u2', 'identity', unitValue('别的')))
  const other = all(a).at(-1)!
  const op = { pred: [other.id.toString('hex')], register: 'identity', row: 'u1', table: 'unit', value: { name: '甲', kind: 'township', code: null } }
  const body = Buffer.from(canonical({ action: 'x', kind: 'forged', ops: [op], part: 1, parts: 1 }))
  const head = { origin: Buffer.alloc(16, 9), scope: 'office', seq: 1, prev: null, hlcMs: 1, hlcCounter: 0, wall: 1, author: 'x', schema: 1, bodyHash: sha256(body) }
  const change: Change = { ...head, id: changeId(Buffer.from(a.identity.group, 'hex'), head), body }
  for (const order of [[[change], [other]], [[other], [change]], [[change, other]]]) {
    const d = twin(template, 'd').store
    for (const changes of order) d.log.take(changes, { from: 'package' })
    expect(shown(d)).toEqual({ u1: '甲', u2: '别的' })
    expect(d.verify().problems).toEqual([])
    d.close()
  }
  a.close()
})

/** Of a machine that runs another program: a change of scope 'office' that writes one register. */
function foreign(group: string, op: { readonly table: string; readonly row: string; readonly register: string }): Change {
  const body = Buffer.from(canonical({ action: 'x', kind: 'future', ops: [{ pred: [], value: { a: 1 }, ...op }], part: 1, parts: 1 }))
  const head = { origin: Buffer.alloc(16, 9), scope: 'office', seq: 1, prev: null, hlcMs: 1, hlcCounter: 0, wall: 1, author: 'x', schema: 1, bodyHash: sha256(body) }
  return { ...head, id: changeId(Buffer.from(group, 'hex'), head), body }
}

test('an office’s row of which nothing known survives shows nothing, in whichever order and steps it came', () => {
  const a = twin(template, 'a').store
  a.write(write, (tx) => tx.put('account', 'acc', 'account', { name: '录入员', roles: ['clerk'], disabled: false }, 'unit-9'))
  const said = all(a).at(-1)!
  const later = foreign(a.identity.group, { table: 'account', row: 'acc', register: 'badge' })
  const ends = [[[said], [later]], [[later], [said]], [[said, later]], [[later, said]]].map((steps, at) => {
    const { store } = twin(template, `d${at}`)
    for (const changes of steps) store.log.take(changes, { from: 'package' })
    expect(store.verify().problems).toEqual([])
    store.rebuildProjection()
    expect(store.verify().problems).toEqual([])
    const end = [dump(store), store.digest()]
    expect(end[0]).not.toContain('录入员')
    store.close()
    return end
  })
  for (const end of ends) expect(end).toEqual(ends[0])
  a.close()
})

test('what a removal named is forgotten when it has come, however it is registered; and codes given in what was taken back are given anew', () => {
  const [a, b, c] = [twin(template, 'a').store, twin(template, 'b').store, twin(template, 'c').store]
  const row = '0197c0de-0000-7000-8000-0000000000a1'
  a.write(write, (tx) => tx.put('unit', row, 'identity', unitValue('甲')))
  a.write(write, (tx) => tx.put('unit', row, 'names', { shortName: '简', aliases: null, orderNo: 1 }))
  const written = all(a).slice(-2)
  take(b, written)
  b.write(write, (tx) => tx.remove('unit', row))
  const removal = all(b).at(-1)!
  const named = (): unknown => c.read((db) => db.get('SELECT count(*) AS n FROM named'))
  c.log.take([removal], { from: 'package' })
  expect(named()).toEqual({ n: 2 })
  const later = foreign(a.identity.group, { table: 'unit', row, register: 'motto' })
  expect(() => c.atomically(() => {
    c.log.take([later], { from: 'package' })
    throw new Error('bug')
  })).toThrow('bug')
  c.log.take([foreign(a.identity.group, { table: 'unit', row, register: 'colour' })], { from: 'package' })
  c.log.take(written, { from: 'package' })
  expect(named()).toEqual({ n: 0 })
  expect(c.verify().problems).toEqual([])
  for (const store of [a, b, c]) store.close()
})

test('of an account that a unit said and the office took away, nothing stays in the table of who hears of it, in whichever order and steps it came', () => {
  const [a, b] = [twin(template, 'a').store, twin(template, 'b').store]
  a.write(write, (tx) => tx.put('account', 'acc', 'account', { name: '录入员', roles: ['clerk'], disabled: false }, 'unit-9'))
  const said = all(a).at(-1)!
  take(b, [said])
  b.write(write, (tx) => tx.remove('account', 'acc', 'office'))
  const gone = all(b).at(-1)!
  const rows = [[[said], [gone]], [[gone], [said]], [[said, gone]], [[gone, said]]].map((steps, at) => {
    const { store } = twin(template, `c${at}`)
    for (const changes of steps) store.log.take(changes, { from: 'package' })
    expect(store.verify().problems).toEqual([])
    const row = store.read((db) => db.get('SELECT scope, deleted, name, roles FROM account WHERE id = ?', ['acc']))
    store.close()
    return row
  })
  for (const row of rows) expect(row).toEqual({ scope: '', deleted: 1, name: null, roles: null })
  for (const store of [a, b]) store.close()
})
