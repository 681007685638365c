/** 审核: submit, pass, return. */
import type { ParsedOf } from '../../../shared/contract/entries.ts'
import type { LetterRow } from '../../../shared/contract/letter-schemas.ts'
import type { LetterType } from '../../../shared/domain/letters/types.ts'
import { attempt, Refusal, type Result } from '../../../shared/result.ts'
import type { WriteTx } from '../../store/store.ts'
import type { Row } from '../../store/rows.ts'
import type { OpenContext } from '../context.ts'
import { refuseNoOfficial, refuseSkippedStep, refuseText } from './compose.ts'
import { contentOf, checkPaper, namesOn, subjectOf } from './paper.ts'
import { letterOf, letterRowsOf, mustAllow, officeOf, refuseOwnDraft, type Office } from './rows.ts'

/** What every letter must satisfy before it is checked or signed: LETTER_NO_OFFICIAL, LETTER_SKIPS_STEP, SECRECY_GRADE, LETTER_INCOMPLETE, LETTER_TOO_LONG, UNSAFE_TEXT. */
export function refuseUnready(tx: WriteTx, letter: Row<'letter'>, office: Office): void {
  refuseNoOfficial(tx, letter)
  refuseText(letter.content)
  const subject = subjectOf(letter)
  refuseSkippedStep(tx, { id: letter.id, type: letter.type as LetterType, unitId: subject.unitId, officialId: subject.officialId, matter: subject.matter }, letter.stepReason, office)
  const names = namesOn(tx, subject.unitId, subject.officialId, office.today)
  if (subject.officialId !== null && names.official === null) throw new Refusal('LETTER_NO_OFFICIAL', { letterId: letter.id })
  const checked = checkPaper(contentOf(tx, subject, names, office, null))
  if (!checked.ok) throw new Refusal(checked.error.code, { ...checked.error.params, letterId: letter.id })
}

export function putSubmit(tx: WriteTx, id: string, office: Office): void {
  mustAllow(tx, id, 'submit')
  const letter = letterOf(tx, id)
  refuseUnready(tx, letter, office)
  tx.put('letter', id, 'check', { checkState: 'submitted', checkedBy: null, checkNote: letter.checkNote }, letter.unitId ?? undefined)
}

export function putCheck(tx: WriteTx, id: string, pass: boolean, note: string | null, office: Office): void {
  const row = mustAllow(tx, id, 'check')
  // A checked letter may only be sent back: it has been passed already.
  if (pass && row.state === 'checked') throw new Refusal('LETTER_STATE', { letterId: id, state: row.state, action: 'check' })
  const letter = letterOf(tx, id)
  if (pass) {
    refuseOwnDraft(office, letter)
    refuseUnready(tx, letter, office)
  } else if (note === null || note.trim() === '') throw new Refusal('REASON_REQUIRED', { field: 'note' })
  tx.put('letter', id, 'check', { checkState: pass ? 'passed' : 'returned', checkedBy: office.account.id, checkNote: note }, letter.unitId ?? undefined)
}

/** All or none. LETTER_STATE and what `refuseUnready` says. */
export function submitLetters({ ids }: ParsedOf<'letters.submit'>, context: OpenContext): Result<LetterRow[]> {
  return attempt(() =>
    context.store.write({ kind: 'letters.submit', author: context.account.id }, (tx) => {
      const office = officeOf(tx, context)
      for (const id of new Set(ids)) putSubmit(tx, id, office)
      return letterRowsOf(tx, ids, office.today)
    }))
}

/** All or none. Returning (退回) needs a note; it may be done to one's own draft, passing may not. */
export function checkLetters({ ids, pass, note }: ParsedOf<'letters.check'>, context: OpenContext): Result<LetterRow[]> {
  return attempt(() =>
    context.store.write({ kind: pass ? 'letters.pass' : 'letters.return', author: context.account.id, ...(note ? { note } : {}) }, (tx) => {
      const office = officeOf(tx, context)
      for (const id of new Set(ids)) putCheck(tx, id, pass, note ?? null, office)
      return letterRowsOf(tx, ids, office.today)
    }))
}
