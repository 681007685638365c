/**
 * Messages of row-stream.ts as one text: cloning rows object by object from thread to thread costs five times as much. Rows go without their keys, and their
 * figures, which are JSON already, on lines of their own instead of escaped once more.
 */
import type { RowBatch, StreamMessage } from './row-stream.ts'

type Row = RowBatch['rows'][number]
type Fields = readonly [id: string, unitId: string, officialId: string | null, item: string | null, remark: string | null, sheet: string | null, sheetRow: number]

/** JSON has no line break outside its escapes. */
const lineBreak = '\n'

export function streamText(message: StreamMessage): string {
  if (message.type !== 'rows') return JSON.stringify(message)
  const fields = message.rows.map(({ id, unitId, officialId, item, remark, sheet, sheetRow }): Fields => [id, unitId, officialId, item, remark, sheet, sheetRow])
  return [JSON.stringify({ type: 'rows', share: message.share, rows: fields }), ...message.rows.map((row) => row.figures)].join(lineBreak)
}

export function parseStream(text: string): StreamMessage {
  const [head = '', ...figures] = text.split(lineBreak)
  const message = JSON.parse(head) as Exclude<StreamMessage, { type: 'rows' }> | { readonly type: 'rows'; readonly share: number; readonly rows: readonly Fields[] }
  if (message.type !== 'rows') return message
  const rows = message.rows.map(([id, unitId, officialId, item, remark, sheet, sheetRow], index): Row => ({ id, unitId, officialId, item, figures: figures[index]!, remark, sheet, sheetRow }))
  return { type: 'rows', share: message.share, rows }
}
