/** Imported files: the list, repeats and corrections, and what each of them stored. */
import type { ReadDb } from '../read-db.ts'
import { rowsWhere, type Row } from '../rows.ts'
import { keysetPage, type Direction, type Page } from './keyset.ts'

export type BulletinListRow = {
  readonly id: string; readonly kind: string; readonly period: string | null; readonly sender: string | null; readonly fileName: string; readonly accepted: number; readonly skipped: number
  readonly refused: number; readonly importedOn: number; readonly importedBy: string; readonly correctionOf: string | null; readonly undone: number | null; readonly undoReason: string | null
  readonly sortValue: number
}

const select = `SELECT b.id, b.kind, b.period, b.sender, b.fileName, b.accepted, b.skipped, b.refused, b.importedOn, coalesce((SELECT name FROM account WHERE id = b.importedBy), '') AS importedBy,
  b.correctionOf, b.undone, b.undoReason, b.importedOn AS sortValue FROM bulletin b`

export type BulletinFilter = { readonly kind?: string | null; readonly period?: string | null; readonly direction: Direction; readonly cursor?: string | null; readonly limit: number }

export function bulletinPage(db: ReadDb, filter: BulletinFilter): Page<BulletinListRow> {
  const where = ['b.deleted = 0', 'b.importedOn IS NOT NULL', ...(filter.kind ? ['+b.kind = ?'] : []), ...(filter.period ? ['+b.period = ?'] : [])]
  const params = [...(filter.kind ? [filter.kind] : []), ...(filter.period ? [filter.period] : [])]
  return keysetPage<BulletinListRow, BulletinListRow>(db, {
    select, count: 'SELECT count(*) AS n FROM bulletin b', where, params, sort: 'b.importedOn', id: 'b.id', direction: filter.direction, cursor: filter.cursor, limit: filter.limit,
  }, (row) => row)
}

export function bulletinListRow(db: ReadDb, id: string): BulletinListRow | undefined {
  return db.get<BulletinListRow>(`${select} WHERE b.id = ? AND b.deleted = 0`, [id])
}

/** The bulletin that this very file was imported as and that still stands. */
export function bulletinOfFile(db: ReadDb, sha256: string): Row<'bulletin'> | undefined {
  return rowsWhere(db, 'bulletin', 'sha256 = ? AND undone IS NOT 1', [sha256], 'ORDER BY importedOn, id LIMIT 1')[0]
}

/** Standing bulletins of one kind and period, newest first. */
export function bulletinsOf(db: ReadDb, kind: string, period: string | null): Row<'bulletin'>[] {
  return rowsWhere(db, 'bulletin', 'kind = ? AND period IS ? AND undone IS NOT 1', [kind, period], 'ORDER BY importedOn DESC, id DESC')
}

export function reportCountOf(db: ReadDb, kind: string, period: string): number {
  return db.get<{ c: number }>('SELECT count(*) AS c FROM report WHERE kind = ? AND period = ? AND deleted = 0', [kind, period])?.c ?? 0
}

/** Units that have a row of this kind in an earlier period but none in `period`: who has not yet been reported on. */
export function unitsMissing(db: ReadDb, kind: string, period: string, before: string): string[] {
  return db.all<{ name: string }>(`SELECT DISTINCT u.name FROM report r JOIN unit u ON u.id = r.unitId AND u.deleted = 0 WHERE r.kind = ? AND r.period = ? AND r.deleted = 0
    AND r.unitId NOT IN (SELECT x.unitId FROM report x WHERE x.kind = ? AND x.period = ? AND x.unitId IS NOT NULL AND x.deleted = 0) ORDER BY u.orderNo, u.name`, [kind, before, kind, period]).map((row) => row.name)
}

/** The rows that this bulletin's value shows now, keyed by id. */
export function reportIdsOf(db: ReadDb, bulletinId: string): { id: string; scope: string; version: number | null }[] {
  return db.all('SELECT id, scope, version FROM report WHERE bulletinId = ? AND deleted = 0 ORDER BY no', [bulletinId])
}

/** Current values of the reports of one kind and period, to tell what a correction changes. */
export function reportValues(db: ReadDb, kind: string, period: string): { id: string; unitId: string | null; officialId: string | null; item: string | null; figures: string | null; remark: string | null; version: number | null }[] {
  return db.all('SELECT id, unitId, officialId, item, figures, remark, version FROM report WHERE kind = ? AND period = ? AND deleted = 0', [kind, period])
}

export function mappingOf(db: ReadDb, id: string): Row<'mapping'> | undefined {
  return rowsWhere(db, 'mapping', 'id = ?', [id])[0]
}
