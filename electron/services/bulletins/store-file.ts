/** The write of one file: its rows, then the bulletin that they came from. */
import type { ImportReport } from '../../../shared/contract/bulletins.ts'
import { isRoster } from '../../../shared/domain/import/keys.ts'
import type { Recognised } from '../../../shared/domain/import/types.ts'
import { Refusal } from '../../../shared/result.ts'
import { bulletinOfFile } from '../../store/queries/bulletins.ts'
import type { ReadyRow } from '../../store/log/ready-ops.ts'
import type { Store, WriteTx } from '../../store/store.ts'
import { compareWithStanding } from './correction.ts'
import type { ImportDone, ImportRequest } from './import-file.ts'
import { mappingId, type Checked, type ImportControl } from './read-workbook.ts'
import { importReport, refusedViews } from './report.ts'
import { putOfficials, putReport, putUnits, type Batch, type ReportPut } from './store-rows.ts'

/** `kept`: the file lies in the blobs already. */
export type ToStore = Checked & { readonly errors: ImportDone['errors']; readonly kept: boolean }
/** `share`: how much of the file is read, 0–1; `ready`: the ops of row number `at`, written ahead under `bulletinId` of the source. */
export type RowBatch = { readonly rows: readonly ReportPut[]; readonly share: number; readonly ready?: (at: number) => ReadyRow }
/** `batches`: report rows, none of a roster; `end`: the outcome, to be asked for behind the last batch. */
export type RowSource = { readonly bulletinId: string; readonly recognised: Recognised; readonly batches: Iterable<RowBatch>; readonly end: () => ToStore }

/** `open` is asked for the rows within the write. STALE when another process has stored the same file meanwhile; CANCELLED, DISK_*. */
export function storeFile(store: Store, request: ImportRequest, sha256: string, open: (tx: WriteTx) => RowSource, control: ImportControl): ImportDone {
  control.checkpoint()
  return store.write({ kind: 'bulletins.import', author: request.author }, (tx) => {
    const source = open(tx)
    const { kind, period } = source.recognised
    control.report({ step: 'import.storing', fraction: 0.5 })
    if (bulletinOfFile(tx, sha256)) throw new Refusal('STALE')
    const { bulletinId } = source
    const correctionOf = isRoster(kind) ? null : putReports(tx, { bulletinId, kind, period }, source, control)
    const checked = source.end()
    if (isRoster(kind)) putRoster(tx, checked, control)
    // Before the row that names them: it never names a source that is not there.
    if (!checked.kept) store.blobs.put(request.file.bytes)
    const errorsSha256 = checked.errors && store.blobs.put(checked.errors.bytes)
    putBulletin(tx, bulletinId, { request, checked, sha256, errorsSha256, correctionOf: correctionOf?.bulletinId ?? null })
    const { mapping } = request.choice
    if (mapping) tx.put('mapping', mappingId(checked.sender, kind), 'value', { sender: checked.sender, kind, columns: mapping })
    return { report: importReport(tx, request.file.name, checked, { correctionOf, bulletinId }), errors: checked.errors }
  }, control.noReturn)
}

function putReports(tx: WriteTx, batch: Batch, { recognised, batches }: RowSource, control: ImportControl): ImportReport['correctionOf'] {
  const comparison = compareWithStanding(tx, recognised)
  let rows = 0
  for (const { rows: puts, share, ready } of batches) {
    for (const [at, row] of puts.entries()) putReport(tx, batch, row, comparison.see(row), ready?.(at))
    rows += puts.length
    control.checkpoint()
    control.report({ step: 'import.storing', fraction: 0.5 + 0.5 * share, counts: { rows } })
  }
  return comparison.result()
}

function putRoster(tx: WriteTx, { recognised, outcome }: Checked, control: ImportControl): void {
  if (recognised.kind === 'units') return putUnits(tx, outcome.accepted)
  const total = outcome.accepted.length
  putOfficials(tx, outcome.accepted, (done) => {
    if (done % 500 !== 0) return
    control.checkpoint()
    control.report({ step: 'import.storing', fraction: 0.5 + (0.5 * done) / total, counts: { rows: done } })
  })
}

type BulletinParts = { readonly request: ImportRequest; readonly checked: Checked; readonly sha256: string; readonly errorsSha256: string | null; readonly correctionOf: string | null }

function putBulletin(tx: WriteTx, id: string, { request, checked, sha256, errorsSha256, correctionOf }: BulletinParts): void {
  const { recognised, outcome, sender, accepted } = checked
  tx.put('bulletin', id, 'file', {
    kind: recognised.kind, period: recognised.period, sender, title: recognised.title, fileName: request.file.name, sha256, bytes: request.file.bytes.length, accepted, skipped: outcome.skipped,
    refused: outcome.refused.length, refusedRows: refusedViews(outcome.refused), errorsSha256, headerRows: outcome.headerRows, warnings: outcome.warnings.map(warning),
    correctionOf, importedOn: tx.now, importedBy: request.author,
  })
}

/** Kept as data (code and params), so that the wording may change. */
function warning(one: Checked['outcome']['warnings'][number]): { code: string; params: Record<string, string | number | null> } {
  return { code: one.code, params: { ...one.params } }
}
