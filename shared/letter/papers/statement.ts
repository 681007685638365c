/** 书面说明 form: goes out with the letter, comes back filled, signed and sealed. */
import { chineseDate } from '../dates.ts'
import { statementTexts as texts } from '../form-texts.ts'
import { nominalPage, sizes, typeWidth } from '../geometry.ts'
import type { PageGeometry } from '../geometry.ts'
import type { LayoutBlock, LetterLayout, TableBlock, TableRow } from '../layout-types.ts'
import { titleBlock } from '../layout.ts'

export type StatementContent = {
  readonly letterTitle: string
  readonly number: string
  readonly name: string
  readonly unit: string
  readonly post: string
  readonly due: string | null
}

export function layoutStatementForm(content: StatementContent, page: PageGeometry = nominalPage): LetterLayout {
  const width = typeWidth(page)
  const line = (text: string, keepNext: boolean): LayoutBlock => ({ role: 'body', level: 0, runs: [{ text, font: 'body' }], keepNext, indent: false })
  const heading = (text: string): LayoutBlock => ({ role: 'body', level: 1, runs: [{ text, font: 'heading1' }], keepNext: true, indent: true })
  const room = (minHeight: number): LayoutBlock => table([width], [[['', 'left']]], minHeight)
  const numbered = ['1', '2', '3'].map((n) => [[n, 'center'], ['', 'left'], ['', 'left'], ['', 'left']] as const)
  const measures = table([900, width - 900 - 1600 - 1900, 1600, 1900], [texts.measureHead.map((text) => [text, 'center'] as const), ...numbered], 700)
  return {
    format: 'general', page,
    blocks: [
      titleBlock(texts.title, [], page, 0),
      // The number has a line of its own: behind a long title it would be broken.
      line(texts.letter(content.letterTitle), true),
      line(texts.number(content.number), true),
      personTable(content, width),
      heading(texts.facts), room(2200), heading(texts.causes), room(2200), heading(texts.measures), measures,
      heading(texts.result), room(2000), heading(texts.objection), room(1600),
      line(texts.signature, true), line(texts.date, false),
    ],
  }
}

function personTable(content: StatementContent, width: number): TableBlock {
  const label = 1400
  const value = width / 2 - label
  const due = content.due === null ? '' : chineseDate(content.due)
  return table([label, value, label, value], [
    [[texts.name, 'center'], [content.name, 'left'], [texts.post, 'center'], [content.post, 'left']],
    [[texts.unit, 'center'], [content.unit, 'left'], [texts.due, 'center'], [due, 'left']],
  ], 640)
}

type Cell = readonly [text: string, align: 'left' | 'center' | 'right']

function table(widths: readonly number[], rows: readonly (readonly Cell[])[], minHeight: number): TableBlock {
  const made = rows.map((cells): TableRow => ({ minHeight, cells: cells.map(([text, align]) => ({ text, align, span: 1 })) }))
  return { role: 'table', widths, head: [], rows: made, size: sizes.small, pitch: 440 }
}
