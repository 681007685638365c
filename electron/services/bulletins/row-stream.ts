/**
 * A big file is read and checked in one thread while another stores its rows. What goes over: first what the file is, then its rows in batches, then the
 * rest of the outcome; or at any time `whole`: all of the check at once, and what came before counts as nothing.
 */
import { isRoster } from '../../../shared/domain/import/keys.ts'
import type { AcceptedRow, Recognised, ReportRow } from '../../../shared/domain/import/types.ts'
import { err, Refusal, type Result } from '../../../shared/result.ts'
import { makeReadyOps, type ReadyOps } from '../../store/log/ready-ops.ts'
import type { SqlValue } from '../../store/read-db.ts'
import { columnsOf } from '../../store/registers.ts'
import type { Store } from '../../store/store.ts'
import { checkFile, type Checked, type ImportControl } from './read-workbook.ts'
import type { ImportRequest } from './import-file.ts'
import { registersOf, reportPut, type ReportPut } from './store-rows.ts'
import { readingShare } from './two-readings.ts'

/** Reports as new rows: ids, cells in the order of Table.columns, ops. `share`: how much of the file is read, 0–1. */
export type ReadyReports = { readonly ids: readonly string[]; readonly cells: readonly (readonly SqlValue[])[]; readonly ops: ReadyOps; readonly share: number }
export type StreamMessage =
  | { readonly type: 'begin'; readonly recognised: Recognised; readonly bulletinId: string }
  | ({ readonly type: 'rows' } & ReadyReports)
  /** `outcome.accepted` holds the first rows only; the file itself lies in the blobs. */
  | { readonly type: 'end'; readonly checked: Checked }
  | { readonly type: 'whole'; readonly checked: Result<Checked> }

const batchRows = 250
/** Kept for the preview. */
const sampleRows = 20

const [unitAt, officialAt, itemAt, figuresAt, remarkAt, sheetAt, sheetRowAt] = (['unitId', 'officialId', 'item', 'figures', 'remark', 'sheet', 'sheetRow'] as const).map((name) => columnsOf('report').indexOf(name)) as [number, number, number, number, number, number, number]

export function reportsOf({ ids, cells }: ReadyReports): readonly ReportPut[] {
  return ids.map((id, at) => {
    const of = cells[at]!
    return {
      id, unitId: of[unitAt] as string, officialId: of[officialAt] as string | null, item: of[itemAt] as string | null, figures: of[figuresAt] as string, remark: of[remarkAt] as string | null,
      sheet: of[sheetAt] as string | null, sheetRow: of[sheetRowAt] as number,
    }
  })
}

/** The reading side. What a file is refused for goes over as well. `bulletinId`: of the file's row, should it be stored. */
export function streamRows(store: Store, { file, choice }: ImportRequest, bulletinId: string, control: ImportControl, send: (message: StreamMessage) => void): void {
  let share = 0
  let begun = false
  let count = 0
  const sample: AcceptedRow[] = []
  const ops = makeReadyOps('report')
  let ids: string[] = []
  let cells: SqlValue[][] = []
  const post = (): void => {
    if (ids.length > 0) send({ type: 'rows', ids, cells, ops: ops.take(), share })
    ids = []
    cells = []
  }
  const report: ImportControl['report'] = (progress) => {
    if (typeof progress.fraction === 'number') share = Math.min(1, progress.fraction / readingShare)
    // Once rows go over, the storing side tells how far it is.
    if (!begun) control.report(progress)
  }
  const onBig = (recognised: Recognised): ((row: AcceptedRow) => void) | null => {
    const { kind, period } = recognised
    if (isRoster(kind)) return null
    return (row) => {
      if (!begun) send({ type: 'begin', recognised, bulletinId })
      begun = true
      if (sample.length < sampleRows) sample.push(row)
      const put = reportPut(kind, period, row as ReportRow)
      ids.push(put.id)
      cells.push(ops.add(put.id, registersOf({ bulletinId, kind, period }, put, 0)))
      count += 1
      if (ids.length === batchRows) post()
    }
  }
  const checked = refusalsAsResult(() => {
    const read = checkFile(store, file, choice, { ...control, report }, onBig)
    // Here, where there is time for it: the storing side is behind.
    if (read.ok && read.value.passedOn) store.blobs.put(file.bytes)
    return read
  })
  if (!checked.ok || !checked.value.passedOn) return send({ type: 'whole', checked })
  post()
  send({ type: 'end', checked: { ...checked.value, accepted: count, outcome: { ...checked.value.outcome, accepted: sample } } })
}

function refusalsAsResult<T>(work: () => Result<T>): Result<T> {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) return err(error.code, error.params)
    throw error
  }
}
