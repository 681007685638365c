/** What the clerk sees of an import before and after it: counts, refused rows with their reasons, warnings, a preview. */
import type { ImportReport } from '../../../shared/contract/bulletins.ts'
import { kindSpecs } from '../../../shared/domain/import/columns.ts'
import { refusalText, warningText } from '../../../shared/domain/import/text.ts'
import type { AcceptedRow, Recognised, RefusedRow } from '../../../shared/domain/import/types.ts'
import { unitKindNames, type ImportKind, type UnitKind } from '../../../shared/domain/kinds.ts'
import { nameOf } from '../../store/queries/people.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { Checked } from './read-workbook.ts'

const previewRows = 20
/** Beyond this the list is cut; the copy of the workbook holds every reason. */
const shownRefusals = 2_000
/** One register value holds at most 1 MiB. */
const keptBytes = 600 * 1024

/** The first refused rows, as many as the screen shows and the record holds. */
export function refusedViews(rows: readonly RefusedRow[]): ImportReport['refused'] {
  const views: ImportReport['refused'] = []
  let bytes = 0
  for (const row of rows.slice(0, shownRefusals)) {
    const view = refusedView(row)
    bytes += Buffer.byteLength(JSON.stringify(view))
    if (bytes > keptBytes) break
    views.push(view)
  }
  return views
}

function refusedView(row: RefusedRow): ImportReport['refused'][number] {
  return {
    sheet: row.sheet, row: row.row, codes: [...row.codes], raw: row.raw.slice(0, 60).map((text) => text.slice(0, 200)),
    cells: row.cells.map((cell) => ({ code: cell.code, column: cell.letter, header: cell.header, text: cell.text.slice(0, 200), reason: refusalText(cell.code, cell) })),
  }
}

/** Headers of the contract for the fields of a kind, for previews and for choosing a column by hand. */
export function fieldLabels(kind: ImportKind): { field: string; label: string }[] {
  return kindSpecs[kind].fields.filter((spec) => spec.field !== 'serial').map((spec) => ({ field: spec.field, label: spec.names[0] ?? spec.field }))
}

type Preview = ImportReport['sample'][number]

function previewOf(db: ReadDb, row: AcceptedRow, labels: ReadonlyMap<string, string>): Preview {
  const out: Record<string, Preview[string]> = {}
  const give = (field: string, value: Preview[string]): void => {
    const label = labels.get(field)
    if (label !== undefined) out[label] = value
  }
  if (row.type === 'report') {
    give('unit', nameOf(db, 'unit', row.unitId))
    give('official', nameOf(db, 'official', row.officialId))
    give('item', row.item)
    for (const [field, value] of Object.entries(row.figures)) give(field, value)
    give('remark', row.remark)
    return out
  }
  for (const [field, value] of Object.entries(row)) {
    if (field === 'unitId') give('unit', nameOf(db, 'unit', typeof value === 'string' ? value : null))
    else if (row.type === 'unit' && field === 'kind') give('kind', unitKindNames[value as UnitKind])
    else if (Array.isArray(value)) give(field, value.join('、'))
    else if (field === 'isHead') give(field, value === true ? '是' : '否')
    else if (field !== 'type' && field !== 'sheet' && field !== 'row') give(field, value as Preview[string])
  }
  return out
}

function letterOf(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letterOf(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26))
}

function columnsOf(recognised: Recognised): ImportReport['columns'] {
  return (recognised.sheets[0]?.columns ?? []).map((use) => ({ column: letterOf(use.column), header: use.header, key: use.key, field: use.field === 'serial' ? null : use.field }))
}

export type Links = Pick<ImportReport, 'correctionOf' | 'bulletinId'>

export function importReport(db: ReadDb, file: string, { recognised, sender, outcome, accepted }: Checked, links: Links): ImportReport {
  const fields = fieldLabels(recognised.kind)
  const labels = new Map(fields.map((one) => [one.field, one.label]))
  return {
    file, kind: recognised.kind, period: recognised.period, sender, accepted, skipped: outcome.skipped,
    refused: refusedViews(outcome.refused), refusedTotal: outcome.refused.length, warnings: outcome.warnings.map(warningText),
    duplicateOf: null, ...links, sample: outcome.accepted.slice(0, previewRows).map((row) => previewOf(db, row, labels)),
    columns: columnsOf(recognised), fields, errorFile: null,
  }
}
