/** What a workbook is to the rest of the program: plain rows with their source cells. Made by electron/spreadsheets. */

/** A cell as read, before cleaning. `percent`: the cell has a percent number format (0.125 means 12.5). */
export type Cell =
  | { readonly type: 'text'; readonly text: string; readonly formula?: true }
  | { readonly type: 'number'; readonly value: number; readonly percent?: true; readonly date?: true; readonly formula?: true }
  | { readonly type: 'boolean'; readonly value: boolean; readonly formula?: true }
  | { readonly type: 'error'; readonly text: string; readonly formula?: true }
  /** A formula for which the file holds no computed value. */
  | { readonly type: 'formula-without-value' }

/** A row of the sheet; `cells[i]` is column i (0 = A), undefined where empty. Merged cells already hold the value of their first cell. */
export type SheetRow = { readonly row: number; readonly cells: readonly (Cell | undefined)[]; readonly hidden?: true }

/**
 * `name` is null for a .csv; `row` counts from 1 as the sheet does, blank rows counted (and left out here). For a .csv the line number.
 * `rowCount`: of all rows, where `rows` holds only the first ones.
 */
export type Sheet = { readonly name: string | null; readonly rows: readonly SheetRow[]; readonly date1904?: true; readonly rowCount?: number }
export type Workbook = { readonly format: 'xlsx' | 'xls' | 'csv'; readonly sheets: readonly Sheet[] }
