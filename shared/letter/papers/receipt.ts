/** 送达回证: filled as far as the record goes, the rest by hand. */
import { chineseTime } from '../dates.ts'
import { receiptTexts as texts } from '../form-texts.ts'
import { nominalPage, sizes, typeWidth } from '../geometry.ts'
import type { PageGeometry } from '../geometry.ts'
import type { LetterLayout, TableRow } from '../layout-types.ts'
import { titleBlock } from '../layout.ts'

export type ReceiptContent = {
  readonly paper: string
  readonly number: string
  readonly sender: string
  readonly addressee: string
  /** `YYYY-MM-DDTHH:mm`, or null to be written by hand, as are the other nulls. */
  readonly time: string | null
  readonly place: string | null
  readonly method: string | null
  readonly receiver: string | null
  /** null for 本人签收. */
  readonly relation: string | null
  readonly server: string | null
  readonly remarks: string | null
}

export function layoutReceipt(content: ReceiptContent, page: PageGeometry = nominalPage): LetterLayout {
  const label = 2200
  const widths = [label, typeWidth(page) - label]
  const row = (name: string, value: string | null, minHeight = 760): TableRow =>
    ({ minHeight, cells: [{ text: name, align: 'center', span: 1 }, { text: value ?? '', align: 'left', span: 1 }] })
  const relation = content.receiver === null ? null : content.relation === null ? texts.self : `${texts.proxy}（${content.relation}）`
  const rows = [
    row(texts.paper, content.paper), row(texts.number, content.number), row(texts.sender, content.sender), row(texts.addressee, content.addressee),
    row(texts.time, content.time === null ? texts.timeBlank : chineseTime(content.time)), row(texts.place, content.place), row(texts.method, content.method),
    row(texts.receiver, content.receiver, 1000), row(texts.relation, relation), row(texts.server, content.server, 1000), row(texts.remarks, content.remarks, 1400),
  ]
  return {
    format: 'general', page,
    blocks: [
      titleBlock(texts.title, [], page, 0),
      { role: 'body', level: 0, runs: [{ text: '', font: 'body' }], keepNext: true, indent: false },
      { role: 'table', widths, head: [], rows, size: sizes.small, pitch: 440 },
      { role: 'body', level: 0, runs: [{ text: texts.hint, font: 'body' }], keepNext: false, indent: true },
    ],
  }
}
