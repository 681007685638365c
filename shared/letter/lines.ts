/** The lines of every kind of paragraph, broken once and for both outputs: the page places them, the .docx writes a break where programs differ. */
import { bodyCharacter, points, sizes, typeWidth } from './geometry.ts'
import type { PageGeometry } from './geometry.ts'
import type { AttachmentsBlock, BodyBlock, TableBlock, TextRun } from './layout-types.ts'
import { breakLines, mustForce, textWidth } from './measure.ts'
import type { LineRequest } from './measure.ts'
import { cellPadding } from './table-geometry.ts'

export type SetLine = {
  readonly runs: readonly TextRun[]
  /** Ends with a break of its own in the .docx. */
  readonly forced: boolean
}

/** Room of body text whose first and further lines are moved in by so many characters. */
export function bodyRequest(page: PageGeometry, firstIn: number, restIn: number): LineRequest {
  const character = bodyCharacter(page)
  return { size: sizes.body, spacing: page.charSpacing, first: typeWidth(page) - firstIn * character, rest: typeWidth(page) - restIn * character }
}

export function setLines(runs: readonly TextRun[], request: LineRequest): readonly SetLine[] {
  const lines = breakLines(runs.map((run) => run.text).join(''), request)
  let at = 0
  return lines.map((line, i) => {
    const from = at
    at += line.length
    const next = lines[i + 1]
    return { runs: sliceRuns(runs, from, at), forced: next !== undefined && mustForce(line, next, i === 0 ? request.first : request.rest, request) }
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

export function bodyLines(page: PageGeometry, block: BodyBlock): readonly SetLine[] {
  return setLines(block.runs, bodyRequest(page, block.indent ? 2 : 0, 0))
}

export function plainLines(page: PageGeometry, text: string, firstIn = 0): readonly SetLine[] {
  return setLines([{ text, font: 'body' }], bodyRequest(page, firstIn, 0))
}

/** 附件：1.… two characters in; wraps and later items stand under the first item's text. `firstIn`, `restIn` are characters. */
export function attachmentLines(page: PageGeometry, block: AttachmentsBlock): readonly { readonly firstIn: number; readonly restIn: number; readonly lines: readonly SetLine[] }[] {
  const character = bodyCharacter(page)
  return block.items.map((item, i) => {
    const restIn = 5 + textWidth(item.number, sizes.body, page.charSpacing) / character
    const firstIn = i === 0 ? 2 : 5
    const text = `${i === 0 ? block.label : ''}${item.number}${item.text}`
    return { firstIn, restIn, lines: setLines([{ text, font: 'body' }], bodyRequest(page, firstIn, restIn)) }
  })
}

/** Clause 7.4.2: 4号, one character in on both sides, wraps under the first name. */
export function imprintLines(page: PageGeometry, text: string): readonly SetLine[] {
  const character = points(sizes.small)
  const width = typeWidth(page)
  return setLines([{ text, font: 'body' }], { size: sizes.small, spacing: 0, first: width - 2 * character, rest: width - 5 * character })
}

export function cellLines(table: TableBlock, text: string, width: number, head: boolean): readonly SetLine[] {
  if (text === '') return []
  const room = width - 2 * cellPadding
  return setLines([{ text, font: head ? 'heading1' : 'body' }], { size: table.size, spacing: 0, first: room, rest: room })
}
