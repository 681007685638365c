/**
 * What a decision means for the papers of the side that was not taken: a number that nobody bears any more becomes 空号, a letter whose number or proposal
 * went to another one does not stay in force beside it, and a 撤销 stands or falls with the decision of 复核 that it rests on. All in the write of the decision. Nothing renumbers by itself.
 */
import { draftTexts } from '../../../shared/letter/draft-texts.ts'
import { conflictsOfRows, type Conflict } from '../../store/queries/conflicts.ts'
import { registerHistory } from '../../store/queries/history.ts'
import { cardsOfLetter, lettersOfProposal } from '../../store/queries/letter-parts.ts'
import { lettersBearing } from '../../store/queries/numbers.ts'
import { proposalRows } from '../../store/queries/proposals.ts'
import { rowById, type Row } from '../../store/rows.ts'
import type { WriteTx } from '../../store/store.ts'
import { decide, type Decision } from '../letters/draft.ts'
import { closeUnused } from '../letters/number-leases.ts'
import { numberId } from '../letters/numbers.ts'
import { voidReasonOf } from '../letters/recheck.ts'
import type { Office } from '../letters/rows.ts'
import { putVoid, putVoidAnew, type Withdrawal } from '../letters/withdraw.ts'

type Value = Readonly<Record<string, unknown>>

/** `value`: of the register as it was decided. `office`: asked for where a letter is touched. */
export function settleRest(tx: WriteTx, conflict: Conflict, value: Value, office: () => Office): void {
  switch (`${conflict.table}.${conflict.register}`) {
    case 'letter.issue': return settleIssue(tx, conflict, value)
    case 'number.holder': return settleNumber(tx, value, office())
    case 'numberLease.close': return settleLease(tx, conflict)
    case 'proposal.decision': return settleProposal(tx, conflict, value, office())
    case 'recheck.decision': return settleRecheck(tx, conflict, value)
    default:
  }
}

/** A removal against an edit that it did not know. An issued paper is never deleted: where the removal is taken it is 作废; where it stays, so does what was decided with it. */
export function settleRemoval(tx: WriteTx, { table, row }: Conflict, removed: boolean, office: () => Office): void {
  const letter = table === 'letter' ? rowById(tx, 'letter', row) : undefined
  tx.remove(table, row)
  if (removed && (letter?.issuedOn ?? null) === null) return
  // The row was to be seen all the time; only a removal that is taken back names all sides.
  tx.restore(table, row)
  if (!letter) return
  if (!removed) keepProposals(tx, letter, office())
  else if (letter.voidedOn === null) putVoid(tx, letter, office().today, draftTexts.discardedBefore, office())
}

/** Discarding the draft opened them again. */
function keepProposals(tx: WriteTx, letter: Row<'letter'>, office: Office): void {
  const ids = (letter.proposalIds ?? []) as string[]
  for (const proposal of proposalRows(tx, ids)) {
    if (proposal.state === 'open' && proposal.letterId === null) decide(tx, proposal, { state: proposal.id === ids[0] ? 'accepted' : 'merged', reason: null, letterId: letter.id }, office)
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** One letter was issued twice: it bears one of its numbers, and has one card. */
function settleIssue(tx: WriteTx, { row, survivors }: Conflict, value: Value): void {
  for (const { series, year, seq } of survivors.map((one) => one.value)) {
    if (typeof series !== 'string' || typeof year !== 'number' || typeof seq !== 'number') continue
    if (series === value['series'] && year === value['year'] && seq === value['seq']) continue
    const id = numberId(series, year, seq)
    const held = rowById(tx, 'number', id)
    if (held?.letterId === row) tx.put('number', id, 'holder', { series, year, seq, letterId: null, use: 'closed', reason: draftTexts.issuedTwice(textOf(value['number']) ?? draftTexts.numberPending) }, held.scope)
  }
  const cards = cardsOfLetter(tx, row).filter((card) => card.liftedOn === null)
  const kept = cards.find((card) => card.since === value['issuedOn']) ?? cards[0]
  for (const card of cards) if (card !== kept) tx.remove('card', card.id)
}

/** The number is another letter's, used on paper or 空号: whatever else bears it is withdrawn. */
function settleNumber(tx: WriteTx, { series, year, seq, letterId }: Value, office: Office): void {
  if (typeof series !== 'string' || typeof year !== 'number' || typeof seq !== 'number') return
  for (const id of lettersBearing(tx, series, year, seq)) {
    const letter = rowById(tx, 'letter', id)
    if (id !== letterId && letter) putVoid(tx, letter, office.today, draftTexts.numberTaken(letter.number ?? ''), office)
  }
}

/** Two kept different ones of several leases: what no open one has any more is 空号. */
function settleLease(tx: WriteTx, { row }: Conflict): void {
  const lease = rowById(tx, 'numberLease', row)
  if (lease && lease.closedOn !== null) closeUnused(tx, lease)
}

/** What became of the losing side goes whole: 黄牌 + 约谈 are two letters, of which the decision names one. */
function settleProposal(tx: WriteTx, { row, survivors }: Conflict, value: Value, office: Office): void {
  const keeper = textOf(value['letterId'])
  const kept = keeper === null ? [] : papersOf(tx, row, keeper)
  const losers = new Set(survivors.flatMap((one) => textOf(one.value['letterId']) ?? []))
  losers.delete(keeper ?? '')
  const gone = new Set([...losers, ...[...losers].flatMap((id) => papersOf(tx, row, id)).filter((id) => !kept.includes(id))])
  gone.delete(keeper ?? '')
  const others = new Set([...gone].flatMap((id) => (rowById(tx, 'letter', id)?.proposalIds ?? []) as string[]))
  others.delete(row)
  const drafts = new Set([...gone].filter((id) => withdraw(tx, id, office) === 'removed'))
  settleOthers(tx, [...others], { drafts, keeper }, office)
}

/** The letter and what was drafted of the proposal in the same action. The letter itself may be gone: then the other paper stands for the proposal. */
function papersOf(tx: WriteTx, proposalId: string, letterId: string): string[] {
  const made = new Set(actionsOfDraft(tx, letterId))
  return lettersOfProposal(tx, proposalId).filter((id) => id === letterId || actionsOfDraft(tx, id).some((action) => made.has(action)))
}

const actionsOfDraft = (tx: WriteTx, letterId: string): string[] => registerHistory(tx, 'letter', letterId, 'draft').map((one) => one.actionId)

/** A letter that was issued is withdrawn; a draft goes. */
function withdraw(tx: WriteTx, id: string, office: Office): 'removed' | 'stays' {
  const letter = rowById(tx, 'letter', id)
  if (!letter || letter.voidedOn !== null) return 'stays'
  if (letter.issuedOn === null) {
    tx.remove('letter', id, letter.unitId ?? undefined)
    return 'removed'
  }
  putVoid(tx, letter, office.today, draftTexts.proposalTwice, office)
  return 'stays'
}

/** What else the letters were made of goes with the one that stays, where both sides made theirs of it: asked again it could only be answered wrongly. Of drafts the rest is open again. */
function settleOthers(tx: WriteTx, others: readonly string[], { drafts, keeper }: { readonly drafts: ReadonlySet<string>; readonly keeper: string | null }, office: Office): void {
  for (const other of proposalRows(tx, others)) {
    const disputed = conflictsOfRows(tx, [other.id]).find((one) => one.table === 'proposal' && one.register === 'decision')
    const same = keeper === null ? undefined : disputed?.survivors.find((one) => one.value['letterId'] === keeper)?.value as Decision | undefined
    if (same) decide(tx, other, { state: same.state, reason: same.reason, letterId: keeper }, office)
    else if (other.letterId !== null && drafts.has(other.letterId)) decide(tx, other, { state: 'open', reason: draftTexts.proposalTwice, letterId: null }, office)
  }
}

/** The 撤销 that a decision of 复核 wrote. */
function withdrawalOf({ outcome, decidedOn, decidedBy, decisionReason }: Value): Withdrawal | null {
  return outcome === '撤销' && typeof decidedOn === 'string' ? { on: decidedOn, by: textOf(decidedBy), reason: voidReasonOf(textOf(decisionReason) ?? '') } : null
}

/** Two decided differently: the letter is withdrawn, or stands again, as the decision that was taken says. A 撤销 for another reason is left alone. */
function settleRecheck(tx: WriteTx, { row, survivors }: Conflict, value: Value): void {
  const letter = rowById(tx, 'letter', rowById(tx, 'recheck', row)?.letterId ?? '')
  if (!letter) return
  const rested = survivors.flatMap((one) => withdrawalOf(one.value) ?? [])
  const voids: readonly Value[] = conflictsOfRows(tx, [letter.id]).find((one) => one.register === 'void')?.survivors.map((one) => one.value) ?? [letter]
  const rests = ({ voidedOn, voidReason }: Value): boolean => voidedOn === null || rested.some((one) => one.on === voidedOn && one.reason === voidReason)
  const taken = withdrawalOf(value)
  if (voids.every(rests) && (taken !== null || letter.voidedOn !== null)) putVoidAnew(tx, letter, taken)
}
