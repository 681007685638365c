/** 拟办: the list, one proposal with everything that speaks for and against it, counts. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { isOpen } from '../../../shared/domain/letters/state.ts'
import { conditionText } from '../../../shared/domain/rules/condition-text.ts'
import { ruleDefinitionSchema } from '../../../shared/domain/rules/definition.ts'
import { attempt, ok, type Result } from '../../../shared/result.ts'
import { addDays } from '../../../shared/text/dates.ts'
import { registerHistory, rowHistory } from '../../store/queries/history.ts'
import { lettersOfOfficial, lettersOfUnitItself } from '../../store/queries/letters.ts'
import { listProposals, openProposalsOf, proposalCounts, type ProposalListRow } from '../../store/queries/proposals.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { OpenContext } from '../context.ts'
import { officeOf, type Office } from '../letters/rows.ts'
import { readRules } from '../rules.ts'
import { proposalOf } from './decide.ts'
import { factsOf, firedReports, ruleTitles, toProposalRow } from './rows.ts'

type Detail = OutputOf<'proposals.get'>

export function proposalPage(input: ParsedOf<'proposals.list'>, context: OpenContext): Result<OutputOf<'proposals.list'>> {
  return attempt(() =>
    context.store.read((db) => {
      const office = officeOf(db, context)
      const titles = ruleTitles(db)
      const page = listProposals(db, input, input.sort, input.direction, input.cursor, input.limit)
      return { items: page.items.map((row) => toProposalRow(db, row, office, titles)), next: page.next, total: page.total }
    }))
}

/** The condition in the words of the version that fired; where that version is not in the record, of the one in force. */
function conditionOf(db: ReadDb, row: ProposalListRow): string {
  const written = registerHistory(db, 'rule', row.ruleId ?? '', 'definition').map((write) => ruleDefinitionSchema.safeParse(write.value.definition))
  const versions = [...written.flatMap((parsed) => (parsed.success ? [parsed.data] : [])), ...readRules(db).filter((rule) => rule.id === row.ruleId)]
  const rule = versions.find((one) => one.version === row.ruleVersion) ?? versions[0]
  return rule === undefined ? '' : conditionText(rule.condition)
}

/** Open letters, and those of the last N days of the burden guard (at least 90, so that a person sees the quarter). */
function otherLetters(db: ReadDb, row: ProposalListRow, office: Office): Detail['otherLetters'] {
  const officialId = row.addresseeId ?? row.officialId
  const letters = officialId === null ? lettersOfUnitItself(db, row.unitId ?? '') : lettersOfOfficial(db, officialId)
  const since = addDays(office.today, -Math.max(90, office.settings.guardDays))
  return letters.filter((one) => isOpen(one.state) || (one.issuedOn !== null && one.issuedOn >= since)).slice(0, 100)
    .map((one) => ({ id: one.id, number: one.number, type: one.type, matter: one.matter, state: one.state, issuedOn: one.issuedOn }))
}

export function getProposal({ id }: ParsedOf<'proposals.get'>, context: OpenContext): Result<Detail> {
  return attempt(() =>
    context.store.read((db): Detail => {
      const office = officeOf(db, context)
      const row = proposalOf(db, id)
      const reports = firedReports(db, row)
      const source = new Map(reports.map((report) => [report.id, [report.fileName, report.sheet, report.sheetRow].filter((part) => part !== null).join(' · ')]))
      const officialId = row.addresseeId ?? row.officialId
      return {
        ...toProposalRow(db, row, office), basis: row.basis ?? '', ruleCondition: conditionOf(db, row),
        facts: factsOf(row).map((fact) => ({ label: fact.label, text: fact.text, period: fact.period, source: fact.reportId === null ? null : (source.get(fact.reportId) ?? '').slice(0, 200) || null, reportId: fact.reportId })),
        reports, otherLetters: otherLetters(db, row, office), together: officialId === null ? [] : openProposalsOf(db, officialId).map((one) => one.id).filter((one) => one !== id),
        history: rowHistory(db, 'proposal', id).map((one) => ({ at: one.at, author: one.author, action: one.kind, note: one.note })),
      }
    }))
}

export function countProposals(context: OpenContext): Result<OutputOf<'proposals.counts'>> {
  return ok(context.store.read(proposalCounts).map((one) => ({ ...one, state: one.state as 'open' })))
}
