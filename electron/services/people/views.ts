/** Rows of the store as the contract shows them. */
import type { z } from 'zod'
import type { unitsList, officialsList } from '../../../shared/contract/people.ts'
import type { UnitKind } from '../../../shared/domain/kinds.ts'
import type { OfficialListRow, UnitListRow } from '../../store/queries/people.ts'

export type UnitView = z.output<(typeof unitsList)['output']>['items'][number]
export type OfficialView = z.output<(typeof officialsList)['output']>['items'][number]

export function unitView(row: UnitListRow): UnitView {
  return { ...row, kind: row.kind as UnitKind, aliases: [...row.aliases] }
}

export function officialView(row: OfficialListRow): OfficialView {
  return { ...row }
}
