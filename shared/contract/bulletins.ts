/** 通报: import with preview, errors, undo; the reports in them; who has not yet reported. */
import { z } from 'zod'
import { refusalCodes } from '../domain/kinds.ts'
import { count, direction, fileToken, id, importKind, jobId, millis, nothing, pageOf, paging, period, query, reason, shortText, started } from './common.ts'
import { defineEntry } from './define.ts'
import { reportRow } from './report-schemas.ts'

/** Columns by hand: the column's `key` in the report → a field of its kind, or null for a column that is left out. Remembered for the sender. */
const columnMapping = z.record(z.string().max(200), z.string().max(60).nullable())

/**
 * Reads one file in a worker. `dryRun` stores nothing. Its report by `bulletins.importResult`.
 * `kind`, `period`, `mapping` override what is recognised; a kind and period already reported become a correction (更正).
 */
export const bulletinsImport = defineEntry({
  name: 'bulletins.import',
  input: z.strictObject({ file: fileToken, kind: importKind.nullish(), period: period.nullish(), sender: shortText.nullish(), mapping: columnMapping.nullish(), dryRun: z.boolean() }),
  output: started,
  access: ['enter'],
})

export const refusedCell = z.strictObject({ code: z.enum(refusalCodes), column: z.string().nullable(), header: z.string().nullable(), text: z.string(), reason: z.string() })
export const refusedRow = z.strictObject({ sheet: z.string().nullable(), row: z.int(), codes: z.array(z.enum(refusalCodes)), cells: z.array(refusedCell), raw: z.array(z.string()) })

export const importReport = z.strictObject({
  file: z.string(), kind: importKind, period: z.string().nullable(), sender: z.string().nullable(), accepted: count, skipped: count,
  refused: z.array(refusedRow), refusedTotal: count, warnings: z.array(z.string()),
  /** The bulletin that this very file was imported as before (same SHA-256). */
  duplicateOf: z.strictObject({ bulletinId: id, file: z.string() }).nullable(),
  /** The bulletin of the same kind and period that this one corrects, with how many rows change, are new, or are not named again. */
  correctionOf: z.strictObject({ bulletinId: id, file: z.string(), changed: count, added: count, equal: count, absent: count }).nullable(),
  /** First accepted rows for the preview. */
  sample: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  columns: z.array(z.strictObject({ column: z.string(), header: z.string(), key: z.string(), field: z.string().nullable() })),
  /** The fields of the kind, for choosing a column by hand. */
  fields: z.array(z.strictObject({ field: z.string(), label: z.string() })),
  bulletinId: id.nullable(),
  /** A copy of the workbook with the reasons, when rows were refused. */
  errorFile: fileToken.nullable(),
})
export type ImportReport = z.infer<typeof importReport>
export const bulletinsImportResult = defineEntry({ name: 'bulletins.importResult', input: z.strictObject({ job: jobId }), output: importReport, access: ['enter'] })

const bulletinRow = z.strictObject({
  id, kind: importKind, period: z.string().nullable(), sender: z.string().nullable(), fileName: z.string(), accepted: count, skipped: count, refused: count,
  importedOn: millis, importedBy: z.string(), correctionOf: id.nullable(), undone: z.boolean(), undoReason: z.string().nullable(),
})
export const bulletinsList = defineEntry({
  name: 'bulletins.list',
  input: z.strictObject({ ...paging, kind: importKind.nullish(), period: period.nullish(), direction: direction.default('desc') }),
  output: pageOf(bulletinRow),
  access: 'session',
})
export const bulletinsGet = defineEntry({
  name: 'bulletins.get',
  input: z.strictObject({ id }),
  output: bulletinRow.extend({ refusedRows: z.array(refusedRow), warnings: z.array(z.string()), sha256: z.string(), bytes: count, undoable: z.boolean() }),
  access: 'session',
})
/** Takes the whole batch back: rows that it made go, rows that it corrected get their earlier value again. */
export const bulletinsUndo = defineEntry({ name: 'bulletins.undo', input: z.strictObject({ id, reason }), output: z.strictObject({ reports: count }), access: ['enter', 'admin'] })
/** The original workbook, or its copy with 错误原因. */
export const bulletinsFile = defineEntry({ name: 'bulletins.file', input: z.strictObject({ id, which: z.enum(['source', 'errors']) }), output: z.strictObject({ file: fileToken, name: z.string() }), access: 'session' })

export const bulletinsBoard = defineEntry({
  name: 'bulletins.board',
  input: z.strictObject({ period }),
  output: z.array(z.strictObject({ kind: importKind, period: z.string(), bulletinId: id.nullable(), rows: count, refused: count, unitsMissing: z.array(z.string()), importedOn: millis.nullable(), corrections: count })),
  access: 'session',
})

export const reportsList = defineEntry({
  name: 'reports.list',
  input: z.strictObject({
    ...paging, query: query.nullish(), kind: z.string().max(20).nullish(), period: period.nullish(), unitId: id.nullish(), officialId: id.nullish(), bulletinId: id.nullish(), direction: direction.default('desc'),
  }),
  output: pageOf(reportRow),
  access: 'session',
})
/** One report with its versions (corrections), newest first. */
export const reportsGet = defineEntry({
  name: 'reports.get',
  input: z.strictObject({ id }),
  output: z.strictObject({ current: reportRow, versions: z.array(reportRow.extend({ at: millis, author: z.string(), fileName: z.string().nullable() })) }),
  access: 'session',
})
export const reportsPeriods = defineEntry({ name: 'reports.periods', input: nothing, output: z.array(z.string()), access: 'session' })
