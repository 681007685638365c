/** Units: townships and streets, departments, task forces. */
import type { ParsedOf, OutputOf } from '../../../shared/contract/entries.ts'
import { unitKey } from '../../../shared/domain/import/keys.ts'
import { err, ok, Refusal, type Result } from '../../../shared/result.ts'
import { checkName } from '../../../shared/text/names.ts'
import { derivedId } from '../../store/ids.ts'
import { allUnits, cardsOf, largestUnitOrder, postsInUnit, spellingsOf, unitListRow, unitPage } from '../../store/queries/people.ts'
import { usesOf } from '../../store/queries/conflicts/removed-in-use.ts'
import { listLetters } from '../../store/queries/letters.ts'
import { reportsOfUnit } from '../../store/queries/reports.ts'
import { rowById } from '../../store/rows.ts'
import type { OpenContext } from '../context.ts'
import { toLetterRow } from '../letters/rows.ts'
import { unitView, type UnitView } from './views.ts'

export function listUnits(input: ParsedOf<'units.list'>, { store }: OpenContext): Result<OutputOf<'units.list'>> {
  const page = store.read((db) => unitPage(db, input))
  return ok({ ...page, items: page.items.map(unitView) })
}

export function getUnit(input: { readonly id: string }, { store, env }: OpenContext): Result<OutputOf<'units.get'>> {
  return store.read((db) => {
    const row = unitListRow(db, input.id)
    if (!row) return err('NOT_FOUND', { what: 'unit' })
    const letters = listLetters(db, { unitId: input.id }, 'created', 'desc', null, 200)
    return ok({
      ...unitView(row),
      posts: postsInUnit(db, input.id).map((post) => ({ ...post, isHead: post.isHead === 1 })),
      cards: cardsOf(db, input.id).map((card) => ({
        id: card.id, colour: card.colour ?? '', basis: card.basis ?? '', since: card.since ?? '', until: card.until, liftedOn: card.liftedOn,
      })),
      assessments: reportsOfUnit(db, input.id, 'assessment'),
      letters: letters.items.map((letter) => toLetterRow(letter, env.today())),
    })
  })
}

/** Every spelling that a workbook may use must mean one unit: a name or alias that another unit answers to is refused. UNIT_EXISTS {name}, UNSAFE_TEXT, BAD_INPUT. */
export function saveUnit(input: ParsedOf<'units.save'>, { store, account }: OpenContext): Result<UnitView> {
  const cleaned: string[] = []
  for (const text of [input.name, ...(input.shortName ? [input.shortName] : []), ...input.aliases]) {
    const checked = checkName(text, 'unit')
    if (!checked.ok) return checked
    cleaned.push(checked.value)
  }
  const name = cleaned[0] ?? ''
  const shortName = input.shortName ? (cleaned[1] ?? null) : null
  const aliases = [...new Set(cleaned.slice(input.shortName ? 2 : 1))].filter((alias) => alias !== name && alias !== shortName)
  const id = store.write({ kind: 'units.save', author: account.id }, (tx) => {
    const before = input.id === null ? undefined : rowById(tx, 'unit', input.id)
    if (input.id !== null && !before) throw new Refusal('NOT_FOUND', { what: 'unit' })
    for (const other of allUnits(tx)) {
      const taken = other.id === input.id ? undefined : spellingsOf(other).find((text) => text === name || text === shortName || aliases.includes(text))
      if (taken !== undefined) throw new Refusal('UNIT_EXISTS', { name: taken })
    }
    const unitId = input.id ?? derivedId('unit', unitKey(name))
    tx.put('unit', unitId, 'identity', { name, kind: input.kind })
    tx.put('unit', unitId, 'names', { shortName, aliases, orderNo: before?.orderNo ?? largestUnitOrder(tx) + 1 })
    return unitId
  })
  const row = store.read((db) => unitListRow(db, id))
  return row ? ok(unitView(row)) : err('NOT_FOUND', { what: 'unit' })
}

/** UNIT_HAS_OFFICIALS {count}: officials are moved first, so that nobody stands without a unit. ROW_IN_USE {letters}: those in hand are closed or withdrawn first. */
export function removeUnit(input: { readonly id: string; readonly reason: string }, { store, account }: OpenContext): Result<Record<string, never>> {
  store.write({ kind: 'units.remove', author: account.id, note: input.reason }, (tx) => {
    const row = unitListRow(tx, input.id)
    if (!row) throw new Refusal('NOT_FOUND', { what: 'unit' })
    if (row.officials > 0) throw new Refusal('UNIT_HAS_OFFICIALS', { count: row.officials })
    const uses = usesOf(tx, 'unit', input.id)
    if (Object.keys(uses).length > 0) throw new Refusal('ROW_IN_USE', uses)
    tx.remove('unit', input.id)
  })
  return ok({})
}
