/** Proposals → the text that a person edits: facts with figures, period and source; basis; demands. */
import type { LetterDraft } from '../../../shared/contract/letter-schemas.ts'
import type { LetterType } from '../../../shared/domain/letters/types.ts'
import type { Fact } from '../../../shared/domain/rules/finding.ts'
import type { Settings } from '../../../shared/domain/settings.ts'
import { chinesePeriod } from '../../../shared/letter/dates.ts'
import { draftDemands, draftTexts } from '../../../shared/letter/draft-texts.ts'
import { reportRowsById, type ProposalListRow } from '../../store/queries/proposals.ts'
import type { ReadDb } from '../../store/read-db.ts'

type Report = ReturnType<typeof reportRowsById>[number]
type DraftFact = LetterDraft['facts'][number]

const maxFacts = 60

/** The title as printed in the workbook; a file without one is named after itself. */
function titleOf(report: Report): string {
  return report.title ?? (report.fileName ?? '').replace(/\.[A-Za-z0-9]{1,5}$/u, '').replace(/^\d{1,3}[-_.、\s]+/u, '')
}

/** 市招商促进中心《2026年6月份全市双招双引工作情况通报》: who reported and under which title; of several issues the last, with their number. */
function sourceOf(reports: readonly Report[]): string {
  const bySender = Map.groupBy(reports.filter((report) => titleOf(report) !== ''), (report) => report.sender ?? '')
  const named = [...bySender].map(([sender, rows]) => {
    const titles = [...new Set(rows.map(titleOf))]
    const shown = titles.length > 2 ? titles.slice(-1) : titles
    return `${sender}${shown.map((title) => `《${title}》`).join('')}${titles.length > 2 ? draftTexts.issues(titles.length) : ''}`
  })
  return (named.length === 0 ? draftTexts.unknownSource : named.join('、')).slice(0, 200)
}

/** A year that the sentence before has named is not named again: 2026年3月累计…；4月累计…. */
function withoutRepeatedYears(texts: readonly string[]): string {
  let year = ''
  return texts.map((text) => {
    const own = /^(\d{4}年)\d{1,2}月/u.exec(text)?.[1] ?? ''
    const short = own !== '' && own === year ? text.slice(own.length) : text
    year = own
    return short
  }).join('；')
}

/**
 * What is told about one finding, said once: a fact that names its item loses that name, as it heads the paragraph; the cause stands before a run of
 * months or rankings, a single fact speaks for itself.
 */
function toldOf(proposal: ProposalListRow, facts: readonly Fact[], heading: string | null): string {
  const texts = facts.map((fact) => fact.text.replace(/[。；]+$/u, ''))
  const bare = texts.map((text) => (heading !== null && text.startsWith(`${heading}：`) ? text.slice(heading.length + 1) : text))
  const told = withoutRepeatedYears(bare)
  if (told === '') return proposal.cause ?? ''
  return facts.length > 1 && proposal.cause ? `${proposal.cause}：${told}` : told
}

/** 督查事项: the matter's content heads it, its number and limit stand in its own fields (paper.ts), so the fact tells how it stands. */
function taskFact(proposal: ProposalListRow, facts: readonly Fact[], report: Report | undefined): { heading: string; text: string } | null {
  if (report?.kind !== 'tasks') return null
  const figures = { ...(report.figures as Record<string, unknown>), ...facts[0]?.figures }
  const [content, status, days] = [figures['content'], figures['status'], figures['overdueDays']]
  if (typeof content !== 'string' || content === '' || typeof status !== 'string') return null
  return { heading: content, text: draftTexts.taskStands(chinesePeriod(proposal.period ?? ''), status, typeof days === 'number' ? days : null) }
}

function factOf(db: ReadDb, proposal: ProposalListRow): DraftFact {
  const reports = reportRowsById(db, (proposal.reportIds ?? []) as string[])
  const facts = (proposal.facts ?? []) as Fact[]
  const task = taskFact(proposal, facts, reports[0])
  const heading = task?.heading ?? proposal.item
  const letter = facts[0]?.figures
  const ofLetter = reports.length === 0 && proposal.aboutLetterId !== null
    ? draftTexts.letterSource(String(letter?.['letterType'] ?? ''), String(letter?.['number'] ?? '')) : null
  return {
    heading: heading?.slice(0, 200) ?? null, text: (task?.text ?? toldOf(proposal, facts, heading)).slice(0, 20_000), period: proposal.period,
    source: ofLetter ?? sourceOf(reports), reportId: reports.at(-1)?.id ?? null,
  }
}

/** Several items each have a heading; a letter about one thing has it in its title. */
function headed(proposals: readonly ProposalListRow[], facts: readonly DraftFact[]): readonly DraftFact[] {
  return facts.length === 1 ? facts : facts.map((fact, i) => ({ ...fact, heading: fact.heading ?? proposals[i]?.cause?.slice(0, 200) ?? null }))
}

/** More items than a letter may list: the rest stand together in its last one. */
function capped(facts: readonly DraftFact[]): DraftFact[] {
  if (facts.length <= maxFacts) return [...facts]
  const rest = facts.slice(maxFacts - 1)
  const [first] = rest
  return [...facts.slice(0, maxFacts - 1), { heading: first?.heading ?? null, text: rest.map((fact) => fact.text).join('；').slice(0, 20_000), period: first?.period ?? null, source: first?.source ?? null, reportId: first?.reportId ?? null }]
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value.slice(0, 200) : null)

/** The fields of a 督办函 about one matter; of several, each fact keeps its own (paper.ts reads them from the reports). */
function supervisionOf(db: ReadDb, proposals: readonly ProposalListRow[]): LetterDraft['supervision'] {
  const report = proposals.length === 1 ? reportRowsById(db, ((proposals[0]?.reportIds ?? []) as string[]).slice(0, 1))[0] : undefined
  const figures = (report?.figures ?? {}) as Record<string, unknown>
  return { matterNumber: textOf(report?.item), source: textOf(figures['source']), supportUnits: null, dueOn: textOf(figures['dueOn']) }
}

function cardOf(db: ReadDb, proposals: readonly ProposalListRow[]): LetterDraft['card'] {
  const proposal = proposals[0]
  const report = reportRowsById(db, ((proposal?.reportIds ?? []) as string[]).slice(0, 1))[0]
  const figures = (report?.figures ?? {}) as Record<string, unknown>
  const rank = typeof figures['rank'] === 'number' ? `第${figures['rank']}名` : ''
  const grade = typeof figures['grade'] === 'string' ? figures['grade'] : ''
  return { since: null, until: null, year: proposal?.period?.slice(0, 4) ?? null, result: [rank, grade].filter((part) => part !== '').join('、') || (proposal?.cause ?? null) }
}

/** The whole default draft of a paper of `type` that lists these proposals. */
export function draftOf(db: ReadDb, type: LetterType, proposals: readonly ProposalListRow[], settings: Settings): LetterDraft {
  const bases = proposals.flatMap((proposal) => (proposal.basis ?? '').split(/[；;\n]/u)).map((part) => part.trim()).filter((part) => part !== '')
  return {
    type, title: null, facts: capped(headed(proposals, proposals.map((proposal) => factOf(db, proposal)))), basis: [...new Set(bases)].join('；') || draftTexts.composedBasis, demands: draftDemands(type),
    replyDays: type === 'interview' || type === 'clarification' ? 0 : settings.replyWorkingDays, contactName: settings.contactName, contactPhone: settings.contactPhone, attachments: [], copyTo: [],
    interview: type === 'interview' ? { at: null, place: settings.place, talkers: null, bring: draftTexts.bring } : null,
    card: type === 'yellowCard' ? cardOf(db, proposals) : null,
    supervision: type === 'supervision' ? supervisionOf(db, proposals) : null,
    clarification: null,
  }
}
