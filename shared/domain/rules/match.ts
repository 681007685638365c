/** What a condition hands back before the engine makes findings of it. */
import type { Figures } from '../kinds.ts'
import type { RuleReport } from './finding.ts'

/** A row that fired (or was compared with), with the values that its sentence shows. */
export type MatchRow = {
  readonly report: RuleReport
  readonly values: Figures
  /** The sentence for rows judged by value instead of rank. */
  readonly byValue?: true
  /** Added to the sentence, e.g. that empty figures were carried forward. */
  readonly note?: string
}

/** One finding: `rows` in the order of periods. */
export type Match = { readonly unitId: string; readonly rowOfficialId: string | null; readonly item: string | null; readonly rows: readonly MatchRow[] }
