/** Where in a worksheet's XML the rows lie, and the merged ranges that stand behind them. */
import { parseRange, type Range } from './merges.ts'
import { UnknownDialect } from './xml.ts'

/** `open`–`close`: the sheetData element; `from`–`to`: its content (`from === to` when empty). `prefix` such as `x:` or ''. */
export type SheetFrame = { readonly open: number; readonly from: number; readonly to: number; readonly close: number; readonly prefix: string }

/** `xml` is plain (see plainXml): the word can then stand as a tag only once. */
export function sheetFrame(xml: Buffer): SheetFrame {
  for (let at = xml.indexOf('sheetData'); at >= 0; at = xml.indexOf('sheetData', at + 9)) {
    const open = xml.lastIndexOf('<', at)
    const prefix = xml.toString('latin1', open + 1, at)
    const tag = /^sheetData(?:\s[^<>]*?)?(\/?)>/.exec(xml.toString('latin1', at, at + 300))
    if (open < 0 || tag === null || !/^(?:[\w.-]+:)?$/.test(prefix)) continue
    const from = at + tag[0].length
    if (tag[1] === '/') return { open, from, to: from, close: from, prefix }
    const end = `</${prefix}sheetData>`
    const to = xml.indexOf(end, from)
    if (to < 0) throw new UnknownDialect('rows without end')
    return { open, from, to, close: to + end.length, prefix }
  }
  throw new UnknownDialect('no rows')
}

export function mergedRanges(xml: Buffer, frame: SheetFrame): Range[] {
  const from = xml.indexOf('mergeCells', frame.close)
  if (from < 0) return []
  const end = xml.indexOf('mergeCells>', from + 10)
  if (end < 0) return []
  const text = xml.toString('latin1', from, end)
  const ranges: Range[] = []
  for (const [, ref = ''] of text.matchAll(/mergeCell\s[^<>]*?ref\s*=\s*["']([^"'<>]*)["']/g)) {
    const range = parseRange(ref)
    if (range === null) throw new UnknownDialect('merged range')
    ranges.push(range)
  }
  return ranges
}
