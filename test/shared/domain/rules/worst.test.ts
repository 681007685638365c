import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RuleReport } from '../../../../shared/domain/rules/finding.ts'
import { keysOf, report, run, unitsOf } from '../../../host/rule-builders.ts'

type Air = readonly [unit: string, pm25: number, rank: number | null]
const month = (period: string, rows: readonly Air[]): readonly RuleReport[] => rows.map(([unit, pm25, rank]) => report(period, unit, { pm25, rank }))
const heads = new Map(['A', 'B', 'C', 'D', 'E'].map((unit) => [unit, `head-${unit}`]))
const air = (rows: readonly RuleReport[], period = '2026-06'): readonly string[] => unitsOf(run('R2', { period, reports: { air: rows }, heads }))

describe('R2 boundaries', () => {
  const may = month('2026-05', [['A', 10, 1], ['B', 20, 2], ['C', 30, 3], ['D', 40, 4], ['E', 50, 5]])
  test('worst three by rank in both months', () => {
    expect(air([...may, ...month('2026-06', [['A', 1, 5], ['B', 1, 4], ['C', 1, 3], ['D', 1, 2], ['E', 1, 1]])])).toEqual(['C'])
  })
  test('rank counts only where every row has one', () => {
    expect(air([...may, ...month('2026-06', [['A', 10, 5], ['B', 20, 4], ['C', 30, null], ['D', 40, 2], ['E', 50, 1]])])).toEqual(['C', 'D', 'E'])
  })
  test('ties at the cut all count, beyond it none', () => {
    const tied = month('2026-06', [['A', 10, null], ['B', 30, null], ['C', 30, null], ['D', 40, null], ['E', 50, null]])
    const tiedMay = month('2026-05', [['A', 10, 1], ['B', 20, 2], ['C', 30, 2], ['D', 40, 4], ['E', 50, 5]])
    expect(air([...tiedMay, ...tied])).toEqual(['B', 'C', 'D', 'E'])
  })
  test('a month without the unit, or without any row, breaks it', () => {
    expect(air(may)).toEqual([])
    expect(air(may, '2026-05')).toEqual([])
    expect(air([...may.filter((row) => row.unitId !== 'E'), ...month('2026-06', [['A', 1, 1], ['B', 1, 2], ['C', 1, 3], ['D', 1, 4], ['E', 1, 5]])])).toEqual(['C', 'D'])
  })
  test('January looks at December', () => {
    const rows = [...month('2025-12', [['A', 1, 1], ['B', 1, 2], ['C', 1, 3], ['D', 1, 4]]), ...month('2026-01', [['A', 1, 1], ['B', 1, 2], ['C', 1, 3], ['D', 1, 4]])]
    expect(air(rows, '2026-01')).toEqual(['B', 'C', 'D'])
  })
  test('a unit without a head is proposed as incomplete; the row official is not asked', () => {
    const rows = [...may, ...month('2026-06', [['A', 1, 1], ['B', 1, 2], ['C', 1, 3], ['D', 1, 4], ['E', 1, 5]])]
    const found = run('R2', { period: '2026-06', reports: { air: rows }, heads: new Map([['D', 'head-D']]) })
    expect(found.map(({ unitId, officialId, incomplete }) => [unitId, officialId, incomplete])).toEqual([['C', null, true], ['D', 'head-D', false], ['E', null, true]])
  })
})

describe('R5', () => {
  const units = new Map(['A', 'B', 'C', 'D', 'E'].map((unit) => [unit, { kind: unit === 'E' ? ('department' as const) : ('township' as const) }]))
  const assess = (rows: readonly (readonly [string, number | null, number | null, string?])[]): readonly RuleReport[] =>
    rows.map(([unit, score, rank, item = '综合考核']) => report('2025', unit, { score, rank, grade: '合格' }, { item, officialId: null }))
  const worst = (rows: readonly RuleReport[]): readonly string[] => unitsOf(run('R5', { period: '2025', reports: { assessment: rows }, units, heads }))
  test('only townships count, the lowest scores where a rank is missing', () => {
    expect(worst(assess([['A', 90, 1], ['B', 80, 2], ['C', 70, 3], ['D', 60, 4], ['E', 1, 99]]))).toEqual(['B', 'C', 'D'])
    expect(worst(assess([['A', 10, 1], ['B', 80, 2], ['C', 70, null], ['D', 60, 4]]))).toEqual(['A', 'C', 'D'])
    expect(worst(assess([['A', 60.5, null], ['B', 60.5, null], ['C', 10, null], ['D', 20, null]]))).toEqual(['A', 'B', 'C', 'D'])
  })
  test('rankings of different categories are apart, and one unit is one proposal without an item', () => {
    const rows = assess([['A', 1, 1], ['B', 1, 2], ['C', 1, 3], ['D', 1, 4], ['A', 1, 7, '双招双引'], ['B', 1, 8, '双招双引'], ['C', 1, 9, '双招双引'], ['D', 1, 6, '双招双引']])
    const found = run('R5', { period: '2025', reports: { assessment: rows }, units, heads })
    expect(found.map(({ unitId, item, firedReportIds }) => [unitId, item, firedReportIds.length])).toEqual([['A', null, 1], ['B', null, 2], ['C', null, 2], ['D', null, 1]])
  })
  test('does not run for a month', () => {
    const rows = assess([['A', 1, 1]]).map((row) => ({ ...row, period: '2025-12' }))
    expect(run('R5', { period: '2025-12', reports: { assessment: rows }, units, heads })).toEqual([])
  })
})

/** A unit is among the worst K exactly when fewer than K others are strictly worse. */
function naiveWorst(rows: readonly Air[]): ReadonlySet<string> {
  const byRank = rows.every(([, , rank]) => rank !== null)
  const badness = ([, pm25, rank]: Air): number => (byRank ? (rank ?? 0) : pm25)
  return new Set(rows.filter((row) => rows.filter((other) => badness(other) > badness(row)).length < 3).map(([unit]) => unit))
}

test('R2 agrees with counting who is strictly worse, in any order', () => {
  const rows = fc.tuple(fc.boolean(), fc.uniqueArray(fc.tuple(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G'), fc.integer({ min: 30, max: 36 }), fc.option(fc.integer({ min: 1, max: 6 }), { nil: null, freq: 8 })), { selector: ([unit]) => unit, maxLength: 7 }))
    .map(([ranked, list]) => list.map(([unit, pm25, rank]): Air => [unit, pm25, ranked ? (rank ?? 7) : rank]))
  fc.assert(fc.property(rows, rows, (before, now) => {
    const reports = [...month('2026-05', before), ...month('2026-06', now)]
    const expected = [...naiveWorst(now)].filter((unit) => naiveWorst(before).has(unit)).sort()
    const found = run('R2', { period: '2026-06', reports: { air: reports }, heads })
    expect(unitsOf(found)).toEqual(expected)
    expect(run('R2', { period: '2026-06', reports: { air: [...reports].reverse() }, heads })).toEqual(found)
    expect(new Set(keysOf(found)).size).toBe(found.length)
  }), { numRuns: 2000, seed: 20260602 })
})
