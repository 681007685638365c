/**
 * 撤销: the number is kept and marked void with the reason; the letter stays in the record and counts nowhere. Its proposals stay decided: whether the
 * finding is taken up again is for a person (`proposals.reopen`), because a letter is mostly withdrawn for being wrong.
 */
import type { ParsedOf } from '../../../shared/contract/entries.ts'
import type { LetterRow } from '../../../shared/contract/letter-schemas.ts'
import { draftTexts } from '../../../shared/letter/draft-texts.ts'
import { attempt, type Result } from '../../../shared/result.ts'
import { cardsOfLetter } from '../../store/queries/letter-parts.ts'
import type { Row } from '../../store/rows.ts'
import type { WriteTx } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import { letterOf, letterRowsOf, mustAllow, officeOf, refuseBefore, type Office } from './rows.ts'

/** A card that rests on the letter is lifted with it. */
export function putVoid(tx: WriteTx, letter: Row<'letter'>, on: string, reason: string, office: Office): void {
  const scope = letter.unitId ?? undefined
  tx.put('letter', letter.id, 'void', { voidedOn: on, voidedBy: office.account.id, voidReason: reason }, scope)
  for (const card of cardsOfLetter(tx, letter.id)) {
    if (card.liftedOn !== null) continue
    tx.put('card', card.id, 'lift', { liftedOn: on, liftedBy: office.account.id, liftReason: draftTexts.cardLifted(letter.number ?? '') }, scope)
  }
}

export type Withdrawal = { readonly on: string; readonly by: string | null; readonly reason: string }

/** Where 待核对 settled what a 撤销 rested on: it is written anew, or (null) the letter stands again; cards that were lifted with the letter go the same way. */
export function putVoidAnew(tx: WriteTx, letter: Row<'letter'>, withdrawal: Withdrawal | null): void {
  const scope = letter.unitId ?? undefined
  const { on = null, by = null, reason = null } = withdrawal ?? {}
  const lifted = draftTexts.cardLifted(letter.number ?? '')
  tx.put('letter', letter.id, 'void', { voidedOn: on, voidedBy: by, voidReason: reason }, scope)
  for (const card of cardsOfLetter(tx, letter.id)) {
    if (card.liftedOn === null ? withdrawal === null : card.liftReason !== lifted) continue
    tx.put('card', card.id, 'lift', { liftedOn: on, liftedBy: by, liftReason: withdrawal === null ? null : lifted }, scope)
  }
}

/** LETTER_STATE, DATE_ORDER (before its issue). */
export function voidLetter({ id, on, reason }: ParsedOf<'letters.void'>, context: OpenContext): Result<LetterRow> {
  return attempt(() =>
    context.store.write({ kind: 'letters.void', author: context.account.id, note: reason }, (tx) => {
      const office = officeOf(tx, context)
      mustAllow(tx, id, 'void')
      const letter = letterOf(tx, id)
      refuseBefore('on', on, letter.issuedOn)
      putVoid(tx, letter, on, reason, office)
      return letterRowsOf(tx, [id], office.today)[0] as LetterRow
    }))
}
