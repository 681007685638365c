/** The paper as one self-contained HTML document of A4 pages: preview on the screen and what the program prints. No scripts, no outside files. */
import { baselineShare, fontChains, latinFont } from './geometry.ts'
import type { FontRole, PageGeometry } from './geometry.ts'
import { findBlock } from './layout-types.ts'
import { drawnGap, hasGap } from './measure.ts'
import type { LetterLayout, TextRun } from './layout-types.ts'
import { placeLayout } from './place.ts'
import type { PlacedItem, PlacedLine, PlacedRule } from './place-types.ts'

/** Escapes text for element content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}

/** Twips as millimetres with a precision finer than a printer's dot. */
function millimetres(twips: number): string {
  return `${Number(((twips * 25.4) / 1440).toFixed(3))}mm`
}

const roleNames: Readonly<Record<FontRole, string>> = { mark: 'm', title: 't', body: 'b', heading1: 'h', heading2: 'k', pageNumber: 'p' }

/** Latin letters come first in the chain where digits are Times New Roman; curly quotes then come from a Chinese face by `lang`. */
function fontRules(): string {
  return (Object.keys(fontChains) as FontRole[]).map((role) => {
    const chinese = fontChains[role].map((name) => `"${name}"`).join(',')
    const own = role === 'body' || role === 'heading1' || role === 'heading2' ? '"Dutydesk Latin",' : ''
    return `.${roleNames[role]}{font-family:${own}${chinese},"Noto Serif CJK SC",serif}`
  }).join('')
}

// Only letters, digits and ASCII punctuation: the quotes and dashes that both scripts share stay Chinese.
const latinFace = `@font-face{font-family:"Dutydesk Latin";src:local("${latinFont}"),local("TimesNewRomanPSMT"),local("Liberation Serif");unicode-range:U+21-7E}`

/** Every paper begins with this: nothing in it runs or reaches out, whoever opens it. */
export const paperStart = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`

/** The whole document. `page` lines are placed by number, so the preview breaks lines and pages exactly where the layout does. */
export function layoutToHtml(layout: LetterLayout): string {
  const { page } = layout
  const title = findBlock(layout, 'title')?.lines.join('') ?? ''
  const size = `${millimetres(page.width)} ${millimetres(page.height)}`
  // contain: a page is laid out by itself; else a browser lays all of them out again for each, and 600 letters take 4 times as long as 300 (measured).
  const css = `${latinFace}@page{size:${size};margin:0}*{margin:0;padding:0;box-sizing:border-box}`
    + `html{-webkit-print-color-adjust:exact;print-color-adjust:exact}body{background:#fff;color:#000}`
    + `.page{position:relative;contain:strict;width:${millimetres(page.width)};height:${millimetres(page.height)};overflow:hidden;break-after:page;background:#fff}.page:last-child{break-after:auto}`
    + `.l{position:absolute;display:flex;align-items:baseline;line-height:0;white-space:pre;text-autospace:no-autospace;text-spacing-trim:space-all;font-kerning:none}.l>div{flex:1}.g{font-style:normal;margin-right:${drawnGap}em}.l::before{content:"";width:0;height:${baselineShare * 100}%}.r{position:absolute;left:0;top:0;width:100%;height:100%}.red{color:#f00}`
    + `.left{text-align:left}.center{text-align:center}.right{text-align:right}.justify{text-align:justify;text-align-last:justify;text-justify:inter-character}`
    + `@media screen{body{background:#e8e8e8}.page{margin:4mm auto;box-shadow:0 0 2mm #0003}}${fontRules()}`
  const pages = placeLayout(layout).map((placed) => `<section class="page" data-page="${placed.number}">${rulesSvg(page, placed.items)}${placed.items.map(itemHtml).join('')}</section>`)
  return `${paperStart}<title>${escapeHtml(title)}</title><style>${css}</style></head><body>${pages.join('')}</body></html>`
}

/** Rules are drawn in one picture: a browser would round the height of a box to its own pixels, and 0.35 mm would print as 0.25. */
function rulesSvg(page: PageGeometry, items: readonly PlacedItem[]): string {
  const rules = items.flatMap((item) => (item.kind === 'rule' ? [item] : []))
  if (rules.length === 0) return ''
  const rects = rules.map((rule) => ruleLine(rule))
  return `<svg class="r" viewBox="0 0 ${page.width} ${page.height}">${rects.join('')}</svg>`
}

function ruleLine({ x, y, width, height, red }: PlacedRule): string {
  const level = width >= height
  const [x1, y1, x2, y2] = level ? [x, y + height / 2, x + width, y + height / 2] : [x + width / 2, y, x + width / 2, y + height]
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${red ? '#f00' : '#000'}" stroke-width="${level ? height : width}"/>`
}

function itemHtml(item: PlacedItem): string {
  if (item.kind === 'rule') return ''
  const place = `left:${millimetres(item.x)};top:${millimetres(item.y)};width:${millimetres(item.width)};height:${millimetres(item.height)}`
  const spacing = item.spacing === 0 ? '' : `;letter-spacing:${item.spacing / 20}pt`
  const kind = `l ${item.align}${item.red ? ' red' : ''}`
  const marks = `${item.starts ? ' data-start' : ''}${item.extra ? ' data-extra' : ''}`
  return `<div class="${kind}"${marks} style="${place};font-size:${item.size}pt${spacing}"><div>${runsHtml(item)}</div></div>`
}

/** The gap at digits and Latin letters is drawn by ourselves: browsers add another one, and not all of them. */
function runsHtml(item: PlacedLine): string {
  let before = ''
  return item.runs.map((part: TextRun) => {
    let html = ''
    for (const character of part.text) {
      html += `${hasGap(before, character) ? '<i class="g"></i>' : ''}${escapeHtml(character)}`
      before = character
    }
    return `<span class="${roleNames[part.font]}">${html}</span>`
  }).join('')
}
