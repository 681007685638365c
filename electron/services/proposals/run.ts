/**
 * Running the rules. A finding is stored under an id made of its key, so running twice adds nothing; an open proposal follows its finding or is
 * withdrawn with the reason when it no longer fires; what a person has decided stays as it was decided.
 */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import type { Period, ReportKind } from '../../../shared/domain/kinds.ts'
import { runRules } from '../../../shared/domain/rules/engine.ts'
import { proposalKey, type Finding, type RuleInput, type RuleReport } from '../../../shared/domain/rules/finding.ts'
import { periodsNeeded, runsFor } from '../../../shared/domain/rules/periods.ts'
import { draftTexts } from '../../../shared/letter/draft-texts.ts'
import { attempt, type Result } from '../../../shared/result.ts'
import { canonical } from '../../store/log/canonical.ts'
import { derivedId } from '../../store/ids.ts'
import { overdueLetters } from '../../store/queries/letters.ts'
import { headsOn, openAboutLetters, proposalRows, proposalsOfPeriod, reportsFor, unitKinds } from '../../store/queries/proposals.ts'
import type { ReadDb } from '../../store/read-db.ts'
import { rowById, type Row } from '../../store/rows.ts'
import type { RegisterValue } from '../../store/tables.ts'
import type { WriteTx } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import { decide } from '../letters/draft.ts'
import { officeOf, type Office } from '../letters/rows.ts'
import { readRules } from '../rules.ts'
import { ruleTitles, toProposalRow } from './rows.ts'

export function proposalId(finding: Parameters<typeof proposalKey>[0]): string {
  return derivedId('proposal', proposalKey(finding))
}

/** A unit with two heads at one time has none for the rules: nobody is guessed. */
function headsOf(db: ReadDb, date: string): ReadonlyMap<string, string> {
  const byUnit = Map.groupBy(headsOn(db, date), (row) => row.unitId)
  return new Map([...byUnit].flatMap(([unitId, rows]) => (rows.length === 1 && rows[0] ? [[unitId, rows[0].officialId] as const] : [])))
}

function loadReports(db: ReadDb, rules: RuleInput['rules'], period: Period): RuleInput['reports'] {
  const periods = new Map<ReportKind, Set<Period>>()
  for (const rule of rules) {
    const needed = rule.enabled ? periodsNeeded(rule, period) : null
    if (needed === null) continue
    const known = periods.get(needed.kind) ?? new Set<Period>()
    for (const one of needed.periods) known.add(one)
    periods.set(needed.kind, known)
  }
  const reports: Partial<Record<ReportKind, readonly RuleReport[]>> = {}
  for (const [kind, wanted] of periods) {
    reports[kind] = reportsFor(db, kind, [...wanted].sort()).map((row) => ({
      id: row.id, period: row.period ?? '', unitId: row.unitId ?? '', officialId: row.officialId, item: row.item, figures: row.figures as RuleReport['figures'], version: row.version ?? 1,
    }))
  }
  return reports
}

export function ruleInput(db: ReadDb, period: Period, date: string): RuleInput {
  const rules = readRules(db)
  const letters = overdueLetters(db, date).map((row) => ({
    id: row.id, number: row.number, type: row.type, state: row.state, unitId: row.unitId, officialId: row.officialId, matter: row.matter, replyDue: row.replyDue,
  }))
  const units = new Map(unitKinds(db).map((row) => [row.id, { kind: row.kind as 'township' }]))
  return { rules, period, today: date, reports: loadReports(db, rules, period), letters, units, heads: headsOf(db, date) }
}

type FindingValue = RegisterValue<'proposal', 'finding'>

function valueOf(finding: Finding, foundOn: string): FindingValue {
  return {
    ruleId: finding.ruleId, ruleVersion: finding.ruleVersion, period: finding.period, unitId: finding.unitId, officialId: finding.officialId, item: finding.item, measure: finding.measure, matter: finding.matter,
    cause: finding.cause, basis: finding.basis, facts: finding.facts, reportIds: finding.firedReportIds, aboutLetterId: finding.letterId, foundOn,
  }
}

/** Says the finding the same as before, apart from the day on which it was found? */
function sameFinding(row: Row<'proposal'>, value: FindingValue): boolean {
  return Object.entries(value).every(([key, one]) => key === 'foundOn' || canonical(row[key as keyof FindingValue] ?? null) === canonical(one ?? null))
}

/** A finding that now names the person whom somebody had filled in by hand, and that was decided under the nameless id: it is that proposal. */
function decidedWithoutName(db: ReadDb, finding: Finding): boolean {
  if (finding.officialId === null) return false
  const row = rowById(db, 'proposal', proposalId({ ...finding, officialId: null }))
  return row !== undefined && row.state !== 'open' && row.state !== 'withdrawn' && row.addresseeId === finding.officialId
}

type Counts = { added: number; changed: number; withdrawn: number }

function putFinding(tx: WriteTx, finding: Finding, date: string, office: Office, counts: Counts): void {
  const id = proposalId(finding)
  const known = rowById(tx, 'proposal', id)
  const value = valueOf(finding, date)
  if (known !== undefined && known.state !== 'open' && known.state !== 'withdrawn') return
  if (known === undefined && decidedWithoutName(tx, finding)) return
  if (known === undefined) {
    counts.added += 1
    tx.put('proposal', id, 'finding', value, finding.unitId)
    decide(tx, { id, unitId: finding.unitId }, { state: 'open', reason: null, letterId: null }, office)
    return
  }
  // R7 names one letter under one id in every month: the month in which it was found first stays.
  const kept = finding.letterId === null ? value : { ...value, period: known.period }
  if (sameFinding(known, kept) && known.state === 'open') return
  counts.changed += 1
  if (!sameFinding(known, kept)) tx.put('proposal', id, 'finding', kept, finding.unitId)
  if (known.state === 'withdrawn') decide(tx, known, { state: 'open', reason: null, letterId: null }, office)
}

/** Open proposals of this run that no rule finds any more. Those of a rule that does not run for such a period are none of this run's business. */
function withdrawSilent(tx: WriteTx, input: RuleInput, found: ReadonlySet<string>, office: Office, counts: Counts): void {
  const rules = new Map(input.rules.map((rule) => [rule.id, rule]))
  const candidates = [...proposalsOfPeriod(tx, input.period).filter((row) => row.aboutLetterId === null), ...openAboutLetters(tx)]
  for (const row of candidates) {
    if (row.state !== 'open' || found.has(row.id)) continue
    const rule = rules.get(row.ruleId ?? '')
    if (rule?.enabled === true && !runsFor(rule.condition, input.period)) continue
    counts.withdrawn += 1
    const reason = rule === undefined || !rule.enabled ? draftTexts.ruleOff : draftTexts.noLongerFires(input.today)
    decide(tx, row, { state: 'withdrawn', reason, letterId: null }, office)
  }
}

/** `date`: the day that R7 looks at and that heads are taken from; today when absent. Answers every proposal that the run found, decided ones too. */
export function runProposals({ period, date }: ParsedOf<'proposals.run'>, context: OpenContext): Result<OutputOf<'proposals.run'>> {
  return attempt(() =>
    context.store.write({ kind: 'proposals.run', author: context.account.id }, (tx) => {
      const office = officeOf(tx, context)
      const input = ruleInput(tx, period, date ?? office.today)
      const findings = runRules(input)
      const counts: Counts = { added: 0, changed: 0, withdrawn: 0 }
      for (const finding of findings) putFinding(tx, finding, input.today, office, counts)
      const ids = findings.map(proposalId)
      withdrawSilent(tx, input, new Set(ids), office, counts)
      const titles = ruleTitles(tx)
      return { ...counts, proposals: proposalRows(tx, ids).map((row) => toProposalRow(tx, row, office, titles)) }
    }))
}
