/** Accepted rows into the record: rosters into units, officials and posts, everything else into reports. */
import { officialKey, postKey, reportKey, unitKey } from '../../../shared/domain/import/keys.ts'
import type { AcceptedRow, OfficialRow, ReportRow, UnitRow } from '../../../shared/domain/import/types.ts'
import type { ReportKind } from '../../../shared/domain/kinds.ts'
import { derivedId } from '../../store/ids.ts'
import { canonical, CanonicalJson } from '../../store/log/canonical.ts'
import type { AllRegisters, ReadyRow } from '../../store/log/ready-ops.ts'
import { allUnits, largestUnitOrder } from '../../store/queries/people.ts'
import { rowsById, textsOf, type Row } from '../../store/rows.ts'
import type { WriteTx } from '../../store/store.ts'

export function reportIdOf(kind: ReportKind, period: string | null, row: ReportRow): string {
  const documentNumber = row.figures['documentNumber']
  return derivedId('report', reportKey(kind, period, { unitId: row.unitId, officialId: row.officialId, item: row.item, documentNumber: typeof documentNumber === 'string' ? documentNumber : null }))
}

/** A report row ready for its registers; `figures` as canonical JSON. Plain data: it may come from another thread. */
export type ReportPut = {
  readonly id: string; readonly unitId: string; readonly officialId: string | null; readonly item: string | null; readonly figures: string; readonly remark: string | null
  readonly sheet: string | null; readonly sheetRow: number
}

export function reportPut(kind: ReportKind, period: string | null, row: ReportRow): ReportPut {
  const { unitId, officialId, item, remark, sheet } = row
  return { id: reportIdOf(kind, period, row), unitId, officialId, item, figures: canonical(row.figures), remark, sheet, sheetRow: row.row }
}

export type Batch = { readonly bulletinId: string; readonly kind: ReportKind; readonly period: string | null }

/** The registers of a report; a row that an earlier file reported (`version` of it) gets a new value, the earlier one stays in the log. */
export function registersOf({ bulletinId, kind, period }: Batch, row: ReportPut, version: number): AllRegisters<'report'> {
  const { unitId, officialId, item, figures, remark, sheet, sheetRow } = row
  return {
    content: { kind, period, unitId, officialId, item, figures: new CanonicalJson(figures), remark },
    provenance: { bulletinId, sheet, sheetRow, version: version + 1 },
  }
}

/** `ready`: its ops written ahead, as version 1. */
export function putReport(tx: WriteTx, batch: Batch, row: ReportPut, version: number, ready?: ReadyRow): void {
  if (ready && version === 0) return tx.putReady('report', row.id, ready, row.unitId)
  const { content, provenance } = registersOf(batch, row, version)
  tx.put('report', row.id, 'content', content, row.unitId)
  tx.put('report', row.id, 'provenance', provenance, row.unitId)
}

/** A unit that is known under this full name keeps its id, however it was made. */
export function putUnits(tx: WriteTx, rows: readonly AcceptedRow[]): void {
  const known = new Map(allUnits(tx).map((unit) => [unit.name ?? '', unit]))
  let order = largestUnitOrder(tx)
  for (const row of rows as readonly UnitRow[]) {
    const before = known.get(row.name)
    const id = before?.id ?? derivedId('unit', unitKey(row.name))
    const aliases = [...new Set([...textsOf(before?.aliases), ...row.aliases])]
    tx.put('unit', id, 'identity', { name: row.name, kind: row.kind })
    tx.put('unit', id, 'names', { shortName: row.shortName ?? before?.shortName ?? null, aliases, orderNo: before?.orderNo ?? (order += 1) })
  }
}

type Known<T extends 'official' | 'post'> = Omit<Row<T>, 'id' | 'scope' | 'deleted' | 'joinedInto'>

/** The same person in a newer roster is the same row; what the roster leaves empty stays as it was, in the record or in an earlier line of the file. */
export function putOfficials(tx: WriteTx, rows: readonly AcceptedRow[], onRow: (done: number) => void): void {
  const named = (rows as readonly OfficialRow[]).map((row) => {
    const id = derivedId('official', officialKey(row))
    return { row, id, postId: derivedId('post', postKey(id, row.unitId, row.title)) }
  })
  const officials = new Map<string, Known<'official'>>(rowsById(tx, 'official', named.map((one) => one.id)))
  const posts = new Map<string, Known<'post'>>(rowsById(tx, 'post', named.map((one) => one.postId)))
  for (const [index, { row, id, postId }] of named.entries()) {
    const before = officials.get(id)
    const identity = { name: row.name, gender: row.gender ?? before?.gender ?? null, birth: row.birth ?? before?.birth ?? null }
    const contact = { phone: row.phone ?? before?.phone ?? null, note: before?.note ?? null }
    tx.put('official', id, 'identity', identity, row.unitId)
    if (row.phone !== null || before === undefined) tx.put('official', id, 'contact', contact, row.unitId)
    officials.set(id, { ...identity, ...contact })
    const post = posts.get(postId)
    const held = {
      officialId: id, unitId: row.unitId, title: row.title, rank: row.rank ?? post?.rank ?? null, isHead: row.isHead, portfolio: row.portfolio ?? post?.portfolio ?? null,
      since: row.since ?? post?.since ?? null, until: post?.until ?? null,
    }
    tx.put('post', postId, 'post', held, row.unitId)
    posts.set(postId, held)
    onRow(index + 1)
  }
}
