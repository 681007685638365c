/** `checkContent`: refuses what would print as a wrong or broken letter, before any layout. */
import type { ErrorCode } from '../errors.ts'
import { err, ok } from '../result.ts'
import type { Result } from '../result.ts'
import { letterTitle } from './bodies.ts'
import type { LetterContent, Organ } from './content.ts'
import { isDay, isMinute } from './dates.ts'
import { pageOf, sizes, typeWidth, type GeometryName, type PageGeometry } from './geometry.ts'
import { markSize, protectedSpans, smallestMark } from './layout.ts'
import { textWidth } from './measure.ts'
import { frameTexts } from './sentences.ts'
import { breakTitle, maxTitleLines } from './title.ts'

type Field = readonly [name: string, value: string]
type Fault = { readonly code: ErrorCode; readonly field: string }

/**
 * ok(content), or LETTER_INCOMPLETE {field} (nothing there, or not a date), UNSAFE_TEXT {field} (control, bidi, invisible or
 * broken characters), LETTER_TOO_LONG {field} (the mark or the title has no room). The field is a path such as `facts.2.source`.
 */
export function checkContent(content: LetterContent): Result<LetterContent> {
  const fault = unsafeField(content) ?? emptyField(content) ?? wrongDate(content) ?? tooLong(content)
  return fault === null ? ok(content) : err(fault.code, { field: fault.field })
}

/** Control (C0, C1), bidi and zero-width characters, line and paragraph separators, lone surrogates, non-characters, tags. */
const unsafe = /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\p{Noncharacter_Code_Point}\u{e0000}-\u{e007f}]/u

export function isSafeText(text: string): boolean {
  return !unsafe.test(text)
}

function unsafeField(value: unknown, path = ''): Fault | null {
  if (typeof value === 'string') return isSafeText(value) ? null : { code: 'UNSAFE_TEXT', field: path }
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    const fault = unsafeField(inner, path === '' ? key : `${path}.${key}`)
    if (fault) return fault
  }
  return null
}

function emptyField(content: LetterContent): Fault | null {
  const missing = requiredFields(content).find(([, value]) => value.trim() === '')
  if (missing) return { code: 'LETTER_INCOMPLETE', field: missing[0] }
  if (content.type !== 'clarification') {
    if (content.facts.length === 0) return { code: 'LETTER_INCOMPLETE', field: 'facts' }
    if (content.basis.length === 0) return { code: 'LETTER_INCOMPLETE', field: 'basis' }
  }
  if (content.type === 'interview' && content.interview.talkers.length === 0) return { code: 'LETTER_INCOMPLETE', field: 'interview.talkers' }
  if (content.type === 'yellowCard' && content.card.rank === null && !content.card.grade) return { code: 'LETTER_INCOMPLETE', field: 'card.rank' }
  return null
}

function requiredFields(content: LetterContent): readonly Field[] {
  const { addressee } = content
  return [
    ['organ.mark', content.organ.mark], ['organ.sign', content.organ.sign], ['addressee.unit', addressee.unit],
    ...(addressee.kind === 'person' ? [['addressee.post', addressee.post], ['addressee.name', addressee.name]] as const : []),
    ['matter', content.matter],
    ...(content.title === null ? [] : [['title', content.title]] as const),
    ...(content.number === null ? [] : [['number', content.number]] as const),
    ...content.facts.flatMap((fact, i): readonly Field[] => [
      [`facts.${i}.item`, fact.item], [`facts.${i}.period`, fact.period], [`facts.${i}.statement`, fact.statement], [`facts.${i}.source`, fact.source],
      ...fact.figures.flatMap((figure, j): readonly Field[] => [
        [`facts.${i}.figures.${j}.label`, figure.label], [`facts.${i}.figures.${j}.value`, figure.value],
      ]),
      ...(fact.task ? [
        [`facts.${i}.task.number`, fact.task.number], [`facts.${i}.task.source`, fact.task.source], [`facts.${i}.task.leadUnit`, fact.task.leadUnit],
        ...listed(`facts.${i}.task.supportUnits`, fact.task.supportUnits),
      ] as const : []),
    ]),
    ...listed('basis', content.basis), ...listed('demands', content.demands),
    ...listed('attachments', content.attachments), ...listed('copyTo', content.copyTo),
    ...typeFields(content),
  ]
}

function listed(name: string, values: readonly string[]): readonly Field[] {
  return values.map((value, i) => [`${name}.${i}`, value] as const)
}

function typeFields(content: LetterContent): readonly Field[] {
  switch (content.type) {
    case 'reminder': return [['replyDue', content.replyDue ?? '']]
    case 'supervision': return [['replyDue', content.replyDue ?? ''], ['reportForm', content.reportForm]]
    case 'interview':
      return [
        ['interview.time', content.interview.time], ['interview.place', content.interview.place],
        ...listed('interview.talkers', content.interview.talkers), ...listed('interview.bring', content.interview.bring),
      ]
    case 'yellowCard':
      return [
        ['card.year', content.card.year], ['card.group', content.card.group], ['card.from', content.card.from], ['card.to', content.card.to],
        ...(content.card.interviewee === null ? [] : [['card.interviewee', content.card.interviewee]] as const),
      ]
    case 'clarification':
      return [
        ['original.number', content.original.number], ['original.title', content.original.title], ['original.date', content.original.date],
        ['finding', content.finding],
      ]
    default: return content satisfies never
  }
}

function wrongDate(content: LetterContent): Fault | null {
  const days: readonly Field[] = [
    ['date', content.date ?? ''], ['replyDue', content.replyDue ?? ''],
    ...content.facts.flatMap((fact, i): readonly Field[] => (fact.task ? [[`facts.${i}.task.dueOn`, fact.task.dueOn]] : [])),
    ...(content.type === 'yellowCard' ? [['card.from', content.card.from], ['card.to', content.card.to]] as const : []),
    ...(content.type === 'clarification' ? [['original.date', content.original.date]] as const : []),
  ]
  const wrong = days.find(([, value]) => value !== '' && !isDay(value))
  if (wrong) return { code: 'LETTER_INCOMPLETE', field: wrong[0] }
  if (content.facts.some((fact) => fact.task?.dueOn === '')) return { code: 'LETTER_INCOMPLETE', field: 'facts.task.dueOn' }
  return content.type === 'interview' && !isMinute(content.interview.time) ? { code: 'LETTER_INCOMPLETE', field: 'interview.time' } : null
}

function tooLong(content: LetterContent): Fault | null {
  // The page that it will be drawn on: a school with less room above the body has a smaller mark.
  const page = pageOf(content.geometry ?? 'nominal')
  const organ = organTooLong(content.organ, content.type !== 'yellowCard', page)
  if (organ !== null) return organ
  const lines = breakTitle(letterTitle(content), { size: sizes.title, width: typeWidth(page), protectedSpans: protectedSpans(content) })
  return lines.length > maxTitleLines ? { code: 'LETTER_TOO_LONG', field: 'title' } : null
}

function organTooLong({ mark, sign }: Organ, letter: boolean, page: PageGeometry): Fault | null {
  if (markSize(`${mark}${letter ? '' : frameTexts.document}`, letter, page) < smallestMark) return { code: 'LETTER_TOO_LONG', field: 'organ.mark' }
  return textWidth(sign, sizes.body) > typeWidth(page) ? { code: 'LETTER_TOO_LONG', field: 'organ.sign' } : null
}

/** What every paper of the office would be refused for: LETTER_TOO_LONG {field} where the mark or the signature has no room on a letter or on a 通知 (…文件). */
export function checkOrgan(organ: Organ, geometry: GeometryName): Result<null> {
  const page = pageOf(geometry)
  const fault = organTooLong(organ, true, page) ?? organTooLong(organ, false, page)
  return fault === null ? ok(null) : err(fault.code, { field: fault.field })
}
