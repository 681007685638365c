/** Several PDFs as one, page after page. pdf-lib (@cantoo: the maintained fork, MIT) copies pages and what they use; nothing is drawn anew. */
import { PDFDocument } from '@cantoo/pdf-lib'

/** In the order of `parts`. `told(done)` after every part; it may throw to stop. Without program and time in it: equal parts, equal file. */
export async function joinPdf(parts: readonly Uint8Array[], title: string, told: (done: number) => void): Promise<Uint8Array> {
  const whole = await PDFDocument.create({ updateMetadata: false })
  whole.setTitle(title)
  whole.setLanguage('zh-CN')
  for (const [index, part] of parts.entries()) {
    const read = await PDFDocument.load(part, { updateMetadata: false })
    for (const page of await whole.copyPages(read, read.getPageIndices())) whole.addPage(page)
    told(index + 1)
  }
  return whole.save({ updateFieldAppearances: false })
}
