/** `layoutLetter`: what a letter says → where it stands on the paper (letters.md sections 1 and 2). */
import { letterBody, letterTitle } from './bodies.ts'
import type { Addressee, LetterContent, Organ } from './content.ts'
import { chineseDate } from './dates.ts'
import { bodyCharacter, ink, letterBodyTop, nominalPage, pageOf, points, sizes, strokes, typeWidth } from './geometry.ts'
import type { PageGeometry } from './geometry.ts'
import { findBlock } from './layout-types.ts'
import type { BodyBlock, LayoutBlock, LetterLayout, MarkBlock, RedLineBlock, SignatureBlock } from './layout-types.ts'
import { drawnGap, scriptGap, textWidth } from './measure.ts'
import { placeLayout, roomBelow } from './place.ts'
import { comrade, frameTexts, noteText, toUnit, typeNames } from './sentences.ts'
import { breakTitle } from './title.ts'

export type LayoutSettings = { readonly page: PageGeometry }

/**
 * The paper of a letter. The content must have passed `checkContent`; equal content gives an equal layout. Where the end of the letter would go
 * over to one page more, it is drawn together as clause 7.3.5.4 allows (调整行距): first the room above the signature, then the pitch of the lines.
 */
export function layoutLetter(content: LetterContent, settings: LayoutSettings = { page: pageOf(content.geometry ?? 'nominal') }): LetterLayout {
  const usual = layoutOn(content, settings.page)
  const pages = placeLayout(usual).length
  if (pages === 1) return usual
  const [less, denser] = tightPages(settings.page)
  const closer = layoutOn(content, less)
  if (placeLayout(closer).length < pages) return closer
  // Denser lines are for the letter that then ends on its first page; longer ones keep the 22 lines.
  const dense = pages === 2 ? layoutOn(content, denser) : usual
  return placeLayout(dense).length === 1 ? dense : usual
}

/** A seal of 42 mm still stands clear of the text above one blank line and a bit; 552 twips make 23 lines a page (22 below a letter's head). */
function tightPages(page: PageGeometry): readonly [PageGeometry, PageGeometry] {
  const frame = { ...page.frame, sealLines: 1.2 }
  const lines = page.frame.firstPageLines
  // A hair more than whole lines, as on the page of the other school: else LibreOffice pushes the number down.
  const more = Math.floor(lines) + 1.02
  return [{ ...page, frame }, { ...page, frame: { ...frame, firstPageLines: more }, pitch: Math.floor((lines * page.pitch) / more) }]
}

function layoutOn(content: LetterContent, page: PageGeometry): LetterLayout {
  const format = content.type === 'yellowCard' ? 'general' : 'letter'
  const attachments = content.attachments.length === 0 ? [] : [attachmentsBlock(content.attachments)]
  return finished(format, page, [
    ...headBlocks(content, format, page),
    titleBlock(letterTitle(content), protectedSpans(content), page),
    { role: 'addressee', text: addresseeText(content.addressee) },
    ...keptTogether(letterBody(content)), ...attachments,
  ], { ...content, note: noteText(content.contact.name, content.contact.phone) })
}

type Ending = { readonly organ: Organ; readonly date: string | null; readonly sealed: boolean; readonly copyTo: readonly string[]; readonly note: string | null }

/** Signature, note and imprint below what was said. */
function finished(format: LetterLayout['format'], page: PageGeometry, said: readonly LayoutBlock[], ending: Ending): LetterLayout {
  const { organ, date, sealed, copyTo, note } = ending
  const imprint = imprintBlock(organ, date, copyTo, format)
  const blocks: LayoutBlock[] = [...said, signatureBlock(organ.sign, date, sealed, page)]
  if (note !== null) blocks.push({ role: 'note', text: note, keepNext: imprint !== null })
  if (imprint !== null) blocks.push(imprint)
  return imprintAtBottom({ format, page, blocks })
}

export type GeneralPaper = Omit<Ending, 'note'> & {
  readonly number: string | null
  readonly title: string
  readonly spans: readonly string[]
  readonly addressee: string
  readonly body: readonly LayoutBlock[]
}

/** A paper in the general format whose body is given: the monthly 通报. The last block of the body must stay with the next. */
export function generalPaper(paper: GeneralPaper, page: PageGeometry = nominalPage): LetterLayout {
  return finished('general', page, [
    ...headBlocks({ organ: paper.organ, number: paper.number, urgency: null }, 'general', page), titleBlock(paper.title, paper.spans, page),
    { role: 'addressee', text: paper.addressee }, ...paper.body,
  ], { ...paper, note: null })
}

/** The 版记 is ordinary text with the room that is left above it, which every program sets alike (a frame is not: measured). */
function imprintAtBottom(layout: LetterLayout): LetterLayout {
  if (findBlock(layout, 'copyTo') === undefined) return layout
  const gap = Math.max(0, roomBelow(layout) - layout.page.frame.boxesBelow)
  return { ...layout, blocks: layout.blocks.map((block) => (block.role === 'copyTo' ? { ...block, gapBefore: gap } : block)) }
}

function headBlocks(content: Pick<LetterContent, 'organ' | 'number' | 'urgency'>, format: LetterLayout['format'], page: PageGeometry): readonly LayoutBlock[] {
  const letter = format === 'letter'
  const width = letter ? page.frame.letterLineWidth : typeWidth(page)
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
  const inkRoom = letterBodyTop(page) - page.frame.letterMarkInkTop - page.frame.markToLine - strokes.doubleLine
  const byHeight = Math.floor(inkRoom / 20 / (1 - ink.markTop - ink.markBottom) + 0.2)
  return Math.min(letter ? byHeight : largestGeneralMark, byWidth)
}

function markBlock(text: string, letter: boolean, page: PageGeometry): MarkBlock {
  return { role: 'mark', text, size: markSize(text, letter, page), inkTop: letter ? page.frame.letterMarkInkTop : page.frame.generalMarkInkTop }
}

/** Two blank lines stand between the number (general: the red line) and the title. */
export function titleBlock(title: string, spans: readonly string[], page: PageGeometry, blankLines = page.frame.titleLines): LayoutBlock {
  const lines = breakTitle(title, { size: sizes.title, width: typeWidth(page), protectedSpans: spans })
  return { role: 'title', lines, size: sizes.title, pitch: page.frame.titlePitch, spaceBefore: blankLines * page.pitch }
}

/** What a title never breaks inside. */
export function protectedSpans(content: LetterContent): readonly string[] {
  const { addressee } = content
  const spans = [addressee.unit, content.organ.sign, content.organ.mark, ...Object.values(typeNames)]
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

/** The last words go with the signature to the next page, and with them two lines of the text before, so that it never stands alone. */
export function keptTogether(blocks: readonly BodyBlock[]): readonly BodyBlock[] {
  return blocks.map((block, i) => {
    if (i === blocks.length - 1) return { ...block, keepNext: true }
    return i === blocks.length - 2 ? { ...block, keepLast: true } : block
  })
}

function attachmentsBlock(attachments: readonly string[]): LayoutBlock {
  const items = attachments.map((text, i) => ({ number: attachments.length === 1 ? '' : `${i + 1}.`, text }))
  return { role: 'attachmentsNote', label: frameTexts.attachments, items }
}

function imprintBlock(organ: Organ, day: string | null, copyTo: readonly string[], format: LetterLayout['format']): LayoutBlock | null {
  const text = copyTo.length === 0 ? '' : `${frameTexts.copyTo}${copyTo.join(frameTexts.comma)}${frameTexts.stop}`
  if (format === 'letter') return text === '' ? null : { role: 'copyTo', text, ruled: false, gapBefore: 0, printed: null }
  const date = day === null ? frameTexts.datePending : chineseDate(day)
  return { role: 'copyTo', text, ruled: true, gapBefore: 0, printed: { organ: organ.sign, date: `${date}${frameTexts.printed}` } }
}

/**
 * Clause 7.3.5. Sealed: the date ends four characters from the right, the name is centred over it; its half width is counted with a gap
 * between Word's and LibreOffice's, so the name is at most 0.4 mm off in either. A name longer than the room right of the centre moves both left.
 */
export function signatureBlock(name: string, day: string | null, sealed: boolean, page: PageGeometry): SignatureBlock {
  const date = day === null ? frameTexts.datePending : chineseDate(day)
  const { dateInset, nameInset, dateAfterName, sealLines } = page.frame
  const width = typeWidth(page)
  const character = bodyCharacter(page)
  const nameWidth = textWidth(name, sizes.body, page.charSpacing)
  const dateWidth = textWidth(date, sizes.body, page.charSpacing, (scriptGap + drawnGap) / 2)
  const half = Math.max(nameWidth, dateWidth) / 2 + points(8)
  const centre = Math.min(width - dateInset * character - dateWidth / 2, width - half)
  let nameLeft = width - nameInset * character - nameWidth
  let dateLeft = nameLeft + dateAfterName * character
  if (dateLeft + dateWidth > width - nameInset * character) {
    dateLeft = width - nameInset * character - dateWidth
    nameLeft = dateLeft - dateAfterName * character
  }
  return {
    role: 'signature', name, date, sealed, linesBefore: sealed ? sealLines : 1, boxLeft: Math.round(centre - half), boxWidth: Math.round(half * 2),
    dateRight: Math.round(width - centre - dateWidth / 2), nameLeft: Math.round(nameLeft), dateLeft: Math.round(dateLeft),
  }
}
