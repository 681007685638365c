/** Where every line stands: blocks → pages of lines at fixed places. The HTML page is drawn from this, line for line. */
import { baselineShare, bodyCharacter, bodyInk, dashHeight, imprintRoom, ink, letterBodyTop, points, sizes, strokes, typeWidth } from './geometry.ts'
import type { PageGeometry } from './geometry.ts'
import type { AttachmentsBlock, CopyToBlock, LayoutBlock, LetterLayout, SignatureBlock, TitleBlock } from './layout-types.ts'
import { attachmentLines, bodyLines, imprintLines, plainLines } from './lines.ts'
import type { SetLine } from './lines.ts'
import { placeTable } from './place-table.ts'
import { textLine } from './place-types.ts'
import type { Chunk, PlacedItem, PlacedPage, PlacedRule } from './place-types.ts'

export function placeLayout(layout: LetterLayout): readonly PlacedPage[] {
  const { pages } = flow(layout)
  return pages.map((items, i) => ({ number: i + 1, items: [...frameItems(layout, i === 0), ...items, ...pageFoot(layout), ...pageNumber(layout, i + 1)] }))
}

/** Twips left below the last block on its page. */
export function roomBelow(layout: LetterLayout): number {
  return Math.max(0, layout.page.height - layout.page.bottom - flow(layout).end)
}

function flow(layout: LetterLayout): { readonly pages: readonly (readonly PlacedItem[])[]; readonly end: number } {
  const { page } = layout
  const bottom = page.height - page.bottom
  const pages: PlacedItem[][] = [[]]
  let y = layout.format === 'letter' ? letterBodyTop(page) : page.top
  const open = (repeat: Chunk | undefined): void => {
    pages.push([...shift(repeat?.items ?? [], page.top)])
    y = page.top + (repeat?.height ?? 0)
  }
  const chunks = layout.blocks.flatMap((block) => chunksOf(layout, block))
  for (let i = 0; i < chunks.length;) {
    // Paragraphs that stay with the next one move as one group.
    let end = i + 1
    while (end < chunks.length && chunks[end - 1]?.keepNext) end += 1
    const group = chunks.slice(i, end)
    const need = group.reduce((sum, chunk) => sum + chunk.gapBefore + chunk.height, 0)
    if ((group[0]?.breakBefore || (y + need > bottom + 1 && need <= bottom - page.top)) && (pages.at(-1)?.length ?? 0) > 0) open(group[0]?.repeat)
    for (const chunk of group) {
      if (y + chunk.gapBefore + chunk.height > bottom + 1 && y !== page.top) open(undefined)
      y += y === page.top && pages.length > 1 ? 0 : chunk.gapBefore
      pages.at(-1)?.push(...shift(chunk.items, y))
      y += chunk.height
    }
    i = end
  }
  return { pages, end: y }
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
    case 'redLine': return letter ? [] : [chunk([rule(block.left, page.frame.markToLine - bodyInk(page).bottom, block.width, strokes.single)], page.frame.markToLine - bodyInk(page).bottom + strokes.single, true)]
    case 'urgency': return letter ? [] : [chunk([textLine(block.text, { ...full, role: 'heading1', align: 'left' })], page.pitch, true)]
    case 'number': return [numberChunk(layout, block.text, block.align)]
    case 'title': return [titleChunk(page, block)]
    case 'addressee': return flowChunks(plainLines(page, block.text), page, { gap: page.pitch })
    case 'body': return flowChunks(bodyLines(page, block), page, { firstIn: block.indent ? 2 : 0, keepNext: block.keepNext, keepLast: block.keepLast === true, centred: block.align === 'center' })
    case 'attachmentsNote': return attachmentChunks(page, block)
    case 'signature': return [signatureChunk(page, block)]
    case 'note': return flowChunks(plainLines(page, block.text, 2), page, { firstIn: 2, keepNext: block.keepNext })
    case 'copyTo': return [imprintChunk(page, block)]
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
  const gap = page.frame.generalMarkInkTop - Math.round(ink.markTop * size * 20) - page.top - urgency
  return chunk([{ ...textLine(text, { x: page.left, width: typeWidth(page), align: 'center', role: 'mark', size, pitch: size * 20 }), red: true }], size * 20, true, gap)
}

/** Top of the number's line box: its ink is 4.9 mm below the first red line. */
function numberChunk(layout: LetterLayout, text: string, align: 'right' | 'center'): Chunk {
  const { page } = layout
  const box = { x: page.left, width: typeWidth(page), role: 'body', size: sizes.body, pitch: page.pitch, spacing: page.charSpacing } as const
  const urgency = layout.blocks.find((block) => block.role === 'urgency')
  if (align === 'center') return chunk([textLine(text, { ...box, align })], page.pitch, true, layout.blocks.some((block) => block.role === 'mark') ? 2 * page.pitch : 0)
  const items = urgency?.role === 'urgency' ? [textLine(urgency.text, { ...box, role: 'heading1', align: 'left' })] : []
  const gap = headLineBottom(layout) + page.frame.lineToNumber - bodyInk(page).top - letterBodyTop(page)
  return chunk([...items, textLine(text, { ...box, align })], page.pitch, true, gap)
}

function headLineBottom(layout: LetterLayout): number {
  const { page } = layout
  const mark = layout.blocks.find((block) => block.role === 'mark')
  const markInk = mark?.role === 'mark' ? Math.round(mark.size * 20 * (1 - ink.markTop - ink.markBottom)) : 0
  return page.frame.letterMarkInkTop + markInk + page.frame.markToLine + strokes.doubleLine
}

function titleChunk(page: PageGeometry, block: TitleBlock): Chunk {
  const lines = block.lines.map((line, i) => ({
    ...textLine(line, { x: page.left, width: typeWidth(page), align: 'center', role: 'title', size: block.size, pitch: block.pitch }, i === 0), y: i * block.pitch,
  }))
  return chunk(lines, block.pitch * lines.length, true, block.spaceBefore)
}

type Flow = { readonly firstIn?: number; readonly restIn?: number; readonly keepNext?: boolean; readonly keepLast?: boolean; readonly gap?: number; readonly centred?: boolean }

/** A paragraph of lines, each its own chunk so that a page may end between them. */
function flowChunks(lines: readonly SetLine[], page: PageGeometry, { firstIn = 0, restIn = 0, keepNext = false, keepLast = false, gap = 0, centred = false }: Flow): readonly Chunk[] {
  const character = bodyCharacter(page)
  return lines.map((line, i) => {
    const inset = (i === 0 ? firstIn : restIn) * character
    const align = centred ? 'center' : i === lines.length - 1 ? 'left' : 'justify'
    const box = { x: page.left + inset, width: typeWidth(page) - inset, align, role: 'body', size: sizes.body, pitch: page.pitch, spacing: page.charSpacing } as const
    // Two lines at least on either page.
    const stays = keepNext || (keepLast && (i === 0 || i >= lines.length - 2))
    return chunk([{ ...textLine('', box, i === 0), runs: line.runs }], page.pitch, stays, i === 0 ? gap : 0)
  })
}

function attachmentChunks(page: PageGeometry, block: AttachmentsBlock): readonly Chunk[] {
  return attachmentLines(page, block).flatMap(({ firstIn, restIn, lines }, i) => flowChunks(lines, page, { firstIn, restIn, keepNext: true, gap: i === 0 ? page.pitch : 0 }))
}

function signatureChunk(page: PageGeometry, block: SignatureBlock): Chunk {
  const lift = block.linesBefore * page.pitch
  const box = { role: 'body', size: sizes.body, pitch: page.pitch, spacing: page.charSpacing } as const
  const at = (text: string, left: number, width: number, align: 'center' | 'left' | 'right', y: number) =>
    ({ ...textLine(text, { ...box, x: page.left + left, width, align }), y })
  const items = block.sealed
    ? [at(block.name, block.boxLeft, block.boxWidth, 'center', lift), at(block.date, 0, typeWidth(page) - block.dateRight, 'right', lift + page.pitch)]
    : [at(block.name, block.nameLeft, typeWidth(page) - block.nameLeft, 'left', lift), at(block.date, block.dateLeft, typeWidth(page) - block.dateLeft, 'left', lift + page.pitch)]
  return chunk(items, lift + 2 * page.pitch, true)
}

function imprintChunk(page: PageGeometry, block: CopyToBlock): Chunk {
  const character = points(sizes.small)
  const width = typeWidth(page)
  const { imprintPitch: pitch, imprintOuter, imprintInner } = page.frame
  const head = block.ruled ? imprintRoom + imprintOuter : imprintRoom
  const lines = block.text === '' ? [] : imprintLines(page, block.text)
  const box = { role: 'body', size: sizes.small, pitch } as const
  const items: PlacedItem[] = lines.map((line, i) => {
    const inset = (i === 0 ? 1 : 4) * character
    const align = i === lines.length - 1 ? 'left' : 'justify'
    return { ...textLine('', { ...box, x: page.left + inset, width: width - inset - character, align }, i === 0), runs: line.runs, y: head + i * pitch }
  })
  const inner = block.ruled && block.printed && lines.length > 0 ? imprintInner : 0
  const top = head + lines.length * pitch + inner
  if (block.printed) {
    const line = { ...box, x: page.left + character, width: width - 2 * character }
    items.push({ ...textLine(block.printed.organ, { ...line, align: 'left' }), y: top }, { ...textLine(block.printed.date, { ...line, align: 'right' }), y: top })
  }
  const height = top + (block.printed ? pitch : 0) + (block.ruled ? imprintOuter : 0)
  if (block.ruled) items.push(rule(page.left, imprintRoom, width, imprintOuter, false), rule(page.left, height - imprintOuter, width, imprintOuter, false))
  if (inner > 0) items.push(rule(page.left, top - inner, width, inner, false))
  return chunk(items, height, false, block.gapBefore)
}

/** What hangs on the page and not in the text: a letter's mark and its two red double lines. */
function frameItems(layout: LetterLayout, first: boolean): readonly PlacedItem[] {
  if (!first || layout.format !== 'letter') return []
  const { page } = layout
  const { thick, thin } = strokes
  return layout.blocks.flatMap((block): readonly PlacedItem[] => {
    if (block.role === 'mark') {
      const box = { x: 0, width: page.width, align: 'center', role: 'mark', size: block.size, pitch: block.size * 20 } as const
      return [{ ...textLine(block.text, box), y: block.inkTop - Math.round(ink.markTop * block.size * 20), red: true }]
    }
    if (block.role !== 'redLine') return []
    const top = block.position === 'head' ? headLineBottom(layout) - strokes.doubleLine : page.height - page.frame.footLineFromBottom - strokes.doubleLine
    const end = top + strokes.doubleLine
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
  const inset = page.frame.pageNumberInset * character
  const box = { x: page.left + inset, width: typeWidth(page) - 2 * inset, align: number % 2 === 1 ? 'right' : 'left', role: 'pageNumber', size: sizes.small, pitch: character } as const
  const bottom = page.height - page.bottom + (layout.pageFoot === undefined ? 0 : 2 * page.pitch)
  // The dash lies a third of the type size above the baseline.
  return [{ ...textLine(`— ${number} —`, box), y: bottom - page.frame.boxesBelow + page.frame.pageNumberBelow - Math.round((baselineShare - dashHeight) * character), extra: true }]
}

/** One blank line below the text, where the type area of other papers ends. */
function pageFoot({ page, pageFoot: text }: LetterLayout): readonly PlacedItem[] {
  if (text === undefined) return []
  const box = { x: page.left, width: typeWidth(page), align: 'left', role: 'body', size: sizes.body, pitch: page.pitch, spacing: page.charSpacing } as const
  return [{ ...textLine(text, box), y: page.height - page.bottom + page.pitch, extra: true }]
}
