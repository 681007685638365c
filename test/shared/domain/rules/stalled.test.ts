import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { periodsNeeded } from '../../../../shared/domain/rules/periods.ts'
import type { RuleReport } from '../../../../shared/domain/rules/finding.ts'
import { keysOf, report, ruleOf, run, unitsOf } from '../../../host/rule-builders.ts'

/** [signed, started, paidIn]; null as a whole = no row that month. */
type Row = readonly [number | null, number | null, number | null] | null

const row = (period: string, [signed, started, paidIn]: NonNullable<Row>): RuleReport => report(period, 'A', { signed, started, paidIn })
const year = (rows: readonly Row[], of = '2026'): readonly RuleReport[] => rows.flatMap((figures, index) => (figures === null ? [] : [row(`${of}-${String(index + 1).padStart(2, '0')}`, figures)]))
const fires = (period: string, investment: readonly RuleReport[]): boolean => run('R1', { period, reports: { investment } }).length > 0

describe('R1 boundaries', () => {
  const flat: Row = [2, 1, 500]
  test.each<[string, readonly Row[], boolean]>([
    ['unchanged from March to June', [flat, flat, flat, flat, flat, flat], true],
    ['one yuan more in June', [flat, flat, flat, flat, flat, [2, 1, 501]], false],
    ['one project more in April', [flat, flat, flat, [3, 1, 500], [3, 1, 500], [3, 1, 500]], false],
    ['more in March only: before the run', [flat, flat, [9, 9, 900], [9, 9, 900], [9, 9, 900], [9, 9, 900]], true],
    ['figures corrected downwards', [flat, flat, flat, [1, 1, 400], [1, 0, 300], [0, 0, 0]], true],
    ['a missing March', [flat, flat, null, flat, flat, flat], false],
    ['a missing May', [flat, flat, flat, flat, null, flat], false],
    ['a missing June', [flat, flat, flat, flat, flat, null], false],
    ['no row in January and February', [null, null, flat, flat, flat, flat], true],
    ['empty cells keep the last known figure', [flat, flat, flat, [null, null, null], flat, [2, null, null]], true],
    ['an empty cell does not hide a rise over it', [flat, flat, flat, [null, 1, 500], [3, 1, 500], [3, 1, 500]], false],
    ['empty after a fall: the last known one is the lower', [flat, flat, flat, [1, 1, 500], [null, 1, 500], [2, 1, 500]], false],
    ['an empty March is filled from February', [null, [5, 1, 500], [null, 1, 500], [5, 1, 500], [5, 1, 500], [5, 1, 500]], true],
    ['empty everywhere is nothing', [null, null, [null, null, null], [null, null, null], [null, null, null], [null, null, null]], true],
  ])('June: %s', (_, rows, expected) => {
    expect(fires('2026-06', year(rows))).toBe(expected)
  })

  test('January starts from 0, and is never compared with December', () => {
    const zero: Row = [0, null, 0]
    expect(fires('2026-03', year([zero, zero, zero]))).toBe(true)
    expect(fires('2026-03', year([flat, flat, flat]))).toBe(false)
    expect(fires('2026-03', [...year([flat, flat, flat]), row('2025-12', [9, 9, 900])])).toBe(false)
  })

  test('a run that begins last year is compared within last year', () => {
    const last = year([null, null, null, null, null, null, null, null, null, flat, flat, flat], '2025')
    const first = row('2026-01', [0, 0, 0])
    expect(fires('2026-01', [...last, first])).toBe(true)
    expect(fires('2026-01', [first])).toBe(false)
    expect(fires('2026-02', [...last, first, row('2026-02', [0, 0, 0])])).toBe(true)
    expect(fires('2026-02', [first, row('2026-02', [0, 0, 0])])).toBe(false)
    expect(fires('2026-01', [...last.slice(0, -1), row('2025-12', [2, 2, 500]), first])).toBe(false)
    // An empty January is 0, not what December had: nothing risen.
    expect(fires('2026-01', [...last, row('2026-01', [null, null, null])])).toBe(true)
    // An empty January is 0, not December's figure: 1 in February is a rise.
    expect(fires('2026-02', [...last, row('2026-01', [null, null, null]), row('2026-02', [1, 0, 0])])).toBe(false)
  })

  test('works per unit and official; a row without an official is proposed as incomplete', () => {
    const rows = year([flat, flat, flat, flat, flat, flat])
    const changed = rows.map((entry) => (entry.period >= '2026-05' ? { ...entry, officialId: 'other' } : entry))
    expect(fires('2026-06', changed)).toBe(false)
    expect(run('R1', { period: '2026-06', reports: { investment: rows.map((entry) => ({ ...entry, officialId: null })) } })).toMatchObject([{ officialId: null, incomplete: true }])
  })

  test('a newer version of a row counts', () => {
    const rows = year([flat, flat, flat, flat, flat, flat])
    const newer = { ...row('2026-06', [3, 1, 500]), id: '0', version: 2 }
    expect(fires('2026-06', [...rows, newer])).toBe(false)
    expect(fires('2026-06', [newer, ...rows])).toBe(false)
    expect(fires('2026-06', [...rows, { ...newer, version: -1 }])).toBe(true)
  })
})

test('periodsNeeded reads from the January of the oldest month compared', () => {
  const months = (period: string): readonly string[] => periodsNeeded(ruleOf('R1'), period)?.periods ?? []
  expect(months('2026-06')).toEqual(['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'])
  expect(months('2026-03')).toEqual(['2026-01', '2026-02', '2026-03'])
  expect(months('2026-02')).toEqual([...Array.from({ length: 12 }, (_, index) => `2025-${String(index + 1).padStart(2, '0')}`), '2026-01', '2026-02'])
  expect(periodsNeeded(ruleOf('R1'), '2025')).toBeNull()
})

/** The rule as a clerk would check it by hand: a table of 24 months, looked up backwards. */
function naive(rows: readonly Row[], at: number, months: number): boolean {
  const figure = (month: number, column: 0 | 1 | 2): number => {
    for (let index = month; index >= Math.floor(month / 12) * 12; index -= 1) {
      const value = rows[index]?.[column]
      if (value !== null && value !== undefined) return value
    }
    return 0
  }
  for (let month = at; month > at - months; month -= 1) {
    if (month < 0 || (rows[month] ?? null) === null) return false
    const january = month % 12 === 0
    if (!january && (month === 0 || (rows[month - 1] ?? null) === null)) return false
    for (const column of [0, 1, 2] as const) if (figure(month, column) > (january ? 0 : figure(month - 1, column))) return false
  }
  return true
}

test('agrees with a naive reading, in any order of rows', () => {
  const level = fc.option(fc.constantFrom(0, 0, 0, 1, 2), { nil: null })
  const figures = fc.option(fc.tuple(level, level, level), { nil: null, freq: 12 })
  fc.assert(fc.property(fc.array(figures, { minLength: 24, maxLength: 24 }), fc.oneof(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 12, max: 14 })), fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 2, max: 4 })), fc.infiniteStream(fc.nat()), (rows, at, months, random) => {
    const base = ruleOf('R1')
    const rule = { ...base, condition: { ...base.condition, months } as typeof base.condition }
    const period = `${at < 12 ? 2025 : 2026}-${String((at % 12) + 1).padStart(2, '0')}`
    const investment = [...year(rows.slice(0, 12), '2025'), ...year(rows.slice(12))]
    const found = run(rule, { period, reports: { investment } })
    expect(found.length > 0).toBe(naive(rows, at, months))
    const shuffled = investment.map((entry) => [random.next().value, entry] as const).sort(([a], [b]) => a - b).map(([, entry]) => entry)
    expect(run(rule, { period, reports: { investment: shuffled } })).toEqual(found)
    // What periodsNeeded names is enough.
    const needed = new Set(periodsNeeded(rule, period)?.periods)
    expect(keysOf(run(rule, { period, reports: { investment: investment.filter((entry) => needed.has(entry.period)) } }))).toEqual(keysOf(found))
    expect(unitsOf(found).every((unit) => unit === 'A')).toBe(true)
  }), { numRuns: 2000, seed: 20260601 })
})
