/** `layoutLetter`: what a letter says → where it stands on the paper (letters.md sections 1 and 2). */
import { letterBody, letterTitle } from './bodies.ts'
import type { Addressee, LetterContent } from './content.ts'
import { chineseDate } from './dates.ts'
import { bodyCharacter, frame, ink, letterBodyTop, nominalPage, points, sizes, typeWidth } from './geometry.ts'
import type { PageGeometry } from './geometry.ts'
import type { BodyBlock, LayoutBlock, LetterLayout, MarkBlock, RedLineBlock, SignatureBlock } from './layout-types.ts'
import { textWidth } from './measure.ts'
import { placeLayout } from './place.ts'
import { comrade, frameTexts, noteText, toUnit } from './sentences.ts'
import { breakTitle } from './title.ts'

export type LayoutSettings = { readonly page: PageGeometry }

/** The paper of a letter. The content must have passed `checkContent`; equal content gives an equal layout. */
export function layoutLetter(content: LetterContent, settings: LayoutSettings = { page: nominalPage }): LetterLayout {
  const { page } = settings
  const format = content.type === 'yellowCard' ? 'general' : 'letter'
  const blocks: LayoutBlock[] = [
    ...headBlocks(content, format, page),
    titleBlock(letterTitle(content), protectedSpans(content), page),
    { role: 'addressee', text: addresseeText(content.addressee) },
    ...keptTogether(letterBody(content), content.attachments.length > 0),
  ]
  if (content.attachments.length > 0) blocks.push(attachmentsBlock(content.attachments))
  blocks.push(signatureBlock(content.organ.sign, content.date, content.sealed, page))
  const note = noteText(content.contact.name, content.contact.phone)
  if (note !== null) blocks.push({ role: 'note', text: note })
  if (content.copyTo.length > 0) {
    blocks.push({ role: 'copyTo', text: `${frameTexts.copyTo}${content.copyTo.join(frameTexts.comma)}${frameTexts.stop}`, ruled: format === 'general' })
  }
  return endOnOnePage({ format, page, blocks })
}

/** Word processors push text away from the 版记's frame line by line: where it forces the end of the letter over, the whole end goes. */
function endOnOnePage(layout: LetterLayout): LetterLayout {
  const rest = layout.blocks.filter((block) => block.role !== 'copyTo')
  if (rest.length === layout.blocks.length || placeLayout(layout).length === placeLayout({ ...layout, blocks: rest }).length) return layout
  const last = layout.blocks.findLastIndex((block) => block.role === 'body' && !block.keepNext)
  return { ...layout, blocks: layout.blocks.map((block, i) => (i === last + 1 && block.role === 'body' ? { ...block, breakBefore: true } : block)) }
}

function headBlocks(content: LetterContent, format: LetterLayout['format'], page: PageGeometry): readonly LayoutBlock[] {
  const letter = format === 'letter'
  const width = letter ? frame.letterLineWidth : typeWidth(page)
  // A letter's lines are centred on the page, those of other papers fill the type area.
  const left = letter ? Math.round((page.width - width) / 2) : page.left
  const line = (position: RedLineBlock['position'], weight: RedLineBlock['weight']): RedLineBlock => ({ role: 'redLine', position, weight, left, width })
  const number: LayoutBlock = { role: 'number', text: content.number ?? frameTexts.numberPending, align: letter ? 'right' : 'center' }
  const urgency: readonly LayoutBlock[] = content.urgency === null ? [] : [{ role: 'urgency', text: content.urgency }]
  const mark = markBlock(letter ? content.organ.mark : `${content.organ.mark}${frameTexts.document}`, letter, page)
  return letter
    ? [mark, line('head', 'thickThin'), ...urgency, number, line('foot', 'thinThick')]
    : [...urgency, mark, number, line('head', 'single')]
}

/** A mark smaller than 2号 would no longer head the paper. */
export const smallestMark = 22
const largestGeneralMark = 48

/** Points at which a mark fills at most the type area and, on a letter, leaves room for the red line above the body; see `smallestMark`. */
export function markSize(text: string, letter: boolean, page: PageGeometry): number {
  const byWidth = Math.floor(typeWidth(page) / textWidth(text, 1))
  const inkRoom = letterBodyTop(page) - frame.letterMarkInkTop - frame.markToLine - frame.doubleLineHeight
  const byHeight = Math.floor(inkRoom / 20 / (1 - ink.markTop - ink.markBottom) + 0.2)
  return Math.min(letter ? byHeight : largestGeneralMark, byWidth)
}

function markBlock(text: string, letter: boolean, page: PageGeometry): MarkBlock {
  return { role: 'mark', text, size: markSize(text, letter, page), inkTop: letter ? frame.letterMarkInkTop : frame.generalMarkInkTop }
}

/** Two blank lines stand between the number (general: the red line) and the title. */
export function titleBlock(title: string, spans: readonly string[], page: PageGeometry, blankLines = 2): LayoutBlock {
  const lines = breakTitle(title, { size: sizes.title, width: typeWidth(page), protectedSpans: spans })
  return { role: 'title', lines, size: sizes.title, pitch: frame.titlePitch, spaceBefore: blankLines * page.pitch }
}

/** What a title never breaks inside. */
export function protectedSpans(content: LetterContent): readonly string[] {
  const { addressee } = content
  const spans = [addressee.unit, content.organ.sign, content.organ.mark]
  if (addressee.kind === 'person') spans.push(addressee.name)
  if (content.type === 'clarification') spans.push(content.original.number)
  if (content.type === 'yellowCard' && content.card.interviewee !== null) spans.push(content.card.interviewee)
  return spans
}

/** `级索镇镇长王某某同志：`; a post that names its unit already is not doubled. */
export function addresseeText(addressee: Addressee): string {
  if (addressee.kind === 'unit') return toUnit(addressee.unit)
  const { unit, post, name } = addressee
  return comrade(`${post.startsWith(unit) ? '' : unit}${post}${name}`)
}

/** The last text goes with the signature to the next page, so that the signature never stands alone. */
export function keptTogether(blocks: readonly BodyBlock[], attachmentsFollow: boolean): readonly BodyBlock[] {
  const kept = attachmentsFollow ? 1 : 2
  return blocks.map((block, i) => (i >= blocks.length - kept ? { ...block, keepNext: true } : block))
}

function attachmentsBlock(attachments: readonly string[]): LayoutBlock {
  const items = attachments.map((text, i) => ({ number: attachments.length === 1 ? '' : `${i + 1}.`, text }))
  return { role: 'attachmentsNote', label: frameTexts.attachments, items }
}

/**
 * Clause 7.3.5. Sealed: date ends four characters from the right, name centred over it in a box that both outputs draw as a
 * box, so that the program's own spacing of digits cannot shift them. A name longer than the room right of the centre moves the box left.
 */
export function signatureBlock(name: string, day: string | null, sealed: boolean, page: PageGeometry): SignatureBlock {
  const date = day === null ? frameTexts.datePending : chineseDate(day)
  const width = typeWidth(page)
  const character = bodyCharacter(page)
  const nameWidth = textWidth(name, sizes.body, page.charSpacing)
  const dateWidth = textWidth(date, sizes.body, page.charSpacing)
  const half = Math.max(nameWidth, dateWidth) / 2 + points(8)
  const centre = Math.min(width - 4 * character - dateWidth / 2, width - half)
  let nameLeft = width - 2 * character - nameWidth
  let dateLeft = nameLeft + 2 * character
  if (dateLeft + dateWidth > width - 2 * character) {
    dateLeft = width - 2 * character - dateWidth
    nameLeft = dateLeft - 2 * character
  }
  return {
    role: 'signature', name, date, sealed, linesBefore: sealed ? 2 : 1,
    boxLeft: Math.round(centre - half), boxWidth: Math.round(half * 2), nameLeft: Math.round(nameLeft), dateLeft: Math.round(dateLeft),
  }
}
