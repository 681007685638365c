/** Proposals → the text that a person edits: facts with figures, period and source; basis; demands. */
import type { LetterDraft } from '../../../shared/contract/letter-schemas.ts'
import type { LetterType } from '../../../shared/domain/letters/types.ts'
import type { Fact } from '../../../shared/domain/rules/finding.ts'
import type { Settings } from '../../../shared/domain/settings.ts'
import { draftDemands, draftTexts } from '../../../shared/letter/draft-texts.ts'
import { reportRowsById, type ProposalListRow } from '../../store/queries/proposals.ts'
import type { ReadDb } from '../../store/read-db.ts'


type Report = ReturnType<typeof reportRowsById>[number]
type DraftFact = LetterDraft['facts'][number]

const maxFacts = 60

/** 市招商促进中心《2026年6月招商引资通报》: who reported and in which file; a repeated source once. */
function sourceOf(reports: readonly Report[]): string {
  const names = reports.map((report) => {
    const stem = (report.fileName ?? '').replace(/\.[A-Za-z0-9]{1,5}$/u, '').replace(/^\d{1,3}[-_.、\s]+/u, '')
    return stem === '' ? '' : `${report.sender ?? ''}《${stem}》`
  })
  const distinct = [...new Set(names.filter((name) => name !== ''))]
  return (distinct.length === 0 ? draftTexts.unknownSource : distinct.join('、')).slice(0, 200)
}

function factOf(db: ReadDb, proposal: ProposalListRow): DraftFact {
  const reports = reportRowsById(db, (proposal.reportIds ?? []) as string[])
  const facts = (proposal.facts ?? []) as Fact[]
  const told = facts.map((fact) => fact.text.replace(/[。；]+$/u, '')).join('；')
  return {
    heading: (proposal.item ?? proposal.cause ?? proposal.matter ?? '').slice(0, 200), text: `${proposal.cause ?? ''}${told === '' ? '' : `：${told}`}`.slice(0, 20_000), period: proposal.period,
    source: reports.length === 0 && proposal.aboutLetterId !== null ? draftTexts.unknownSource : sourceOf(reports), reportId: reports.at(-1)?.id ?? null,
  }
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
    type, title: null, facts: capped(proposals.map((proposal) => factOf(db, proposal))), basis: [...new Set(bases)].join('；') || draftTexts.composedBasis, demands: draftDemands(type),
    replyDays: type === 'interview' || type === 'clarification' ? 0 : settings.replyWorkingDays, contactName: settings.contactName, contactPhone: settings.contactPhone, attachments: [], copyTo: [],
    interview: type === 'interview' ? { at: null, place: settings.place, talkers: null, bring: draftTexts.bring } : null,
    card: type === 'yellowCard' ? cardOf(db, proposals) : null,
    supervision: type === 'supervision' ? supervisionOf(db, proposals) : null,
    clarification: null,
  }
}
