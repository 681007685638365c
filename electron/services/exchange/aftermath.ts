/**
 * What a decision means for the papers of the side that was not taken: a number that nobody bears any more becomes 空号, a letter whose number or proposal
 * went to another one does not stay in force beside it, and a 撤销 stands or falls with the decision of 复核 that it rests on. All in the write of the decision. Nothing renumbers by itself.
 */
import { draftTexts } from '../../../shared/letter/draft-texts.ts'
import { conflictsOfRows, type Conflict } from '../../store/queries/conflicts.ts'
import { cardsOfLetter } from '../../store/queries/letter-parts.ts'
import { lettersBearing } from '../../store/queries/numbers.ts'
import { proposalRows } from '../../store/queries/proposals.ts'
import { rowById } from '../../store/rows.ts'
import type { WriteTx } from '../../store/store.ts'
import { decide } from '../letters/draft.ts'
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
    case 'proposal.decision': return settleProposal(tx, conflict, value, office())
    case 'recheck.decision': return settleRecheck(tx, conflict, value)
    default:
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

/** A letter that was issued is withdrawn; a draft goes, and what else it was made of is open again. */
function settleProposal(tx: WriteTx, { row, survivors }: Conflict, value: Value, office: Office): void {
  const losers = new Set(survivors.flatMap((one) => textOf(one.value['letterId']) ?? []))
  losers.delete(textOf(value['letterId']) ?? '')
  for (const id of losers) {
    const letter = rowById(tx, 'letter', id)
    if (!letter || letter.voidedOn !== null) continue
    if (letter.issuedOn !== null) {
      putVoid(tx, letter, office.today, draftTexts.proposalTwice, office)
      continue
    }
    tx.remove('letter', id, letter.unitId ?? undefined)
    const others = ((letter.proposalIds ?? []) as string[]).filter((one) => one !== row)
    for (const other of proposalRows(tx, others)) if (other.letterId === id) decide(tx, other, { state: 'open', reason: draftTexts.proposalTwice, letterId: null }, office)
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
