/** 签发: number, date, signer and the frozen paper in one write; a yellow card begins, a clarified letter ends. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { draftTexts } from '../../../shared/letter/draft-texts.ts'
import { attempt, Refusal, type Result } from '../../../shared/result.ts'
import type { WriteTx } from '../../store/store.ts'
import type { Row } from '../../store/rows.ts'
import type { OpenContext } from '../context.ts'
import { refuseUnready } from './check.ts'
import { refuseDisputed } from './disputed.ts'
import { putVoid } from './withdraw.ts'
import { takeNumber } from './numbers.ts'
import { issueSets } from './order.ts'
import { cardTerm, checkPaper, contentOf, namesOn, subjectOf, type FrozenLetter } from './paper.ts'
import { letterOf, letterRowsOf, mustAllow, officeOf, refuseOwnDraft, type Office } from './rows.ts'
import { activeTemplate } from './templates.ts'

/** The built-in papers; a letter remembers which it was made with: these, or the id of the office's own template. */
export const builtInTemplate = 'built-in/1'

function putCard(tx: WriteTx, letter: Row<'letter'>, frozen: FrozenLetter, date: string, office: Office): void {
  const { from, to } = cardTerm(subjectOf(letter).draft, date, office.settings.cardMonths)
  const basis = frozen.content.basis.join('、')
  tx.put('card', tx.newId(), 'card', { unitId: letter.unitId, colour: 'yellow', basis, since: from, until: to, letterId: letter.id }, letter.unitId ?? undefined)
}

/** The 澄清函 says that the earlier letter counts no longer: so it is withdrawn by the same write, its number kept. */
function putClarified(tx: WriteTx, letter: Row<'letter'>, number: string, date: string, office: Office): void {
  const earlier = letter.earlierLetterId === null ? null : letterOf(tx, letter.earlierLetterId)
  if (letter.type !== 'clarification' || earlier === null || earlier.voidedOn !== null) return
  putVoid(tx, earlier, date, draftTexts.clarified(number), office)
}

/** One letter, inside the caller's write. Refusals: LETTER_STATE, LETTER_OWN_DRAFT, LETTER_NO_OFFICIAL, LETTER_INCOMPLETE …, DATE_ORDER, NUMBER_*. */
export function putIssue(tx: WriteTx, id: string, date: string, office: Office): void {
  mustAllow(tx, id, 'issue')
  const letter = letterOf(tx, id)
  refuseDisputed(tx, letter)
  refuseOwnDraft(office, letter)
  refuseUnready(tx, letter, office)
  const series = office.settings.code
  const subject = subjectOf(letter)
  const names = namesOn(tx, subject.unitId, subject.officialId, date)
  const taken = takeNumber(tx, series, date, id, tx.origin)
  const numberText = taken.number ?? draftTexts.numberPending
  const checked = checkPaper(contentOf(tx, subject, names, office, { number: numberText, date }))
  if (!checked.ok) throw new Refusal(checked.error.code, { ...checked.error.params, letterId: id })
  const frozen: FrozenLetter = { ...names, content: checked.value }
  tx.put('letter', id, 'issue', { ...taken, issuedOn: date, issuedBy: office.account.id, frozen, template: activeTemplate(tx, letter.type ?? '') ?? builtInTemplate }, letter.unitId ?? undefined)
  if (letter.type === 'yellowCard') putCard(tx, letter, frozen, date, office)
  putClarified(tx, letter, numberText, date, office)
}

/** All or none: one refusal and no number is taken. The order given is the order of the numbers, 黄牌 + 约谈 one behind the other. */
export function issueLetters({ ids, date }: ParsedOf<'letters.issue'>, context: OpenContext): Result<OutputOf<'letters.issue'>> {
  return attempt(() =>
    context.store.write({ kind: 'letters.issue', author: context.account.id }, (tx) => {
      const office = officeOf(tx, context)
      const order = issueSets(tx, ids).flat()
      for (const id of order) putIssue(tx, id, date, office)
      return { letters: letterRowsOf(tx, order, office.today) }
    }))
}
