/** Several PDFs as one, page after page. pdf-lib (@cantoo: the maintained fork, MIT) copies pages and what they use; nothing is drawn anew. */
import { ParseSpeeds, PDFDocument } from '@cantoo/pdf-lib'

/** pdf-lib else waits for a timer after every 50 or 100 objects to keep a window alive: half of the time on an idle machine, minutes on a busy one. Here is a thread of its own. */
const unpaused = { parseSpeed: ParseSpeeds.Fastest, objectsPerTick: Number.POSITIVE_INFINITY } as const

/** In the order of `parts`. `told(done)` after every part; it may throw to stop. Without program and time in it: equal parts, equal file. */
export async function joinPdf(parts: readonly Uint8Array[], title: string, told: (done: number) => void): Promise<Uint8Array> {
  const whole = await PDFDocument.create({ updateMetadata: false })
  whole.setTitle(title)
  whole.setLanguage('zh-CN')
  for (const [index, part] of parts.entries()) {
    const read = await PDFDocument.load(part, { updateMetadata: false, parseSpeed: unpaused.parseSpeed })
    for (const page of await whole.copyPages(read, read.getPageIndices())) whole.addPage(page)
    told(index + 1)
  }
  return whole.save({ updateFieldAppearances: false, objectsPerTick: unpaused.objectsPerTick })
}
