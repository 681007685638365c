/** The Word file of a drawn paper: by its layout, or with the office's own template that it was (or, for a draft, would be) made with. */
import { layoutToDocx } from '../../documents/docx.ts'
import type { Store } from '../../store/store.ts'
import type { DrawnPaper } from './papers.ts'
import { placeValues } from './template-places.ts'
import { fillTemplate, templateBytes } from './templates.ts'

/** Refusal ATTACHMENT_MISSING when the template has not come from the other machine yet. */
export async function paperDocx(store: Store, drawn: DrawnPaper): Promise<Uint8Array> {
  const { templateId } = drawn
  if (templateId === null) return layoutToDocx(drawn.layout)
  return fillTemplate(store.read((db) => templateBytes(db, store.blobs, templateId)), placeValues(drawn.content))
}
