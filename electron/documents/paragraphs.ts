/** Blocks of a layout as WordprocessingML. Written straight as text: a letter is packed in about a millisecond. */
import { bodyCharacter, bodyInk, imprintRoom, ink, letterBodyTop, points, sizes, strokes, typeWidth } from '../../shared/letter/geometry.ts'
import type { AttachmentsBlock, BodyBlock, CopyToBlock, LayoutBlock, LetterLayout, MarkBlock, NumberBlock, RedLineBlock, SignatureBlock, TitleBlock } from '../../shared/letter/layout-types.ts'
import { attachmentLines, bodyLines, imprintLines, plainLines } from '../../shared/letter/lines.ts'
import { linesXml, run } from './runs.ts'
import type { FontChoice } from './styles.ts'
import { tableXml } from './tables.ts'

export type Draw = { readonly layout: LetterLayout; readonly choice: FontChoice }

export function para(style: string, properties: string, content: string): string {
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${properties}</w:pPr>${content}</w:p>`
}

const half = (size: number): string => `<w:sz w:val="${size * 2}"/><w:szCs w:val="${size * 2}"/>`
const red = '<w:color w:val="FF0000"/>'
const keep = '<w:keepNext/><w:keepLines/>'
const justified = '<w:jc w:val="both"/>'

/** The body of document.xml in reading order; what the page's frame carries (letter's mark and red lines) is left to the skeleton. */
export function bodyXml(draw: Draw): string {
  const xml = draw.layout.blocks.map((block) => blockXml(draw, block)).join('')
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
    case 'addressee': return para('LetterPlain', `<w:spacing w:before="${layout.page.pitch}"/>${justified}`, linesXml(plainLines(layout.page, block.text), choice))
    case 'body': return bodyParagraph(draw, block)
    case 'attachmentsNote': return attachmentsXml(draw, block)
    case 'signature': return signatureXml(draw, block)
    case 'note': return para('LetterBody', block.keepNext ? keep : '', linesXml(plainLines(layout.page, block.text, 2), choice))
    case 'copyTo': return copyToXml(draw, block)
    case 'table': return `${block.breakBefore ? para('LetterLine', '<w:pageBreakBefore/>', '') : ''}${tableXml(block, choice)}`
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
  return para('LetterLine', `<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="0" w:color="FF0000"/></w:pBdr><w:spacing w:line="${layout.page.frame.markToLine - bodyInk(layout.page).bottom}" w:lineRule="exact"/><w:ind w:left="${left}" w:right="${left}"/>`, '')
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
  const { frame } = layout.page
  const lineBottom = frame.letterMarkInkTop + markInk + frame.markToLine + strokes.doubleLine
  const offset = lineBottom + frame.lineToNumber - letterBodyTop(layout.page) - bodyInk(layout.page).top
  return offset >= 0
    ? `<w:spacing w:before="${offset}"/>`
    : `<w:spacing w:line="${layout.page.pitch + Math.round(offset / 0.8)}" w:lineRule="exact"/>`
}

function titleXml({ choice }: Draw, block: TitleBlock): string {
  const lines = block.lines.map((line) => run(line, 'title', choice, half(block.size))).join('<w:r><w:br/></w:r>')
  return para('LetterTitle', `<w:spacing w:before="${block.spaceBefore}" w:line="${block.pitch}" w:lineRule="exact"/>`, lines)
}

function bodyParagraph({ layout, choice }: Draw, block: BodyBlock): string {
  const style = block.level === 1 ? 'LetterHeading1' : block.indent ? 'LetterBody' : 'LetterPlain'
  const align = block.align === 'center' ? '<w:jc w:val="center"/>' : block.indent ? '' : justified
  return para(style, `${block.keepNext ? keep : ''}${block.keepLast ? '<w:keepNext/><w:widowControl/>' : ''}${align}`, linesXml(bodyLines(layout.page, block), choice))
}

function attachmentsXml({ layout, choice }: Draw, block: AttachmentsBlock): string {
  const character = bodyCharacter(layout.page)
  return attachmentLines(layout.page, block).map(({ firstIn, restIn, lines }, i) => {
    const spacing = i === 0 ? `<w:spacing w:before="${layout.page.pitch}"/>` : ''
    const indent = `<w:ind w:left="${Math.round(restIn * character)}" w:hanging="${Math.round((restIn - firstIn) * character)}"/>`
    return para('LetterPlain', `${keep}${spacing}${indent}${justified}`, linesXml(lines, choice))
  }).join('')
}

/**
 * Sealed: the name is centred in a box whose sides are the paragraph's indents, the date flush right at its inset; the program sets both, so its
 * own spacing of digits cannot shift them. Not a table: LibreOffice does not keep a table with the note below it.
 */
function signatureXml({ layout, choice }: Draw, block: SignatureBlock): string {
  const whole = Math.floor(block.linesBefore)
  const rest = Math.round((block.linesBefore - whole) * layout.page.pitch)
  const blank = para('LetterPlain', keep, '').repeat(whole) + (rest > 0 ? para('LetterPlain', `${keep}<w:spacing w:line="${rest}" w:lineRule="exact"/>`, '') : '')
  const right = typeWidth(layout.page) - block.boxLeft - block.boxWidth
  const name = block.sealed ? `<w:ind w:left="${block.boxLeft}" w:right="${right}"/><w:jc w:val="center"/>` : `<w:ind w:left="${block.nameLeft}"/>`
  const date = block.sealed ? `<w:ind w:right="${block.dateRight}"/><w:jc w:val="right"/>` : `<w:ind w:left="${block.dateLeft}"/>`
  return blank + para('LetterPlain', `${keep}${name}`, run(block.name, 'body', choice)) + para('LetterPlain', `${keep}${date}`, run(block.date, 'body', choice))
}

/**
 * The room above brings its end to the bottom of the type area, less a point so that no program's rounding throws it over the page. Rules are
 * bottom borders of lines of a point: a paragraph's own borders would end at its indents.
 */
function copyToXml({ layout, choice }: Draw, block: CopyToBlock): string {
  const character = points(sizes.small)
  const width = typeWidth(layout.page)
  const { imprintOuter, imprintInner, imprintPitch } = layout.page.frame
  const size = half(sizes.small)
  const inner = block.text !== '' && block.printed !== null
  // The lines that carry the second and third rule are a point high themselves.
  const gap = block.gapBefore + imprintRoom - points(1) - (block.ruled ? points(inner ? 2 : 1) : 0)
  // Borders are counted in eighths of a point.
  const rule = (height: number, weight: number) => (block.ruled
    ? para('LetterLine', `${keep}<w:pBdr><w:bottom w:val="single" w:sz="${Math.round((weight * 8) / 20)}" w:space="0" w:color="000000"/></w:pBdr><w:spacing w:line="${height}" w:lineRule="exact"/>`, '') : '')
  const spacing = `<w:spacing w:before="${block.ruled ? 0 : gap}" w:line="${imprintPitch}" w:lineRule="exact"/>`
  const copies = block.text === '' ? '' : para('LetterSmall', `${block.ruled ? keep : ''}${spacing}<w:ind w:left="${4 * character}" w:right="${character}" w:hanging="${3 * character}"/>`,
    linesXml(imprintLines(layout.page, block.text), choice, size))
  const tabs = `<w:tabs><w:tab w:val="right" w:pos="${width - character}"/></w:tabs>`
  const printed = block.printed === null ? '' : para('LetterSmall', `${keep}${tabs}${spacing}<w:ind w:left="${character}" w:right="${character}"/>`,
    `${run(block.printed.organ, 'body', choice, size)}<w:r><w:tab/></w:r>${run(block.printed.date, 'body', choice, size)}`)
  return `${rule(Math.max(points(1), gap), imprintOuter)}${copies}${inner ? rule(points(1), imprintInner) : ''}${printed}${rule(points(1), imprintOuter)}`
}
