import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RuleReport } from '../../../../shared/domain/rules/finding.ts'
import { keysOf, report, ruleOf, run, unitsOf } from '../../../host/rule-builders.ts'

const project = (figures: RuleReport['figures'], item = '项目甲'): RuleReport => report('2026-06', 'A', figures, { item })
const behind = (figures: RuleReport['figures']): boolean => run('R3', { period: '2026-06', reports: { projects: [project(figures)] } }).length === 1

describe('R3', () => {
  test.each<[string, RuleReport['figures'], boolean]>([
    ['exactly 15 points', { completionRate: 35, scheduleRate: 50 }, false],
    ['a tenth more', { completionRate: 34.9, scheduleRate: 50 }, true],
    ['ahead', { completionRate: 61, scheduleRate: 50 }, false],
    ['15 points in floats that do not add up', { completionRate: 0.1 + 0.2, scheduleRate: 15.3 }, false],
    ['15 points after a float multiplication', { completionRate: 0.29 * 100, scheduleRate: 44 }, false],
    ['a rate that wins over the computed one', { completionRate: 50, scheduleRate: 50, completedInvestment: 0, plannedInvestment: 100 }, false],
    ['computed, exactly 15 points', { completionRate: null, scheduleRate: 50, completedInvestment: 122_500_000, plannedInvestment: 350_000_000 }, false],
    ['computed, one yuan less', { completionRate: null, scheduleRate: 50, completedInvestment: 122_499_999, plannedInvestment: 350_000_000 }, true],
    ['computed, a third against a third of a percent', { completionRate: null, scheduleRate: 48.333333333, completedInvestment: 1, plannedInvestment: 3 }, false],
    ['nothing done yet is a rate of 0', { completionRate: null, scheduleRate: 50, completedInvestment: 0, plannedInvestment: 100 }, true],
    ['no rate and no plan', { completionRate: null, scheduleRate: 50, completedInvestment: 0, plannedInvestment: 0 }, false],
    ['no rate and no figure', { completionRate: null, scheduleRate: 50, completedInvestment: null, plannedInvestment: 100 }, false],
    ['no schedule', { completionRate: 1, scheduleRate: null }, false],
    ['schedule below the points', { completionRate: 0, scheduleRate: 15 }, false],
  ])('%s', (_, figures, expected) => {
    expect(behind(figures)).toBe(expected)
  })

  test('the sentence never rounds up to the limit', () => {
    const [finding] = run('R3', { period: '2026-06', reports: { projects: [project({ completionRate: null, scheduleRate: 50, completedInvestment: 122_499_999, plannedInvestment: 350_000_000 })] } })
    expect(finding?.facts[0]?.text).toBe('项目甲：截至2026年6月投资完成率34.99%，时序进度50%，落后15.01个百分点（完成率按累计完成÷年度计划投资计算）')
    expect(finding).toMatchObject({ item: '项目甲', officialId: 'A-o' })
  })

  test('agrees with integer arithmetic on thousandths of a percent', () => {
    const milli = fc.integer({ min: 0, max: 100_000 })
    fc.assert(fc.property(milli, milli, fc.boolean(), fc.integer({ min: 1, max: 10 ** 9 }), fc.nat(10 ** 9), (rate, schedule, given, whole, part) => {
      const figures = { completionRate: given ? rate / 1000 : null, scheduleRate: schedule / 1000, completedInvestment: part, plannedInvestment: whole }
      const expected = given ? rate + 15_000 < schedule : BigInt(part) * 100_000n < BigInt(schedule - 15_000) * BigInt(whole)
      expect(behind(figures)).toBe(expected)
    }), { numRuns: 3000, seed: 20260603 })
  })
})

describe('R4', () => {
  const task = (dueOn: string | null, status = '在办', period = '2026-06'): boolean =>
    run('R4', { period, reports: { tasks: [report(period, 'A', { dueOn, status }, { item: '督1' })] } }).length === 1
  test.each<[string | null, string, string, boolean]>([
    ['2026-06-29', '在办', '2026-06', true], ['2026-06-30', '在办', '2026-06', false], ['2026-07-01', '在办', '2026-06', false], ['2025-12-31', '在办', '2026-06', true],
    ['2026-06-29', '已办结', '2026-06', false], [null, '在办', '2026-06', false], ['2028-02-28', '在办', '2028-02', true], ['2028-02-29', '在办', '2028-02', false],
    ['2026-02-27', '在办', '2026-02', true], ['2026-02-28', '在办', '2026-02', false],
  ])('strictly before the last day: due %s, %s, in %s', (dueOn, status, period, expected) => {
    expect(task(dueOn, status, period)).toBe(expected)
  })

  test('agrees with a count of days', () => {
    const day = fc.date({ min: new Date('2024-01-01'), max: new Date('2028-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))
    fc.assert(fc.property(day, day, fc.constantFrom('在办', '已办结'), (due, inMonth, status) => {
      const period = inMonth.slice(0, 7)
      const lastDay = new Date(Date.UTC(Number(period.slice(0, 4)), Number(period.slice(5)), 0))
      expect(task(due, status, period)).toBe(status === '在办' && new Date(due).getTime() < lastDay.getTime())
    }), { numRuns: 500, seed: 20260604 })
  })

  test('one finding for each matter, incomplete without an official, other periods left out', () => {
    const rows = ['1', '2', '3'].map((item) => report('2026-06', 'A', { dueOn: '2026-05-01', status: '在办' }, { item, officialId: item === '2' ? null : 'A-o' }))
    const found = run('R4', { period: '2026-06', reports: { tasks: [...rows, { ...rows[0]!, period: '2026-05', item: '9', id: 'old' }] } })
    expect(found.map(({ item, incomplete }) => [item, incomplete])).toEqual([['2', true], ['1', false], ['3', false]])
    expect(run('R4', { period: '2026-06', reports: { tasks: rows.toReversed() } })).toEqual(found)
  })

  test('a correction that names another official supersedes the row', () => {
    const old = report('2026-06', 'A', { dueOn: '2026-05-01', status: '在办' }, { item: '1', version: 0 })
    const corrected = { ...old, id: 'x', officialId: 'new', version: 1 }
    expect(run('R4', { period: '2026-06', reports: { tasks: [corrected, old] } }).map(({ officialId }) => officialId)).toEqual(['new'])
  })
})

describe('R6', () => {
  const units = new Map([['A', { kind: 'department' as const }], ['B', { kind: 'township' as const }], ['C', { kind: 'taskforce' as const }], ['D', { kind: 'department' as const }]])
  const heads = new Map([['A', 'head-A']])
  test('only departments, only 不合格, the head, one proposal a unit', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C', 'D', 'unknown'), fc.constantFrom('优秀', '良好', '合格', '不合格', null), fc.constantFrom('甲', '乙')), { maxLength: 12 }), (rows) => {
      const table = new Map(rows.map(([unit, grade, item]) => [`${unit}${item}`, report('2025', unit, { grade }, { item })]))
      const assessment = [...table.values()]
      const found = run('R6', { period: '2025', reports: { assessment }, units, heads })
      const expected = ['A', 'D'].filter((unit) => assessment.some((row) => row.unitId === unit && row.figures['grade'] === '不合格'))
      expect(unitsOf(found)).toEqual(expected)
      expect(found.map(({ officialId }) => officialId)).toEqual(expected.map((unit) => (unit === 'A' ? 'head-A' : null)))
      expect(keysOf(run('R6', { period: '2025', reports: { assessment: assessment.toReversed() }, units, heads }))).toEqual(keysOf(found))
    }), { numRuns: 500, seed: 20260606 })
  })
})

test('a rule that is off finds nothing', () => {
  const projects = [project({ completionRate: 0, scheduleRate: 50 })]
  expect(run({ ...ruleOf('R3'), enabled: false }, { period: '2026-06', reports: { projects } })).toEqual([])
  expect(run('R3', { period: '2026', reports: { projects: projects.map((row) => ({ ...row, period: '2026' })) } })).toEqual([])
})
