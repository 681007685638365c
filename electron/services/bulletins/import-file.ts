/** One file into the record, in one write: whole or not at all. Runs in the worker of electron/jobs. */
import type { ImportReport } from '../../../shared/contract/bulletins.ts'
import { refusalReasons } from '../../../shared/domain/import/text.ts'
import { isRoster } from '../../../shared/domain/import/keys.ts'
import type { ReportKind } from '../../../shared/domain/kinds.ts'
import { err, ok, Refusal, type Result } from '../../../shared/result.ts'
import { writeErrors } from '../../spreadsheets/write-errors.ts'
import { bulletinOfFile, bulletinsOf, reportValues } from '../../store/queries/bulletins.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { Row } from '../../store/rows.ts'
import type { Store, WriteTx } from '../../store/store.ts'
import { checkFile, fileHash, mappingId, type Checked, type ImportChoice, type ImportControl, type SourceFile } from './read-workbook.ts'
import { importReport, refusedViews } from './report.ts'
import { putOfficials, putReports, putUnits, reportIdOf } from './store-rows.ts'

export type ImportRequest = { readonly file: SourceFile; readonly choice: ImportChoice; readonly dryRun: boolean; readonly author: string }
/** `errors`: the copy of the workbook with 错误原因, when rows were refused. */
export type ImportDone = { readonly report: ImportReport; readonly errors: { readonly name: string; readonly bytes: Uint8Array } | null }

const emptyReport = (bulletin: Row<'bulletin'>, file: string): ImportReport => ({
  file, kind: bulletin.kind as ImportReport['kind'], period: bulletin.period, sender: bulletin.sender, accepted: 0, skipped: 0, refused: [], refusedTotal: 0, warnings: [],
  duplicateOf: { bulletinId: bulletin.id, file: bulletin.fileName ?? '' }, correctionOf: null, sample: [], columns: [], fields: [], bulletinId: null, errorFile: null,
})

/** The same figures, whatever the order of their keys. */
function sameFigures(stored: string | null, figures: Readonly<Record<string, unknown>>): boolean {
  const before = JSON.parse(stored ?? '{}') as Record<string, unknown>
  const keys = new Set([...Object.keys(before), ...Object.keys(figures)])
  return [...keys].every((key) => (before[key] ?? null) === (figures[key] ?? null))
}

/** What a second file of the same kind and period changes. Rosters are kept up to date, not corrected. */
function correctionOf(db: ReadDb, { recognised, outcome }: Checked): ImportReport['correctionOf'] {
  if (isRoster(recognised.kind) || recognised.period === null) return null
  const [before] = bulletinsOf(db, recognised.kind, recognised.period)
  if (!before) return null
  const values = new Map(reportValues(db, recognised.kind, recognised.period).map((row) => [row.id, row]))
  const counts = { changed: 0, added: 0, equal: 0 }
  const named = new Set<string>()
  for (const row of outcome.accepted) {
    if (row.type !== 'report') continue
    const id = reportIdOf(recognised.kind as ReportKind, recognised.period, row)
    const old = values.get(id)
    named.add(id)
    if (!old) counts.added += 1
    else if (old.remark === row.remark && old.officialId === row.officialId && old.unitId === row.unitId && sameFigures(old.figures, row.figures)) counts.equal += 1
    else counts.changed += 1
  }
  return { bulletinId: before.id, file: before.fileName ?? '', ...counts, absent: [...values.keys()].filter((id) => !named.has(id)).length }
}

function errorCopy(file: SourceFile, { outcome }: Checked): ImportDone['errors'] {
  if (outcome.refused.length === 0) return null
  const reasons = outcome.refused.map((row) => ({ sheet: row.sheet, row: row.row, reason: refusalReasons(row) }))
  const copy = writeErrors(file.bytes, file.name, reasons, outcome.headerRows.map((header) => ({ sheet: header.sheet, row: header.to })))
  return { name: copy.fileName, bytes: copy.bytes }
}

/** FILE_*, KIND_*, PERIOD_UNKNOWN, HEADER_NOT_FOUND, IMPORT_NOTHING, CANCELLED, DISK_*. A file that stands already is told and adds nothing. */
export function importFile(store: Store, request: ImportRequest, control: ImportControl): Result<ImportDone> {
  const { file, choice, dryRun } = request
  const sha256 = fileHash(file.bytes)
  const repeat = store.read((db) => bulletinOfFile(db, sha256))
  if (repeat) return ok({ report: emptyReport(repeat, file.name), errors: null })
  const checked = checkFile(store, file, choice, control)
  if (!checked.ok) return checked
  const { outcome } = checked.value
  if (outcome.accepted.length === 0 && outcome.refused.length === 0) return err('IMPORT_NOTHING', { file: file.name })
  const errors = errorCopy(file, checked.value)
  if (dryRun || outcome.accepted.length === 0) {
    return ok({ report: store.read((db) => importReport(db, file.name, checked.value, { correctionOf: correctionOf(db, checked.value), bulletinId: null })), errors })
  }
  return storeFile(store, request, { ...checked.value, sha256, errors }, control)
}

type ToStore = Checked & { readonly sha256: string; readonly errors: ImportDone['errors'] }

function storeFile(store: Store, request: ImportRequest, checked: ToStore, control: ImportControl): Result<ImportDone> {
  const { file, choice } = request
  // The original is kept first: a row never names a source that is not there.
  store.blobs.put(file.bytes)
  const errorsSha256 = checked.errors && store.blobs.put(checked.errors.bytes)
  control.checkpoint()
  control.report({ step: 'import.storing', fraction: 0.5 })
  const report = store.write({ kind: 'bulletins.import', author: request.author }, (tx) => {
    // Another process may have stored the same file meanwhile.
    if (bulletinOfFile(tx, checked.sha256)) throw new Refusal('STALE')
    const correction = correctionOf(tx, checked)
    const bulletinId = tx.newId()
    putRows(tx, bulletinId, checked, control)
    putBulletin(tx, bulletinId, { request, checked: { ...checked, errorsSha256 }, correctionOf: correction?.bulletinId ?? null })
    if (choice.mapping) {
      const { kind } = checked.recognised
      tx.put('mapping', mappingId(checked.sender, kind), 'value', { sender: checked.sender, kind, columns: choice.mapping })
    }
    return importReport(tx, file.name, checked, { correctionOf: correction, bulletinId })
  })
  return ok({ report, errors: checked.errors })
}

function putRows(tx: WriteTx, bulletinId: string, { recognised, outcome }: Checked, control: ImportControl): void {
  const { kind, period } = recognised
  if (kind === 'units') return putUnits(tx, outcome.accepted)
  const total = outcome.accepted.length
  const onRow = (done: number): void => {
    if (done % 500 !== 0) return
    control.checkpoint()
    control.report({ step: 'import.storing', fraction: 0.5 + (0.5 * done) / total, counts: { rows: done } })
  }
  if (kind === 'officials') putOfficials(tx, outcome.accepted, onRow)
  else putReports(tx, { bulletinId, kind, period }, outcome.accepted, onRow)
}

type BulletinParts = { readonly request: ImportRequest; readonly checked: ToStore & { readonly errorsSha256: string | null }; readonly correctionOf: string | null }

function putBulletin(tx: WriteTx, id: string, { request, checked, correctionOf: corrected }: BulletinParts): void {
  const { recognised, outcome, sender, sha256 } = checked
  tx.put('bulletin', id, 'file', {
    kind: recognised.kind, period: recognised.period, sender, title: recognised.title, fileName: request.file.name, sha256, bytes: request.file.bytes.length, accepted: outcome.accepted.length, skipped: outcome.skipped,
    refused: outcome.refused.length, refusedRows: refusedViews(outcome.refused), errorsSha256: checked.errorsSha256, headerRows: outcome.headerRows, warnings: outcome.warnings.map(warning),
    correctionOf: corrected, importedOn: tx.now, importedBy: request.author,
  })
}

/** Kept as data (code and params), so that the wording may change. */
function warning(one: Checked['outcome']['warnings'][number]): { code: string; params: Record<string, string | number | null> } {
  return { code: one.code, params: { ...one.params } }
}
