/** Word files as an office would make them: paragraphs of text, a head, further parts. */
import { strToU8, zipSync, type Zippable } from 'fflate'

const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
/** `|` cuts the text into runs, as Word does while one types. */
const paragraph = (text: string): string => `<w:p>${text.split('|').map((run) => `<w:r><w:t xml:space="preserve">${escaped(run)}</w:t></w:r>`).join('')}</w:p>`

export type TemplateParts = { readonly lines?: readonly string[]; readonly table?: readonly (readonly string[])[]; readonly header?: string; readonly more?: Zippable; readonly types?: string }

export function templateDocx({ lines = [], table = [], header, more = {}, types = '' }: TemplateParts): Uint8Array {
  const rows = table.map((cells) => `<w:tr>${cells.map((cell) => `<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`).join('')
  const grid = rows === '' ? '' : `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>${rows}</w:tbl>`
  return zipSync({
    '[Content_Types].xml': strToU8(`<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>${types}</Types>`),
    '_rels/.rels': strToU8('<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
    'word/document.xml': strToU8(`<?xml version="1.0" encoding="UTF-8"?><w:document ${w}><w:body>${lines.map(paragraph).join('')}${grid}<w:p/></w:body></w:document>`),
    ...(header === undefined ? {} : { 'word/header1.xml': strToU8(`<?xml version="1.0" encoding="UTF-8"?><w:hdr ${w}>${paragraph(header)}</w:hdr>`) }),
    ...more,
  })
}

/** Everything that a template needs, with a place cut into runs and a list in a table row. */
export const goodTemplate: TemplateParts = {
  lines: ['{发文机关}', '{文|号}', '{标题}', '{主送}', '{#正文}', '{段落}', '{/正文}', '联系人：{联系人}', '{署名}', '{日期}'],
  table: [['序号', '内容'], ['{#事实}{序号}', '{内容}{/事实}']],
}
