/**
 * One step from proposals to issued letters, through the same rules as the single steps. An office with one account walks all of them; in a larger one
 * the caller cannot sign what they draft, so only drafts that somebody else wrote go through. What cannot be issued is refused, the others are issued.
 */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import type { ErrorCode, ErrorParams } from '../../../shared/errors.ts'
import type { IssueGroup } from '../../../shared/domain/guard.ts'
import { attempt, Refusal, type Result } from '../../../shared/result.ts'
import { letterRows } from '../../store/queries/letters.ts'
import { proposalRows } from '../../store/queries/proposals.ts'
import type { WriteTx } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import { putCheck, putSubmit, refuseUnready } from './check.ts'
import { siblingsOf } from './compose.ts'
import { paperOrder, planDrafts, putGroup, type DraftPlan, type RefusedProposal } from './draft.ts'
import { putIssue } from './issue.ts'
import { refuseDateOrder } from './numbers.ts'
import { byUnit } from './order.ts'
import { letterOf, letterRowsOf, officeOf, refuseOwnDraft, type Office } from './rows.ts'

type Issued = { readonly letterId: string; readonly proposalIds: readonly string[] }

/** Runs `check`, which must not write: a refusal is collected, anything else goes on. */
export function refusalOf(check: () => void): { readonly code: ErrorCode; readonly params: ErrorParams } | null {
  const outcome = attempt(check)
  return outcome.ok ? null : outcome.error
}

/** The steps that are left for a letter, in order. */
export function walk(tx: WriteTx, id: string, date: string, office: Office): void {
  const state = letterRows(tx, [id])[0]?.state
  if (state === 'draft' || state === 'returned') putSubmit(tx, id, office)
  if (state !== 'checked') putCheck(tx, id, true, null, office)
  putIssue(tx, id, date, office)
}

/** What would refuse this letter, asked before anything is written for it. Passing it needs the role of a checker. */
export function refuseWalk(tx: WriteTx, id: string, date: string, office: Office): void {
  const row = letterRows(tx, [id])[0]
  if (row === undefined) throw new Refusal('NOT_FOUND', { what: 'letter' })
  if (!['draft', 'checking', 'returned', 'checked'].includes(row.state)) throw new Refusal('PROPOSAL_DECIDED', { state: 'accepted', letterId: id })
  const letter = letterOf(tx, id)
  refuseOwnDraft(office, letter)
  if (row.state !== 'checked' && !office.account.roles.includes('check')) throw new Refusal('NOT_ALLOWED', { letterId: id, role: 'check' })
  refuseUnready(tx, letter, office)
  refuseDateOrder(tx, office.settings.code, date)
}

type DraftedSet = { readonly unitId: string | null; readonly proposalIds: readonly string[]; readonly papers: readonly string[] }

/** Proposals whose draft somebody wrote already: the letters that list them, whole sets of 黄牌 + 约谈 together. */
function draftedSets(tx: WriteTx, plan: DraftPlan): readonly DraftedSet[] {
  const waiting = plan.refused.filter((one) => one.code === 'PROPOSAL_DECIDED').map((one) => one.proposalId)
  const done = new Set<string>()
  const sets: DraftedSet[] = []
  for (const proposal of proposalRows(tx, waiting)) {
    if (proposal.letterId === null || done.has(proposal.letterId)) continue
    const proposalIds = (letterOf(tx, proposal.letterId).proposalIds ?? []) as string[]
    const set = [proposal.letterId, ...siblingsOf(tx, proposal.letterId, proposalIds)].map((id) => letterOf(tx, id))
    const papers = set.filter((letter) => letter.issuedOn === null).sort((a, b) => paperOrder[a.type as keyof typeof paperOrder] - paperOrder[b.type as keyof typeof paperOrder])
    for (const letter of set) done.add(letter.id)
    if (papers.length > 0) sets.push({ unitId: papers[0]?.unitId ?? null, proposalIds, papers: papers.map((letter) => letter.id) })
  }
  return sets
}

function issueDrafted(tx: WriteTx, { papers, proposalIds }: DraftedSet, plan: DraftPlan, date: string, office: Office, issued: Issued[]): void {
  const refusal = refusalOf(() => papers.forEach((id) => refuseWalk(tx, id, date, office)))
  if (refusal !== null) {
    for (const one of plan.refused) if (proposalIds.includes(one.proposalId)) Object.assign(one, { code: refusal.code, params: refusal.params })
    return
  }
  for (const letterId of papers) {
    walk(tx, letterId, date, office)
    issued.push({ letterId, proposalIds })
  }
  plan.refused.splice(0, plan.refused.length, ...plan.refused.filter((one) => !proposalIds.includes(one.proposalId)))
}

/** A group that was never drafted. In an office with several accounts its draft would be the caller's own: refused, and nothing is written. */
function issueGroup(tx: WriteTx, group: IssueGroup, plan: DraftPlan, override: string | null, date: string, office: Office, issued: Issued[]): void {
  const refuse = (code: ErrorCode, params: ErrorParams): void => {
    for (const proposalId of group.proposalIds) plan.refused.push({ proposalId, code, params })
  }
  if (!office.single) return refuse('LETTER_OWN_DRAFT', {})
  const early = refusalOf(() => refuseDateOrder(tx, office.settings.code, date))
  if (early !== null) return refuse(early.code, early.params)
  const ids = putGroup(tx, group, plan, override, office)
  const refusal = refusalOf(() => ids.forEach((id) => refuseWalk(tx, id, date, office)))
  if (refusal !== null) {
    // The draft stays behind as a draft: a person sees what is missing and completes it.
    return refuse(refusal.code, { ...refusal.params, letterId: ids[0] ?? null })
  }
  for (const letterId of ids) {
    walk(tx, letterId, date, office)
    issued.push({ letterId, proposalIds: group.proposalIds })
  }
}

/** One write for all: a crash leaves all or nothing, and the numbers follow one another in the order of units. */
export function issueProposals(input: ParsedOf<'letters.issueProposals'>, context: OpenContext): Result<OutputOf<'letters.issueProposals'>> {
  const override = input.override ?? null
  return attempt(() =>
    context.store.write({ kind: 'letters.issueProposals', author: context.account.id, ...(override === null ? {} : { note: override }) }, (tx) => {
      const office = officeOf(tx, context)
      const plan = planDrafts(tx, input.proposalIds, override, office, input.date)
      const issued: Issued[] = []
      for (const one of byUnit(tx, [...draftedSets(tx, plan), ...plan.groups], ({ unitId }) => unitId)) {
        if ('officialId' in one) issueGroup(tx, one, plan, override, input.date, office, issued)
        else issueDrafted(tx, one, plan, input.date, office, issued)
      }
      const rows = letterRowsOf(tx, issued.map((one) => one.letterId), office.today)
      const listed = new Map(issued.map((one) => [one.letterId, one.proposalIds]))
      return { letters: rows.map((row) => ({ ...row, proposalIds: [...(listed.get(row.id) ?? [])] })), refused: plan.refused.map((one: RefusedProposal) => ({ ...one, params: { ...one.params } })) }
    }))
}
