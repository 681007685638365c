/** One HTML document of many letters behind a cover list: what is printed, or made a PDF, in one go. */
import { escapeHtml, layoutToHtml } from '../../../shared/letter/html.ts'
import type { LetterLayout } from '../../../shared/letter/layout-types.ts'

export type CoverRow = { readonly number: string; readonly type: string; readonly unit: string; readonly name: string }
type Parts = { readonly head: string; readonly style: string; readonly sections: string }

/** Lines of the list on one A4 page, with room for the explaining line. */
const rowsAtOnce = 30

const between = (text: string, from: string, to: string): string => text.slice(text.indexOf(from) + from.length, text.lastIndexOf(to))

function partsOf(html: string): Parts {
  const style = between(html, '<style>', '</style>')
  return { head: html.slice(0, html.indexOf('<title>')), style, sections: between(html, '<body>', '</body>') }
}

const coverCss = '.cover{padding:25mm 20mm 20mm;font-family:"宋体","SimSun","Noto Serif CJK SC",serif;font-size:10.5pt;width:210mm;height:297mm}.cover h1{font-size:18pt;text-align:center;font-weight:bold;margin-bottom:3mm}'
  + '.cover p{text-align:center;margin-bottom:5mm}.cover table{width:100%;border-collapse:collapse;table-layout:fixed}.cover th,.cover td{border:0.25mm solid #000;padding:0 1.5mm;height:7mm;line-height:7mm;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;text-align:left}'
  + '.cover th:first-child,.cover td:first-child,.cover th:last-child,.cover td:last-child{width:12mm;text-align:center}.cover th:nth-child(2){width:44mm}.cover th:nth-child(3){width:26mm}.cover th:nth-child(5){width:28mm}'

const cells = (tag: 'td' | 'th', texts: readonly string[]): string => `<tr>${texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join('')}</tr>`

/** `apart`: the word in the column of pages for a letter that is not among them, and the line that explains it. */
export type CoverTexts = { readonly title: string; readonly about: string; readonly head: readonly string[]; readonly apart: string; readonly apartNote: string }
/** `pages` null: the letter is printed elsewhere. */
type ListedRow = CoverRow & { readonly pages: number | null }

function coverPages(rows: readonly ListedRow[], texts: CoverTexts): string {
  const pages: string[] = []
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const body = rows.slice(at, at + rowsAtOnce).map((row, index) => cells('td', [String(at + index + 1), row.number, row.type, row.unit, row.name, row.pages === null ? texts.apart : String(row.pages)]))
    const opening = at === 0 ? `<h1>${escapeHtml(texts.title)}</h1><p>${escapeHtml(texts.about)}</p>${rows.some((row) => row.pages === null) ? `<p>${escapeHtml(texts.apartNote)}</p>` : ''}` : ''
    pages.push(`<section class="page cover">${opening}<table>${cells('th', texts.head)}${body.join('')}</table></section>`)
  }
  return pages.join('')
}

export type MergedPages = {
  readonly add: (layout: LetterLayout, row: CoverRow) => void
  /** A letter that only stands on the list: its paper is the office's own Word file. */
  readonly leaveOut: (row: CoverRow) => void
  /** Empty where no letter was added. */
  readonly html: () => string
}

/** Collects letters one by one, so that a job can stop between two of them. All must be A4 upright papers of one geometry. */
export function mergedPages(texts: CoverTexts): MergedPages {
  let first: Parts | null = null
  const styles = new Set<string>()
  const bodies: string[] = []
  const rows: ListedRow[] = []
  return {
    add(layout, row) {
      const parts = partsOf(layoutToHtml(layout))
      first ??= parts
      styles.add(parts.style)
      bodies.push(parts.sections)
      rows.push({ ...row, pages: parts.sections.split('<section class="page"').length - 1 })
    },
    leaveOut(row) {
      rows.push({ ...row, pages: null })
    },
    html() {
      if (first === null) return ''
      const head = `${first.head}<title>${escapeHtml(texts.title)}</title><style>${[...styles].join('')}${coverCss}</style></head>`
      return `${head}<body>${coverPages(rows, texts)}${bodies.join('')}</body></html>`
    },
  }
}
