/** A header that comes again below the first one: the same table on the next page, a second table of the kind, or another table. */
import { importKinds } from '../kinds.ts'
import type { ImportKind } from '../kinds.ts'
import type { SheetRow } from '../sheet.ts'
import { matchHeader } from './header.ts'
import type { AmountUnit, Mapping, SheetUse } from './types.ts'

/** The columns from here on; 'part' when the row is only one of two header rows, 'other' when a table of another kind begins. */
export function nextTable(use: SheetUse, kind: ImportKind, row: SheetRow, unitLine: AmountUnit | null, mapping: Mapping): SheetUse | 'part' | 'other' {
  const own = matchHeader(kind, [row], mapping, false)
  const better = importKinds.some((other) => {
    const match = other === kind ? null : matchHeader(other, [row], {}, false)
    return match !== null && match.fits && (!own.fits || match.score > own.score)
  })
  if (better) return 'other'
  if (!own.fits) return 'part'
  return { ...use, headerFrom: row.row, headerTo: row.row, columns: own.columns.map((column) => withGroupUnit(column, use)), amountUnit: unitLine ?? use.amountUnit }
}

/** The lower of two merged header rows repeats the columns without the unit that stood in the upper one. */
function withGroupUnit(column: SheetUse['columns'][number], use: SheetUse): SheetUse['columns'][number] {
  if (column.field === null || column.unit !== null) return column
  return { ...column, unit: use.columns.find((before) => before.field === column.field)?.unit ?? null }
}
