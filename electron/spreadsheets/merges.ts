/** Merged ranges: the first cell's value goes to all cells of the range, row by row as the rows come. */
import type { Cell } from '../../shared/domain/sheet.ts'
import type { Budget } from './limits.ts'

/** Rows from 1, columns from 0, both ends included. */
export type Range = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }

type Active = { readonly range: Range; value: Cell | undefined }

export class MergeFiller {
  private readonly ranges: readonly Range[]
  private readonly budget: Budget
  private active: Active[] = []
  private next = 0

  constructor(ranges: readonly Range[], budget: Budget) {
    this.ranges = [...ranges].sort((a, b) => a.top - b.top || a.left - b.left)
    this.budget = budget
  }

  /** Fills `cells` of `row`; rows come in rising order. A range whose first row never came has no value to give. */
  fill(row: number, cells: (Cell | undefined)[]): void {
    if (this.active.length === 0 && (this.ranges[this.next]?.top ?? Infinity) > row) return
    this.active = this.active.filter(({ range }) => range.bottom >= row)
    for (let range = this.ranges[this.next]; range !== undefined && range.top <= row; range = this.ranges[this.next]) {
      this.next += 1
      const value = range.top === row ? cells[range.left] : undefined
      if (range.bottom >= row) this.active.push({ range, value })
    }
    for (const { range, value } of this.active) {
      this.budget.takeFills(range.right - range.left + 1)
      // An empty merged range hides what may still lie under it.
      const right = value === undefined ? Math.min(range.right, cells.length - 1) : range.right
      for (let column = range.left; column <= right; column += 1) cells[column] = value
    }
  }
}

/** `A1` → row 1, column 0; null when it is no cell of a sheet. */
export function parseRef(ref: string): { row: number; column: number } | null {
  const match = /^\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$/.exec(ref)
  if (match === null) return null
  let column = 0
  for (const letter of (match[1] ?? '').toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  const row = Number(match[2])
  return row < 1 || row > 1_048_576 || column > 16_384 ? null : { row, column: column - 1 }
}

/** `B5:B8` (or a single cell) as a range; null when it is none. */
export function parseRange(ref: string): Range | null {
  const [first = '', last = first] = ref.split(':')
  const a = parseRef(first)
  const b = parseRef(last)
  if (a === null || b === null) return null
  return { top: Math.min(a.row, b.row), left: Math.min(a.column, b.column), bottom: Math.max(a.row, b.row), right: Math.max(a.column, b.column) }
}

/** Column 0 → A, 26 → AA. */
export function columnName(column: number): string {
  let name = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  return name
}
