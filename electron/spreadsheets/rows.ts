/** How readers hand over what they read: sheet by sheet, row by row, nothing kept. */
import type { Cell, SheetRow } from '../../shared/domain/sheet.ts'
import type { Budget } from './limits.ts'
import type { MergeFiller } from './merges.ts'

export type SheetHead = { readonly name: string | null; readonly date1904?: true }

/** `sheet` comes before the rows of that sheet, also for a sheet without rows. */
export type RowSink = {
  readonly sheet: (head: SheetHead) => void
  readonly row: (row: SheetRow) => void
}

export function sheetHead(name: string | null, date1904: boolean): SheetHead {
  return date1904 ? { name, date1904 } : { name }
}

/**
 * Gives one row with values of its own to the sink. A row that would hold only the value of a merged cell from above is
 * blank on paper too and is left out before this: it would import as a second, empty record.
 */
export function giveRow(sink: RowSink, budget: Budget, merges: MergeFiller, at: { row: number; hidden: boolean; share: number }, cells: (Cell | undefined)[]): void {
  merges.fill(at.row, cells)
  budget.takeRow(cells.length, at.share)
  sink.row(at.hidden ? { row: at.row, cells, hidden: true } : { row: at.row, cells })
}
