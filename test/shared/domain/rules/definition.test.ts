import { expect, test } from 'vitest'
import { conditionText } from '../../../../shared/domain/rules/condition-text.ts'
import { conditionSchema, ruleDefinitionSchema, templatePlaces } from '../../../../shared/domain/rules/definition.ts'
import { defaultRules } from '../../../../shared/domain/rules/defaults.ts'
import { fillTemplate, unknownPlaces } from '../../../../shared/domain/rules/template.ts'
import { periodsNeeded } from '../../../../shared/domain/rules/periods.ts'
import { ruleOf } from '../../../host/rule-builders.ts'

test('the default rules are R1 to R7, version 1, and pass their own schema through JSON', () => {
  expect(defaultRules.map(({ id }) => id)).toEqual(['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7'])
  for (const rule of defaultRules) expect(ruleDefinitionSchema.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule)
})

test.each<[string, object]>([
  ['an unknown field', { extra: 1 }],
  ['a version below 1', { version: 0 }],
  ['an id that is none', { id: '规则' }],
  ['a sentence with an unknown place', { fact: '{secret}' }],
  ['a sentence with an open brace', { fact: '{signed' }],
  ['a sentence with an unknown format', { fact: '{signed:roman}' }],
  ['a figure of another kind', { condition: { type: 'stalled', kind: 'air', figures: ['signed'], months: 3 } }],
  ['no months', { condition: { type: 'stalled', kind: 'investment', figures: ['signed'], months: 0 } }],
  ['an unknown condition', { condition: { type: 'guess' } }],
  ['an addressee that the condition has not', { addressee: 'letterOfficial' }],
  ['an empty basis', { basis: ' ' }],
])('refuses %s', (_, change) => {
  expect(ruleDefinitionSchema.safeParse({ ...ruleOf('R1'), ...change }).success).toBe(false)
})

test('an office may change the numbers and make its own rule', () => {
  const own = { ...ruleOf('R1'), id: 'office-1', version: 2, condition: { type: 'stalled', kind: 'investment', figures: ['negotiating'], months: 2 }, fact: '{period}在谈{negotiating}' }
  expect(ruleDefinitionSchema.parse(own)).toEqual(own)
  expect(conditionSchema.options.length).toBe(6)
  expect(templatePlaces(ruleOf('R7').condition)).toContain('replyDue')
})

test('periods needed by each rule', () => {
  const periods = (id: string, period: string) => periodsNeeded(ruleOf(id), period)
  expect(periods('R2', '2026-01')).toEqual({ kind: 'air', periods: ['2025-12', '2026-01'] })
  expect(periods('R3', '2026-06')).toEqual({ kind: 'projects', periods: ['2026-06'] })
  expect(periods('R4', '2026-06')).toEqual({ kind: 'tasks', periods: ['2026-06'] })
  expect(periods('R5', '2025')).toEqual({ kind: 'assessment', periods: ['2025'] })
  expect(periods('R6', '2026-06')).toBeNull()
  expect(periods('R7', '2026-06')).toBeNull()
})

test('the sentence of R3 says that exactly 15 points behind is not enough: “以上” would include them', () => {
  const r3 = defaultRules.find(({ id }) => id === 'R3')!
  expect(conditionText(r3.condition)).toBe('重点项目：完成率落后于时序进度超过15个百分点（完成率为空时按累计完成÷年度计划投资计算）')
})

test('templates put values in as they are', () => {
  expect(fillTemplate('{item}：{paidIn:yuan}，{rate:percent}，{dueOn:date}，{none}', { item: '{rate}$&', paidIn: 74_210_000, rate: 34.9, dueOn: '2026-03-05', none: null }))
    .toBe('{rate}$&：7421万元，34.9%，2026年3月5日，未填报')
  expect(unknownPlaces('{a}{b:date}{c:x}{', ['a'])).toEqual(['b', 'c:x', ''])
})
