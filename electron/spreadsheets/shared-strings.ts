/** The table of texts of an .xlsx, each made into a cell once: thousands of cells then share one object. */
import type { Cell } from '../../shared/domain/sheet.ts'
import { cellText } from './xml.ts'

const LT = 0x3c
const GT = 0x3e
const SLASH = 0x2f
const COLON = 0x3a

/** `cells[i]` is text i; undefined where the text is empty. `xml` is plain (see plainXml). */
export function readSharedStrings(xml: Buffer): (Cell | undefined)[] {
  const cells: (Cell | undefined)[] = []
  const reader = new RichText(xml)
  let at = 0
  while ((at = xml.indexOf(LT, at)) >= 0) {
    const name = tagName(xml, at)
    if (name !== 'si') {
      at += 1
      continue
    }
    const text = reader.read(at, 'si')
    cells.push(text === '' ? undefined : { type: 'text', text })
    at = reader.end
  }
  return cells
}

/** The local name of the tag at `at`, with a slash before it for a closing tag. */
function tagName(xml: Buffer, at: number): string {
  let start = at + 1
  const closing = xml[start] === SLASH
  if (closing) start += 1
  let end = start
  for (;;) {
    const byte = xml[end]
    if (byte === undefined || byte <= 0x20 || byte === GT || byte === SLASH) break
    end += 1
    if (byte === COLON) start = end
  }
  return (closing ? '/' : '') + xml.toString('latin1', start, end)
}

/** Text of `<si>` or `<is>`: one `<t>`, or runs of them; the reading aid `<rPh>` is no part of the text. */
export class RichText {
  /** Just behind the closing tag of what was read last. */
  end = 0
  private readonly xml: Buffer

  constructor(xml: Buffer) {
    this.xml = xml
  }

  read(from: number, element: 'si' | 'is'): string {
    let text = ''
    let phonetic = false
    let at = from
    for (;;) {
      const gt = tagEnd(this.xml, at)
      const name = tagName(this.xml, at)
      const empty = this.xml[gt - 1] === SLASH
      this.end = gt + 1
      if (name === `/${element}` || (empty && name === element)) return text
      if (name === 'rPh') phonetic = !empty
      else if (name === '/rPh') phonetic = false
      const next = this.xml.indexOf(LT, gt)
      if (next < 0) return text
      if (name === 't' && !empty && !phonetic) text += cellText(this.xml.toString('utf8', gt + 1, next))
      at = next
    }
  }
}

/** Where the tag at `at` ends; a `>` within quotes does not end it. */
export function tagEnd(xml: Buffer, at: number): number {
  let quote = 0
  for (let i = at; i < xml.length; i += 1) {
    const byte = xml[i]
    if (quote !== 0) {
      if (byte === quote) quote = 0
    } else if (byte === 0x22 || byte === 0x27) quote = byte
    else if (byte === GT) return i
  }
  return xml.length
}
