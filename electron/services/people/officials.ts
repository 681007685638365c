/** Officials and their posts: a person has a stable id, a name is not an id, and namesakes are never merged silently. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { err, ok, Refusal, type Result } from '../../../shared/result.ts'
import { checkName } from '../../../shared/text/names.ts'
import { inUnitByName, joinedInto, namesakesOf, officialListRow, officialPage, postsOf } from '../../store/queries/people.ts'
import { lettersOfOfficial } from '../../store/queries/letters.ts'
import { reportsOfOfficial } from '../../store/queries/reports.ts'
import { rowById, type Row } from '../../store/rows.ts'
import type { WriteTx } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import { toLetterRow } from '../letters/rows.ts'
import { officialView, type OfficialView } from './views.ts'

export function listOfficials(input: ParsedOf<'officials.list'>, { store }: OpenContext): Result<OutputOf<'officials.list'>> {
  const page = store.read((db) => officialPage(db, input))
  return ok({ ...page, items: page.items.map(officialView) })
}

/** One page about one person: awards and results beside letters. What stood under a joined twin is shown here too. */
export function getOfficial(input: { readonly id: string }, { store, env }: OpenContext): Result<OutputOf<'officials.get'>> {
  return store.read((db) => {
    const row = officialListRow(db, input.id)
    const official = rowById(db, 'official', input.id)
    if (!row || !official) return err('NOT_FOUND', { what: 'official' })
    const joined = joinedInto(db, input.id)
    const ids = [input.id, ...joined.map((one) => one.id)]
    const reports = ids.flatMap((id) => reportsOfOfficial(db, id))
    return ok({
      ...officialView(row), phone: official.phone, note: official.note,
      posts: ids.flatMap((id) => postsOf(db, id)).map((post) => ({
        id: post.id, unitId: post.unitId ?? '', unit: post.unitName ?? '', title: post.title, rank: post.rank, isHead: post.isHead === true, portfolio: post.portfolio, since: post.since, until: post.until,
      })),
      awards: reports.filter((report) => report.kind === 'awards'), reports: reports.filter((report) => report.kind !== 'awards'),
      letterRows: ids.flatMap((id) => lettersOfOfficial(db, id)).map((letter) => toLetterRow(letter, env.today())),
      namesakes: namesakesOf(db, input.id), joinedFrom: joined,
    })
  })
}

type SaveInput = ParsedOf<'officials.save'>
type PostInput = NonNullable<SaveInput['post']>

function putPost(tx: WriteTx, officialId: string, post: PostInput): void {
  if (!rowById(tx, 'unit', post.unitId)) throw new Refusal('NOT_FOUND', { what: 'unit' })
  const before = post.id === null ? undefined : rowById(tx, 'post', post.id)
  if (post.id !== null && before?.officialId !== officialId) throw new Refusal('NOT_FOUND', { what: 'post' })
  const id = post.id ?? tx.newId()
  tx.put('post', id, 'post', {
    officialId, unitId: post.unitId, title: post.title, rank: post.rank, isHead: post.isHead, portfolio: post.portfolio, since: post.since, until: post.until,
  }, post.unitId)
}

/** A namesake in the unit is another person until somebody says so: OFFICIAL_NAMESAKE {count} asks for the confirmation. */
function refuseNamesake(tx: WriteTx, input: SaveInput, name: string): void {
  if (input.namesakeConfirmed || !input.post) return
  const same = inUnitByName(tx, input.post.unitId, name).filter((id) => id !== input.id)
  if (same.length > 0) throw new Refusal('OFFICIAL_NAMESAKE', { count: same.length })
}

/** NOT_FOUND, OFFICIAL_NAMESAKE, UNSAFE_TEXT, BAD_INPUT. */
export function saveOfficial(input: SaveInput, { store, account }: OpenContext): Result<OfficialView> {
  const name = checkName(input.name, 'person')
  if (!name.ok) return name
  if (input.id === null && !input.post) return err('BAD_INPUT', { field: 'post', reason: 'empty' })
  const id = store.write({ kind: 'officials.save', author: account.id }, (tx) => {
    const before = input.id === null ? undefined : rowById(tx, 'official', input.id)
    if (input.id !== null && !before) throw new Refusal('NOT_FOUND', { what: 'official' })
    refuseNamesake(tx, input, name.value)
    const officialId = input.id ?? tx.newId()
    const scope = input.post?.unitId ?? before?.scope
    tx.put('official', officialId, 'identity', { name: name.value, gender: input.gender, birth: input.birth }, scope)
    tx.put('official', officialId, 'contact', { phone: input.phone, note: input.note }, scope)
    if (input.post) putPost(tx, officialId, input.post)
    return officialId
  })
  const row = store.read((db) => officialListRow(db, id))
  return row ? ok(officialView(row)) : err('NOT_FOUND', { what: 'official' })
}

function known(tx: WriteTx, id: string): Row<'official'> {
  const row = rowById(tx, 'official', id)
  if (!row) throw new Refusal('NOT_FOUND', { what: 'official' })
  return row
}

/** 合并为同一人. Chains are cut: who was joined into `id` belongs to `into` from now on. */
export function joinOfficials(input: { readonly id: string; readonly into: string; readonly reason: string }, { store, account }: OpenContext): Result<Record<string, never>> {
  if (input.id === input.into) return err('BAD_INPUT', { field: 'into' })
  store.write({ kind: 'officials.join', author: account.id, note: input.reason }, (tx) => {
    const from = known(tx, input.id)
    const into = known(tx, input.into)
    if (from.joinedInto !== null || into.joinedInto !== null) throw new Refusal('STALE')
    tx.put('official', from.id, 'joined', { joinedInto: into.id }, from.scope)
    for (const twin of joinedInto(tx, from.id)) tx.put('official', twin.id, 'joined', { joinedInto: into.id }, known(tx, twin.id).scope)
  })
  return ok({})
}

export function unjoinOfficial(input: { readonly id: string; readonly reason: string }, { store, account }: OpenContext): Result<Record<string, never>> {
  store.write({ kind: 'officials.unjoin', author: account.id, note: input.reason }, (tx) => {
    const row = known(tx, input.id)
    if (row.joinedInto === null) throw new Refusal('STALE')
    tx.put('official', row.id, 'joined', { joinedInto: null }, row.scope)
  })
  return ok({})
}
