/** 谈话记录: what was said at an interview, kept with its 约谈通知书. */
import type { ParsedOf } from '../../../shared/contract/entries.ts'
import type { LetterMinutes, LetterRow } from '../../../shared/contract/letter-schemas.ts'
import { isMinute } from '../../../shared/letter/dates.ts'
import { Refusal, type Result } from '../../../shared/result.ts'
import type { OpenContext } from '../context.ts'
import { refuseText } from './compose.ts'
import { onLetter } from './follow-up.ts'
import { letterOf, mustAllow, refuseBefore } from './rows.ts'

/** Layouts know no line breaks inside a paragraph: a pasted one ends the paragraph. */
function paragraphs(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(/[\r\n]+/u)).map((text) => text.replaceAll('\t', ' ').trim()).filter((text) => text !== '')
}

function tidy(minutes: LetterMinutes): LetterMinutes {
  return {
    ...minutes, account: paragraphs(minutes.account), pledge: paragraphs(minutes.pledge),
    // Only the first paragraph of an answer says who answers.
    content: minutes.content.flatMap(({ by, text }) => paragraphs([text]).map((one, index) => ({ by: index === 0 ? by : null, text: one }))),
  }
}

function refuseTimes({ from, to, followUpOn }: LetterMinutes, issuedOn: string | null): void {
  for (const [field, time] of [['minutes.from', from], ['minutes.to', to]] as const) if (time !== null && !isMinute(time)) throw new Refusal('BAD_INPUT', { field })
  const day = from.slice(0, 10)
  refuseBefore('minutes.from', day, issuedOn)
  if (to !== null && to <= from) throw new Refusal('DATE_ORDER', { field: 'minutes.to', date: to.replace('T', ' '), notBefore: from.replace('T', ' ') })
  if (followUpOn !== null) refuseBefore('minutes.followUpOn', followUpOn, day)
}

/** LETTER_STATE before the issue and after 撤销; BAD_INPUT {field: 'id'} for another type; DATE_ORDER, SECRECY_GRADE, UNSAFE_TEXT. */
export function saveMinutes({ id, minutes }: ParsedOf<'letters.minutes'>, context: OpenContext): Result<LetterRow> {
  return onLetter(context, 'letters.minutes', id, null, (tx) => {
    const { type } = mustAllow(tx, id, 'minutes')
    if (type !== 'interview') throw new Refusal('BAD_INPUT', { field: 'id' })
    refuseText({ minutes })
    const letter = letterOf(tx, id)
    refuseTimes(minutes, letter.issuedOn)
    tx.put('letter', id, 'minutes', { heldOn: minutes.from.slice(0, 10), minutes: tidy(minutes), followUpOn: minutes.followUpOn }, letter.unitId ?? undefined)
  })
}
