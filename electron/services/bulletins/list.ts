/** The list of imported files, one of them, its workbooks, and who has not yet reported. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { periodType } from '../../../shared/domain/import/columns.ts'
import { isRoster } from '../../../shared/domain/import/keys.ts'
import { warningText } from '../../../shared/domain/import/text.ts'
import type { ImportWarning } from '../../../shared/domain/import/types.ts'
import { importKinds, type ImportKind } from '../../../shared/domain/kinds.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { REASON_HEADER } from '../../spreadsheets/reasons.ts'
import { bulletinListRow, bulletinPage, bulletinsOf, reportCountOf, unitsMissing, type BulletinListRow } from '../../store/queries/bulletins.ts'
import type { ReadDb } from '../../store/read-db.ts'
import { rowById } from '../../store/rows.ts'
import type { OpenContext } from '../context.ts'
import { mimeOf } from '../file-desk.ts'

type BulletinView = OutputOf<'bulletins.list'>['items'][number]

function view({ sortValue: _, undone, ...row }: BulletinListRow): BulletinView {
  return { ...row, kind: row.kind as ImportKind, undone: undone === 1 }
}

export function listBulletins(input: ParsedOf<'bulletins.list'>, { store }: OpenContext): Result<OutputOf<'bulletins.list'>> {
  const page = store.read((db) => bulletinPage(db, input))
  return ok({ ...page, items: page.items.map(view) })
}

type RefusedRows = OutputOf<'bulletins.get'>['refusedRows']

export function getBulletin(input: { readonly id: string }, { store }: OpenContext): Result<OutputOf<'bulletins.get'>> {
  return store.read((db) => {
    const row = bulletinListRow(db, input.id)
    const whole = rowById(db, 'bulletin', input.id)
    if (!row || !whole) return err('NOT_FOUND', { what: 'bulletin' })
    return ok({
      ...view(row), refusedRows: (whole.refusedRows as RefusedRows | null) ?? [], warnings: ((whole.warnings as ImportWarning[] | null) ?? []).map(warningText),
      sha256: whole.sha256 ?? '', bytes: whole.bytes ?? 0, undoable: whole.undone !== true,
    })
  })
}

/** The original as it came, or its copy with the reasons; both are kept. */
export function bulletinFile(input: ParsedOf<'bulletins.file'>, { store, files }: OpenContext): Result<OutputOf<'bulletins.file'>> {
  const row = store.read((db) => rowById(db, 'bulletin', input.id))
  if (!row?.sha256) return err('NOT_FOUND', { what: 'bulletin' })
  const bytes = store.blobs.get(row.sha256)
  const name = row.fileName ?? '通报'
  if (input.which === 'source') return ok({ file: files.offer({ name, mime: mimeOf(name), bytes }), name })
  if (!row.errorsSha256) return err('NOT_FOUND', { what: 'errors' })
  const dot = name.lastIndexOf('.')
  const copy = `${dot < 0 ? name : name.slice(0, dot)}-${REASON_HEADER}${dot < 0 ? '' : name.slice(dot)}`
  return ok({ file: files.offer({ name: copy, mime: mimeOf(copy), bytes: store.blobs.get(row.errorsSha256) }), name: copy })
}

/** The month or year before: who reported then and not now is missing. */
function periodBefore(period: string): string {
  const [year = 0, month] = period.split('-').map(Number)
  if (month === undefined) return String(year - 1)
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
}

type BoardRow = OutputOf<'bulletins.board'>[number]

/** A monthly kind is asked for in the month, a yearly one in its year: in 2026-06 the assessment of 2025 is due. */
export function boardOf(db: ReadDb, period: string): BoardRow[] {
  return importKinds.filter((kind) => !isRoster(kind)).flatMap((kind) => {
    const yearly = periodType(kind) === 'year'
    if (period.length === 4 && !yearly) return []
    const own = yearly && period.length > 4 ? String(Number(period.slice(0, 4)) - 1) : period
    const standing = bulletinsOf(db, kind, own)
    const [newest] = standing
    return [{
      kind, period: own, bulletinId: newest?.id ?? null, rows: reportCountOf(db, kind, own), refused: newest?.refused ?? 0, importedOn: newest?.importedOn ?? null,
      corrections: standing.filter((one) => one.correctionOf !== null).length,
      unitsMissing: newest && (kind === 'investment' || kind === 'air') ? unitsMissing(db, kind, own, periodBefore(own)) : [],
    }]
  })
}

export function bulletinBoard(input: { readonly period: string }, { store }: OpenContext): Result<BoardRow[]> {
  return ok(store.read((db) => boardOf(db, input.period)))
}
