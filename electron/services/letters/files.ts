/** Many letters as one file, the register as a workbook or a Word table, scans of replies. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { draftTexts } from '../../../shared/letter/draft-texts.ts'
import { registerTexts } from '../../../shared/letter/form-texts.ts'
import { layoutRegister } from '../../../shared/letter/papers/register.ts'
import { attempt, err, ok, Refusal, type Result } from '../../../shared/result.ts'
import { safeFileName } from '../../../shared/text/fileName.ts'
import { layoutToDocx } from '../../documents/docx.ts'
import { runInWorker } from '../../jobs/host.ts'
import type { LetterFilesInput, LetterFilesOutput } from '../../jobs/letter-files-job.ts'
import { writeTable, type Table, type TableColumn } from '../../spreadsheets/write-table.ts'
import { letterRows, registerRows } from '../../store/queries/letters.ts'
import { unitById } from '../../store/queries/letter-parts.ts'
import { rowById } from '../../store/rows.ts'
import type { LetterRow } from '../../../shared/contract/letter-schemas.ts'
import type { OpenContext } from '../context.ts'
import { mimeOf } from '../file-desk.ts'
import { typeName } from './papers.ts'
import { officeOf, toLetterRow } from './rows.ts'

const filesKind = 'letterFiles'
/** 2,000 papers of some 12 KB: far below. */
const filesMemoryMb = 768

/** NOT_FOUND at once for an unknown letter; the rest is the job's. */
export function startLetterFiles({ ids }: ParsedOf<'letters.files'>, { store, jobs, env, account, workerKey }: OpenContext): Result<OutputOf<'letters.files'>> {
  const distinct = [...new Set(ids)]
  if (store.read((db) => letterRows(db, distinct)).length !== distinct.length) return err('NOT_FOUND', { what: 'letter' })
  const input: LetterFilesInput = { dir: env.dataDir, key: workerKey, ids: distinct, account, today: env.today() }
  return ok({ job: jobs.start(filesKind, (control) => runInWorker<LetterFilesInput, LetterFilesOutput>(filesKind, input, control, { timeMs: null, memoryMb: filesMemoryMb, now: env.now() })) })
}

export function letterFilesResult({ job }: ParsedOf<'letters.filesResult'>, { jobs, files, env }: OpenContext): Result<OutputOf<'letters.filesResult'>> {
  const done = jobs.result<LetterFilesOutput>(job, filesKind)
  if (!done.ok) return done
  const name = safeFileName(draftTexts.batch(env.today(), done.value.count), 'zip')
  return ok({ file: files.offer({ name, mime: mimeOf(name), bytes: done.value.bytes }), name, count: done.value.count })
}

/** Width in characters and kind of the 16 columns of the 台账 (registerTexts.head). */
const shapes: readonly (readonly [number, TableColumn['kind']])[] = [
  [6, 'number'], [22, 'text'], [12, 'text'], [22, 'text'], [10, 'text'], [18, 'text'], [36, 'text'], [10, 'text'], [12, 'date'], [12, 'date'], [12, 'date'], [12, 'date'], [9, 'number'], [14, 'text'], [12, 'date'], [24, 'text'],
]
const columns: readonly TableColumn[] = registerTexts.head.map((header, index) => ({ header, width: shapes[index]?.[0] ?? 12, kind: shapes[index]?.[1] ?? 'text' }))

/** A withdrawn letter keeps its line and says so; one under 复核 says how that stands. */
function remarkOf(row: LetterRow): string | null {
  if (row.state === 'void') return draftTexts.voided(row.voidReason ?? '')
  if (row.recheckDue !== null) return draftTexts.recheckOpen
  return row.recheckOutcome === null ? null : draftTexts.rechecked(row.recheckOutcome)
}

function tableOf(rows: readonly LetterRow[]): Table {
  return {
    name: draftTexts.register, columns,
    rows: rows.map((row, index) => [
      index + 1, row.number, typeName(row.type), row.unit, row.official, row.post, row.cause, row.issuedBy, row.issuedOn, row.deliveredOn, row.replyDue, row.repliedOn, row.overdueDays, row.conclusion, row.closedOn, remarkOf(row),
    ]),
  }
}

/** 台账 of issued letters in the order of their numbers, withdrawn ones marked. NOT_FOUND for an unknown unit. */
export async function letterRegister({ year, unitId, as, size }: ParsedOf<'letters.register'>, context: OpenContext): Promise<Result<OutputOf<'letters.register'>>> {
  const read = attempt(() => context.store.read((db) => {
    const office = officeOf(db, context)
    const unit = unitId ? unitById(db, unitId) : undefined
    if (unitId && unit === undefined) throw new Refusal('NOT_FOUND', { what: 'unit' })
    return { organ: office.settings.organ, unit: unit?.name ?? null, rows: registerRows(db, { year: year ?? null, unitId: unitId ?? null }).map((row) => toLetterRow(row, office.today)) }
  }))
  if (!read.ok) return read
  const { organ, unit, rows } = read.value
  const name = safeFileName([draftTexts.register, ...(year ? [draftTexts.year(year)] : []), ...(unit === null ? [] : [unit]), ...(as === 'docx' && size === 'A3' ? [size] : [])].join('-'), as)
  const bytes = as === 'xlsx' ? writeTable([tableOf(rows)]) : await layoutToDocx(layoutRegister({
    organ, year: year ? String(year) : yearsOf(rows),
    rows: rows.map((row) => ({
      number: row.number ?? '', type: typeName(row.type), unit: row.unit, name: row.official, post: row.post, matter: row.cause, issuer: row.issuedBy, issuedOn: row.issuedOn, deliveredOn: row.deliveredOn, dueOn: row.replyDue,
      repliedOn: row.repliedOn, overdueDays: row.overdueDays, conclusion: row.conclusion, closedOn: row.closedOn, remark: remarkOf(row),
    })),
  }, size ?? 'A4'))
  return ok({ file: context.files.offer({ name, mime: mimeOf(name), bytes }), name })
}

function yearsOf(rows: readonly LetterRow[]): string {
  const years = rows.flatMap((row) => (row.issuedOn === null ? [] : [row.issuedOn.slice(0, 4)])).sort()
  const [first, last] = [years[0] ?? '', years.at(-1) ?? '']
  return first === last ? first : `${first}—${last}`
}

/** NOT_FOUND, ATTACHMENT_MISSING (附件未到), DATA_DAMAGED. */
export function attachmentFile({ id }: ParsedOf<'attachments.file'>, { store, files }: OpenContext): Result<OutputOf<'attachments.file'>> {
  return attempt(() => {
    const row = store.read((db) => rowById(db, 'attachment', id))
    if (row === undefined || row.sha256 === null) throw new Refusal('NOT_FOUND', { what: 'attachment' })
    const name = row.fileName ?? ''
    return { file: files.offer({ name, mime: row.mime ?? mimeOf(name), bytes: store.blobs.get(row.sha256) }), name }
  })
}
