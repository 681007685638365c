/** Small builders for inputs of the rule engine. */
import { defaultRules } from '../../shared/domain/rules/defaults.ts'
import type { RuleDefinition } from '../../shared/domain/rules/definition.ts'
import { runRules } from '../../shared/domain/rules/engine.ts'
import { proposalKey } from '../../shared/domain/rules/finding.ts'
import type { Finding, RuleInput, RuleReport } from '../../shared/domain/rules/finding.ts'

export function ruleOf(id: string): RuleDefinition {
  const rule = defaultRules.find((entry) => entry.id === id)
  if (rule === undefined) throw new Error(`no rule ${id}`)
  return rule
}

export function report(period: string, unitId: string, figures: RuleReport['figures'], more: Partial<RuleReport> = {}): RuleReport {
  const base = { period, unitId, figures, officialId: `${unitId}-o`, item: null, ...more }
  return { id: `${period}/${unitId}/${base.officialId ?? ''}/${base.item ?? ''}`, ...base }
}

export function run(ruleIdOrRule: string | RuleDefinition, input: Partial<RuleInput> & Pick<RuleInput, 'period'>): readonly Finding[] {
  const rule = typeof ruleIdOrRule === 'string' ? ruleOf(ruleIdOrRule) : ruleIdOrRule
  return runRules({ rules: [rule], today: '2026-07-01', reports: {}, letters: [], units: new Map(), heads: new Map(), ...input })
}

export const unitsOf = (findings: readonly Finding[]): readonly string[] => findings.map(({ unitId }) => unitId)
export const keysOf = (findings: readonly Finding[]): readonly string[] => findings.map(proposalKey)
