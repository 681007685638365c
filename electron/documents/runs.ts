/** Runs of text as WordprocessingML, with the line breaks that programs must not choose themselves. */
import type { FontRole } from '../../shared/letter/geometry.ts'
import type { TextRun } from '../../shared/letter/layout-types.ts'
import type { SetLine } from '../../shared/letter/lines.ts'
import { escapeXml, fontsXml } from './styles.ts'
import type { FontChoice } from './styles.ts'

export function run(text: string, role: FontRole, choice: FontChoice, more = ''): string {
  return `<w:r><w:rPr>${fontsXml(role, choice)}${more}</w:rPr><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`
}

/**
 * Lines that every program ends at the same place run on as one text; the others end with a break. In a justified paragraph Word, WPS and
 * LibreOffice stretch such a line to the edge (`doNotExpandShiftReturn` is not set in the file).
 */
export function linesXml(lines: readonly SetLine[], choice: FontChoice, more = ''): string {
  const pieces: (TextRun | null)[] = []
  for (const line of lines) {
    for (const part of line.runs) {
      const before = pieces.at(-1)
      if (before && before.font === part.font) pieces[pieces.length - 1] = { font: part.font, text: before.text + part.text }
      else pieces.push(part)
    }
    if (line.forced) pieces.push(null)
  }
  return pieces.map((piece) => (piece === null ? '<w:r><w:br/></w:r>' : run(piece.text, piece.font, choice, more))).join('')
}
