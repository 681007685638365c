/** Lines, rules and pages at fixed places: what `placeLayout` gives and the HTML page draws. */
import type { FontRole } from './geometry.ts'
import type { TextRun } from './layout-types.ts'

/** A line of text in a box; twips from the page's top left, size in points. `justify` spreads it over the box. */
export type PlacedLine = {
  readonly kind: 'line'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly align: 'left' | 'center' | 'right' | 'justify'
  readonly size: number
  readonly spacing: number
  readonly red: boolean
  readonly runs: readonly TextRun[]
  /** Begins a paragraph, so that the text can be put together again. */
  readonly starts: boolean
  /** Not part of the layout's text: page numbers, repeated table heads. */
  readonly extra: boolean
}
export type PlacedRule = { readonly kind: 'rule'; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly red: boolean }
export type PlacedItem = PlacedLine | PlacedRule
export type PlacedPage = { readonly number: number; readonly items: readonly PlacedItem[] }

/** A piece of the flow that never splits over pages; its items are relative to its top. `repeat` is drawn again where it opens a page. */
export type Chunk = { readonly height: number; readonly items: readonly PlacedItem[]; readonly keepNext: boolean; readonly gapBefore: number; readonly repeat?: Chunk; readonly breakBefore?: true }

type LineBox = { readonly x: number; readonly width: number; readonly align: PlacedLine['align']; readonly role: FontRole; readonly size: number; readonly pitch: number; readonly spacing?: number }

export function textLine(text: string, box: LineBox, starts = true): PlacedLine {
  return {
    kind: 'line', x: box.x, y: 0, width: box.width, height: box.pitch, align: box.align, size: box.size, spacing: box.spacing ?? 0,
    red: false, runs: [{ text, font: box.role }], starts, extra: false,
  }
}

