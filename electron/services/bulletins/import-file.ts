/** One file into the record, in one write: whole or not at all. Runs in the worker of electron/jobs. */
import type { ImportReport } from '../../../shared/contract/bulletins.ts'
import { refusalReasons } from '../../../shared/domain/import/text.ts'
import { isRoster } from '../../../shared/domain/import/keys.ts'
import type { AcceptedRow, ReportRow } from '../../../shared/domain/import/types.ts'
import type { ReportKind } from '../../../shared/domain/kinds.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { writeErrors } from '../../spreadsheets/write-errors.ts'
import { bulletinOfFile } from '../../store/queries/bulletins.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { Row } from '../../store/rows.ts'
import type { Store, WriteTx } from '../../store/store.ts'
import { compareWithStanding } from './correction.ts'
import { checkFile, fileHash, type Checked, type ImportChoice, type ImportControl, type SourceFile } from './read-workbook.ts'
import { importReport } from './report.ts'
import { reportsOf, type StreamMessage } from './row-stream.ts'
import { storeFile, type RowBatch, type RowSource, type ToStore } from './store-file.ts'
import { reportPut } from './store-rows.ts'

export type ImportRequest = { readonly file: SourceFile; readonly choice: ImportChoice; readonly dryRun: boolean; readonly author: string }
/** `errors`: the copy of the workbook with 错误原因, when rows were refused. */
export type ImportDone = { readonly report: ImportReport; readonly errors: { readonly name: string; readonly bytes: Uint8Array } | null }

const emptyReport = (bulletin: Row<'bulletin'>, file: string): ImportReport => ({
  file, kind: bulletin.kind as ImportReport['kind'], period: bulletin.period, sender: bulletin.sender, accepted: 0, skipped: 0, refused: [], refusedTotal: 0, warnings: [],
  duplicateOf: { bulletinId: bulletin.id, file: bulletin.fileName ?? '' }, correctionOf: null, sample: [], columns: [], fields: [], bulletinId: null, errorFile: null,
})

function errorCopy(file: SourceFile, { outcome }: Checked): ImportDone['errors'] {
  if (outcome.refused.length === 0) return null
  const reasons = outcome.refused.map((row) => ({ sheet: row.sheet, row: row.row, reason: refusalReasons(row) }))
  const copy = writeErrors(file.bytes, file.name, reasons, outcome.headerRows.map((header) => ({ sheet: header.sheet, row: header.to })))
  return { name: copy.fileName, bytes: copy.bytes }
}

function* batchesOf(kind: ReportKind, period: string | null, rows: readonly AcceptedRow[]): IterableIterator<RowBatch> {
  const size = 1_000
  for (let from = 0; from < rows.length; from += size) {
    const puts = rows.slice(from, from + size).map((row) => reportPut(kind, period, row as ReportRow))
    yield { rows: puts, share: Math.min(1, (from + size) / rows.length) }
  }
}

/**
 * FILE_*, KIND_*, PERIOD_UNKNOWN, HEADER_NOT_FOUND, IMPORT_NOTHING, CANCELLED, DISK_*. A file that stands already is told and adds nothing.
 * `next`: what a second thread says that reads the file (row-stream.ts); without it the file is read here.
 */
export function importFile(store: Store, request: ImportRequest, control: ImportControl, next?: () => StreamMessage): Result<ImportDone> {
  const { file, choice } = request
  const sha256 = fileHash(file.bytes)
  const repeat = store.read((db) => bulletinOfFile(db, sha256))
  if (repeat) return ok({ report: emptyReport(repeat, file.name), errors: null })
  return next ? importStream(store, request, sha256, next, control) : importWhole(store, request, sha256, checkFile(store, file, choice, control), control)
}

/** With all accepted rows at hand. */
function importWhole(store: Store, request: ImportRequest, sha256: string, read: Result<Checked>, control: ImportControl): Result<ImportDone> {
  if (!read.ok) return read
  const { file } = request
  const checked = read.value
  const { recognised, outcome } = checked
  const { kind, period } = recognised
  if (outcome.accepted.length === 0 && outcome.refused.length === 0) return err('IMPORT_NOTHING', { file: file.name })
  const batches = (): Iterable<RowBatch> => (isRoster(kind) ? [] : batchesOf(kind, period, outcome.accepted))
  const errors = errorCopy(file, checked)
  if (!request.dryRun && outcome.accepted.length > 0) return ok(storeFile(store, request, sha256, (tx) => ({ bulletinId: tx.newId(), recognised, batches: batches(), end: () => ({ ...checked, errors, kept: false }) }), control))
  return ok({ report: store.read((db) => importReport(db, file.name, checked, { correctionOf: wouldCorrect(db, checked, batches()), bulletinId: null })), errors })
}

function wouldCorrect(db: ReadDb, { recognised }: Checked, batches: Iterable<RowBatch>): ImportReport['correctionOf'] {
  if (isRoster(recognised.kind)) return null
  const comparison = compareWithStanding(db, recognised)
  for (const { rows } of batches) for (const row of rows) comparison.see(row)
  return comparison.result()
}

/** Thrown to take a write back whose rows count for nothing after all: the file is no big one, or its end told something else than its beginning. */
class ReadOtherwise extends Error {
  readonly checked: Result<Checked>
  constructor(checked: Result<Checked>) {
    super('the file reads otherwise')
    this.checked = checked
  }
}

function importStream(store: Store, request: ImportRequest, sha256: string, next: () => StreamMessage, control: ImportControl): Result<ImportDone> {
  let last: ToStore | undefined
  function expect<T extends StreamMessage['type']>(message: StreamMessage, ...types: readonly T[]): StreamMessage & { readonly type: T } {
    if (message.type === 'whole') throw new ReadOtherwise(message.checked)
    if (!types.includes(message.type as T)) throw new Error(`the reading thread says ${message.type}`)
    return message as StreamMessage & { readonly type: T }
  }
  function* batches(): IterableIterator<RowBatch> {
    for (;;) {
      const message = expect(next(), 'rows', 'end')
      if (message.type === 'end') return void (last = { ...message.checked, errors: errorCopy(request.file, message.checked), kept: true })
      yield { ...message, rows: reportsOf(message), ready: (at) => ({ cells: message.cells[at]!, ops: message.ops, at }) }
    }
  }
  const open = (tx: WriteTx): RowSource => {
    // While the other thread unpacks the file.
    tx.readAhead()
    const { recognised, bulletinId } = expect(next(), 'begin')
    return { recognised, bulletinId, batches: batches(), end: () => last! }
  }
  try {
    return ok(storeFile(store, request, sha256, open, control))
  } catch (error) {
    if (error instanceof ReadOtherwise) return importWhole(store, request, sha256, error.checked, control)
    throw error
  }
}
