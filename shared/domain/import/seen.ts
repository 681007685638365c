/** Which keys stood in a file, and where first. A big file has a hundred thousand: they are found part by part, so that none needs a text of its own. */
import type { Place } from './build-row.ts'

export type RowKey = readonly (string | null)[]

/** One number instead of an object a row. */
type Spot = number
const rowsPerSheet = 2 ** 24

export function makeSeen() {
  const byHead = new Map<string, Map<string, Spot>>()
  const sheets: (string | null)[] = []
  const headOf = (key: RowKey): string => (key.length <= 2 ? (key.length === 2 ? (key[0] ?? '') : '') : key.slice(0, -1).join('\u0000'))
  const lastOf = (key: RowKey): string => key.at(-1) ?? ''
  return {
    first(key: RowKey): Place | undefined {
      const spot = byHead.get(headOf(key))?.get(lastOf(key))
      return spot === undefined ? undefined : { sheet: sheets[Math.floor(spot / rowsPerSheet)] ?? null, row: spot % rowsPerSheet }
    },
    add(key: RowKey, { sheet, row }: Place): void {
      let at = sheets.indexOf(sheet)
      if (at < 0) at = sheets.push(sheet) - 1
      const head = headOf(key)
      const known = byHead.get(head)
      if (known) known.set(lastOf(key), at * rowsPerSheet + row)
      else byHead.set(head, new Map([[lastOf(key), at * rowsPerSheet + row]]))
    },
  }
}
