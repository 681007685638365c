import { expect, test } from 'vitest'
import { defaultRules } from '../../../../shared/domain/rules/defaults.ts'
import { runRules } from '../../../../shared/domain/rules/engine.ts'
import { expected, loadSample } from '../../../host/rule-sample.ts'
import type { ExpectedProposal } from '../../../host/rule-sample.ts'

const sample = loadSample()
const order = (a: ExpectedProposal, b: ExpectedProposal): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

test.each(['2026-06', '2025'])('the sample year gives exactly the expected proposals of %s', (period) => {
  const findings = runRules({ rules: defaultRules, period, today: '2026-07-05', letters: [], ...sample })
  const found = findings.map(({ ruleId, unitId, officialId, item }) => ({ rule: ruleId, period, unit: unitId, official: officialId?.split('/')[1] ?? null, item }))
  const wanted = expected.proposals.filter((proposal) => proposal.period === period)
  expect(wanted.length).toBeGreaterThan(5)
  expect(found.sort(order)).toEqual([...wanted].sort(order))
})

test('a finding carries its rows, figures and sources', () => {
  const findings = runRules({ rules: defaultRules, period: '2026-06', today: '2026-07-05', letters: [], ...sample })
  const finding = findings.find(({ ruleId, officialId }) => ruleId === 'R1' && officialId === '洪绪镇人民政府/仇建军')
  expect(finding?.facts.map(({ text }) => text)).toEqual([
    '2026年3月累计签约项目2个、开工项目0个、到位资金3832万元',
    '2026年4月累计签约项目2个、开工项目0个、到位资金3832万元（空项按年内上次数）',
    '2026年5月累计签约项目2个、开工项目0个、到位资金3832万元',
    '2026年6月累计签约项目2个、开工项目0个、到位资金3832万元',
  ])
  expect(finding?.firedReportIds).toEqual(finding?.facts.map(({ reportId }) => reportId))
  expect(finding).toMatchObject({ measure: 'reminder', cause: '招商引资工作没有实质进展', ruleVersion: 1, incomplete: false })
})

test('every sentence is filled', () => {
  const texts = ['2026-06', '2025'].flatMap((period) => runRules({ rules: defaultRules, period, today: '2026-07-05', letters: [], ...sample }).flatMap(({ facts }) => facts.map(({ text }) => text)))
  expect(texts.filter((text) => /[{}]|undefined|null|NaN/.test(text))).toEqual([])
  expect(texts).toContain('2026年6月PM2.5月均51微克/立方米，列后3位（共21个单位）')
  expect(texts).toContain('2026年5月环境空气质量位次第20（共21个单位），PM2.5月均50微克/立方米')
})
