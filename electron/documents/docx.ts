/** LetterLayout → .docx. Equal layouts give equal bytes; nothing in the file names a person, a program or a machine. */
import type { LetterLayout } from '../../shared/letter/layout-types.ts'
import { bodyXml } from './paragraphs.ts'
import { skeletonFor } from './skeleton.ts'
import type { FontChoice } from './styles.ts'
import { zipFile, zipPart } from './zip.ts'

/** The bytes of the Word file. `fonts` replaces the first typeface of a chain where the office uses another. */
export async function layoutToDocx(layout: LetterLayout, fonts: FontChoice = {}): Promise<Uint8Array> {
  const skeleton = await skeletonFor(layout, fonts)
  const document = zipPart('word/document.xml', `${skeleton.opening}${bodyXml({ layout, choice: fonts })}${skeleton.closing}`)
  return zipFile([...skeleton.parts, document])
}
