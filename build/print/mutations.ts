/** Each constant of the page moved by a little, the case that shows it, and the row of the ruler that must turn red. */
import { mm, nominalPage } from '../../shared/letter/geometry.ts'
import type { FrameGeometry, PageGeometry } from '../../shared/letter/geometry.ts'
import { letterCase } from './cases.ts'
import type { PrintCase } from './cases.ts'
import { letterCases } from './letters.ts'
import { common, general, letter } from './standard.ts'
import type { Constant } from './standard.ts'

export type Mutation = { readonly name: string; readonly row: Constant; readonly printed: PrintCase }

const page = (name: string, patch: Partial<PageGeometry>, of: string, row: Constant): Mutation => {
  const content = letterCases[of]
  if (!content) throw new Error(`no case ${of}`)
  return { name, row, printed: { ...letterCase(of, content, { ...nominalPage, ...patch }), name: of } }
}
const frame = (name: keyof FrameGeometry, value: number, of: string, row: Constant): Mutation => page(name, { frame: { ...nominalPage.frame, [name]: value } }, of, row)

export const mutations: readonly Mutation[] = [
  page('top', { top: nominalPage.top + mm(2) }, 'three-pages', common.top),
  page('bottom', { bottom: nominalPage.bottom + mm(12) }, 'three-pages', common.lines),
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
]
