/** Accepting proposals: those of one official and matter become one draft, 黄牌 + 约谈 two. Also what `issueProposals` plans with. */
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { groupForIssue, guard, type GuardedProposal, type GuardLetter, type GuardVerdict, type IssueGroup } from '../../../shared/domain/guard.ts'
import type { LetterType } from '../../../shared/domain/letters/types.ts'
import type { Measure } from '../../../shared/domain/rules/definition.ts'
import type { ErrorParams } from '../../../shared/errors.ts'
import { draftTexts } from '../../../shared/letter/draft-texts.ts'
import { attempt, type Result } from '../../../shared/result.ts'
import { lettersOfOfficial } from '../../store/queries/letters.ts'
import { proposalRows, type ProposalListRow } from '../../store/queries/proposals.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { WriteTx } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import { readRules } from '../rules.ts'
import { draftOf } from './draft-content.ts'
import { letterRowsOf, officeOf, type Office } from './rows.ts'

export type RefusedProposal = { proposalId: string; code: string; params: ErrorParams }
export type DraftPlan = { readonly groups: readonly IssueGroup[]; readonly proposals: ReadonlyMap<string, ProposalListRow>; readonly refused: RefusedProposal[] }

export function toGuarded(proposal: ProposalListRow): GuardedProposal {
  return {
    id: proposal.id, unitId: proposal.unitId ?? '', officialId: proposal.addresseeId ?? proposal.officialId, matter: proposal.matter ?? '', measure: proposal.measure as Measure, letterId: proposal.aboutLetterId,
  }
}

function guardLetters(db: ReadDb, officialId: string): readonly GuardLetter[] {
  return lettersOfOfficial(db, officialId).map((row) => ({ id: row.id, type: row.type, officialId: row.officialId, matter: row.matter, state: row.state, issuedOn: row.issuedOn }))
}

/** The burden guard's word on one proposal as things stand; null: nothing against it. `day`: the day on which the letter would go. */
export function guardOf(db: ReadDb, proposal: ProposalListRow, office: Pick<Office, 'settings'>, day: string): GuardVerdict | null {
  const guarded = toGuarded(proposal)
  if (guarded.officialId === null) return null
  return guard(guarded, guardLetters(db, guarded.officialId), day, { days: office.settings.guardDays, ladder: office.settings.ladder })
}

/** Which letters these proposals become, and which do not with the reason: NOT_FOUND, PROPOSAL_DECIDED, PROPOSAL_GUARDED, PROPOSAL_NO_OFFICIAL. */
export function planDrafts(db: ReadDb, ids: readonly string[], override: string | null, office: Office, day: string): DraftPlan {
  const found = new Map(proposalRows(db, [...new Set(ids)]).map((row) => [row.id, row]))
  const refused: RefusedProposal[] = []
  const usable: ProposalListRow[] = []
  for (const id of new Set(ids)) {
    const proposal = found.get(id)
    if (proposal === undefined) refused.push({ proposalId: id, code: 'NOT_FOUND', params: { what: 'proposal' } })
    else if (proposal.state !== 'open') refused.push({ proposalId: id, code: 'PROPOSAL_DECIDED', params: { state: proposal.state } })
    else {
      const against = override === null ? guardOf(db, proposal, office, day) : null
      if (against === null) usable.push(proposal)
      else refused.push({ proposalId: id, code: 'PROPOSAL_GUARDED', params: { kind: against.kind, letterId: against.letterId, until: against.until } })
    }
  }
  const plan = groupForIssue(usable.map(toGuarded), office.settings.ladder)
  for (const { proposalId, code } of plan.refused) refused.push({ proposalId, code, params: {} })
  return { groups: plan.groups, proposals: found, refused }
}

/** A rule names its measure: that is the reason where a step of the ladder is skipped. */
function stepReason(db: ReadDb, proposals: readonly ProposalListRow[]): string {
  const titles = new Map(readRules(db).map((rule) => [rule.id, rule.title]))
  const reasons = proposals.map((one) => draftTexts.ruleStep(one.ruleId ?? '', one.ruleVersion ?? 0, titles.get(one.ruleId ?? '') ?? one.cause ?? ''))
  return [...new Set(reasons)].join('；')
}

/** Writes the drafts of one group and decides its proposals: the first is accepted, the further items are merged into the same letter. */
export function putGroup(tx: WriteTx, group: IssueGroup, plan: DraftPlan, override: string | null, office: Office): readonly string[] {
  const proposals = group.proposalIds.flatMap((id) => plan.proposals.get(id) ?? [])
  const causes = [...new Set(proposals.map((one) => one.cause ?? '').filter((cause) => cause !== ''))]
  const about = proposals.find((one) => one.aboutLetterId !== null)?.aboutLetterId ?? null
  const letterIds = group.papers.map(({ type }) => {
    const id = tx.newId()
    const content = draftOf(tx, type, proposals, office.settings)
    tx.put('letter', id, 'draft', {
      type, unitId: group.unitId, officialId: group.officialId, matter: group.matter, cause: causes.join('；'), content, proposalIds: [...group.proposalIds], draftedBy: office.account.id,
      stepReason: stepReason(tx, proposals), earlierLetterId: about, replyDays: content.replyDays,
    }, group.unitId)
    return id
  })
  proposals.forEach((proposal, index) => decide(tx, proposal, { state: index === 0 ? 'accepted' : 'merged', reason: override, letterId: letterIds[0] ?? null }, office))
  return letterIds
}

export type Decision = { readonly state: 'open' | 'accepted' | 'declined' | 'merged' | 'withdrawn'; readonly reason: string | null; readonly letterId: string | null }

export function decide(tx: WriteTx, proposal: { readonly id: string; readonly unitId: string | null }, decision: Decision, office: Pick<Office, 'account' | 'today'>): void {
  tx.put('proposal', proposal.id, 'decision', { ...decision, decidedBy: office.account.id, decidedOn: office.today }, proposal.unitId ?? 'office')
}

export const paperOrder: Readonly<Record<LetterType, number>> = { yellowCard: 0, interview: 1, supervision: 2, reminder: 3, clarification: 4 }

export function draftLetters(input: { proposalIds: string[]; override?: string | null | undefined }, context: OpenContext): Result<OutputOf<'letters.draft'>> {
  const override = input.override ?? null
  return attempt(() =>
    context.store.write({ kind: 'letters.draft', author: context.account.id, ...(override === null ? {} : { note: override }) }, (tx) => {
      const office = officeOf(tx, context)
      const plan = planDrafts(tx, input.proposalIds, override, office, office.today)
      const ids = plan.groups.flatMap((group) => putGroup(tx, group, plan, override, office))
      return { letters: letterRowsOf(tx, ids, office.today), refused: plan.refused.map((one) => ({ ...one, params: { ...one.params } })) }
    }))
}
