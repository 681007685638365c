/** Where every line stands: blocks → pages of lines at fixed places. The HTML page is drawn from this, line for line. */
import { bodyCharacter, frame, ink, letterBodyTop, mm, points, sizes, typeWidth } from './geometry.ts'
import type { FontRole, PageGeometry } from './geometry.ts'
import type { AttachmentsBlock, BodyBlock, CopyToBlock, LayoutBlock, LetterLayout, SignatureBlock, TextRun, TitleBlock } from './layout-types.ts'
import { breakLines, textWidth } from './measure.ts'
import { placeTable } from './place-table.ts'
import { textLine } from './place-types.ts'
import type { Chunk, PlacedItem, PlacedPage, PlacedRule } from './place-types.ts'

export function placeLayout(layout: LetterLayout): readonly PlacedPage[] {
  const { page } = layout
  const bottom = page.height - page.bottom
  const pages: PlacedItem[][] = [[]]
  let y = layout.format === 'letter' ? letterBodyTop(page) : page.top
  const copyTo = layout.blocks.find((block) => block.role === 'copyTo')
  const imprint = copyTo?.role === 'copyTo' ? placeCopyTo(page, copyTo) : null
  const chunks = layout.blocks.flatMap((block) => chunksOf(layout, block))
  for (let i = 0; i < chunks.length;) {
    // Paragraphs that stay with the next one move as one group.
    let end = i + 1
    while (end < chunks.length && chunks[end - 1]?.keepNext) end += 1
    const group = chunks.slice(i, end)
    const last = end === chunks.length
    const need = group.reduce((sum, chunk) => sum + chunk.gapBefore + chunk.height, 0) + (last && imprint ? imprint.height : 0)
    if (y + need > bottom + 1 && (pages.at(-1)?.length ?? 0) > 0 && need <= bottom - page.top) {
      pages.push([])
      y = page.top
      const repeated = group[0]?.repeat
      if (repeated) {
        pages.at(-1)?.push(...shift(repeated.items, y))
        y += repeated.height
      }
    }
    for (const chunk of group) {
      const atTop = y === page.top
      if (y + chunk.gapBefore + chunk.height > bottom + 1 && !atTop) {
        pages.push([])
        y = page.top
      }
      y += y === page.top && pages.length > 1 ? 0 : chunk.gapBefore
      pages.at(-1)?.push(...shift(chunk.items, y))
      y += chunk.height
    }
    i = end
  }
  if (imprint) pages.at(-1)?.push(...shift(imprint.items, bottom - imprint.height))
  return pages.map((items, i) => ({ number: i + 1, items: [...frameItems(layout, i === 0), ...items, ...pageNumber(layout, i + 1)] }))
}

function shift(items: readonly PlacedItem[], y: number): readonly PlacedItem[] {
  return items.map((item) => ({ ...item, y: item.y + y }))
}

function chunk(items: readonly PlacedItem[], height: number, keepNext = false, gapBefore = 0): Chunk {
  return { items, height, keepNext, gapBefore }
}

function chunksOf(layout: LetterLayout, block: LayoutBlock): readonly Chunk[] {
  const { page } = layout
  const letter = layout.format === 'letter'
  const full = { x: page.left, width: typeWidth(page), role: 'body', size: sizes.body, pitch: page.pitch, spacing: page.charSpacing } as const
  switch (block.role) {
    case 'mark': return letter ? [] : [generalMark(layout, block.text, block.size)]
    case 'redLine': return letter ? [] : [chunk([rule(block.left, frame.markToLine - ink.bodyBottom, block.width, frame.singleLineHeight)], frame.markToLine - ink.bodyBottom + frame.singleLineHeight, true)]
    case 'urgency': return letter ? [] : [chunk([textLine(block.text, { ...full, role: 'heading1', align: 'left' })], page.pitch, true)]
    case 'number': return [numberChunk(layout, block.text, block.align)]
    case 'title': return [titleChunk(page, block)]
    case 'addressee': return flowChunks(breakLines(block.text, lineRequest(page, 0, 0)), page, 0, 0, 'body', false, page.pitch)
    case 'body': return bodyChunks(page, block)
    case 'attachmentsNote': return attachmentChunks(page, block)
    case 'signature': return [signatureChunk(page, block)]
    case 'note': return flowChunks(breakLines(block.text, lineRequest(page, 2, 0)), page, 2, 0, 'body', false, 0)
    case 'copyTo': return []
    case 'table': return placeTable(page, block)
    default: return block satisfies never
  }
}

function rule(x: number, y: number, width: number, height: number, red = true): PlacedRule {
  return { kind: 'rule', x, y, width, height, red }
}

function generalMark(layout: LetterLayout, text: string, size: number): Chunk {
  const { page } = layout
  const urgency = layout.blocks.some((block) => block.role === 'urgency') ? page.pitch : 0
  const gap = frame.generalMarkInkTop - Math.round(ink.markTop * size * 20) - page.top - urgency
  return chunk([{ ...textLine(text, { x: page.left, width: typeWidth(page), align: 'center', role: 'mark', size, pitch: size * 20 }), red: true }], size * 20, true, gap)
}

/** Top of the number's line box: its ink is 4.9 mm below the first red line. */
function numberChunk(layout: LetterLayout, text: string, align: 'right' | 'center'): Chunk {
  const { page } = layout
  const box = { x: page.left, width: typeWidth(page), role: 'body', size: sizes.body, pitch: page.pitch, spacing: page.charSpacing } as const
  const urgency = layout.blocks.find((block) => block.role === 'urgency')
  if (align === 'center') return chunk([textLine(text, { ...box, align })], page.pitch, true, layout.blocks.some((block) => block.role === 'mark') ? 2 * page.pitch : 0)
  const items = urgency?.role === 'urgency' ? [textLine(urgency.text, { ...box, role: 'heading1', align: 'left' })] : []
  const gap = headLineBottom(layout) + frame.lineToNumber - ink.bodyTop - letterBodyTop(page)
  return chunk([...items, textLine(text, { ...box, align })], page.pitch, true, gap)
}

function headLineBottom(layout: LetterLayout): number {
  const mark = layout.blocks.find((block) => block.role === 'mark')
  const markInk = mark?.role === 'mark' ? Math.round(mark.size * 20 * (1 - ink.markTop - ink.markBottom)) : 0
  return frame.letterMarkInkTop + markInk + frame.markToLine + frame.doubleLineHeight
}

function titleChunk(page: PageGeometry, block: TitleBlock): Chunk {
  const lines = block.lines.map((line, i) => ({
    ...textLine(line, { x: page.left, width: typeWidth(page), align: 'center', role: 'title', size: block.size, pitch: block.pitch }, i === 0), y: i * block.pitch,
  }))
  return chunk(lines, block.pitch * lines.length, true, block.spaceBefore)
}

function lineRequest(page: PageGeometry, firstIn: number, restIn: number) {
  const character = bodyCharacter(page)
  return { size: sizes.body, spacing: page.charSpacing, first: typeWidth(page) - firstIn * character, rest: typeWidth(page) - restIn * character }
}

/** A paragraph of plain lines, each its own chunk so that a page may end between them. */
function flowChunks(lines: readonly string[], page: PageGeometry, firstIn: number, restIn: number, role: FontRole, keepNext: boolean, gap: number): readonly Chunk[] {
  const character = bodyCharacter(page)
  return lines.map((line, i) => {
    const inset = (i === 0 ? firstIn : restIn) * character
    const last = i === lines.length - 1
    const box = { x: page.left + inset, width: typeWidth(page) - inset, align: last ? 'left' : 'justify', role, size: sizes.body, pitch: page.pitch, spacing: page.charSpacing } as const
    return chunk([textLine(line, box, i === 0)], page.pitch, keepNext, i === 0 ? gap : 0)
  })
}

function bodyChunks(page: PageGeometry, block: BodyBlock): readonly Chunk[] {
  const text = block.runs.map((part) => part.text).join('')
  const indent = block.indent ? 2 : 0
  const lines = breakLines(text, lineRequest(page, indent, 0))
  let at = 0
  return flowChunks(lines, page, indent, 0, 'body', block.keepNext, 0).map((piece, i) => {
    const length = lines[i]?.length ?? 0
    const runs = sliceRuns(block.runs, at, at + length)
    at += length
    return { ...piece, items: piece.items.map((item) => (item.kind === 'line' ? { ...item, runs } : item)) }
  })
}

function sliceRuns(runs: readonly TextRun[], start: number, end: number): readonly TextRun[] {
  let at = 0
  return runs.flatMap((part) => {
    const text = part.text.slice(Math.max(0, start - at), Math.max(0, end - at))
    at += part.text.length
    return text === '' ? [] : [{ ...part, text }]
  })
}

function attachmentChunks(page: PageGeometry, block: AttachmentsBlock): readonly Chunk[] {
  const character = bodyCharacter(page)
  return block.items.flatMap((item, i) => {
    const numberWidth = textWidth(item.number, sizes.body, page.charSpacing) / character
    const head = `${i === 0 ? block.label : ''}${item.number}`
    const first = i === 0 ? 2 : 5
    return flowChunks(breakLines(`${head}${item.text}`, lineRequest(page, first, 5 + numberWidth)), page, first, 5 + numberWidth, 'body', true, i === 0 ? page.pitch : 0)
  })
}

function signatureChunk(page: PageGeometry, block: SignatureBlock): Chunk {
  const lift = block.linesBefore * page.pitch
  const box = { role: 'body', size: sizes.body, pitch: page.pitch, spacing: page.charSpacing } as const
  const at = (text: string, left: number, width: number, align: 'center' | 'left', y: number) =>
    ({ ...textLine(text, { ...box, x: page.left + left, width, align }), y })
  const items = block.sealed
    ? [at(block.name, block.boxLeft, block.boxWidth, 'center', lift), at(block.date, block.boxLeft, block.boxWidth, 'center', lift + page.pitch)]
    : [at(block.name, block.nameLeft, typeWidth(page) - block.nameLeft, 'left', lift), at(block.date, block.dateLeft, typeWidth(page) - block.dateLeft, 'left', lift + page.pitch)]
  return chunk(items, lift + 2 * page.pitch, true)
}

function placeCopyTo(page: PageGeometry, block: CopyToBlock): { readonly height: number; readonly items: readonly PlacedItem[] } {
  const character = points(sizes.small)
  const width = typeWidth(page)
  const lines = breakLines(block.text, { size: sizes.small, spacing: 0, first: width - 2 * character, rest: width - 5 * character })
  const height = lines.length * frame.imprintPitch
  const items: PlacedItem[] = lines.map((line, i) => {
    const inset = (i === 0 ? 1 : 4) * character
    const align = i === lines.length - 1 ? 'left' : 'justify'
    return { ...textLine(line, { x: page.left + inset, width: width - inset - character, align, role: 'body', size: sizes.small, pitch: frame.imprintPitch }, i === 0), y: i * frame.imprintPitch }
  })
  if (block.ruled) items.push(rule(page.left, 0, width, 20, false), rule(page.left, height - 20, width, 20, false))
  return { height, items }
}

/** What hangs on the page and not in the text: a letter's mark and its two red double lines. */
function frameItems(layout: LetterLayout, first: boolean): readonly PlacedItem[] {
  if (!first || layout.format !== 'letter') return []
  const { page } = layout
  const thick = points(3)
  const thin = points(0.75)
  return layout.blocks.flatMap((block): readonly PlacedItem[] => {
    if (block.role === 'mark') {
      const box = { x: 0, width: page.width, align: 'center', role: 'mark', size: block.size, pitch: block.size * 20 } as const
      return [{ ...textLine(block.text, box), y: block.inkTop - Math.round(ink.markTop * block.size * 20), red: true }]
    }
    if (block.role !== 'redLine') return []
    const top = block.position === 'head' ? headLineBottom(layout) - frame.doubleLineHeight : page.height - frame.footLineFromBottom - frame.doubleLineHeight
    const end = top + frame.doubleLineHeight
    return block.weight === 'thinThick'
      ? [rule(block.left, top, block.width, thin), rule(block.left, end - thick, block.width, thick)]
      : [rule(block.left, top, block.width, thick), rule(block.left, end - thin, block.width, thin)]
  })
}

/** Its dash 7 mm below the type area, odd pages right, even pages left, both less one character; none on page 1 of a letter. */
function pageNumber(layout: LetterLayout, number: number): readonly PlacedItem[] {
  if (number === 1 && layout.format === 'letter') return []
  const { page } = layout
  const character = points(sizes.small)
  const box = { x: page.left + character, width: typeWidth(page) - 2 * character, align: number % 2 === 1 ? 'right' : 'left', role: 'pageNumber', size: sizes.small, pitch: character } as const
  return [{ ...textLine(`— ${number} —`, box), y: page.height - page.bottom + frame.pageNumberBelow - character / 2 + mm(0.2), extra: true }]
}
