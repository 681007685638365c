/** 提醒函台账: every letter of the year in one wide table, its head on every page. */
import { registerTexts as texts } from '../form-texts.ts'
import { landscapePage, typeWidth } from '../geometry.ts'
import type { LetterLayout, TableRow } from '../layout-types.ts'
import { titleBlock } from '../layout.ts'

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
const shares = [3.4, 12.8, 7, 6.5, 6, 6.5, 6.5, 5.5, 6.8, 6.8, 6.8, 6.8, 4, 4, 6.8, 3.8] as const
const fontSize = 9

export function layoutRegister(content: RegisterContent): LetterLayout {
  const page = landscapePage
  const whole = shares.reduce<number>((a, b) => a + b, 0)
  const widths = shares.map((share) => Math.floor((typeWidth(page) * share) / whole))
  const head: TableRow = { minHeight: 480, cells: texts.head.map((text) => ({ text, align: 'center', span: 1 })) }
  const overdue = content.rows.filter((row) => row.overdueDays > 0).length
  const total: TableRow = { minHeight: 400, cells: [{ text: texts.total(content.rows.length, overdue), align: 'left', span: shares.length }] }
  return {
    format: 'general', page,
    blocks: [
      titleBlock(texts.title(content.organ, content.year), [content.organ], page, 0),
      { role: 'table', widths, head: [head], rows: [...content.rows.map(registerRow), total], size: fontSize, pitch: 260 },
    ],
  }
}

function registerRow(row: RegisterRow, index: number): TableRow {
  const day = (value: string | null) => value ?? ''
  const left = (text: string | null) => ({ text: text ?? '', align: 'left', span: 1 }) as const
  const centre = (text: string) => ({ text, align: 'center', span: 1 }) as const
  return {
    minHeight: 400,
    cells: [
      centre(`${index + 1}`), left(row.number), centre(row.type), left(row.unit), centre(row.name ?? ''), left(row.post), left(row.matter), centre(row.issuer ?? ''),
      centre(day(row.issuedOn)), centre(day(row.deliveredOn)), centre(day(row.dueOn)), centre(day(row.repliedOn)),
      { text: row.overdueDays > 0 ? `${row.overdueDays}` : '', align: 'right', span: 1 }, centre(row.conclusion ?? ''), centre(day(row.closedOn)), left(row.remark),
    ],
  }
}
