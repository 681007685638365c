/** The texts of a report that are searched, without the names that other rows hold. */
import { gramText } from '../../../shared/text/grams.ts'
import type { SqlValue } from '../read-db.ts'
import { tableNamed } from '../registers.ts'

/** Figures that hold words; the others are numbers and dates. */
const textFigures = ['leader', 'progress', 'problem', 'nextStep', 'source', 'content', 'award', 'grantedBy', 'documentNumber']
const hasText = new RegExp(`"(?:${textFigures.join('|')})":"`)

const report = tableNamed('report')!
export const reportPlace = (column: string): number => report.columns.findIndex((one) => one.name === column)
const [itemAt, remarkAt, figuresAt] = [reportPlace('item'), reportPlace('remark'), reportPlace('figures')]

/** The register that all of them stand in. */
export const wordsRegister = 'content'

/** As 2-grams; `cells` in the order of Table.columns. */
export function reportWords(cells: readonly SqlValue[]): string {
  const words = [cells[itemAt], cells[remarkAt]]
  const figures = cells[figuresAt]
  if (typeof figures === 'string' && hasText.test(figures)) {
    const parsed = JSON.parse(figures) as Record<string, unknown>
    for (const key of textFigures) if (typeof parsed[key] === 'string') words.push(parsed[key])
  }
  const grams: string[] = []
  for (const word of words) if (typeof word === 'string') grams.push(gramText(word))
  return grams.filter((one) => one !== '').join(' ')
}
