/** The monthly 通报: general format with mark, number and 版记; a text by matters with a table to each. */
import { chineseOrdinal, chinesePeriod } from '../dates.ts'
import type { Organ } from '../content.ts'
import { nominalPage, sizes, typeWidth } from '../geometry.ts'
import type { PageGeometry } from '../geometry.ts'
import type { BodyBlock, CellAlign, LayoutBlock, LetterLayout } from '../layout-types.ts'
import { generalPaper } from '../layout.ts'
import { monthlyTexts as texts } from '../report-texts.ts'
import { cell, columnWidths, formHeading, formLine, listTable, row } from './cells.ts'

export type MonthlyTable = {
  readonly caption: string
  /** `share`: proportion of the width. */
  readonly columns: readonly { readonly name: string; readonly share: number; readonly align: CellAlign }[]
  readonly rows: readonly (readonly string[])[]
}
export type MonthlyContent = {
  readonly organ: Organ
  readonly number: string | null
  /** `2026-06`. */
  readonly period: string
  readonly to: string | null
  readonly sections: readonly { readonly heading: string; readonly paragraphs: readonly string[]; readonly table: MonthlyTable | null }[]
  readonly date: string | null
  readonly sealed: boolean
  readonly copyTo: readonly string[]
}

export function layoutMonthly(content: MonthlyContent, page: PageGeometry = nominalPage): LetterLayout {
  const month = chinesePeriod(content.period)
  let tables = 0
  const body = content.sections.flatMap(({ heading, paragraphs, table }, i): readonly LayoutBlock[] => {
    const texts4 = paragraphs.map((text): BodyBlock => formLine(text, { indent: true }))
    if (table !== null) tables += 1
    return [formHeading(`${chineseOrdinal(i + 1)}、${heading}`), ...texts4, ...(table === null ? [] : tableBlocks(table, tables, typeWidth(page)))]
  })
  return generalPaper({
    organ: content.organ, number: content.number, title: texts.title(month), spans: [month, content.organ.sign], addressee: content.to ?? texts.to,
    body: [formLine(texts.opening(month), { indent: true }), ...body, formLine(texts.closing, { indent: true, keepNext: true })],
    date: content.date, sealed: content.sealed, copyTo: content.copyTo,
  }, page)
}

function tableBlocks(table: MonthlyTable, n: number, width: number): readonly LayoutBlock[] {
  const aligns = table.columns.map((column) => column.align)
  const rows = table.rows.map((texts) => row(texts.map((text, i) => cell(text, aligns[i] ?? 'left'))))
  const widths = columnWidths(table.columns.map((column) => column.share), width)
  return [formLine(texts.table(n, table.caption), { keepNext: true, font: 'heading1', centred: true }), listTable(widths, table.columns.map((column) => column.name), rows, sizes.table, 360)]
}
