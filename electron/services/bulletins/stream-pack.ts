/**
 * Messages of row-stream.ts on their way between threads. Rows go as one flat list of their cells, those that repeat the row above as undefined: cloning a list
 * of texts is a copy of their bytes, while cloning rows object by object costs both threads more than reading and storing them.
 */
import type { SqlValue } from '../../store/read-db.ts'
import type { ReadyReports, StreamMessage } from './row-stream.ts'

type PackedRows = Omit<ReadyReports, 'cells'> & { readonly type: 'rows'; readonly cells: readonly (SqlValue | undefined)[] }
export type Packed = Exclude<StreamMessage, { readonly type: 'rows' }> | PackedRows

export function pack(message: StreamMessage): Packed {
  if (message.type !== 'rows') return message
  const cells: (SqlValue | undefined)[] = []
  let above: readonly SqlValue[] = []
  for (const row of message.cells) {
    for (let at = 0; at < row.length; at++) cells.push(row[at] === above[at] ? undefined : row[at])
    above = row
  }
  return { ...message, cells }
}

export function unpack(packed: Packed): StreamMessage {
  if (packed.type !== 'rows') return packed
  const width = packed.cells.length / packed.ids.length
  const cells: SqlValue[][] = []
  let above: readonly SqlValue[] = []
  for (let from = 0; from < packed.cells.length; from += width) {
    const row: SqlValue[] = []
    for (let at = 0; at < width; at++) {
      const cell = packed.cells[from + at]
      row.push(cell === undefined ? above[at]! : cell)
    }
    cells.push(row)
    above = row
  }
  return { ...packed, cells }
}
