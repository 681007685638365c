/** Reading .csv: comma, tab or semicolon, quoted fields with line ends in them, rows numbered by the line they begin on. */
import type { Cell } from '../../shared/domain/sheet.ts'
import { decodeCsv, type CsvText } from './csv-text.ts'
import type { Budget } from './limits.ts'
import type { RowSink } from './rows.ts'

const QUOTE = 0x22
const CR = 0x0d
const LF = 0x0a
const DELIMITERS = [0x2c, 0x09, 0x3b] as const
const SEP_LINE = /^sep=([,;\t])$/i

/** A field from–to in the bytes, quotes included. */
export type CsvField = { readonly from: number; readonly to: number }
/** `end` is behind the last field, before the line end. */
export type CsvRecord = { readonly line: number; readonly fields: readonly CsvField[]; readonly end: number }

export function readCsv(bytes: Uint8Array, budget: Budget, sink: RowSink): void {
  const text = decodeCsv(bytes)
  sink.sheet({ name: null })
  const decode = fieldDecoder(text)
  for (const record of csvRecords(text, csvDelimiter(text))) {
    const cells: (Cell | undefined)[] = []
    let filled = false
    record.fields.forEach((field, column) => {
      const value = decode(field)
      if (value === '') return
      cells[column] = { type: 'text', text: value }
      filled = true
    })
    if (!filled || (record.line === 1 && SEP_LINE.test(text.bytes.toString('latin1', 0, record.end)))) continue
    budget.takeRow(cells.length, record.end / text.bytes.length)
    sink.row({ row: record.line, cells })
  }
}

/** Text of a field without its quotes; `""` within them is one quote. */
export function fieldDecoder(text: CsvText): (field: CsvField) => string {
  const { bytes } = text
  const decoder = text.encoding === 'gb18030' ? new TextDecoder('gb18030') : null
  return ({ from, to }) => {
    const quoted = bytes[from] === QUOTE
    const last = quoted && to > from + 1 && bytes[to - 1] === QUOTE ? to - 1 : to
    const start = quoted ? from + 1 : from
    const raw = decoder === null ? bytes.toString('utf8', start, last) : decoder.decode(bytes.subarray(start, last))
    return quoted ? raw.replaceAll('""', '"') : raw
  }
}

/** All records, blank ones too. A quote opens a quoted field only at its beginning; an unclosed one ends with the file. */
export function* csvRecords({ bytes }: CsvText, delimiter: number): Generator<CsvRecord> {
  let line = 1
  let at = 0
  while (at < bytes.length) {
    const first = line
    const fields: CsvField[] = []
    for (;;) {
      const from = at
      if (bytes[at] === QUOTE) {
        const quoted = quotedEnd(bytes, at)
        at = quoted.at
        line += quoted.lines
      }
      let byte = bytes[at]
      while (byte !== undefined && byte !== delimiter && byte !== CR && byte !== LF) byte = bytes[(at += 1)]
      fields.push({ from, to: at })
      if (byte !== delimiter) break
      at += 1
    }
    yield { line: first, fields, end: at }
    at += bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1
    line += 1
  }
}

function quotedEnd(bytes: Buffer, from: number): { at: number; lines: number } {
  let lines = 0
  let at = from + 1
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) lines += 1
    if (byte !== QUOTE) continue
    if (bytes[at + 1] !== QUOTE) return { at: at + 1, lines }
    at += 1
  }
  return { at, lines }
}

/** The separator named by `sep=`, else the one that cuts the first lines into most fields. */
export function csvDelimiter(text: CsvText): number {
  const named = SEP_LINE.exec(text.bytes.toString('latin1', 0, 7).split(/[\r\n]/)[0] ?? '')?.[1]
  if (named !== undefined) return named.charCodeAt(0)
  let best: number = DELIMITERS[0]
  let bestScore = 0
  for (const delimiter of DELIMITERS) {
    let score = 0
    let records = 0
    for (const { fields } of csvRecords(text, delimiter)) {
      score += fields.length - 1
      if ((records += 1) === 50) break
    }
    if (score > bestScore) {
      best = delimiter
      bestScore = score
    }
  }
  return best
}
