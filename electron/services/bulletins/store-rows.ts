/** Accepted rows into the record: rosters into units, officials and posts, everything else into reports. */
import { officialKey, postKey, reportKey, unitKey } from '../../../shared/domain/import/keys.ts'
import type { AcceptedRow, OfficialRow, ReportRow, UnitRow } from '../../../shared/domain/import/types.ts'
import type { ReportKind } from '../../../shared/domain/kinds.ts'
import { derivedId } from '../../store/ids.ts'
import { allUnits, largestUnitOrder, postsOf } from '../../store/queries/people.ts'
import { reportValues } from '../../store/queries/bulletins.ts'
import { rowById } from '../../store/rows.ts'
import type { WriteTx } from '../../store/store.ts'

export function reportIdOf(kind: ReportKind, period: string | null, row: ReportRow): string {
  const documentNumber = row.figures['documentNumber']
  return derivedId('report', reportKey(kind, period, { unitId: row.unitId, officialId: row.officialId, item: row.item, documentNumber: typeof documentNumber === 'string' ? documentNumber : null }))
}

export type Batch = { readonly bulletinId: string; readonly kind: ReportKind; readonly period: string | null }

/** A row that an earlier file reported gets a new value; the earlier one stays in the log. */
export function putReports(tx: WriteTx, batch: Batch, rows: readonly AcceptedRow[], onRow: (done: number) => void): void {
  const versions = new Map(reportValues(tx, batch.kind, batch.period ?? '').map((row) => [row.id, row.version ?? 1]))
  let done = 0
  for (const row of rows) {
    if (row.type !== 'report') continue
    const id = reportIdOf(batch.kind, batch.period, row)
    tx.put('report', id, 'content', {
      kind: batch.kind, period: batch.period, unitId: row.unitId, officialId: row.officialId, item: row.item, figures: row.figures, remark: row.remark,
    }, row.unitId)
    tx.put('report', id, 'provenance', { bulletinId: batch.bulletinId, sheet: row.sheet, sheetRow: row.row, version: (versions.get(id) ?? 0) + 1 }, row.unitId)
    onRow((done += 1))
  }
}

/** A unit that is known under this full name keeps its id, however it was made. */
export function putUnits(tx: WriteTx, rows: readonly AcceptedRow[]): void {
  const known = new Map(allUnits(tx).map((unit) => [unit.name ?? '', unit]))
  let order = largestUnitOrder(tx)
  for (const row of rows as readonly UnitRow[]) {
    const before = known.get(row.name)
    const id = before?.id ?? derivedId('unit', unitKey(row.name))
    const aliases = [...new Set([...((before?.aliases as string[] | null | undefined) ?? []), ...row.aliases])]
    tx.put('unit', id, 'identity', { name: row.name, kind: row.kind })
    tx.put('unit', id, 'names', { shortName: row.shortName ?? before?.shortName ?? null, aliases, orderNo: before?.orderNo ?? (order += 1) })
  }
}

/** The same person in a newer roster is the same row; what the roster leaves empty stays as it was. */
export function putOfficials(tx: WriteTx, rows: readonly AcceptedRow[]): void {
  for (const row of rows as readonly OfficialRow[]) {
    const id = derivedId('official', officialKey(row))
    const before = rowById(tx, 'official', id)
    tx.put('official', id, 'identity', { name: row.name, gender: row.gender ?? before?.gender ?? null, birth: row.birth ?? before?.birth ?? null }, row.unitId)
    if (row.phone !== null || before === undefined) tx.put('official', id, 'contact', { phone: row.phone ?? before?.phone ?? null, note: before?.note ?? null }, row.unitId)
    const postId = derivedId('post', postKey(id, row.unitId, row.title))
    const post = before && postsOf(tx, id).find((one) => one.id === postId)
    tx.put('post', postId, 'post', {
      officialId: id, unitId: row.unitId, title: row.title, rank: row.rank ?? post?.rank ?? null, isHead: row.isHead, portfolio: row.portfolio ?? post?.portfolio ?? null,
      since: row.since ?? post?.since ?? null, until: post?.until ?? null,
    }, row.unitId)
  }
}
