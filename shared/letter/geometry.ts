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

/** Clauses 7.2, 7.3.5, 7.4 and 10.1 in twips; `characters` counts are body characters. Part of the page, so that a ruler can be held to each of them. */
export type FrameGeometry = {
  /** Grid lines of the body on the first page of a letter. */
  readonly firstPageLines: number
  readonly letterMarkInkTop: number
  readonly generalMarkInkTop: number
  readonly markToLine: number
  readonly lineToNumber: number
  readonly letterLineWidth: number
  readonly footLineFromBottom: number
  /** Blank lines above the title. */
  readonly titleLines: number
  readonly titlePitch: number
  /** Characters left of the right margin at which the date of a sealed paper and the name of an unsealed one end. */
  readonly dateInset: number
  readonly nameInset: number
  /** Characters that the date of an unsealed paper begins right of the name. */
  readonly dateAfterName: number
  /** Blank lines above the name of a sealed paper: room for a seal of 42–45 mm, whose top keeps within one line of the text. */
  readonly sealLines: number
  readonly pageNumberBelow: number
  /** How far the line boxes of a full page reach below the type area: nothing, but where its 225 mm are read as ink. Page number and 版记 keep to the area. */
  readonly boxesBelow: number
  readonly pageNumberInset: number
  readonly imprintPitch: number
  /** 版记: first and last rule, and the one between; twips. */
  readonly imprintOuter: number
  readonly imprintInner: number
}

/** 反线: 3 pt + 0.75 pt + 0.75 pt, as Word draws size 24 of the thick-thin pair; the single line of the general format. */
export const strokes = { doubleLine: points(4.5), thick: points(3), thin: points(0.75), single: points(2.25) } as const

export const nominalFrame: FrameGeometry = {
  firstPageLines: 21, letterMarkInkTop: mm(30), generalMarkInkTop: mm(72), markToLine: mm(4), lineToNumber: mm(4.9), letterLineWidth: mm(170), footLineFromBottom: mm(20), titleLines: 2, titlePitch: 650,
  dateInset: 4, nameInset: 2, dateAfterName: 2, sealLines: 2, pageNumberBelow: mm(7), boxesBelow: 0, pageNumberInset: 1, imprintPitch: 500, imprintOuter: 20, imprintInner: 15,
}

export type PageGeometry = {
  readonly frame: FrameGeometry
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
  frame: nominalFrame, width: 11906, height: 16838, top: 2098, bottom: 1984, left: 1588, right: 1474, pitch: 579, charSpacing: -5, landscape: false,
}

/**
 * Compensated school: the ink, not the line boxes, fills the 225 mm. A hair more than 21 lines on the first page, or LibreOffice, which rounds to hundredths of a
 * millimetre, finds room for 20 only and pushes the number 5 mm down (measured).
 */
export const compensatedPage: PageGeometry = { ...nominalPage, top: mm(34.6), bottom: mm(32.6), pitch: 592, frame: { ...nominalFrame, firstPageLines: 21.02, boxesBelow: mm(35 - 32.6) } }

/** Registers are wide tables: the type area turned, with a narrower binding edge. */
export const landscapePage: PageGeometry = {
  frame: nominalFrame, width: 16838, height: 11906, top: mm(28), bottom: mm(26), left: mm(20), right: mm(20), pitch: 579, charSpacing: -5, landscape: true,
}

export const landscapeA3Page: PageGeometry = { ...landscapePage, width: 23811, height: 16838 }

/** The two schools of reading the 225 mm; a setting of the office, kept with every issued letter. */
export const geometryNames = ['nominal', 'compensated'] as const
export type GeometryName = (typeof geometryNames)[number]

export function pageOf(geometry: GeometryName): PageGeometry {
  return geometry === 'compensated' ? compensatedPage : nominalPage
}

/** Width of the type area. */
export function typeWidth(page: PageGeometry): number {
  return page.width - page.left - page.right
}

/** One body character with its spacing. */
export function bodyCharacter(page: PageGeometry): number {
  return points(sizes.body) + page.charSpacing
}

/** Share of an exact line above the baseline: LibreOffice's (measured), and what the HTML page is set to. */
export const baselineShare = 0.8

/**
 * Where the ink of full-width characters lies (measured). `markTop`, `markBottom`: share of the type size from the top and the bottom of a line
 * as high as the type (it rises above it).
 */
export const ink = { markTop: -0.055, markBottom: 0.118 } as const

/** Of the page number's dash above the baseline, in type sizes (measured). */
export const dashHeight = 0.27

/** Kept above the 版记 in every output, so that a rounding of rules and gaps never throws it over the page. */
export const imprintRoom = 60

/** Twips between the top of a body line and its ink, and between the ink and the bottom. */
export function bodyInk(page: PageGeometry): { readonly top: number; readonly bottom: number } {
  const size = points(sizes.body)
  return { top: Math.round(baselineShare * page.pitch - 0.859 * size), bottom: Math.round((1 - baselineShare) * page.pitch - 0.0875 * size) }
}

/**
 * Where the body of a letter's first page begins, below the mark and the first red line: a whole number of grid lines above the bottom,
 * because LibreOffice centres the grid in what is left and would push the number down by half the remainder.
 */
export function letterBodyTop(page: PageGeometry): number {
  return page.height - page.bottom - page.frame.firstPageLines * page.pitch
}
