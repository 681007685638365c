/** Makers of table rows and of the lines of forms. */
import { sizes } from '../geometry.ts'
import type { FontRole } from '../geometry.ts'
import type { BodyBlock, CellAlign, LayoutBlock, TableBlock, TableCell, TableRow } from '../layout-types.ts'

/** Names of two characters are as wide as those of three, so that a column of names reads as one. */
export function paddedName(name: string): string {
  const characters = Array.from(name)
  return characters.length === 2 && /^\p{Script=Han}{2}$/u.test(name) ? characters.join('　') : name
}

export function cell(text: string | null, align: CellAlign = 'left', span = 1): TableCell {
  return { text: text ?? '', align, span }
}

export function row(cells: readonly TableCell[], minHeight = 440): TableRow {
  return { cells, minHeight }
}

/** `shares` are proportions of `width`. */
export function columnWidths(shares: readonly number[], width: number): readonly number[] {
  const whole = shares.reduce((a, b) => a + b, 0)
  return shares.map((share) => Math.floor((width * share) / whole))
}

export function listTable(widths: readonly number[], head: readonly string[], rows: readonly TableRow[], size: number = sizes.table, pitch = 340): TableBlock {
  return { role: 'table', widths, head: [row(head.map((text) => cell(text, 'center')))], rows, size, pitch }
}

type LineOptions = { readonly indent?: boolean; readonly keepNext?: boolean; readonly font?: FontRole; readonly centred?: boolean }

export function formLine(text: string, { indent = false, keepNext = false, font = 'body', centred = false }: LineOptions = {}): BodyBlock {
  return { role: 'body', level: 0, runs: [{ text, font }], keepNext, indent, ...(centred ? { align: 'center' as const } : {}) }
}

/** 一、有关情况 in 黑体; stays with what follows. */
export function formHeading(text: string): LayoutBlock {
  return { role: 'body', level: 1, runs: [{ text, font: 'heading1' }], keepNext: true, indent: true }
}
