/**
 * 复核 (domain.md section 2.5): the request with its scans, and the decision by somebody else. 撤销 withdraws the letter in the write of the decision, by the
 * code of 撤销 itself; a 澄清函 may follow. The rules are in shared/domain/letters/recheck.ts.
 */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import type { LetterRow } from '../../../shared/contract/letter-schemas.ts'
import { canBeRechecked, decisionDue, lastAskDay, mayAskRecheck, mayDecideRecheck, openRecheck, receivedOn } from '../../../shared/domain/letters/recheck.ts'
import { draftTexts } from '../../../shared/letter/draft-texts.ts'
import { attempt, Refusal, type Result } from '../../../shared/result.ts'
import { derivedId } from '../../store/ids.ts'
import { accountName, rechecksEver, rechecksOf } from '../../store/queries/letter-parts.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { Row } from '../../store/rows.ts'
import type { OpenContext } from '../context.ts'
import { refuseText } from './compose.ts'
import { onLetter } from './follow-up.ts'
import { frozenOf } from './paper.ts'
import { factsOf, letterOf, mustAllow, officeOf, refuseBefore, type Office } from './rows.ts'
import { putScans, scansView, storeScans, type StoredScan } from './scans.ts'
import { putVoid } from './withdraw.ts'

/** The days that the letter's own paper promised; today's setting only where the paper does not say. */
function daysOf(letter: Row<'letter'>, office: Office): number {
  return frozenOf(letter)?.content.reviewDays ?? office.settings.reviewDays
}

function refuseAsk(db: ReadDb, id: string, askedOn: string, office: Office): Row<'letter'> {
  const letter = letterOf(db, id)
  const may = mayAskRecheck(factsOf(db, id), daysOf(letter, office), askedOn)
  if (!may.ok) throw new Refusal(may.error.code, { letterId: id, ...may.error.params })
  return letter
}

/** LETTER_STATE, RECHECK_OPEN, RECHECK_LATE, DATE_ORDER (before receipt), FILE_TOKEN, SECRECY_GRADE, UNSAFE_TEXT. */
export function askRecheck(input: ParsedOf<'letters.askRecheck'>, context: OpenContext): Result<LetterRow> {
  const { id, askedOn, askedBy, grounds } = input
  const stored: StoredScan[] = []
  const early = attempt(() => {
    context.store.read((db) => refuseAsk(db, id, askedOn, officeOf(db, context)))
    refuseText({ askedBy, grounds })
    stored.push(...storeScans(input.scans, context))
  })
  if (!early.ok) return early
  const done = onLetter(context, 'letters.askRecheck', id, null, (tx, office) => {
    const letter = refuseAsk(tx, id, askedOn, office)
    const recheckId = derivedId('recheck', id, rechecksEver(tx, id))
    const scope = letter.unitId ?? undefined
    tx.put('recheck', recheckId, 'fact', { letterId: id, askedOn, askedBy, grounds, dueOn: decisionDue(askedOn, office.settings.recheckDecideDays), enteredBy: office.account.id }, scope)
    putScans(tx, recheckId, stored, scope)
  })
  if (done.ok) for (const token of input.scans) context.files.drop(token)
  return done
}

/** What a decision of 撤销 writes as the letter's 撤销; a decision that is later set aside is known by it (services/exchange/aftermath.ts). */
export function voidReasonOf(decisionReason: string): string {
  return draftTexts.recheckVoided(decisionReason)
}

/** LETTER_STATE, NOT_FOUND {what: recheck}: none waits; RECHECK_OWN: wrote, checked or signed it; DATE_ORDER: before the request. */
export function decideRecheck({ id, on, outcome, reason }: ParsedOf<'letters.decideRecheck'>, context: OpenContext): Result<LetterRow> {
  return onLetter(context, 'letters.decideRecheck', id, reason, (tx, office) => {
    mustAllow(tx, id, 'decideRecheck')
    refuseText({ reason })
    const letter = letterOf(tx, id)
    const open = openRecheck(factsOf(tx, id))
    if (open === null) throw new Refusal('NOT_FOUND', { what: 'recheck' })
    if (!mayDecideRecheck(letter, office.account.id)) throw new Refusal('RECHECK_OWN', { letterId: id })
    refuseBefore('on', on, open.askedOn)
    tx.put('recheck', open.id, 'decision', { outcome, decidedOn: on, decidedBy: office.account.id, decisionReason: reason }, letter.unitId ?? undefined)
    if (outcome === '撤销') putVoid(tx, letter, on, voidReasonOf(reason), office)
  })
}

type View = Pick<OutputOf<'letters.get'>, 'rechecks' | 'recheckUntil'>

/** Every request with its decision, and the last day for a request: null where none can be made (not received, 澄清函, withdrawn). */
export function rechecksView(db: ReadDb, letter: Row<'letter'>, office: Office, context: OpenContext): View {
  const received = letter.issuedOn === null || letter.voidedOn !== null ? null : receivedOn(factsOf(db, letter.id))
  return {
    rechecks: rechecksOf(db, letter.id).map((row) => ({
      id: row.id, askedOn: row.askedOn ?? '', askedBy: row.askedBy ?? '', grounds: row.grounds ?? '', dueOn: row.dueOn ?? '', enteredBy: accountName(db, row.enteredBy), scans: scansView(db, context, row.id),
      outcome: row.outcome as View['rechecks'][number]['outcome'], decidedOn: row.decidedOn, decidedBy: accountName(db, row.decidedBy), decisionReason: row.decisionReason,
    })),
    recheckUntil: received === null || !canBeRechecked(letter.type as 'reminder') ? null : lastAskDay(received, daysOf(letter, office)),
  }
}
