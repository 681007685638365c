/** Tables on the page: rows as high as their longest cell, never split, the head again on every page. */
import { nominalPage } from './geometry.ts'
import type { PageGeometry } from './geometry.ts'
import type { TableBlock, TableRow } from './layout-types.ts'
import { cellLines } from './lines.ts'
import { textLine } from './place-types.ts'
import type { Chunk, PlacedItem } from './place-types.ts'
import { cellPadding } from './table-geometry.ts'

const stroke = 10

export function placeTable(page: PageGeometry, table: TableBlock): readonly Chunk[] {
  const head = table.head.map((row) => rowChunk(page, table, row, true))
  const headHeight = head.reduce((sum, chunk) => sum + chunk.height, 0)
  let y = 0
  const repeatedItems = head.flatMap((chunk) => {
    const moved = chunk.items.map((item): PlacedItem => (item.kind === 'line' ? { ...item, y: item.y + y, extra: true } : { ...item, y: item.y + y }))
    y += chunk.height
    return moved
  })
  const repeat: Chunk = { items: repeatedItems, height: headHeight, keepNext: true, gapBefore: 0 }
  const rows = [...head, ...table.rows.map((row) => ({ ...rowChunk(page, table, row, false), ...(head.length > 0 ? { repeat } : {}) }))]
  // The border below the last row has its own height, as in LibreOffice (measured).
  return rows.map((row, i) => ({ ...row, ...(i === 0 && table.breakBefore ? { breakBefore: true as const } : {}), height: row.height + (i === rows.length - 1 ? stroke : 0) }))
}

/** Twips, without the borders. */
export function rowHeight(table: TableBlock, row: TableRow): number {
  return rowChunk(nominalPage, table, row, false).height
}

function rowChunk(page: PageGeometry, table: TableBlock, row: TableRow, head: boolean): Chunk {
  const cells = row.cells.map((cell, i) => {
    const column = row.cells.slice(0, i).reduce((sum, other) => sum + other.span, 0)
    const left = table.widths.slice(0, column).reduce((a, b) => a + b, 0)
    const width = table.widths.slice(column, column + cell.span).reduce((a, b) => a + b, 0)
    return { cell, x: page.left + left, width, lines: cellLines(table, cell.text, width, head) }
  })
  const height = Math.max(row.minHeight, ...cells.map((cell) => cell.lines.length * table.pitch + stroke))
  const items = cells.flatMap(({ cell, x, width, lines }): readonly PlacedItem[] => {
    const top = (height - lines.length * table.pitch) / 2
    const text = lines.map((line, i): PlacedItem => ({
      ...textLine('', { x: x + cellPadding, width: width - 2 * cellPadding, align: cell.align, role: head ? 'heading1' : 'body', size: table.size, pitch: table.pitch }, i === 0), runs: line.runs,
      y: top + i * table.pitch,
    }))
    return [...text, ...box(x, width, height)]
  })
  return { items, height, keepNext: head, gapBefore: 0 }
}

function box(x: number, width: number, height: number): readonly PlacedItem[] {
  const black = { kind: 'rule', red: false } as const
  return [
    { ...black, x, y: 0, width, height: stroke }, { ...black, x, y: height, width, height: stroke },
    { ...black, x, y: 0, width: stroke, height }, { ...black, x: x + width, y: 0, width: stroke, height: height + stroke },
  ]
}
