/**
 * The parts of a .docx that do not change from letter to letter of one organ: settings, relations, headers with the mark and the first
 * red line, footers with the second one and the page numbers. Made by `docx`, packed once and kept: a batch pays for them once.
 */
import { AlignmentType, BorderStyle, Document, Footer, Header, LineRuleType, Packer, PageNumber, Paragraph, TextRun } from 'docx'
import type { IParagraphOptions } from 'docx'
import { unzipSync } from 'fflate'
import { baselineShare, dashHeight, fontChains, ink, latinFont, letterBodyTop, mm, sizes, strokes } from '../../shared/letter/geometry.ts'
import type { FontRole, PageGeometry } from '../../shared/letter/geometry.ts'
import { findBlock } from '../../shared/letter/layout-types.ts'
import type { LetterLayout, MarkBlock, RedLineBlock } from '../../shared/letter/layout-types.ts'
import { corePropertiesXml, fontName, fontTableXml, stylesXml } from './styles.ts'
import type { FontChoice } from './styles.ts'
import { zipPart } from './zip.ts'
import type { ZipPart } from './zip.ts'

export type Skeleton = {
  readonly parts: readonly ZipPart[]
  /** document.xml up to and from the body's content. */
  readonly opening: string
  readonly closing: string
}

const kept = new Map<string, Promise<Skeleton>>()
const keptAtMost = 16

/** The skeleton for the layout's frame: made once per page, format, mark and choice of fonts. */
export function skeletonFor(layout: LetterLayout, choice: FontChoice): Promise<Skeleton> {
  const mark = layout.format === 'letter' ? findBlock(layout, 'mark') : undefined
  const key = JSON.stringify([layout.format, layout.page, mark ?? null, layout.pageFoot ?? null, choice])
  const known = kept.get(key)
  if (known) return known
  const made = makeSkeleton(layout, choice)
  made.catch(() => kept.delete(key))
  kept.set(key, made)
  const oldest = kept.keys().next()
  if (kept.size > keptAtMost && !oldest.done) kept.delete(oldest.value)
  return made
}

async function makeSkeleton(layout: LetterLayout, choice: FontChoice): Promise<Skeleton> {
  const packed = await Packer.toBuffer(frameDocument(layout, choice))
  const files = new Map(Object.entries(unzipSync(packed)))
  const document = new TextDecoder().decode(files.get('word/document.xml'))
  files.delete('word/document.xml')
  const utf8 = new TextEncoder()
  files.set('word/styles.xml', utf8.encode(stylesXml(layout.page, choice)))
  files.set('word/fontTable.xml', utf8.encode(fontTableXml()))
  // No author, program or time: the letter's bytes depend on its content alone.
  files.set('docProps/core.xml', utf8.encode(corePropertiesXml()))
  const split = document.indexOf('<w:sectPr')
  const start = document.indexOf('<w:body>') + '<w:body>'.length
  return {
    parts: [...files].toSorted(byName).map(([name, data]) => zipPart(name, data)),
    opening: document.slice(0, start),
    closing: document.slice(split),
  }
}

/** [Content_Types].xml first, as readers that sniff the type expect; the others by name. */
function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  const rank = (name: string) => (name === '[Content_Types].xml' ? 0 : name === '_rels/.rels' ? 1 : 2)
  return rank(a) - rank(b) || (a < b ? -1 : 1)
}

function frameDocument(layout: LetterLayout, choice: FontChoice): Document {
  const { page } = layout
  const letter = layout.format === 'letter'
  const mark = findBlock(layout, 'mark')
  const numberLift = letter ? pageNumberBottom(layout) - page.frame.footLineFromBottom : 0
  const signatures = pageFoot(layout, choice)
  return new Document({
    evenAndOddHeaderAndFooters: true,
    sections: [{
      properties: {
        titlePage: letter,
        grid: { type: 'lines', linePitch: page.pitch },
        page: {
          // docx turns the sides for a landscape page by itself.
          size: page.landscape ? { width: page.height, height: page.width, orientation: 'landscape' } : { width: page.width, height: page.height },
          margin: {
            top: page.top, bottom: page.bottom, left: page.left, right: page.right, gutter: 0,
            header: letter && mark ? markTop(mark) : mm(15),
            footer: letter ? page.frame.footLineFromBottom : pageNumberBottom(layout),
          },
        },
      },
      headers: {
        ...(letter ? { first: new Header({ children: markParagraphs(layout, choice) }) } : {}),
        default: new Header({ children: [thin()] }), even: new Header({ children: [thin()] }),
      },
      footers: {
        ...(letter ? { first: new Footer({ children: [footLine(layout)] }) } : {}),
        default: new Footer({ children: [...signatures, pageNumber('right', layout, choice), ...lift(numberLift)] }),
        even: new Footer({ children: [...signatures, pageNumber('left', layout, choice), ...lift(numberLift)] }),
      },
      children: [],
    }],
  })
}

/** Bottom of the page number's line from the page's bottom: its dash then stands 7 mm below the type area. */
function pageNumberBottom({ page, pageFoot: foot }: LetterLayout): number {
  const typeBottom = page.bottom - (foot === undefined ? 0 : 2 * page.pitch)
  return Math.round(typeBottom + page.frame.boxesBelow - page.frame.pageNumberBelow - (1 - baselineShare + dashHeight) * sizes.small * 20)
}

/** The signatures of every page, in the last line of the usual type area. */
function pageFoot(layout: LetterLayout, choice: FontChoice): readonly Paragraph[] {
  const { page, pageFoot: text } = layout
  if (text === undefined) return []
  const gap = page.bottom - 2 * page.pitch - pageNumberBottom(layout) - sizes.small * 20
  return [new Paragraph({ ...exact(page.pitch), style: 'LetterPlain', children: [new TextRun({ text, font: fonts('body', choice), size: sizes.body * 2 })] }), ...lift(gap)]
}

function exact(twips: number): IParagraphOptions {
  return { style: 'LetterLine', spacing: { before: 0, after: 0, line: twips, lineRule: LineRuleType.EXACT } }
}

function thin(): Paragraph {
  return new Paragraph(exact(20))
}

function lift(twips: number): readonly Paragraph[] {
  return twips > 0 ? [new Paragraph(exact(twips))] : []
}

function fonts(role: FontRole, choice: FontChoice) {
  const chinese = fontName(role, choice) || (fontChains[role][0] ?? '')
  return { ascii: chinese, hAnsi: chinese, eastAsia: chinese, cs: latinFont, hint: 'eastAsia' }
}

/** Top of the mark's line, so that its ink begins where the layout says. */
function markTop(mark: MarkBlock): number {
  return mark.inkTop - Math.round(ink.markTop * mark.size * 20)
}

/** The mark, the first red line 4 mm below its ink, and what is left until the body begins. */
function markParagraphs(layout: LetterLayout, choice: FontChoice): readonly Paragraph[] {
  const mark = findBlock(layout, 'mark')
  const line = redLine(layout, 'head')
  if (!mark || !line) return [thin()]
  const { frame } = layout.page
  const gap = frame.markToLine - Math.round(ink.markBottom * mark.size * 20)
  const end = markTop(mark) + mark.size * 20 + gap + strokes.doubleLine
  const rest = letterBodyTop(layout.page) - end
  return [
    new Paragraph({
      ...exact(mark.size * 20), style: 'LetterMark', alignment: AlignmentType.CENTER, indent: lineIndents(layout.page, line),
      children: [new TextRun({ text: mark.text, font: fonts('mark', choice), size: mark.size * 2, color: 'FF0000' })],
    }),
    doubleLine(layout.page, line, gap),
    ...(rest >= 20 ? lift(rest) : []),
  ]
}

function redLine(layout: LetterLayout, position: RedLineBlock['position']): RedLineBlock | undefined {
  return layout.blocks.find((block): block is RedLineBlock => block.role === 'redLine' && block.position === position)
}

/** Negative: the line is longer than the type area and centred on the page. */
function lineIndents(page: PageGeometry, line: RedLineBlock) {
  return { left: line.left - page.left, right: page.width - page.right - line.left - line.width }
}

/** Always a bottom border: LibreOffice mirrors the thick and the thin stroke of a top one. */
function doubleLine(page: PageGeometry, line: RedLineBlock, height: number): Paragraph {
  const style = line.weight === 'thinThick' ? BorderStyle.THIN_THICK_SMALL_GAP : BorderStyle.THICK_THIN_SMALL_GAP
  return new Paragraph({ ...exact(height), indent: lineIndents(page, line), border: { bottom: { style, size: 24, space: 0, color: 'FF0000' } } })
}

function footLine(layout: LetterLayout): Paragraph {
  const line = redLine(layout, 'foot')
  return line ? doubleLine(layout.page, line, mm(4)) : thin()
}

/** Odd pages: right less one character; even pages: left less one. */
function pageNumber(side: 'left' | 'right', { page }: LetterLayout, choice: FontChoice): Paragraph {
  return new Paragraph({
    ...exact(sizes.small * 20), style: 'LetterPage', alignment: side === 'left' ? AlignmentType.LEFT : AlignmentType.RIGHT, indent: { [side]: page.frame.pageNumberInset * sizes.small * 20 },
    children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: fonts('pageNumber', choice), size: sizes.small * 2 })],
  })
}
