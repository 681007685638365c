/** A paper of many letters in parts of some letters each, so that its PDF can be made part by part: with progress, cancel and going on. */
import { paperStart } from '../../../shared/letter/html.ts'

/** `letters`: how many begin in it. */
export type PagesPart = { readonly html: string; readonly letters: number }

const section = '<section class="page'
/** The first page of a letter; the pages of a cover list have no number and go with what follows. */
const firstPage = 'data-page="1"'

/** Null for a document that is none of ours. Text in a paper is escaped, so the mark of a page is never text. */
export function splitPages(html: string, lettersAtOnce: number): readonly PagesPart[] | null {
  const body = html.indexOf('<body>')
  if (!html.startsWith(paperStart) || body < 0) return null
  const [head, rest] = [html.slice(0, body), html.slice(body + '<body>'.length, html.lastIndexOf('</body>'))]
  const groups: { pages: string; letters: number }[] = [{ pages: '', letters: 0 }]
  for (const page of rest.split(section).slice(1)) {
    const begins = page.slice(0, page.indexOf('>')).includes(firstPage)
    if (begins && groups.at(-1)!.letters === lettersAtOnce) groups.push({ pages: '', letters: 0 })
    const group = groups.at(-1)!
    group.pages += section + page
    group.letters += begins ? 1 : 0
  }
  return groups.map(({ pages, letters }) => ({ html: `${head}<body>${pages}</body></html>`, letters }))
}
