/** Runs rules over reports and letters. Pure: the same input, in any order, gives the same findings in the same order. */
import { chinesePeriod } from '../period.ts'
import { isOverdue, overdueDays } from '../letters/state.ts'
import { letterTypeNames } from '../letters/types.ts'
import type { Addressee, ConditionOf, ReportCondition, RuleDefinition } from './definition.ts'
import { compareFindings } from './finding.ts'
import type { Fact, Finding, RuleInput, RuleLetter } from './finding.ts'
import type { Match, MatchRow } from './match.ts'
import { runsFor } from './periods.ts'
import { matchBehind, matchPastDue, matchValueIn } from './single.ts'
import { matchStalled } from './stalled.ts'
import { fillTemplate } from './template.ts'
import { matchWorst } from './worst.ts'

function matchesOf(condition: ReportCondition, input: RuleInput): readonly Match[] {
  switch (condition.type) {
    case 'stalled': return matchStalled(condition, input)
    case 'worst': return matchWorst(condition, input)
    case 'behind': return matchBehind(condition, input)
    case 'pastDue': return matchPastDue(condition, input)
    case 'valueIn': return matchValueIn(condition, input)
  }
}

function factOf(rule: RuleDefinition, { report, values, byValue, note }: MatchRow): Fact {
  const template = byValue === true ? (rule.factByValue ?? rule.fact) : rule.fact
  const period = chinesePeriod(report.period)
  const text = fillTemplate(template, { ...values, period, item: report.item }) + (note ?? '')
  return { label: period, text, period: report.period, reportId: report.id, letterId: null, figures: values }
}

function officialOf(addressee: Addressee, match: Match, input: RuleInput): string | null {
  return addressee === 'unitHead' ? (input.heads.get(match.unitId) ?? null) : match.rowOfficialId
}

function findingOf(rule: RuleDefinition, match: Match, input: RuleInput): Finding {
  const officialId = officialOf(rule.addressee, match, input)
  return {
    ruleId: rule.id, ruleVersion: rule.version, period: input.period, unitId: match.unitId, officialId, item: match.item,
    measure: rule.measure, matter: rule.matter, cause: rule.cause, firedReportIds: match.rows.map(({ report }) => report.id), letterId: null,
    facts: match.rows.map((row) => factOf(rule, row)), basis: rule.basis, incomplete: officialId === null, occasion: input.period,
  }
}

/** R7 stays in the matter of the letter that was not answered. */
function findingOfLetter(rule: RuleDefinition, letter: RuleLetter, replyDue: string, input: RuleInput): Finding {
  const values = { number: letter.number ?? '（编号待定）', letterType: letterTypeNames[letter.type], replyDue, overdueDays: overdueDays(replyDue, input.today) }
  const period = chinesePeriod(input.period)
  const text = fillTemplate(rule.fact, { ...values, period, item: letter.number })
  return {
    ruleId: rule.id, ruleVersion: rule.version, period: input.period, unitId: letter.unitId, officialId: letter.officialId, item: letter.number,
    measure: rule.measure, matter: letter.matter, cause: rule.cause, firedReportIds: [], letterId: letter.id,
    facts: [{ label: period, text, period: input.period, reportId: null, letterId: letter.id, figures: values }],
    basis: rule.basis, incomplete: letter.officialId === null, occasion: replyDue,
  }
}

function overdueFindings(rule: RuleDefinition, condition: ConditionOf<'overdueReply'>, input: RuleInput): readonly Finding[] {
  const { letterTypes } = condition
  return input.letters.flatMap((letter) => {
    const wanted = letterTypes.length === 0 || letterTypes.includes(letter.type)
    if (letter.replyDue === null || !wanted || !isOverdue(letter.state, letter.replyDue, input.today)) return []
    return [findingOfLetter(rule, letter, letter.replyDue, input)]
  })
}

/**
 * All findings of the enabled rules that run for `period` (annual rules for a year, monthly ones for a month). Rules that are off, or that
 * belong to the other sort of period, find nothing. Give current report versions of the periods that periodsNeeded names; more does no harm.
 */
export function runRules(input: RuleInput): readonly Finding[] {
  const findings = input.rules.flatMap((rule): readonly Finding[] => {
    const { condition } = rule
    if (!rule.enabled || !runsFor(condition, input.period)) return []
    if (condition.type === 'overdueReply') return overdueFindings(rule, condition, input)
    return matchesOf(condition, input).map((match) => findingOf(rule, match, input))
  })
  return findings.sort(compareFindings)
}
