/** After the issue: 送达, 延期, 书面说明, 审阅, 销号, printing. Every legal day is one that a person typed. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import type { LetterRow } from '../../../shared/contract/letter-schemas.ts'
import { addWorkingDays } from '../../../shared/domain/deadlines.ts'
import { latestReply } from '../../../shared/domain/letters/state.ts'
import type { LetterFacts } from '../../../shared/domain/letters/types.ts'
import { draftTexts } from '../../../shared/letter/draft-texts.ts'
import { attempt, Refusal, type Result } from '../../../shared/result.ts'
import { knownDue } from '../../store/letter-list.ts'
import { lettersWithoutDue } from '../../store/queries/letter-parts.ts'
import type { Row } from '../../store/rows.ts'
import type { WriteTx } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import { batchOf } from './batch.ts'
import { refuseText } from './compose.ts'
import { refuseDisputed } from './disputed.ts'
import { calendarOf, factsOf, letterOf, letterRowsOf, mustAllow, officeOf, refuseBefore, type Office } from './rows.ts'
import { putScans, storeScans, type StoredScan } from './scans.ts'

/** One use case on one letter: reads the office, runs `work` inside the write, answers the letter's row. */
export function onLetter(context: OpenContext, kind: string, id: string, note: string | null | undefined, work: (tx: WriteTx, office: Office) => void): Result<LetterRow> {
  return attempt(() =>
    context.store.write({ kind, author: context.account.id, ...(note ? { note } : {}) }, (tx) => {
      const office = officeOf(tx, context)
      work(tx, office)
      return letterRowsOf(tx, [id], office.today)[0] as LetterRow
    }))
}

const scopeOf = (letter: Row<'letter'>): string | undefined => letter.unitId ?? undefined

/** The limit from the day of the first service; without a published calendar none is guessed: 日历未公布. */
function putDue(tx: WriteTx, letter: Row<'letter'>, servedOn: string): void {
  const days = letter.replyDays ?? 0
  if (days === 0) return
  const due = addWorkingDays(calendarOf(tx), servedOn, days)
  tx.put('letter', letter.id, 'due', due.ok ? { replyDue: due.value, replyDueBasis: draftTexts.dueBasis(servedOn, days) } : { replyDue: null, replyDueBasis: draftTexts.calendarUnknown }, scopeOf(letter))
}

/** A further service (another copy) is recorded and moves no limit, an earlier one that is entered late does. LETTER_STATE, DATE_ORDER. */
export function deliverLetter(input: ParsedOf<'letters.deliver'>, context: OpenContext): Result<LetterRow> {
  const { id, at, receiver } = input
  return onLetter(context, 'letters.deliver', id, input.note, (tx) => {
    mustAllow(tx, id, 'deliver')
    refuseText(input)
    const letter = letterOf(tx, id)
    const served = at.slice(0, 10)
    refuseBefore('at', served, letter.issuedOn)
    const earlier = factsOf(tx, id).deliveries.map((one) => one.deliveredAt.slice(0, 10)).sort()[0]
    tx.put('delivery', tx.newId(), 'fact', {
      letterId: id, deliveredAt: at, receiver, relation: input.relation ?? null, method: input.method ?? null, place: input.place ?? null, server: input.server ?? null, note: input.note ?? null,
    }, scopeOf(letter))
    if (earlier === undefined || served < earlier) putDue(tx, letter, served)
  })
}

/**
 * Granted by whoever enters it (a checker or signer). Asked on or before the due day, else DEADLINE_PASSED {due}; the new day lies behind the present one,
 * else DATE_ORDER. Where the calendar is unknown any later day will do.
 */
export function extendLetter({ id, askedOn, newDue, reason }: ParsedOf<'letters.extend'>, context: OpenContext): Result<LetterRow> {
  return onLetter(context, 'letters.extend', id, reason, (tx, office) => {
    mustAllow(tx, id, 'extend')
    refuseText({ reason })
    const letter = letterOf(tx, id)
    refuseBefore('askedOn', askedOn, letter.issuedOn)
    const due = knownDue(factsOf(tx, id))
    if (due !== null && askedOn > due) throw new Refusal('DEADLINE_PASSED', { due })
    if (newDue <= (due ?? askedOn)) throw new Refusal('DATE_ORDER', { field: 'newDue', date: newDue, notBefore: due ?? askedOn })
    tx.put('extension', tx.newId(), 'fact', { letterId: id, askedOn, newDue, reason, approvedBy: office.account.id }, scopeOf(letter))
  })
}

/**
 * A reply cannot come before the letter was served, nor, when further words were asked for, before they were asked for; and not before an earlier
 * reply, because the last received is the one that is judged: one dated before it would seem to be lost.
 */
function earliestReply(facts: LetterFacts): string | null {
  const served = facts.deliveries.map((one) => one.deliveredAt.slice(0, 10)).sort()[0] ?? facts.issuedOn
  const latest = latestReply(facts.replies)
  const days = [served, latest?.receivedOn ?? null, latest?.verdict === '补充' ? latest.verdictOn : null]
  return days.filter((day) => day !== null).sort().at(-1) ?? null
}

/** FILE_TOKEN, LETTER_STATE, DATE_ORDER. */
export function replyToLetter(input: ParsedOf<'letters.reply'>, context: OpenContext): Result<LetterRow> {
  const { id, receivedOn } = input
  const stored: StoredScan[] = []
  const early = attempt(() => {
    context.store.read((db) => mustAllow(db, id, 'reply'))
    refuseText({ summary: input.summary ?? null, form: input.form ?? null })
    stored.push(...storeScans(input.scans, context))
  })
  if (!early.ok) return early
  const done = onLetter(context, 'letters.reply', id, null, (tx) => {
    mustAllow(tx, id, 'reply')
    const letter = letterOf(tx, id)
    refuseBefore('receivedOn', receivedOn, earliestReply(factsOf(tx, id)))
    const replyId = tx.newId()
    tx.put('reply', replyId, 'fact', { letterId: id, receivedOn, summary: input.summary ?? null, form: input.form ?? null }, scopeOf(letter))
    putScans(tx, replyId, stored, scopeOf(letter))
  })
  if (done.ok) for (const token of input.scans) context.files.drop(token)
  return done
}

/** The day for the further words: typed, else as many working days as the letter gave at first. Never before a day that was granted already. */
function putSupplement(tx: WriteTx, letter: Row<'letter'>, on: string, newDue: string | null, office: Office): void {
  const days = letter.replyDays !== null && letter.replyDays > 0 ? letter.replyDays : office.settings.replyWorkingDays
  const counted = newDue === null ? addWorkingDays(calendarOf(tx), on, days) : null
  const replyDue = newDue ?? (counted?.ok ? counted.value : null)
  refuseBefore('newDue', replyDue ?? on, on)
  const granted = knownDue({ ...factsOf(tx, letter.id), replyDue: null })
  if (newDue !== null) refuseBefore('newDue', newDue, granted)
  tx.put('letter', letter.id, 'due', { replyDue, replyDueBasis: replyDue === null ? draftTexts.calendarUnknown : draftTexts.supplementBasis(on) }, scopeOf(letter))
}

/** Judges the newest reply; a later judgement of the same reply takes the place of the earlier one, which stays in the history. */
export function judgeReply({ id, verdict, on, note, newDue }: ParsedOf<'letters.judge'>, context: OpenContext): Result<LetterRow> {
  return onLetter(context, 'letters.judge', id, note, (tx, office) => {
    mustAllow(tx, id, 'judge')
    refuseText({ note: note ?? null })
    if (newDue && verdict !== '补充') throw new Refusal('BAD_INPUT', { field: 'newDue' })
    const letter = letterOf(tx, id)
    const reply = latestReply(factsOf(tx, id).replies)
    if (reply === null) throw new Refusal('NOT_FOUND', { what: 'reply' })
    refuseBefore('on', on, reply.receivedOn)
    tx.put('reply', reply.id, 'judgement', { verdict, verdictOn: on, verdictBy: office.account.id, verdictNote: note ?? null }, scopeOf(letter))
    if (verdict === '补充') putSupplement(tx, letter, on, newDue ?? null, office)
  })
}

/** 销号. LETTER_STATE, DATE_ORDER (before the issue, the service, the reply or its judgement). */
export function closeLetter({ id, on, conclusion }: ParsedOf<'letters.close'>, context: OpenContext): Result<LetterRow> {
  return onLetter(context, 'letters.close', id, conclusion, (tx, office) => {
    mustAllow(tx, id, 'close')
    refuseText({ conclusion: conclusion ?? null })
    const letter = letterOf(tx, id)
    const facts = factsOf(tx, id)
    const days = [letter.issuedOn, ...facts.deliveries.map((one) => one.deliveredAt.slice(0, 10)), ...facts.replies.flatMap((one) => [one.receivedOn, one.verdictOn])]
    refuseBefore('on', on, days.filter((day) => day !== null).sort().at(-1) ?? null)
    const verdict = latestReply(facts.replies)?.verdict ?? null
    tx.put('letter', id, 'close', { closedOn: on, closedBy: office.account.id, conclusion: conclusion ?? verdict }, scopeOf(letter))
  })
}

/** 打印用印, of issued letters only. The newest print stands on each letter; every print is an event with its time, who, and how many. */
export function lettersPrinted({ ids, batchId }: ParsedOf<'letters.printed'>, context: OpenContext): Result<OutputOf<'letters.printed'>> {
  return attempt(() => {
    context.store.write({ kind: 'letters.printed', author: context.account.id }, (tx) => {
      const office = officeOf(tx, context)
      for (const id of new Set(ids)) {
        mustAllow(tx, id, 'print')
        refuseDisputed(tx, letterOf(tx, id))
        tx.put('letter', id, 'print', { printedOn: office.today, printedBy: office.account.id }, scopeOf(letterOf(tx, id)))
      }
      if (batchId) tx.put('batch', batchOf(tx, batchId).id, 'print', { printedOn: office.today, printedBy: office.account.id })
    })
    context.store.logEvent({ kind: 'letters.printed', account: context.account.id, params: { letters: new Set(ids).size, ...(batchId ? { batchId } : {}) } })
    return {}
  })
}

/** After a yearly table was added: counts the days that were 日历未公布. Runs in the write that saves the calendar (handlers/settings.ts). */
export function countMissingDues(tx: WriteTx): number {
  const ids = lettersWithoutDue(tx)
  for (const id of ids) {
    const served = factsOf(tx, id).deliveries.map((one) => one.deliveredAt.slice(0, 10)).sort()[0]
    if (served !== undefined && letterOf(tx, id).replyDueBasis === draftTexts.calendarUnknown && latestReply(factsOf(tx, id).replies) === null) putDue(tx, letterOf(tx, id), served)
  }
  return ids.length
}
