/** GB/T 9704-2012 clauses 5, 7 and 10.1 in numbers. Lengths are twips (1/1440 inch) from the page's top left, type sizes are points. */

/** Millimetres as whole twips. */
export function mm(value: number): number {
  return Math.round((value * 1440) / 25.4)
}

export function points(value: number): number {
  return Math.round(value * 20)
}

/** What a run is set in; the names of the typefaces stand in `fontChains`. */
export type FontRole = 'mark' | 'title' | 'body' | 'heading1' | 'heading2' | 'pageNumber'

/** First choice first; the fonts are licensed and never bundled. The Latin slot is Times New Roman everywhere but in the page number. */
export const fontChains: Readonly<Record<FontRole, readonly string[]>> = {
  mark: ['方正小标宋简体', '方正小标宋_GBK', '华文中宋', '宋体'],
  title: ['方正小标宋简体', '方正小标宋_GBK', '华文中宋', '宋体'],
  body: ['仿宋_GB2312', '仿宋', 'FangSong'],
  heading1: ['黑体', 'SimHei'],
  heading2: ['楷体_GB2312', '楷体', 'KaiTi'],
  pageNumber: ['宋体', 'SimSun'],
}

export const latinFont = 'Times New Roman'

/** 3号, 2号, 4号 and 小四 in points. */
export const sizes = { body: 16, title: 22, small: 14, table: 12 } as const

export type PageGeometry = {
  readonly width: number
  readonly height: number
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
  /** Exact line pitch of the body. */
  readonly pitch: number
  /** Added to every character of the body: 28 of them fill 156 mm with −5. */
  readonly charSpacing: number
  readonly landscape: boolean
}

/** Nominal school: 37/35/28/26 mm, 22 lines of 28 characters. 580 would give 21 lines, −4 would give 27 characters (measured). */
export const nominalPage: PageGeometry = {
  width: 11906, height: 16838, top: 2098, bottom: 1984, left: 1588, right: 1474, pitch: 579, charSpacing: -5, landscape: false,
}

/** Compensated school: the ink, not the line boxes, fills the 225 mm. */
export const compensatedPage: PageGeometry = { ...nominalPage, top: mm(34.6), bottom: mm(32.6), pitch: 592 }

/** Registers are wide tables: the type area turned, with a narrower binding edge. */
export const landscapePage: PageGeometry = {
  width: 16838, height: 11906, top: mm(28), bottom: mm(26), left: mm(20), right: mm(20), pitch: 579, charSpacing: -5, landscape: true,
}

/** Width of the type area. */
export function typeWidth(page: PageGeometry): number {
  return page.width - page.left - page.right
}

/** One body character with its spacing. */
export function bodyCharacter(page: PageGeometry): number {
  return points(sizes.body) + page.charSpacing
}

/**
 * Where the ink of full-width characters lies in a line of exact height, measured in LibreOffice. `mark`: share of the type size
 * from the top and the bottom of a line as high as the type (it rises above it). `body`: twips in a line of the body's pitch.
 */
export const ink = { markTop: -0.055, markBottom: 0.118, bodyTop: 188, bodyBottom: 88 } as const

/** Lines of the body's grid on the first page of a letter. */
const letterFirstPageLines = 21

/**
 * Where the body of a letter's first page begins, below the mark and the first red line: a whole number of grid lines above the bottom,
 * because LibreOffice centres the grid in what is left and would push the number down by half the remainder.
 */
export function letterBodyTop(page: PageGeometry): number {
  return page.height - page.bottom - letterFirstPageLines * page.pitch
}

/** Clause 10.1 (letters) and 7.2.4, 7.2.7 (general), in twips. */
export const frame = {
  letterMarkInkTop: mm(30),
  generalMarkInkTop: mm(72),
  markToLine: mm(4),
  lineToNumber: mm(4.9),
  letterLineWidth: mm(170),
  footLineFromBottom: mm(20),
  /** 反线: 3 pt + 0.75 pt + 0.75 pt, as Word draws size 24 of the thick-thin pair. */
  doubleLineHeight: points(4.5),
  singleLineHeight: points(2.25),
  titlePitch: 650,
  /** The dash of the page number stands 7 mm below the type area. */
  pageNumberBelow: mm(7),
  imprintPitch: 500,
} as const
