/** Breaking a title into lines: clause 7.3.1 asks for 词意完整, 排列对称, a 梯形 or 菱形, never a rectangle or an hourglass. */
import { mayBreak, textWidth } from './measure.ts'

export type TitleRequest = {
  readonly size: number
  /** Room of a line in twips. */
  readonly width: number
  /** Names of persons and units, numbers: never broken inside. */
  readonly protectedSpans: readonly string[]
}

export const maxTitleLines = 5

/** `shape` of the widths of the lines; one line is a bar and is always right. */
export function titleShape(widths: readonly number[]): 'bar' | 'trapezoid' | 'diamond' | 'rectangle' | 'hourglass' {
  if (widths.length < 2) return 'bar'
  const steps = widths.slice(1).map((width, i) => Math.sign(Math.round(width - (widths[i] ?? 0))))
  if (steps.every((step) => step === 0)) return 'rectangle'
  const firstDown = steps.indexOf(-1)
  const lastUp = steps.lastIndexOf(1)
  if (firstDown === -1 || lastUp === -1) return 'trapezoid'
  return lastUp < firstDown ? 'diamond' : 'hourglass'
}

/** The lines of the title; joined they give the title again. More than `maxTitleLines` come back only where it is too long for them. */
export function breakTitle(title: string, request: TitleRequest): readonly string[] {
  const pieces = titlePieces(title, request.protectedSpans)
  const widthOf = (text: string) => textWidth(text, request.size)
  if (widthOf(title) <= request.width) return [title]
  const fewest = Math.ceil(widthOf(title) / request.width)
  for (let count = fewest; count <= Math.max(fewest, maxTitleLines); count += 1) {
    const lines = bestShape(pieces, count, request.width, widthOf)
    // One line more is better than a rectangle or an hourglass.
    if (lines && (isGood(lines, widthOf) || count >= fewest + 1)) return lines
  }
  return fallback(title, pieces, request.width, widthOf)
}

function isGood(lines: readonly string[], widthOf: (text: string) => number): boolean {
  const shape = titleShape(lines.map(widthOf))
  return shape === 'trapezoid' || shape === 'diamond'
}

const words = new Intl.Segmenter('zh', { granularity: 'word' })

/** Words that stay whole: protected spans first, then 《》 and brackets, then the dictionary's words with their particles. */
export function titlePieces(title: string, protectedSpans: readonly string[]): readonly string[] {
  const allowed = new Set<number>()
  let at = 0
  for (const { segment } of words.segment(title)) {
    at += segment.length
    allowed.add(at)
  }
  for (const [start, end] of wholeSpans(title, protectedSpans)) {
    for (let i = start + 1; i < end; i += 1) allowed.delete(i)
    allowed.add(end)
    if (start > 0) allowed.add(start)
  }
  for (const [start, end] of wholeSpans(title, protectedSpans)) for (let i = start + 1; i < end; i += 1) allowed.delete(i)
  const pieces: string[] = []
  let start = 0
  for (const end of [...allowed].toSorted((a, b) => a - b)) {
    if (end < title.length && clings(title.slice(0, end), title.slice(end))) continue
    pieces.push(title.slice(start, end))
    start = end
  }
  if (start < title.length) pieces.push(title.slice(start))
  return pieces.filter((piece) => piece !== '')
}

/** Particles that a line may not begin or end with, and the punctuation of 避头尾. */
function clings(before: string, after: string): boolean {
  const last = Array.from(before).at(-1) ?? ''
  const first = Array.from(after)[0] ?? ''
  if (!mayBreak(last, first)) return true
  if (/[\d〔〕]/u.test(last) && /[\d〔〕年月日号次名位个%％]/u.test(first)) return true
  return /^[的了和与及等]/u.test(after) || /[对就在和与及于]$/u.test(before)
}

function wholeSpans(title: string, protectedSpans: readonly string[]): readonly (readonly [number, number])[] {
  const spans: (readonly [number, number])[] = []
  for (const span of protectedSpans) {
    if (span === '') continue
    for (let at = title.indexOf(span); at !== -1; at = title.indexOf(span, at + span.length)) spans.push([at, at + span.length])
  }
  for (const match of title.matchAll(/《[^《》]{1,14}》|（[^（）]{1,10}）|[^\s〔〕（）《》]{0,6}〔\d+〕\d+号|[A-Za-z0-9.%]+[年月日个项次名号]?/gu)) {
    spans.push([match.index, match.index + match[0].length])
  }
  return spans
}

/** The best way to set the pieces in `count` lines, or null where none fits. Dynamic enough for titles: at most a few thousand ways. */
function bestShape(pieces: readonly string[], count: number, width: number, widthOf: (text: string) => number): readonly string[] | null {
  const widths = pieces.map(widthOf)
  const ideal = widths.reduce((a, b) => a + b, 0) / count
  let best: { readonly cost: number; readonly ends: readonly number[] } | null = null
  let tries = 0
  const walk = (from: number, ends: readonly number[], lineWidths: readonly number[]): void => {
    tries += 1
    if (tries > 20_000) return
    if (lineWidths.length === count) {
      if (from !== pieces.length) return
      const cost = shapeCost(lineWidths, ideal)
      if (!best || cost < best.cost) best = { cost, ends }
      return
    }
    let line = 0
    for (let end = from + 1; end <= pieces.length; end += 1) {
      line += widths[end - 1] ?? 0
      if (line > width) break
      const left = count - lineWidths.length - 1
      if (line < ideal * 0.3 || pieces.length - end < left) continue
      walk(end, [...ends, end], [...lineWidths, line])
    }
  }
  walk(0, [], [])
  return best === null ? null : joinPieces(pieces, (best as { readonly ends: readonly number[] }).ends)
}

function joinPieces(pieces: readonly string[], ends: readonly number[]): readonly string[] {
  return ends.map((end, i) => pieces.slice(ends[i - 1] ?? 0, end).join(''))
}

/** Unevenness, with a wrong shape dearer than any unevenness. A difference of two characters or more between neighbours reads as a shape. */
function shapeCost(lineWidths: readonly number[], ideal: number): number {
  const shape = titleShape(lineWidths)
  const wrong = shape === 'hourglass' || shape === 'rectangle' ? 1000 : 0
  const uneven = lineWidths.reduce((sum, width) => sum + ((width - ideal) / ideal) ** 2, 0)
  const flat = lineWidths.slice(1).filter((width, i) => Math.abs(width - (lineWidths[i] ?? 0)) < ideal * 0.06).length
  return wrong + uneven + flat * 0.15
}

/** A title whose whole words do not fit: greedy, cutting a piece only where it is wider than a line. */
function fallback(title: string, pieces: readonly string[], width: number, widthOf: (text: string) => number): readonly string[] {
  if (widthOf(title) <= width) return [title]
  const lines: string[] = []
  let line = ''
  for (const piece of pieces.flatMap((piece) => (widthOf(piece) > width ? Array.from(piece) : [piece]))) {
    if (line !== '' && widthOf(line + piece) > width) {
      lines.push(line)
      line = ''
    }
    line += piece
  }
  return line === '' ? lines : [...lines, line]
}
