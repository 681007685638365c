/** The monthly 通报 of a month's stored reports and letters. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { chinesePeriod } from '../../../shared/letter/dates.ts'
import { pageOf } from '../../../shared/letter/geometry.ts'
import { layoutMonthly } from '../../../shared/letter/papers/monthly.ts'
import { monthlySections } from '../../../shared/letter/papers/monthly-sections.ts'
import { dutyFileCells, monthlyTexts } from '../../../shared/letter/report-texts.ts'
import { attempt, type Result } from '../../../shared/result.ts'
import { lettersOfMonth } from '../../store/queries/letters.ts'
import { reportsOfPeriod } from '../../store/queries/reports.ts'
import type { OpenContext } from '../context.ts'
import { readSettings } from '../settings.ts'
import { offerLayout } from './offer.ts'

/** Number and date stay open: they are given when it is signed. The newest version of every report counts. */
export async function monthlyPaper({ period, as }: ParsedOf<'papers.monthly'>, context: OpenContext): Promise<Result<OutputOf<'papers.monthly'>>> {
  const drawn = attempt(() => context.store.read((db) => {
    const settings = readSettings(db)
    const rows = (kind: string) => reportsOfPeriod(db, kind, period)
    const found = { investment: rows('investment'), projects: rows('projects'), tasks: rows('tasks'), air: rows('air'), letters: lettersOfMonth(db, period) }
    const organ = { mark: settings.organMark ?? settings.organ, sign: settings.organ }
    return layoutMonthly({ organ, number: null, period, to: null, sections: monthlySections(found, period), date: null, sealed: settings.sealed, copyTo: [] }, pageOf(settings.geometry))
  }))
  return drawn.ok ? offerLayout(drawn.value, `${dutyFileCells.monthlyFile}-${monthlyTexts.title(chinesePeriod(period))}`, as, context) : drawn
}
