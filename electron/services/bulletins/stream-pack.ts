/**
 * Messages of row-stream.ts on their way between threads. Rows go as one flat list of their fields: cloning a list of texts is a copy of their bytes, while
 * cloning rows object by object costs both threads more than reading and storing them.
 */
import type { ReportPut } from './store-rows.ts'
import type { StreamMessage } from './row-stream.ts'

type Field = string | number | null
export type Packed = Exclude<StreamMessage, { readonly type: 'rows' }> | { readonly type: 'rows'; readonly share: number; readonly fields: readonly Field[] }

const width = 8

export function pack(message: StreamMessage): Packed {
  if (message.type !== 'rows') return message
  const fields: Field[] = []
  for (const { id, unitId, officialId, item, figures, remark, sheet, sheetRow } of message.rows) fields.push(id, unitId, officialId, item, figures, remark, sheet, sheetRow)
  return { type: 'rows', share: message.share, fields }
}

export function unpack(packed: Packed): StreamMessage {
  if (packed.type !== 'rows') return packed
  const rows: ReportPut[] = []
  const { fields } = packed
  for (let at = 0; at < fields.length; at += width) {
    const [id, unitId, officialId, item, figures, remark, sheet, sheetRow] = fields.slice(at, at + width) as [string, string, string | null, string | null, string, string | null, string | null, number]
    rows.push({ id, unitId, officialId, item, figures, remark, sheet, sheetRow })
  }
  return { type: 'rows', share: packed.share, rows }
}
