/** Blocks of a layout as WordprocessingML. Written straight as text: a letter is packed in about a millisecond. */
import { bodyCharacter, frame, ink, letterBodyTop, points, sizes, typeWidth } from '../../shared/letter/geometry.ts'
import type { FontRole } from '../../shared/letter/geometry.ts'
import type { AttachmentsBlock, BodyBlock, CopyToBlock, LayoutBlock, LetterLayout, MarkBlock, NumberBlock, RedLineBlock, SignatureBlock, TitleBlock } from '../../shared/letter/layout-types.ts'
import { textWidth } from '../../shared/letter/measure.ts'
import { escapeXml, fontsXml } from './styles.ts'
import type { FontChoice } from './styles.ts'
import { tableXml } from './tables.ts'

export type Draw = { readonly layout: LetterLayout; readonly choice: FontChoice }

export function run(text: string, role: FontRole, choice: FontChoice, more = ''): string {
  return `<w:r><w:rPr>${fontsXml(role, choice)}${more}</w:rPr><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`
}

export function para(style: string, properties: string, content: string): string {
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${properties}</w:pPr>${content}</w:p>`
}

const half = (size: number): string => `<w:sz w:val="${size * 2}"/><w:szCs w:val="${size * 2}"/>`
const red = '<w:color w:val="FF0000"/>'
const keep = '<w:keepNext/><w:keepLines/>'

/** The body of document.xml in reading order; what the page's frame carries (letter's mark and red lines) is left to the skeleton. */
export function bodyXml(draw: Draw): string {
  const { blocks } = draw.layout
  // The imprint's frame hangs on the paragraph after it, so it comes before the note that ends the letter.
  const copyTo = blocks.find((block) => block.role === 'copyTo')
  const note = blocks.find((block) => block.role === 'note')
  const xml = blocks.map((block) => {
    if (block.role === 'copyTo' && note) return ''
    const frameXml = block === note && copyTo?.role === 'copyTo' ? copyToXml(draw, copyTo) : ''
    return frameXml + blockXml(draw, block)
  }).join('')
  // A table may not end a document.
  return xml.endsWith('</w:tbl>') || xml === '' ? xml + para('LetterLine', '', '') : xml
}

function blockXml(draw: Draw, block: LayoutBlock): string {
  const { layout, choice } = draw
  switch (block.role) {
    case 'mark': return layout.format === 'letter' ? '' : generalMark(draw, block)
    case 'redLine': return layout.format === 'letter' ? '' : generalLine(draw, block)
    // On a letter the urgency stands on the number's line, on other papers alone at the top.
    case 'urgency': return layout.format === 'letter' ? '' : para('LetterPlain', '', run(block.text, 'heading1', choice))
    case 'number': return numberXml(draw, block)
    case 'title': return titleXml(draw, block)
    case 'addressee': return para('LetterPlain', `<w:spacing w:before="${layout.page.pitch}"/>`, run(block.text, 'body', choice))
    case 'body': return bodyParagraph(draw, block)
    case 'attachmentsNote': return attachmentsXml(draw, block)
    case 'signature': return signatureXml(draw, block)
    case 'note': return para('LetterBody', '', run(block.text, 'body', choice))
    case 'copyTo': return copyToXml(draw, block)
    case 'table': return tableXml(block, choice)
    default: return block satisfies never
  }
}

function generalMark({ layout, choice }: Draw, mark: MarkBlock): string {
  const urgencyLine = layout.blocks.some((block) => block.role === 'urgency') ? layout.page.pitch : 0
  const before = mark.inkTop - Math.round(ink.markTop * mark.size * 20) - layout.page.top - urgencyLine
  return para('LetterMark', `<w:spacing w:before="${before}" w:line="${mark.size * 20}" w:lineRule="exact"/>`, run(mark.text, 'mark', choice, `${red}${half(mark.size)}`))
}

function generalLine({ layout }: Draw, line: RedLineBlock): string {
  const left = line.left - layout.page.left
  return para('LetterLine', `<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="0" w:color="FF0000"/></w:pBdr><w:spacing w:line="${frame.markToLine - ink.bodyBottom}" w:lineRule="exact"/><w:ind w:left="${left}" w:right="${left}"/>`, '')
}

function numberXml(draw: Draw, block: NumberBlock): string {
  const { layout, choice } = draw
  const urgency = layout.blocks.find((other) => other.role === 'urgency')
  if (block.align === 'center') return para('LetterPlain', `<w:spacing w:before="${2 * layout.page.pitch}"/><w:jc w:val="center"/>`, run(block.text, 'body', choice))
  const tabs = `<w:tabs><w:tab w:val="right" w:pos="${typeWidth(layout.page)}"/></w:tabs>`
  const left = urgency?.role === 'urgency' ? run(urgency.text, 'heading1', choice) : ''
  return para('LetterPlain', `${tabs}${numberSpacing(layout)}`, `${left}<w:r><w:tab/></w:r>${run(block.text, 'body', choice)}`)
}

/**
 * The number's ink begins 4.9 mm below the red line. Under a small mark the line stands higher than the body's top, so the
 * number's line is made lower instead: in an exact line four fifths of the height lie above the baseline.
 */
function numberSpacing(layout: LetterLayout): string {
  const mark = layout.blocks.find((block) => block.role === 'mark')
  const markInk = mark?.role === 'mark' ? Math.round(mark.size * 20 * (1 - ink.markTop - ink.markBottom)) : 0
  const lineBottom = frame.letterMarkInkTop + markInk + frame.markToLine + frame.doubleLineHeight
  const offset = lineBottom + frame.lineToNumber - letterBodyTop(layout.page) - ink.bodyTop
  return offset >= 0
    ? `<w:spacing w:before="${offset}"/>`
    : `<w:spacing w:line="${layout.page.pitch + Math.round(offset / 0.8)}" w:lineRule="exact"/>`
}

function titleXml({ choice }: Draw, block: TitleBlock): string {
  const lines = block.lines.map((line) => run(line, 'title', choice, half(block.size))).join('<w:r><w:br/></w:r>')
  return para('LetterTitle', `<w:spacing w:before="${block.spaceBefore}" w:line="${block.pitch}" w:lineRule="exact"/>`, lines)
}

function bodyParagraph({ choice }: Draw, block: BodyBlock): string {
  const runs = block.runs.map((part) => run(part.text, part.font, choice)).join('')
  const style = block.level === 1 ? 'LetterHeading1' : block.indent ? 'LetterBody' : 'LetterPlain'
  return para(style, `${block.keepNext ? keep : ''}${block.breakBefore ? '<w:pageBreakBefore/>' : ''}`, runs)
}

/** 附件：1.… two characters in; wraps and later items stand under the first item's text. */
function attachmentsXml({ layout, choice }: Draw, block: AttachmentsBlock): string {
  const character = bodyCharacter(layout.page)
  return block.items.map((item, i) => {
    const numberWidth = Math.round(textWidth(item.number, sizes.body, layout.page.charSpacing))
    const left = 5 * character + numberWidth
    const hanging = i === 0 ? 3 * character + numberWidth : numberWidth
    const spacing = i === 0 ? `<w:spacing w:before="${layout.page.pitch}"/>` : ''
    return para('LetterPlain', `${keep}${spacing}<w:ind w:left="${left}" w:hanging="${hanging}"/>`, run(`${i === 0 ? block.label : ''}${item.number}${item.text}`, 'body', choice))
  }).join('')
}

/**
 * Sealed: both lines are centred in one box, whose sides are the paragraphs' indents; the program centres, so its own spacing of digits
 * cannot shift them. Not a table: LibreOffice does not keep a table with the note below it.
 */
function signatureXml({ layout, choice }: Draw, block: SignatureBlock): string {
  const blank = para('LetterPlain', keep, '').repeat(block.linesBefore)
  const right = typeWidth(layout.page) - block.boxLeft - block.boxWidth
  const centred = `<w:ind w:left="${block.boxLeft}" w:right="${right}"/><w:jc w:val="center"/>`
  const line = (text: string, left: number) =>
    para('LetterPlain', `${keep}${block.sealed ? centred : `<w:ind w:left="${left}"/>`}`, run(text, 'body', choice))
  return blank + line(block.name, block.nameLeft) + line(block.date, block.dateLeft)
}

/** Clause 7.4.2: 4号, one character in on both sides, wraps under the first name; held at the bottom of the type area by a frame. */
function copyToXml({ layout, choice }: Draw, block: CopyToBlock): string {
  const character = points(sizes.small)
  const width = typeWidth(layout.page)
  const border = (side: string) => `<w:${side} w:val="single" w:sz="8" w:space="0" w:color="000000"/>`
  const borders = block.ruled ? `<w:pBdr>${border('top')}${border('bottom')}</w:pBdr>` : ''
  const held = `<w:framePr w:w="${width}" w:hSpace="0" w:vSpace="0" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/>`
  return para('LetterSmall', `${held}${borders}<w:ind w:left="${4 * character}" w:right="${character}" w:hanging="${3 * character}"/>`, run(block.text, 'body', choice, half(sizes.small)))
}
