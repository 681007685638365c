import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clockCapMs, compareClocks, isAhead, receive, tick } from '../../../shared/merge/clock.ts'
import { compareStamps, conflicting, isDeleted, survivorsOf, winner, type RegisterWrite } from '../../../shared/merge/survivors.ts'

const clock = fc.record({ ms: fc.integer({ min: 0, max: 5 }), counter: fc.integer({ min: 0, max: 2 }) })

/** A history as machines make it: each write names some of the earlier ones. */
const history = fc
  .array(fc.record({ clock, origin: fc.constantFrom('aa', 'bb', 'cc'), names: fc.array(fc.nat(30), { maxLength: 3 }) }), { maxLength: 12 })
  .map((list) => list.map((one, index): RegisterWrite => ({
    clock: one.clock, origin: one.origin, id: index.toString(16).padStart(2, '0'),
    pred: index === 0 ? [] : [...new Set(one.names.map((name) => (name % index).toString(16).padStart(2, '0')))],
  })))

describe('survivors', () => {
  test('order and repetition never matter, and a non-empty history always shows something', () => {
    fc.assert(fc.property(history.chain((writes) => fc.tuple(fc.constant(writes), fc.shuffledSubarray(writes, { minLength: writes.length }), fc.shuffledSubarray(writes))), ([writes, shuffled, again]) => {
      const expected = survivorsOf(writes)
      expect(survivorsOf([...shuffled, ...again])).toEqual(expected)
      expect(winner(shuffled.filter((one) => expected.includes(one)))?.id).toBe(expected[0]?.id)
      expect(expected.length > 0).toBe(writes.length > 0)
    }), { numRuns: 500 })
  })

  test('a write that names all survivors is the only one, whatever its clock says', () => {
    fc.assert(fc.property(history, clock, (writes, late) => {
      const settle: RegisterWrite = { clock: late, origin: 'aa', id: 'ff', pred: survivorsOf(writes).map((one) => one.id) }
      expect(survivorsOf([...writes, settle])).toEqual([settle])
    }))
  })

  test('the winner is decided by ms, counter, origin, id in this order', () => {
    const stamp = (ms: number, counter: number, origin: string, id: string): RegisterWrite => ({ clock: { ms, counter }, origin, id, pred: [] })
    const rising = [stamp(1, 9, 'ff', 'ff'), stamp(2, 0, 'ff', 'ff'), stamp(2, 1, 'aa', 'ff'), stamp(2, 1, 'bb', '00'), stamp(2, 1, 'bb', '01')]
    for (const [index, one] of rising.entries()) for (const other of rising.slice(index + 1)) expect(compareStamps(one, other)).toBeLessThan(0)
    expect(winner([...rising].reverse())).toBe(rising.at(-1))
  })

  test('equal values are no conflict, different ones are', () => {
    expect(conflicting([])).toBe(false)
    expect(conflicting(['{"a":1}', '{"a":1}'])).toBe(false)
    expect(conflicting(['{"a":1}', '{"a":1}', '{"a":2}'])).toBe(true)
  })
})

describe('tombstones', () => {
  const grave = (id: string, deleted: boolean, knew: readonly string[], ms = 1) => ({ clock: { ms, counter: 0 }, origin: 'aa', id, deleted, knew })

  test('a removal that knew every edit hides the row; an edit that it did not know keeps it', () => {
    expect(isDeleted([grave('t', true, ['e1', 'e2'])], ['e1', 'e2'])).toBe(true)
    expect(isDeleted([grave('t', true, ['e1'])], ['e1', 'e2'])).toBe(false)
    expect(isDeleted([], ['e1'])).toBe(false)
    expect(isDeleted([grave('t', false, ['e1'])], ['e1'])).toBe(false)
  })

  test('two removals know together; a later return outweighs them', () => {
    expect(isDeleted([grave('t', true, ['e1']), grave('u', true, ['e2'])], ['e1', 'e2'])).toBe(true)
    expect(isDeleted([grave('t', true, ['e1'], 1), grave('u', false, [], 2)], ['e1'])).toBe(false)
    expect(isDeleted([grave('t', true, ['e1'], 3), grave('u', false, ['e2'], 2)], ['e1', 'e2'])).toBe(false)
  })
})

describe('clock', () => {
  const wide = fc.record({ ms: fc.integer({ min: 0, max: 2 ** 47 }), counter: fc.integer({ min: 0, max: 2 ** 32 - 1 }) })
  const now = fc.integer({ min: 0, max: 2 ** 46 })

  test('our next stamp is later than the last one, and never far ahead of the wall clock', () => {
    fc.assert(fc.property(wide, now, (last, wall) => {
      const next = tick(last, wall)
      expect(next.ms).toBeGreaterThanOrEqual(wall)
      expect(next.ms).toBeLessThanOrEqual(wall + clockCapMs + 1)
      if (last.ms <= wall + clockCapMs) expect(compareClocks(next, last)).toBeGreaterThan(0)
    }))
  })

  test('a received stamp moves us forward, at most to now + 24 h', () => {
    fc.assert(fc.property(wide, wide, now, (own, seen, wall) => {
      const next = receive(own, seen, wall)
      expect(compareClocks(next, own)).toBeGreaterThanOrEqual(0)
      if (seen.ms <= wall + clockCapMs) expect(compareClocks(next, seen)).toBeGreaterThanOrEqual(0)
      else expect(next.ms).toBeLessThanOrEqual(Math.max(own.ms, wall + clockCapMs))
      expect(isAhead(seen, wall)).toBe(seen.ms > wall + clockCapMs)
    }))
  })

  test('a counter that is used up goes to the next ms', () => {
    expect(tick({ ms: 5, counter: 2 ** 32 - 1 }, 5)).toEqual({ ms: 6, counter: 0 })
    expect(tick({ ms: 5, counter: 1 }, Number.NaN)).toEqual({ ms: 5, counter: 2 })
  })
})
