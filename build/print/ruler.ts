/** Holds the pages of one paper to the standard: rows of what is expected and what the ink says. */
import { findBlock } from '../../shared/letter/layout-types.ts'
import type { LetterLayout } from '../../shared/letter/layout-types.ts'
import { titleShape } from '../../shared/letter/title.ts'
import type { PrintCase } from './cases.ts'
import { bands, columns, weight } from './ink.ts'
import type { Box, InkPage } from './ink.ts'
import { character, common, compensated, general, letter } from './standard.ts'
import type { Constant } from './standard.ts'
import type { Word } from './tools.ts'

export type Output = 'docx' | 'html'
export type Row = {
  readonly case: string; readonly output: Output; readonly constant: string; readonly clause: string; readonly expected: number; readonly tolerance: number; readonly measured: number; readonly ok: boolean
}
export type Printed = { readonly pages: readonly InkPage[]; readonly words: readonly Word[] }
type Note = (constant: Constant, measured: number | undefined) => void

const typeArea = { left: 28, right: 184, top: 37, bottom: 262 } as const

/** Every row of one paper. A part that is not found measures NaN and is red. */
export function measure(one: PrintCase, printed: Printed, output: Output): readonly Row[] {
  const rows: Row[] = []
  const note: Note = ({ name, clause, mm, tolerance }, measured = Number.NaN) => {
    rows.push({ case: one.name, output, constant: name, clause, expected: mm, tolerance, measured, ok: Math.abs(measured - mm) <= tolerance + 1e-9 })
  }
  note(common.overlap, overlaps(printed.words))
  paperRows(one, printed, note)
  if (one.paper === 'letter') letterFrame(one, printed, note)
  if (one.paper === 'general') generalFrame(printed, one.layout, note)
  if (one.paper === 'letter' || one.paper === 'general') {
    textRows(one, printed, note)
    endRows(one, printed, note)
  }
  if (one.paper === 'form' || one.paper === 'register') formRows(one, printed, note)
  if (one.paper !== 'register') numberRows(one, printed, note)
  return rows
}

function paperRows({ paper }: PrintCase, { pages: [first] }: Printed, note: Note): void {
  if (!first || paper === 'register') return
  note(common.paperWidth, first.width / first.perMm)
  note(common.paperHeight, first.height / first.perMm)
}

/** Words whose inner halves stand on one another. */
function overlaps(words: readonly Word[]): number {
  const core = words.map((word) => {
    const trim = (word.bottom - word.top) * 0.3
    return { ...word, top: word.top + trim, bottom: word.bottom - trim, left: word.left + 0.3, right: word.right - 0.3 }
  })
  let count = 0
  core.forEach((a, i) => {
    for (const b of core.slice(i + 1)) if (a.page === b.page && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) count += 1
  })
  return count
}

const isRule = (box: Box): boolean => box.right - box.left > 130 && box.bottom - box.top < 2

function letterFrame(one: PrintCase, { pages }: Printed, note: Note): void {
  const [first] = pages
  if (!first) return
  const red = bands(first, 'red')
  const head = red.filter((box) => isRule(box) && box.top < 148)
  const foot = red.filter((box) => isRule(box) && box.top > 148)
  const mark = red.filter((box) => !isRule(box))
  note(letter.markTop, mark[0]?.top)
  note(letter.markLine, (head[0]?.top ?? Number.NaN) - (mark.at(-1)?.bottom ?? Number.NaN))
  note(letter.headLine, width(head[0]))
  note(letter.headLeft, head[0]?.left)
  note(letter.headUpper, height(head[0]))
  note(letter.headLower, height(head[1]))
  note(letter.footBottom, 297 - (foot.at(-1)?.bottom ?? Number.NaN))
  note(letter.footLine, width(foot[0]))
  note(letter.footUpper, height(foot[0]))
  note(letter.footLower, height(foot[1]))
  note(letter.footOnce, pages.slice(1).reduce((sum, page) => sum + bands(page, 'red').length, 0))
  const [number] = textBands(first)
  note(letter.numberTop, (number?.top ?? Number.NaN) - (head.at(-1)?.bottom ?? Number.NaN))
  note(letter.numberRight, number?.right)
  if (findBlock(one.layout, 'urgency')) note(letter.urgencyLeft, number?.left)
}

function generalFrame({ pages }: Printed, layout: LetterLayout, note: Note): void {
  const [first] = pages
  const last = pages.at(-1)
  if (!first || !last) return
  const red = bands(first, 'red')
  const line = red.find(isRule)
  const mark = red.filter((box) => !isRule(box))
  const [number] = textBands(first)
  note(general.markTop, mark[0]?.top)
  note(general.numberGap, (number?.top ?? Number.NaN) - (mark.at(-1)?.bottom ?? Number.NaN))
  note(general.numberCentre, centre(number))
  note(general.lineGap, (line?.top ?? Number.NaN) - (number?.bottom ?? Number.NaN))
  note(general.lineLeft, line?.left)
  note(general.lineWidth, width(line))
  const rules = bands(last, 'black').filter((box) => isRule(box) && box.top > 200)
  const imprint = findBlock(layout, 'copyTo')
  if (!imprint?.ruled) return
  note(general.imprintLast, rules.at(-1)?.bottom)
  note(general.imprintWidth, width(rules.at(-1)))
  note(general.imprintOuter, rules[0] && weight(last, rules[0]))
  if (imprint.text !== '') note(general.imprintInner, rules[1] && weight(last, rules[1]))
}

const width = (box: Box | undefined): number | undefined => box && box.right - box.left
const height = (box: Box | undefined): number | undefined => box && box.bottom - box.top
const centre = (box: Box | undefined): number | undefined => box && (box.left + box.right) / 2

/** Lines of black text of a page within the type area's height. */
export function textBands(page: InkPage, top = 0, bottom = 265.5): readonly Box[] {
  return bands(page, 'black', { top, bottom }, 1).filter((box) => !isRule(box) && box.bottom - box.top > 0.6)
}

function textRows(one: PrintCase, { pages }: Printed, note: Note): void {
  const [first] = pages
  const title = findBlock(one.layout, 'title')
  if (!first || !title) return
  const lines = textBands(first)
  const titles = lines.slice(1, 1 + title.lines.length)
  for (const line of titles) note(common.titleCentre, centre(line))
  if (titles.length > 1) note(common.titleGlyph, Math.max(...titles.map((line) => line.bottom - line.top)))
  const shape = titleShape(titles.map((line) => Math.round((line.right - line.left) * 10)))
  note(common.titleShape, shape === 'rectangle' || shape === 'hourglass' ? 0 : 1)
  const rule = one.paper === 'general' ? bands(first, 'red').find(isRule) : lines[0]
  // Two blank lines are less where the lines were drawn together.
  note(one.paper === 'general' ? common.titleGapGeneral : common.titleGap, (titles[0]?.top ?? Number.NaN) - (rule?.bottom ?? Number.NaN) + Math.max(0, 2 * ((579 - one.layout.page.pitch) * 25.4) / 1440))
  const addressee = lines[1 + title.lines.length]
  note(common.addresseeGap, (addressee?.top ?? Number.NaN) - (titles.at(-1)?.bottom ?? Number.NaN))
  note(common.addresseeLeft, addressee?.left)
  const body = pages.flatMap((page, i) => textBands(page).slice(i === 0 ? 1 + title.lines.length : 0))
  note(common.left, Math.min(...body.map((line) => line.left)))
  note(common.right, Math.max(...body.map((line) => line.right)))
  note(common.outside, body.filter((line) => line.left < typeArea.left - 0.2 || line.right > typeArea.right + 0.2).length)
  if (one.grid) gridRows(pages, note, one.byInk === true)
  if (one.name === 'body-3-lines') note(common.bodyLines, lines.slice(2 + title.lines.length).filter((line) => line.right - line.left > 125).length)
}

/** A full page of closed shapes: margins, pitch, lines and characters. */
function gridRows(pages: readonly InkPage[], note: Note, byInk: boolean): void {
  const page = pages[1]
  if (!page) return
  const lines = textBands(page)
  const [top, bottom] = [lines[0], lines.at(-1)]
  if (!top || !bottom) return
  note(common.lines, lines.length)
  note(byInk ? compensated.pitch : common.pitch, (bottom.top - top.top) / (lines.length - 1))
  note(common.characters, columns(page, 'black', { top: top.top, bottom: top.bottom }))
  note(common.glyph, top.bottom - top.top)
  if (byInk) {
    note(compensated.top, top.top - 3.68)
    note(compensated.bottom, 297 - bottom.bottom - 1.84)
    return note(compensated.height, bottom.bottom - top.top)
  }
  // The exact line leaves so much above and below the ink of 国.
  note(common.top, top.top - 3.5)
  note(common.bottom, 297 - bottom.bottom - 1.8)
}

function endRows(one: PrintCase, { pages }: Printed, note: Note): void {
  const last = pages.at(-1)
  const signature = findBlock(one.layout, 'signature')
  if (!last || !signature) return
  const imprint = findBlock(one.layout, 'copyTo')
  const lines = textBands(last)
  const imprintLines = imprint ? countLines(lines, imprint.ruled ? last : null) : 0
  const end = lines.length - imprintLines - (findBlock(one.layout, 'note') ? 1 : 0)
  const [name, date, before] = [lines[end - 2], lines[end - 1], lines[end - 3]]
  note(common.withText, before && (pages.length > 1 || end - 3 > 1) ? 1 : 0)
  if (!name || !date) return
  if (signature.sealed) {
    if (name.right < typeArea.right - 6) note(common.dateRight, date.right)
    note(common.nameCentre, (centre(name) ?? Number.NaN) - (centre(date) ?? Number.NaN))
    note(one.byInk === true ? compensated.sealRoom : common.sealRoom, (name.bottom + date.top) / 2 - 2.5 - 21 - (before?.bottom ?? Number.NaN))
  } else {
    note(common.nameRight, name.right)
    note(common.dateAfterName, date.left - name.left)
  }
  if (imprintLines > 1 && imprint && !imprint.ruled) note(common.imprintPitch, ((lines.at(-1)?.top ?? Number.NaN) - (lines.at(-imprintLines)?.top ?? Number.NaN)) / (imprintLines - 1))
  const attachments = findBlock(one.layout, 'attachmentsNote')
  if (attachments && attachments.items.length > 1) note(common.attachments, attachmentSpread(pages))
}

/** Lines of the 版记: those below its first rule, or those of the smaller type at the page's bottom. */
function countLines(lines: readonly Box[], ruled: InkPage | null): number {
  if (ruled) {
    const rule = bands(ruled, 'black', { top: 200 }).find(isRule)
    return lines.filter((line) => rule && line.top > rule.top - 0.5).length
  }
  let count = 0
  for (let i = lines.length - 1; i > 0; i -= 1) {
    count += 1
    if ((lines[i]?.top ?? 0) - (lines[i - 1]?.top ?? 0) > 9.3) return count
  }
  return count
}

/** Left edges of the numbered attachments but the first, which follows 附件：. */
function attachmentSpread(pages: readonly InkPage[]): number {
  const from = 28 + 4.6 * character
  const lefts = pages.flatMap((page) => textBands(page).filter((line) => line.left > from && line.left < from + 0.8 * character).map((line) => line.left))
  return lefts.length < 3 ? Number.NaN : Math.max(...lefts) - Math.min(...lefts)
}

function numberRows(one: PrintCase, { pages }: Printed, note: Note): void {
  pages.forEach((page, i) => {
    const [number] = bands(page, 'black', { top: 265.5, bottom: 276 })
    if (i === 0 && one.paper === 'letter') return note(common.pageNumberFirst, number ? 1 : 0)
    const odd = i % 2 === 0
    note(odd ? common.pageNumberOdd : common.pageNumberEven, odd ? number?.right : number?.left)
    const dash = number && bands(page, 'black', { top: 265.5, bottom: 276, left: number.left, right: number.left + 1.5 })[0]
    return note(common.pageNumberDash, dash && (dash.top + dash.bottom) / 2 - typeArea.bottom)
  })
}

function formRows(one: PrintCase, { pages, words }: Printed, note: Note): void {
  const { page, pageFoot } = one.layout
  const mm = (twips: number) => (twips * 25.4) / 1440
  const [area, table] = [mm(page.width - page.left - page.right), Math.max(...pages.flatMap((ink) => bands(ink, 'black').filter((box) => box.bottom - box.top < 400).map((box) => box.right - box.left)))]
  note(common.tableWidth, table - area)
  const onPage = (i: number) => words.filter((word) => word.page === i + 1).map((word) => word.text).join('')
  const count = Math.max(...words.map((word) => word.page))
  const missing = (text: string) => Array.from({ length: count }, (_, i) => onPage(i)).filter((found) => !found.includes(text)).length
  if (one.paper === 'register') {
    note(common.headRepeated, missing('序号'))
    note(common.pageSums, missing('本页小计'))
  }
  if (pageFoot !== undefined) note(common.pageFoot, missing(pageFoot.slice(0, 4)))
  if (one.name === 'dutyFile') note(common.pagesMost, Math.max(0, count - 3))
}
