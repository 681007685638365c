/** Duty reports: the list with search, one of them with its corrections. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import type { Figures } from '../../../shared/domain/kinds.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { registerHistory } from '../../store/queries/history.ts'
import { nameOf } from '../../store/queries/people.ts'
import { reportById, reportPage, reportPeriods } from '../../store/queries/reports.ts'
import { rowById } from '../../store/rows.ts'
import type { OpenContext } from '../context.ts'

export function listReports(input: ParsedOf<'reports.list'>, { store }: OpenContext): Result<OutputOf<'reports.list'>> {
  const page = store.read((db) => reportPage(db, input, input.direction, input.cursor, input.limit))
  return ok({ ...page, items: [...page.items] })
}

export function listPeriods(_: unknown, { store }: OpenContext): Result<string[]> {
  return ok(store.read(reportPeriods))
}

type Versions = OutputOf<'reports.get'>['versions']

/** Every file that named the row, newest first, with the figures that it gave. */
export function getReport(input: { readonly id: string }, { store }: OpenContext): Result<OutputOf<'reports.get'>> {
  return store.read((db) => {
    const current = reportById(db, input.id)
    if (!current) return err('NOT_FOUND', { what: 'report' })
    const contents = registerHistory(db, 'report', input.id, 'content')
    const versions = registerHistory(db, 'report', input.id, 'provenance').flatMap((write): Versions => {
      // A file that repeated the figures wrote no content: the newest content up to its time counts.
      const content = contents.find((one) => one.actionId === write.actionId) ?? contents.find((one) => one.at <= write.at)
      if (!content) return []
      const { value } = content
      const file = write.value.bulletinId === null ? undefined : rowById(db, 'bulletin', write.value.bulletinId)
      return [{
        id: input.id, kind: value.kind ?? '', period: value.period ?? '', unitId: value.unitId ?? '', unit: nameOf(db, 'unit', value.unitId) ?? '', officialId: value.officialId, official: nameOf(db, 'official', value.officialId),
        item: value.item, figures: (value.figures ?? {}) as Record<string, Figures[string]>, remark: value.remark, bulletinId: write.value.bulletinId, sheet: write.value.sheet, sheetRow: write.value.sheetRow,
        version: write.value.version ?? 1, at: write.at, author: write.author, fileName: file?.fileName ?? null,
      }]
    })
    return ok({ current, versions })
  })
}
