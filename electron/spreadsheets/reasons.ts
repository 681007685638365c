/** The words and shapes that the writers of reasons share. */

export const REASON_HEADER = '错误原因'

/** What is to be written into one sheet: `column` from 0; texts by row, null empties a reason of an earlier copy. */
export type SheetReasons = { readonly column: number; readonly headerRow: number | null; readonly texts: ReadonlyMap<number, string | null> }
