/** The offices' own templates: checked, kept in versions, tried, and put in the place of a built-in paper. */
import { TemplateHandler } from 'easy-template-x'
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import type { LetterType } from '../../../shared/domain/letters/types.ts'
import { attempt, ok, Refusal, type Result } from '../../../shared/result.ts'
import { accountName } from '../../store/queries/letter-parts.ts'
import { storedTemplates } from '../../store/queries/templates.ts'
import type { ReadDb } from '../../store/read-db.ts'
import { rowById, type Row } from '../../store/rows.ts'
import type { Blobs } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import { mimeOf } from '../file-desk.ts'
import { checkTemplate } from './template-check.ts'
import { placesOf, sampleValues, type PlaceValues } from './template-places.ts'

type Listed = OutputOf<'templates.list'>[number]

function rowOf(db: ReadDb, row: Row<'template'>, blobs: Blobs): Listed {
  return {
    id: row.id, type: row.type as LetterType, version: row.version ?? 0, fileName: row.fileName ?? '', note: row.note, active: row.active === true, addedOn: row.addedOn ?? 0, addedBy: accountName(db, row.addedBy) ?? '',
    missing: row.sha256 === null || !blobs.has(row.sha256),
  }
}

/** Refusal NOT_FOUND. */
function templateOf(db: ReadDb, id: string): Row<'template'> {
  const row = rowById(db, 'template', id)
  if (row === undefined || row.sha256 === null) throw new Refusal('NOT_FOUND', { what: 'template' })
  return row
}

/** The template that new letters of the type are made with; null: the built-in one. Two active ones (two machines) count as the newer version. */
export function activeTemplate(db: ReadDb, type: string): string | null {
  return storedTemplates(db).find((row) => row.type === type && row.active === true)?.id ?? null
}

/** The bytes of the template `id`, which may be an older version. NOT_FOUND, ATTACHMENT_MISSING. */
export function templateBytes(db: ReadDb, blobs: Blobs, id: string): Uint8Array {
  return blobs.get(templateOf(db, id).sha256 ?? '')
}

export async function fillTemplate(template: Uint8Array, values: PlaceValues): Promise<Uint8Array> {
  return new Uint8Array(await new TemplateHandler().process(Buffer.from(template), values as Record<string, string>))
}

export function listTemplates({ store }: OpenContext): Result<OutputOf<'templates.list'>> {
  return ok(store.read((db) => storedTemplates(db).map((row) => rowOf(db, row, store.blobs))))
}

export function listPlaces({ type }: ParsedOf<'templates.places'>): Result<OutputOf<'templates.places'>> {
  return ok([...placesOf(type)])
}

export function checkUpload({ type, file }: ParsedOf<'templates.check'>, { files }: OpenContext): Result<OutputOf<'templates.check'>> {
  const taken = files.take(file)
  return taken.ok ? attempt(() => checkTemplate(type, taken.value.name, taken.value.bytes)) : taken
}

/** TEMPLATE_REFUSED {problems}, and all of `checkTemplate`. A trial is filled before it is stored: a file that cannot be filled is FILE_DAMAGED. */
export async function uploadTemplate({ type, file, note }: ParsedOf<'templates.upload'>, { files, store, account }: OpenContext): Promise<Result<OutputOf<'templates.upload'>>> {
  const taken = files.take(file)
  if (!taken.ok) return taken
  const { name, bytes } = taken.value
  const checked = attempt(() => {
    const { problems } = checkTemplate(type, name, bytes)
    if (problems.length > 0) throw new Refusal('TEMPLATE_REFUSED', { file: name, problems: problems.map((one) => one.text).slice(0, 20) })
  })
  if (!checked.ok) return checked
  try {
    await fillTemplate(bytes, sampleValues(type))
  } catch {
    return { ok: false, error: { code: 'FILE_DAMAGED', params: { file: name } } }
  }
  return attempt(() => {
    const sha256 = store.blobs.put(bytes)
    return store.write({ kind: 'templates.upload', author: account.id, ...(note ? { note } : {}) }, (tx) => {
      const version = Math.max(0, ...storedTemplates(tx).filter((row) => row.type === type).map((row) => row.version ?? 0)) + 1
      const id = tx.newId()
      tx.put('template', id, 'file', { type, version, fileName: name, sha256, note: note ?? null, addedOn: tx.now, addedBy: account.id })
      tx.put('template', id, 'state', { active: false })
      return rowOf(tx, templateOf(tx, id), store.blobs)
    })
  })
}

export async function trialTemplate({ id }: ParsedOf<'templates.trial'>, { store, files }: OpenContext): Promise<Result<OutputOf<'templates.trial'>>> {
  const read = attempt(() => store.read((db) => ({ row: templateOf(db, id), bytes: templateBytes(db, store.blobs, id) })))
  if (!read.ok) return read
  const { row, bytes } = read.value
  const name = `试打-${row.fileName ?? ''}`
  return ok({ file: files.offer({ name, mime: mimeOf(name), bytes: await fillTemplate(bytes, sampleValues(row.type as LetterType)) }), name })
}

export function templateFile({ id }: ParsedOf<'templates.file'>, { store, files }: OpenContext): Result<OutputOf<'templates.file'>> {
  return attempt(() => store.read((db) => {
    const name = templateOf(db, id).fileName ?? ''
    return { file: files.offer({ name, mime: mimeOf(name), bytes: templateBytes(db, store.blobs, id) }), name }
  }))
}

export function activateTemplate({ id }: ParsedOf<'templates.activate'>, { store, account }: OpenContext): Result<OutputOf<'templates.activate'>> {
  return attempt(() => store.write({ kind: 'templates.activate', author: account.id }, (tx) => {
    const chosen = templateOf(tx, id)
    templateBytes(tx, store.blobs, id)
    for (const row of storedTemplates(tx)) if (row.type === chosen.type) tx.put('template', row.id, 'state', { active: row.id === id })
    return rowOf(tx, templateOf(tx, id), store.blobs)
  }))
}

/** Back to the built-in paper; the versions stay. */
export function resetTemplate({ type }: ParsedOf<'templates.reset'>, { store, account }: OpenContext): Result<OutputOf<'templates.reset'>> {
  return attempt(() => store.write({ kind: 'templates.reset', author: account.id }, (tx) => {
    for (const row of storedTemplates(tx)) if (row.type === type) tx.put('template', row.id, 'state', { active: false })
    return {}
  }))
}
