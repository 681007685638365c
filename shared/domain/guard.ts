/** The burden guard (domain.md section 2.2): fewer, better letters. And which papers a set of proposals becomes. */
import { addDays } from '../text/dates.ts'
import type { IsoDate } from '../text/dates.ts'
import { err, ok } from '../result.ts'
import type { Result } from '../result.ts'
import { ladderStep } from './letters/ladder.ts'
import type { Ladder } from './letters/ladder.ts'
import { isOpen } from './letters/state.ts'
import type { LetterState, LetterType } from './letters/types.ts'
import type { Measure } from './rules/definition.ts'
import { compareText } from './rules/finding.ts'

/** A proposal as it stands before a paper is made of it. `officialId`: the finding's, or whom a person filled in. */
export type GuardedProposal = {
  readonly id: string
  readonly unitId: string
  readonly officialId: string | null
  readonly matter: string
  readonly measure: Measure
  /** R7: the letter whose reply is overdue. Its being open is the reason for the proposal, not against it. */
  readonly letterId: string | null
}

/** A letter of the record, drafts included (else two drafts of one thing could be written at once). */
export type GuardLetter = {
  readonly id: string
  readonly type: LetterType
  readonly officialId: string | null
  readonly matter: string
  readonly state: LetterState
  readonly issuedOn: IsoDate | null
}

export type GuardSettings = {
  /** N: within so many days after the last letter an official gets no other one; 0 switches that half off. */
  readonly days: number
  readonly ladder: Ladder
}

/** `until`: the first day on which the guard no longer objects; null while an open letter must be closed first. */
export type GuardVerdict = { readonly kind: 'open-letter' | 'recent-letter'; readonly letterId: string; readonly until: IsoDate | null }

/** The letter types that a measure becomes, in the order of their numbers: 黄牌 + 约谈 = 黄牌通知 to the unit, 约谈通知书 to its head. */
export function papersOf(measure: Measure): readonly LetterType[] {
  return measure === 'yellowCardInterview' ? ['yellowCard', 'interview'] : [measure]
}

function highestStep(ladder: Ladder, measure: Measure): number {
  return Math.max(...papersOf(measure).map((type) => ladderStep(ladder, type)))
}

/** The same matter, open, and not below what is proposed: R7 climbs over the unanswered letter, but not over an interview already called. */
function blocksAsOpen(proposal: GuardedProposal, letter: GuardLetter, ladder: Ladder): boolean {
  if (!isOpen(letter.state) || letter.matter !== proposal.matter) return false
  return proposal.letterId === null || (letter.id !== proposal.letterId && ladderStep(ladder, letter.type) >= highestStep(ladder, proposal.measure))
}

/** Withdrawn letters and 澄清函 were no burden. */
function isBurden(letter: GuardLetter): boolean {
  return letter.state !== 'void' && letter.type !== 'clarification'
}

/**
 * Why `proposal` should not become a letter on `today`, or null. First half: a letter to the same official in the same matter is still
 * open. Second half: the official had a letter less than N days ago, in any matter; it holds back 提醒函 and 督办函 only, because a yellow card
 * or an interview follows from the year's result or an unanswered letter and may not wait for an unrelated reminder. A person may
 * set either aside with a reason. Several matters issued in one act do not hold back one another: pass the letters before the act.
 */
export function guard(proposal: GuardedProposal, letters: readonly GuardLetter[], today: IsoDate, settings: GuardSettings): GuardVerdict | null {
  if (proposal.officialId === null) return null
  const own = letters.filter((letter) => letter.officialId === proposal.officialId && isBurden(letter))
  const open = own.filter((letter) => blocksAsOpen(proposal, letter, settings.ladder)).sort((a, b) => compareText(b.issuedOn, a.issuedOn) || compareText(a.id, b.id))[0]
  if (open !== undefined) return { kind: 'open-letter', letterId: open.id, until: null }
  if (proposal.letterId !== null || (proposal.measure !== 'reminder' && proposal.measure !== 'supervision')) return null
  let recent: GuardVerdict | null = null
  for (const letter of own) {
    const until = letter.issuedOn === null ? null : addDays(letter.issuedOn, settings.days)
    if (until === null || today >= until) continue
    const later = recent === null || compareText(until, recent.until) > 0 || (until === recent.until && letter.id < recent.letterId)
    if (later) recent = { kind: 'recent-letter', letterId: letter.id, until }
  }
  return recent
}

/** One paper to be drafted. A 黄牌通知 is addressed to the unit; its official is whom the 约谈通知书 behind it goes to. */
export type Paper = { readonly type: LetterType; readonly addressee: 'unit' | 'official' }

/** Proposals that become one letter (or the two papers of 黄牌 + 约谈, numbered one after the other). */
export type IssueGroup = {
  readonly unitId: string
  readonly officialId: string
  readonly matter: string
  readonly measure: Measure
  /** The items that the letter lists, sorted. */
  readonly proposalIds: readonly string[]
  readonly papers: readonly Paper[]
}

/** PROPOSAL_NO_OFFICIAL {proposalId} for 缺责任人: a person must fill it in first. */
export function issuable<P extends GuardedProposal>(proposal: P): Result<P & { readonly officialId: string }> {
  const { officialId } = proposal
  return officialId === null ? err('PROPOSAL_NO_OFFICIAL', { proposalId: proposal.id }) : ok({ ...proposal, officialId })
}

function groupOf(proposals: readonly (GuardedProposal & { readonly officialId: string })[], ladder: Ladder): IssueGroup | null {
  const order = [...proposals].sort((a, b) => highestStep(ladder, b.measure) - highestStep(ladder, a.measure) || compareText(a.measure, b.measure) || compareText(a.id, b.id))
  const [first] = order
  if (first === undefined) return null
  // Sets of one official and matter with different measures still become one letter: the strongest, listing everything.
  const measure = order.some((proposal) => proposal.measure === 'yellowCardInterview') ? 'yellowCardInterview' : first.measure
  return {
    unitId: first.unitId, officialId: first.officialId, matter: first.matter, measure,
    proposalIds: order.map(({ id }) => id).sort(compareText),
    papers: papersOf(measure).map((type) => ({ type, addressee: type === 'yellowCard' ? 'unit' : 'official' })),
  }
}

export type IssuePlan = { readonly groups: readonly IssueGroup[]; readonly refused: readonly { readonly proposalId: string; readonly code: 'PROPOSAL_NO_OFFICIAL' }[] }

/**
 * Proposals for one official (of one unit) and one matter issued together become one letter. Groups come in the order of unit, official and
 * matter, whatever the order given, so that numbers do not depend on the order of clicking. Those without an official are refused.
 */
export function groupForIssue(proposals: readonly GuardedProposal[], ladder: Ladder): IssuePlan {
  const refused: { proposalId: string; code: 'PROPOSAL_NO_OFFICIAL' }[] = []
  const complete: (GuardedProposal & { readonly officialId: string })[] = []
  for (const proposal of new Map(proposals.map((entry) => [entry.id, entry])).values()) {
    const checked = issuable(proposal)
    if (checked.ok) complete.push(checked.value)
    else refused.push({ proposalId: proposal.id, code: 'PROPOSAL_NO_OFFICIAL' })
  }
  const sets = Map.groupBy(complete, ({ unitId, officialId, matter }) => JSON.stringify([unitId, officialId, matter]))
  const groups = [...sets.values()].flatMap((set) => groupOf(set, ladder) ?? [])
  groups.sort((a, b) => compareText(a.unitId, b.unitId) || compareText(a.officialId, b.officialId) || compareText(a.matter, b.matter))
  return { groups, refused: refused.sort((a, b) => compareText(a.proposalId, b.proposalId)) }
}
