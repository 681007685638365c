import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { conflicting, isDeleted, survivorsOf, winner, type RegisterWrite } from '../../../shared/merge/survivors.ts'
import type { DataFolder } from '../../../electron/store/data-folder.ts'
import { canonical } from '../../../electron/store/log/canonical.ts'
import { parseBody, tombstone } from '../../../electron/store/log/body.ts'
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


/** Hands over until nothing is left waiting for its predecessor in the lane. */
function hand(changes: readonly Change[], to: Store): void {
  let waiting = changes
  while (waiting.length > 0) {
    const { gaps } = to.log.apply(waiting)
    if (gaps.length === waiting.length) return
    waiting = gaps
  }
}

/** What the pure rules say must be visible: the name of each unit. */
function expected(changes: readonly Change[]): Record<string, string> {
  const writes = new Map<string, (RegisterWrite & { value: Record<string, unknown> })[]>()
  for (const change of changes) {
    for (const op of parseBody(change.body!).ops.filter((one) => one.table === 'unit')) {
      const key = `${op.row} ${op.register}`
      const stamp = { clock: { ms: change.hlcMs, counter: change.hlcCounter }, origin: change.origin.toString('hex'), id: change.id.toString('hex') }
      writes.set(key, [...(writes.get(key) ?? []), { ...stamp, pred: op.pred, value: op.value }])
    }
  }
  const rows = new Set([...writes.keys()].map((key) => key.split(' ')[0]!))
  const visible = [...rows].sort().flatMap((row) => {
    const edits = survivorsOf(writes.get(`${row} identity`) ?? [])
    const graves = survivorsOf(writes.get(`${row} ${tombstone}`) ?? []).map((one) => ({ ...one, deleted: one.value['deleted'] === true, knew: one.pred }))
    const others = [...edits, ...survivorsOf(writes.get(`${row} names`) ?? [])].map((one) => one.id)
    return others.length === 0 || isDeleted(graves, others) ? [] : [[row, winner(edits)?.value['name'] ?? null] as const]
  })
  return Object.fromEntries(visible) as Record<string, string>
}

type Step =
  | { readonly do: 'put'; readonly at: number; readonly row: string; readonly value: number }
  | { readonly do: 'names' | 'remove' | 'restore'; readonly at: number; readonly row: string; readonly value: number }
  | { readonly do: 'sync'; readonly at: number; readonly from: number; readonly shuffle: number }
  | { readonly do: 'clock'; readonly at: number; readonly days: number }

const at = fc.nat(2)
/** A named row is merged at once; a UUID may be taken for a new row, and waits on its way into the index. */
const row = fc.constantFrom('u1', '0197c0de-0000-7000-8000-0000000000a1', '0197c0de-0000-7000-8000-0000000000a2')
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('put', 'put', 'names', 'remove', 'restore'), at, row, value: fc.nat(3) }) as fc.Arbitrary<Step> },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sync' as const), at, from: at, shuffle: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clock' as const), at, days: fc.integer({ min: -10, max: 10 }) }) },
)

function shuffled<T>(list: readonly T[], seed: number): T[] {
  return list.map((item, index) => ({ item, key: (Math.imul(index + 1, 2654435761) ^ Math.imul(seed, 40503)) >>> 0 })).sort((a, b) => a.key - b.key).map((one) => one.item)
}

function run(machines: readonly { readonly store: Store }[], envs: readonly { clock: number }[], one: Step): void {
  const { store } = machines[one.at]!
  if (one.do === 'clock') envs[one.at]!.clock += one.days * 86_400_000
  else if (one.do === 'sync') hand(shuffled(all(machines[one.from]!.store), one.shuffle), store)
  else {
    store.write(write, (tx) => {
      if (one.do === 'put') tx.put('unit', one.row, 'identity', unitValue(`名${one.value}`), one.row)
      else if (one.do === 'names') tx.put('unit', one.row, 'names', { shortName: `简${one.value}`, aliases: null, orderNo: null })
      else tx[one.do]('unit', one.row)
    })
  }
}

describe('machines that have seen the same changes', () => {
  test('show the same, whatever the order, repetition and clocks; and what the pure rules say', () => {
    fc.assert(fc.property(fc.array(step, { minLength: 4, maxLength: 24 }), (steps) => {
      const envs = [0, 1, 2].map(() => ({ clock: Date.UTC(2026, 6, 1) }))
      const machines = [0, 1, 2].map((index) => twin(template, `machine-${index}`, envs[index]))
      for (const one of steps) run(machines, envs, one)
      for (const to of machines) for (const from of machines) hand(shuffled(all(from.store), to === from ? 1 : 2).reverse(), to.store)
      for (const to of machines) for (const from of machines) hand(all(from.store), to.store)
      const states = machines.map(({ store }) => ({ digest: store.digest(), dump: dump(store) }))
      expect(states[1]).toEqual(states[0])
      expect(states[2]).toEqual(states[0])
      expect(shown(machines[0]!.store)).toEqual(expected(all(machines[0]!.store)))
      expect(machines[1]!.store.verify().problems).toEqual([])
      for (const { store } of machines) store.close()
    }), { numRuns: 40 })
  })
})

describe('applying changes', () => {
  test('a duplicate is a no-op, a gap stores nothing, a forgery is refused whole', () => {
    const [a, b] = [twin(template, 'a').store, twin(template, 'b').store]
    for (const name of ['一', '二', '三']) a.write(write, (tx) => tx.put('unit', 'u1', 'identity', unitValue(name)))
    const [first, second, third] = all(a).slice(1) as [Change, Change, Change]
    expect(b.log.apply([third, second])).toEqual({ fresh: 0, duplicates: 0, gaps: [third, second] })
    expect(all(b).length).toBe(1)
    const forged = { ...second, body: Buffer.from(second.body!.toString('utf8').replace('二', '贰'), 'utf8') }
    for (const bad of [forged, { ...second, author: 'somebody' }, { ...second, scope: 'else' }]) {
      expect(() => b.log.apply([first, bad])).toThrow('DATA_DAMAGED')
      expect(all(b).length).toBe(1)
    }
    expect(b.log.apply([first, second, third])).toEqual({ fresh: 3, duplicates: 0, gaps: [] })
    expect(b.log.apply([first, second, third])).toEqual({ fresh: 0, duplicates: 3, gaps: [] })
    expect(shown(b)).toEqual({ u1: '三' })
    expect(b.digest()).toEqual(a.digest())
    a.close()
    b.close()
  })

  test('concurrent edits both survive until somebody names them both', () => {
    const [a, b] = [twin(template, 'a').store, twin(template, 'b').store]
    a.write(write, (tx) => tx.put('unit', 'u1', 'identity', unitValue('甲')))
    b.write(write, (tx) => tx.put('unit', 'u1', 'identity', unitValue('乙')))
    hand(all(b), a)
    hand(all(a), b)
    const survivors = (store: Store) => store.read((db) => db.all<{ body: string }>(`SELECT w.n FROM reg_write AS w JOIN register AS r ON r.code = w.reg WHERE r.name = 'unit.identity' AND w.live = 1`)).length
    expect([survivors(a), survivors(b)]).toEqual([2, 2])
    expect(shown(a)).toEqual(shown(b))
    expect(conflicting(['甲', '乙'].map((name) => canonical(unitValue(name))))).toBe(true)
    const winning = shown(a)['u1']!
    a.write(write, (tx) => tx.put('unit', 'u1', 'identity', unitValue(winning)))
    hand(all(a), b)
    expect([survivors(a), survivors(b)]).toEqual([1, 1])
    expect(shown(b)).toEqual({ u1: winning })
    a.close()
    b.close()
  })

  test('a predecessor that arrives after its successor stays replaced', () => {
    const [a, b, c] = [twin(template, 'a').store, twin(template, 'b').store, twin(template, 'c').store]
    a.write(write, (tx) => tx.put('unit', 'u1', 'identity', unitValue('旧')))
    const [old] = all(a).slice(1) as [Change]
    hand([old], b)
    b.write(write, (tx) => tx.put('unit', 'u1', 'identity', unitValue('新')))
    const [newer] = all(b).slice(2) as [Change]
    c.log.apply([newer])
    expect(shown(c)).toEqual({ u1: '新' })
    c.log.apply([old])
    expect(shown(c)).toEqual({ u1: '新' })
    expect(c.digest()).toEqual(b.digest())
    expect(c.verify().problems).toEqual([])
    for (const store of [a, b, c]) store.close()
  })

  test('an edit that the removal did not know keeps the row visible; a known one does not', () => {
    const [a, b] = [twin(template, 'a').store, twin(template, 'b').store]
    a.write(write, (tx) => tx.put('unit', 'u1', 'identity', unitValue('甲')))
    hand(all(a), b)
    a.write(write, (tx) => tx.remove('unit', 'u1'))
    b.write(write, (tx) => tx.put('unit', 'u1', 'names', { shortName: '简', aliases: null, orderNo: 1 }))
    hand(all(b), a)
    hand(all(a), b)
    expect(shown(a)).toEqual({ u1: '甲' })
    expect(shown(b)).toEqual({ u1: '甲' })
    a.write(write, (tx) => tx.remove('unit', 'u1'))
    hand(all(a), b)
    expect([shown(a), shown(b)]).toEqual([{}, {}])
    expect(b.verify().problems).toEqual([])
    a.close()
    b.close()
  })

  test('a clock ahead by years is accepted; ours goes to now + 24 h at most', () => {
    const far = { clock: Date.UTC(2040, 0, 1) }
    const near = { clock: Date.UTC(2026, 6, 1) }
    const [a, b] = [twin(template, 'a', far).store, twin(template, 'b', near).store]
    a.write(write, (tx) => tx.put('unit', 'u1', 'identity', unitValue('甲')))
    hand(all(a), b)
    b.write(write, (tx) => tx.put('unit', 'u1', 'identity', unitValue('乙')))
    const own = all(b).at(-1)!
    expect(own.hlcMs).toBeLessThanOrEqual(near.clock + 86_400_000)
    expect(own.hlcMs).toBeGreaterThan(near.clock + 86_000_000)
    expect(shown(b)).toEqual({ u1: '乙' })
    hand(all(b), a)
    expect(shown(a)).toEqual({ u1: '乙' })
    a.close()
    b.close()
  })

  test('tables and registers of a newer version stay in the log and in the digest', () => {
    const [a, b] = [twin(template, 'a').store, twin(template, 'b').store]
    const op = (table: string, register: string, value: object) => ({ pred: [], register, row: 'x1', table, value })
    const body = Buffer.from(canonical({ action: 'x', kind: 'future', ops: [op('future', 'thing', { a: 1 }), op('unit', 'motto', { text: '勤' }), op('unit', 'identity', { name: '甲', kind: 'township', code: 7 })], part: 1, parts: 1 }))
    const head = { origin: Buffer.alloc(16, 9), scope: 'office', seq: 1, prev: null, hlcMs: 1, hlcCounter: 0, wall: 1, author: 'x', schema: 1, bodyHash: sha256(body) }
    const change: Change = { ...head, id: changeId(Buffer.from(a.identity.group, 'hex'), head), body }
    expect(a.log.apply([change]).fresh).toBe(1)
    expect(shown(a)).toEqual({ x1: '甲' })
    expect(all(a).at(-1)!.body!.equals(body)).toBe(true)
    expect(a.digest()).not.toEqual(b.digest())
    expect(a.verify().problems).toEqual([])
    hand(all(a), b)
    expect(b.digest()).toEqual(a.digest())
    a.close()
    b.close()
  })
})

test('a row that comes again behind thousands of others is merged with what still waits for the index', () => {
  const [a, b] = [twin(template, 'first'), twin(template, 'second')]
  const idOf = (i: number): string => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`
  a.store.write(write, (tx) => {
    for (let i = 0; i < 4100; i++) tx.put('report', idOf(i), 'content', reportValue(`第${i}项`))
  })
  a.store.write(write, (tx) => tx.put('report', idOf(0), 'content', reportValue('改过的')))
  b.store.log.take(all(a.store), { from: 'package' })
  expect(b.store.read((db) => db.get('SELECT item FROM report WHERE id = ?', [idOf(0)]))).toEqual({ item: '改过的' })
  expect(b.store.digest()).toEqual(a.store.digest())
  expect(b.store.verify().problems).toEqual([])
  for (const one of [a, b]) one.store.close()
})
