/** The text of a .docx as a reader sees it: paragraphs of the body, headers and footers left out. */
import { strFromU8, unzipSync } from 'fflate'

export function wordText(bytes: Uint8Array): string {
  const parts = unzipSync(bytes)
  const document = parts['word/document.xml']
  if (!document) throw new Error('not a Word document')
  return strFromU8(document)
    .replaceAll(/<\/w:p>/g, '\n')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&')
}
