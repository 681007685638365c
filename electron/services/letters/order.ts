/** The order of numbers: units as the office lists them; what must be issued together stands together. */
import type { LetterType } from '../../../shared/domain/letters/types.ts'
import { Refusal } from '../../../shared/result.ts'
import { unitPlaces } from '../../store/queries/batches.ts'
import { letterRows } from '../../store/queries/letters.ts'
import type { ReadDb } from '../../store/read-db.ts'
import { siblingsOf } from './compose.ts'
import { paperOrder } from './draft.ts'
import { letterOf } from './rows.ts'

const unissued = new Set(['draft', 'checking', 'returned', 'checked'])

/** Stable: within one unit the order given stays. A unit that is not known comes last. */
export function byUnit<T>(db: ReadDb, items: readonly T[], unitOf: (item: T) => string | null): readonly T[] {
  const places = unitPlaces(db)
  const place = (item: T): number => places.get(unitOf(item) ?? '') ?? Number.MAX_SAFE_INTEGER
  return items.toSorted((a, b) => place(a) - place(b))
}

/**
 * The letters in sets: one letter, or the papers of one 黄牌 + 约谈 with the 黄牌通知 first. The order given is the order of the sets.
 * Refusal LETTER_STATE {together} when one of a set would stay behind: the other could no longer get the next number.
 */
export function issueSets(db: ReadDb, ids: readonly string[]): readonly (readonly string[])[] {
  const wanted = new Set(ids)
  const seen = new Set<string>()
  const sets: string[][] = []
  for (const id of wanted) {
    if (seen.has(id)) continue
    const letter = letterOf(db, id)
    const others = siblingsOf(db, id, (letter.proposalIds ?? []) as string[]).filter((other) => unissued.has(letterRows(db, [other])[0]?.state ?? ''))
    const left = others.find((other) => !wanted.has(other))
    if (left !== undefined && letter.issuedOn === null) throw new Refusal('LETTER_STATE', { letterId: left, state: letterRows(db, [left])[0]?.state ?? '', action: 'issue', together: true })
    const set = [letter, ...others.filter((other) => wanted.has(other)).map((other) => letterOf(db, other))]
    set.sort((a, b) => paperOrder[a.type as LetterType] - paperOrder[b.type as LetterType])
    const fresh = set.map((one) => one.id).filter((one) => !seen.has(one))
    for (const one of fresh) seen.add(one)
    sets.push(fresh)
  }
  return sets
}
