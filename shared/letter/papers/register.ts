/** 提醒函台账: every letter of the year in wide tables, head and sums on every page. */
import { registerTexts as texts } from '../form-texts.ts'
import { landscapeA3Page, landscapePage, typeWidth } from '../geometry.ts'
import type { LayoutBlock, LetterLayout, TableBlock, TableRow } from '../layout-types.ts'
import { titleBlock } from '../layout.ts'
import { rowHeight } from '../place-table.ts'
import { cell, columnWidths, paddedName } from './cells.ts'

/** One letter; dates `YYYY-MM-DD`, null where there is none yet. */
export type RegisterRow = {
  readonly number: string
  readonly type: string
  readonly unit: string
  readonly name: string | null
  readonly post: string | null
  readonly matter: string
  readonly issuer: string | null
  readonly issuedOn: string | null
  readonly deliveredOn: string | null
  readonly dueOn: string | null
  readonly repliedOn: string | null
  readonly overdueDays: number
  readonly conclusion: string | null
  readonly closedOn: string | null
  readonly remark: string | null
}

export type RegisterContent = { readonly organ: string; readonly year: string; readonly rows: readonly RegisterRow[] }

/** Percent of the width in the order of the columns: a number and a date fit their column in one line. */
const shares = [3.2, 12.8, 5.8, 6.2, 6, 6.2, 9.2, 5.5, 6.8, 6.8, 6.8, 6.8, 3.6, 4.2, 6.8, 4] as const

/** Type size and line of the cells in points and twips. */
const looks = { A4: { page: landscapePage, size: 9, pitch: 260, room: 400 }, A3: { page: landscapeA3Page, size: 12, pitch: 340, room: 480 } } as const
export type RegisterPaper = keyof typeof looks

/** One table a page, each with the head and, below its rows, their sum; the last page ends with the sum of all. */
export function layoutRegister(content: RegisterContent, paper: RegisterPaper = 'A4'): LetterLayout {
  const look = looks[paper]
  const { page } = look
  const widths = columnWidths(shares, typeWidth(page))
  const line = (text: string): TableRow => ({ minHeight: look.room, cells: [cell(text, 'left', shares.length)] })
  const head: TableRow = { minHeight: look.room + 80, cells: texts.head.map((text) => cell(text, 'center')) }
  const table = (rows: readonly TableRow[]): TableBlock => ({ role: 'table', widths, head: [head], rows, size: look.size, pitch: look.pitch })
  const title = titleBlock(texts.title(content.organ, content.year), [content.organ], page, 0)
  const rows = content.rows.map((row, index) => registerRow(row, index, look.room))
  const titleHeight = title.role === 'title' ? title.lines.length * title.pitch : 0
  // The sums and a rounding of the borders of every row have their room.
  const room = page.height - page.top - page.bottom - head.minHeight - 3 * look.room
  const tables = cutRows(rows, (one) => rowHeight(table([]), one), room - titleHeight, room).map(({ from, to }, i, all): LayoutBlock => {
    const sum = line(texts.pageSum(to - from, overdueIn(content.rows.slice(from, to))))
    const whole = i === all.length - 1 ? [line(texts.total(content.rows.length, overdueIn(content.rows)))] : []
    return { ...table([...rows.slice(from, to), sum, ...whole]), ...(i === 0 ? {} : { breakBefore: true as const }) }
  })
  return { format: 'general', page, blocks: [title, ...tables] }
}

/** Runs of rows that fit the first page and the others; at least one row a page, one empty run where there are none. */
function cutRows(rows: readonly TableRow[], heightOf: (row: TableRow) => number, first: number, others: number): readonly { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [{ from: 0, to: 0 }]
  let left = first
  rows.forEach((one, i) => {
    const height = heightOf(one)
    const last = runs.at(-1)
    if (last && (height <= left || last.to === last.from)) last.to = i + 1
    else {
      runs.push({ from: i, to: i + 1 })
      left = others
    }
    left -= height
  })
  return runs
}

function overdueIn(rows: readonly RegisterRow[]): number {
  return rows.filter((row) => row.overdueDays > 0).length
}

function registerRow(row: RegisterRow, index: number, minHeight: number): TableRow {
  const centre = (text: string | null) => cell(text, 'center')
  return {
    minHeight,
    cells: [
      centre(`${index + 1}`), cell(row.number), centre(row.type), cell(row.unit), centre(paddedName(row.name ?? '')), cell(row.post), cell(row.matter), centre(paddedName(row.issuer ?? '')),
      centre(row.issuedOn), centre(row.deliveredOn), centre(row.dueOn), centre(row.repliedOn), cell(row.overdueDays > 0 ? `${row.overdueDays}` : '', 'right'), centre(row.conclusion), centre(row.closedOn), cell(row.remark),
    ],
  }
}
