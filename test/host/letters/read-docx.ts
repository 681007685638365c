/** Reads a .docx without the product's code: parts, well-formedness, the text of its paragraphs. */
import { strFromU8, unzipSync } from 'fflate'

export function docxParts(bytes: Uint8Array): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, data]) => [name, strFromU8(data)]))
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&#39;': "'" }

export function unescapeXml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|apos|#39);/g, (entity) => entities[entity] ?? entity)
}

/** The fault of an XML text, or null: tags nest and close, attributes are quoted and unique, text holds no bare < or &. */
export function xmlFault(xml: string): string | null {
  const open: string[] = []
  const token = /<\?[^>]*\?>|<(\/?)([A-Za-z_][\w:.-]*)((?:\s+[A-Za-z_][\w:.-]*="[^"<]*")*)\s*(\/?)>|([^<]+)|(<)/gu
  for (const match of xml.matchAll(token)) {
    const [, closing, name, attributes, empty, text, stray] = match
    if (stray !== undefined) return `stray < at ${match.index}`
    if (/&(?!amp;|lt;|gt;|quot;|apos;|#\d+;|#x[\da-fA-F]+;)/.test(text ?? attributes ?? '')) return `bare & at ${match.index}`
    if (name === undefined) continue
    const names = [...(attributes ?? '').matchAll(/([\w:.-]+)="/g)].map((found) => found[1])
    if (new Set(names).size !== names.length) return `attribute twice in ${name}`
    if (closing === '/') {
      if (open.pop() !== name) return `</${name}> closes something else`
    } else if (empty !== '/') open.push(name)
  }
  return open.length === 0 ? null : `${open.join('/')} not closed`
}

/** Texts of the paragraphs of a part; line breaks and tabs give nothing or a bar. */
export function paragraphTexts(xml: string): readonly string[] {
  return [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gsu)].map(([paragraph]) =>
    [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:tab\/>/gu)].map((m) => (m[1] === undefined ? '|' : unescapeXml(m[1]))).join(''))
}

/** Paragraph texts of the printed HTML: lines put together again, page numbers and repeated heads left out. */
export function htmlTexts(html: string): readonly string[] {
  const texts: string[] = []
  for (const match of html.matchAll(/<div class="l ([^"]*)"([^>]*)>(.*?)<\/div>/gsu)) {
    const [, , attributes = '', inner = ''] = match
    if (attributes.includes('data-extra')) continue
    const text = unescapeXml(inner.replace(/<[^>]*>/g, ''))
    if (attributes.includes('data-start')) texts.push(text)
    else texts.push((texts.pop() ?? '') + text)
  }
  return texts
}
