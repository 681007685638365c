/** From the parts of a `<c>` element to the cell it means. */
import type { Cell } from '../../shared/domain/sheet.ts'
import { cellText, UnknownDialect } from './xml.ts'

/** What stood in a `<c>`; one object is reused for all cells. */
export type CellParts = {
  /** Attribute t, '' when absent. */
  type: string
  style: number
  /** Content of `<v>` when it is a short whole number of type s or n; −1 otherwise. `text` then says nothing. */
  whole: number
  /** Content of `<v>`, null when there is none. */
  text: string | null
  /** Nothing in `text` needs unescaping. */
  textIsPlain: boolean
  formula: boolean
  /** Text of `<is>`. */
  inline: string | null
}

type Book = { readonly styles: Uint8Array; readonly strings: readonly (Cell | undefined)[]; readonly date1904: boolean }

/** The cell, or undefined when it holds no value (an empty text counts as none). */
export function makeCell(parts: CellParts, book: Book): Cell | undefined {
  const { type, text, formula, whole } = parts
  if (whole >= 0) {
    if (type !== 's') return numberCell(whole, book.styles[parts.style] ?? 0, formula)
    return formula ? formulaText(sharedCell(whole, book)) : sharedCell(whole, book)
  }
  if (text === null) {
    if (parts.inline !== null && parts.inline !== '') return textCell(parts.inline, formula)
    return formula ? { type: 'formula-without-value' } : undefined
  }
  switch (type) {
    case '': case 'n':
      if (text !== '') return numberCell(parseNumber(text), book.styles[parts.style] ?? 0, formula)
      return formula ? { type: 'formula-without-value' } : undefined
    case 's': throw new UnknownDialect('text index')
    case 'str': case 'inlineStr': {
      const value = parts.textIsPlain ? text : cellText(text)
      return value === '' ? undefined : textCell(value, formula)
    }
    case 'b': return text === '' ? undefined : { type: 'boolean', value: text === '1' || text === 'true', ...(formula && { formula }) }
    case 'e': return { type: 'error', text, ...(formula && { formula }) }
    case 'd': return numberCell(isoSerial(text, book.date1904), 2, formula)
    default: throw new UnknownDialect('cell type')
  }
}

export function textCell(text: string, formula: boolean): Cell {
  return formula ? { type: 'text', text, formula } : { type: 'text', text }
}

/** `kind`: 0 plain, 1 percent, 2 date. */
export function numberCell(value: number, kind: number, formula: boolean): Cell {
  if (formula) return { type: 'number', value, ...(kind === 1 && { percent: true }), ...(kind === 2 && { date: true }), formula }
  if (kind === 1) return { type: 'number', value, percent: true }
  if (kind === 2) return { type: 'number', value, date: true }
  // Counts and ranks repeat in every row: one object each.
  return (Number.isInteger(value) && value >= 0 ? SMALL[value] : undefined) ?? { type: 'number', value }
}

const SMALL: readonly Cell[] = Array.from({ length: 1024 }, (_, value) => ({ type: 'number', value }))

function sharedCell(index: number, book: Book): Cell | undefined {
  if (index >= book.strings.length) throw new UnknownDialect('text index')
  return book.strings[index]
}

function formulaText(cell: Cell | undefined): Cell | undefined {
  return cell?.type === 'text' ? textCell(cell.text, true) : cell
}

function parseNumber(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value)) throw new UnknownDialect('number')
  return value
}

/** An ISO date or time of day as the serial number that other workbooks hold, days since 1899-12-30 (or 1904-01-01). */
function isoSerial(text: string, date1904: boolean): number {
  const stamp = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : `${text.replace(/(?:Z|[+-]\d\d:\d\d)$/, '')}Z`
  const milliseconds = Date.parse(stamp)
  if (Number.isNaN(milliseconds)) throw new UnknownDialect('date')
  return milliseconds / 86_400_000 + (date1904 ? 24_107 : 25_569)
}
