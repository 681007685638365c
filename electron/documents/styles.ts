/** styles.xml and fontTable.xml. Every style that a paragraph names is defined: an undefined base makes LibreOffice keep paragraphs together. */
import { fontChains, latinFont, sizes } from '../../shared/letter/geometry.ts'
import type { FontRole, PageGeometry } from '../../shared/letter/geometry.ts'

/** Typefaces to use instead of the first of a chain, where the machine lacks it. */
export type FontChoice = Readonly<Partial<Record<FontRole, string>>>

const namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

export function fontName(role: FontRole, choice: FontChoice): string {
  return choice[role] ?? fontChains[role][0] ?? '宋体'
}

/** All four slots; the hint sets “”‘’—… in the Chinese face, as Chinese punctuation. */
export function fontsXml(role: FontRole, choice: FontChoice): string {
  const chinese = escapeXml(fontName(role, choice))
  const latin = role === 'pageNumber' || role === 'mark' || role === 'title' ? chinese : latinFont
  return `<w:rFonts w:hint="eastAsia" w:ascii="${latin}" w:eastAsia="${chinese}" w:hAnsi="${latin}" w:cs="${latinFont}"/>`
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

type StyleSpec = { readonly id: string; readonly name: string; readonly role: FontRole; readonly size: number; readonly paragraph: string; readonly spacing: number; readonly keep?: true }

function exactLine(twips: number): string {
  return `<w:spacing w:before="0" w:after="0" w:line="${twips}" w:lineRule="exact"/>`
}

function specs(page: PageGeometry): readonly StyleSpec[] {
  const indent = 2 * (sizes.body * 20 + page.charSpacing)
  const body = { size: sizes.body, spacing: page.charSpacing }
  const firstLine = `<w:ind w:firstLine="${indent}"/>`
  const pitch = exactLine(page.pitch)
  return [
    { id: 'LetterPlain', name: 'Letter Plain', role: 'body', ...body, paragraph: `${pitch}<w:jc w:val="left"/>` },
    { id: 'LetterBody', name: 'Letter Body', role: 'body', ...body, paragraph: `${pitch}${firstLine}<w:jc w:val="both"/>` },
    { id: 'LetterHeading1', name: 'Letter Heading 1', role: 'heading1', ...body, paragraph: `${pitch}${firstLine}<w:jc w:val="both"/>`, keep: true },
    { id: 'LetterTitle', name: 'Letter Title', role: 'title', size: sizes.title, spacing: 0, paragraph: '<w:jc w:val="center"/>', keep: true },
    { id: 'LetterMark', name: 'Letter Mark', role: 'mark', size: 42, spacing: 0, paragraph: '<w:jc w:val="center"/>' },
    { id: 'LetterSmall', name: 'Letter Small', role: 'body', size: sizes.small, spacing: 0, paragraph: `${exactLine(500)}<w:jc w:val="both"/>` },
    { id: 'LetterCell', name: 'Letter Cell', role: 'body', size: sizes.table, spacing: 0, paragraph: `${exactLine(340)}<w:jc w:val="left"/>` },
    { id: 'LetterPage', name: 'Letter Page Number', role: 'pageNumber', size: sizes.small, spacing: 0, paragraph: exactLine(280) },
    { id: 'LetterLine', name: 'Letter Line', role: 'body', size: 1, spacing: 0, paragraph: exactLine(20) },
  ]
}

/**
 * Hanging punctuation and the gap between digits and Chinese characters keep their defaults, which Word and LibreOffice share
 * (LibreOffice reads overflowPunct the wrong way round and ignores autoSpaceDE); the layout counts with both.
 */
const paragraphDefaults = '<w:widowControl w:val="0"/><w:kinsoku/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'

export function stylesXml(page: PageGeometry, choice: FontChoice): string {
  const styles = specs(page).map((spec) => styleXml(spec, choice)).join('')
  return `${declaration}<w:styles ${namespace}><w:docDefaults><w:rPrDefault><w:rPr>${fontsXml('body', choice)}<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>${paragraphDefaults}</w:pPr></w:pPrDefault></w:docDefaults>`
    + '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    + '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    + '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    + `${styles}</w:styles>`
}

/** Lines have exact heights, so snapping could only widen the gaps around the title and the mark. */
function styleXml(spec: StyleSpec, choice: FontChoice): string {
  const spacing = spec.spacing === 0 ? '' : `<w:spacing w:val="${spec.spacing}"/>`
  return `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${spec.id}"><w:name w:val="${spec.name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${spec.keep ? '<w:keepNext/>' : ''}<w:snapToGrid w:val="0"/>${spec.paragraph}</w:pPr><w:rPr>${fontsXml(spec.role, choice)}${spacing}<w:sz w:val="${spec.size * 2}"/><w:szCs w:val="${spec.size * 2}"/></w:rPr></w:style>`
}

/** The second of each chain as the alternative name: Word takes it where the first is missing. */
export function fontTableXml(): string {
  const fonts = new Map(Object.values(fontChains).flatMap((chain) => chain.slice(0, 1).map((name) => [name, chain.slice(1)] as const)))
  const entries = [...fonts].map(([name, others]) =>
    `<w:font w:name="${name}">${others.length > 0 ? `<w:altName w:val="${others.join(',')}"/>` : ''}<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`)
  return `${declaration}<w:fonts ${namespace}>${entries.join('')}</w:fonts>`
}

export function corePropertiesXml(): string {
  return `${declaration}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>`
}
