/** A proposal as lists and pages show it. */
import type { OutputOf } from '../../../shared/contract/entries.ts'
import type { ProposalRow } from '../../../shared/contract/proposals.ts'
import type { Fact } from '../../../shared/domain/rules/finding.ts'
import { letterRows } from '../../store/queries/letters.ts'
import { reportRowsById, type ProposalListRow } from '../../store/queries/proposals.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { Office } from '../letters/rows.ts'
import { guardOf } from '../letters/draft.ts'
import { readRules } from '../rules.ts'

/** Read once for a page of proposals. */
export type RuleTitles = ReadonlyMap<string, string>

export function ruleTitles(db: ReadDb): RuleTitles {
  return new Map(readRules(db).map((rule) => [rule.id, rule.title]))
}

function guardView(db: ReadDb, row: ProposalListRow, office: Office): ProposalRow['guard'] {
  // Decided ones are past the guard: their own letter would stand against them.
  if (row.state !== 'open') return null
  const verdict = guardOf(db, row, office, office.today)
  return verdict === null ? null : { kind: verdict.kind, letterId: verdict.letterId, number: letterRows(db, [verdict.letterId])[0]?.number ?? null, until: verdict.until }
}

export function factsOf(row: ProposalListRow): readonly Fact[] {
  return (row.facts ?? []) as Fact[]
}

export function toProposalRow(db: ReadDb, row: ProposalListRow, office: Office, titles: RuleTitles = ruleTitles(db)): ProposalRow {
  const officialId = row.addresseeId ?? row.officialId
  const summary = factsOf(row).map((fact) => fact.text).join('；')
  return {
    id: row.id, ruleId: row.ruleId ?? '', ruleVersion: row.ruleVersion ?? 0, ruleTitle: titles.get(row.ruleId ?? '') ?? row.cause ?? '', period: row.period ?? '', unitId: row.unitId ?? '', unit: row.unitName ?? '',
    officialId, official: officialId === null ? null : row.officialName, title: officialId === null ? null : row.officialTitle, item: row.item, measure: row.measure ?? '', matter: row.matter ?? '',
    state: (row.state ?? 'open') as ProposalRow['state'], reason: row.reason, letterId: row.letterId, incomplete: officialId === null, guard: guardView(db, row, office), summary: summary === '' ? (row.cause ?? '') : summary,
  }
}

type ReportView = OutputOf<'proposals.get'>['reports'][number]

/** The rows that fired, with the file, sheet and row that each stands in. */
export function firedReports(db: ReadDb, row: ProposalListRow): ReportView[] {
  return reportRowsById(db, (row.reportIds ?? []) as string[]).map((report) => ({
    id: report.id, kind: report.kind ?? '', period: report.period ?? '', unitId: report.unitId ?? '', unit: report.unitName ?? '', officialId: report.officialId, official: report.officialName, item: report.item,
    figures: (report.figures ?? {}) as ReportView['figures'], remark: report.remark, bulletinId: report.bulletinId, sheet: report.sheet, sheetRow: report.sheetRow, version: report.version ?? 1, fileName: report.fileName,
  }))
}
