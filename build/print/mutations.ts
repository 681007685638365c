/** Each constant of the page moved by a little, the case that shows it, and the row of the ruler that must turn red. */
import { compensatedPage, mm, nominalPage } from '../../shared/letter/geometry.ts'
import type { FrameGeometry, PageGeometry } from '../../shared/letter/geometry.ts'
import { letterCase } from './cases.ts'
import type { PrintCase } from './cases.ts'
import type { Alter } from './print.ts'
import { letterCases } from './letters.ts'
import { common, compensated, general, letter } from './standard.ts'
import type { Constant } from './standard.ts'

/** `alter`: for constants that are not part of the page (type sizes, strokes), in the Word file itself: every `from` becomes `to`. */
export type Mutation = { readonly name: string; readonly row: Constant; readonly printed: PrintCase & { readonly alter?: Alter } }

const page = (name: string, patch: Partial<PageGeometry>, of: string, row: Constant): Mutation => {
  const content = letterCases[of]
  if (!content) throw new Error(`no case ${of}`)
  return { name, row, printed: { ...letterCase(of, content, { ...nominalPage, ...patch }), name: of } }
}
const file = (name: string, from: string, to: string, of: string, row: Constant): Mutation => {
  const plain = page(name, {}, of, row)
  return { ...plain, printed: { ...plain.printed, alter: { from, to } } }
}
const byInk = (name: string, patch: Partial<PageGeometry>, of: string, row: Constant): Mutation => {
  const plain = page(name, { ...compensatedPage, ...patch }, of, row)
  return { ...plain, printed: { ...plain.printed, byInk: true } }
}
const frame = (name: keyof FrameGeometry, value: number, of: string, row: Constant): Mutation => page(name, { frame: { ...nominalPage.frame, [name]: value } }, of, row)

export const mutations: readonly Mutation[] = [
  page('top', { top: nominalPage.top + mm(2) }, 'three-pages', common.top),
  page('bottom', { bottom: nominalPage.bottom + mm(11) }, 'three-pages', common.lines),
  page('left', { left: nominalPage.left + mm(2) }, 'reminder', common.left),
  page('right', { right: nominalPage.right + mm(2) }, 'reminder', common.right),
  page('pitch', { pitch: 585 }, 'three-pages', common.pitch),
  page('charSpacing', { charSpacing: 3 }, 'three-pages', common.characters),
  frame('letterMarkInkTop', mm(31), 'reminder', letter.markTop),
  frame('generalMarkInkTop', mm(71), 'yellowCard', general.markTop),
  frame('markToLine', mm(5), 'reminder', letter.markLine),
  frame('lineToNumber', mm(6), 'reminder', letter.numberTop),
  frame('letterLineWidth', mm(165), 'reminder', letter.headLine),
  frame('footLineFromBottom', mm(21), 'reminder', letter.footBottom),
  frame('titleLines', 1, 'reminder', common.titleGap),
  frame('titlePitch', 850, 'reminder', common.titleGap),
  frame('dateInset', 3, 'reminder', common.dateRight),
  frame('nameInset', 3, 'unsealed', common.nameRight),
  frame('dateAfterName', 1, 'unsealed', common.dateAfterName),
  frame('sealLines', 4, 'three-pages', common.sealRoom),
  frame('pageNumberBelow', mm(8), 'three-pages', common.pageNumberDash),
  frame('pageNumberInset', 2, 'three-pages', common.pageNumberOdd),
  frame('imprintOuter', 30, 'yellowCard', general.imprintOuter),
  frame('imprintInner', 30, 'yellowCard', general.imprintInner),
  frame('titlePitch', 150, 'title-3', common.overlap),
  page('width', { width: nominalPage.width + mm(2) }, 'reminder', common.paperWidth),
  page('height', { height: nominalPage.height - mm(2) }, 'reminder', common.paperHeight),
  // A broken number of lines: the grid no longer begins where the number counts from.
  frame('firstPageLines', 20.5, 'reminder', letter.numberTop),
  frame('imprintPitch', 460, 'copies', common.imprintPitch),
  byInk('pitch by ink', { pitch: 585 }, 'three-pages', compensated.pitch),
  byInk('top by ink', { top: mm(36) }, 'three-pages', compensated.top),
  byInk('bottom by ink', { top: mm(33.4), pitch: 586 }, 'three-pages', compensated.bottom),
  byInk('height by ink', { pitch: 586 }, 'three-pages', compensated.height),
  byInk('boxesBelow', { frame: nominalPage.frame }, 'three-pages', common.pageNumberDash),
  byInk('boxesBelow of the 版记', { frame: nominalPage.frame }, 'yellowCard', general.imprintLast),
  file('size of the body', 'w:sz w:val="32"', 'w:sz w:val="29"', 'three-pages', common.glyph),
  file('size of the title', 'w:sz w:val="44"', 'w:sz w:val="38"', 'title-3', common.titleGlyph),
  file('first red line', '"thickThinSmallGap" w:color="FF0000" w:sz="24"', '"thickThinSmallGap" w:color="FF0000" w:sz="12"', 'reminder', letter.headUpper),
  file('second red line', '"thinThickSmallGap" w:color="FF0000" w:sz="24"', '"thinThickSmallGap" w:color="FF0000" w:sz="12"', 'reminder', letter.footLower),
]
