/** A hard conflict holds its letter up: nothing of it is issued or printed until a person has decided (exchange.md section 2). */
import { Refusal } from '../../../shared/result.ts'
import { conflictsOfRows, sharesNumber } from '../../store/queries/conflicts.ts'
import { factRowsOf, standingOfficial } from '../../store/queries/letter-parts.ts'
import { postIdsOf } from '../../store/queries/people.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { Row } from '../../store/rows.ts'
import { numberId } from './numbers.ts'

/** Also where the name, the unit or the title of whom it is addressed to is in dispute: it must neither be frozen nor leave the house. LETTER_DISPUTED {letterId, number, conflicts: how many, doubled: the number stands on another letter too}. */
export function refuseDisputed(db: ReadDb, letter: Row<'letter'>): void {
  const doubled = letter.number !== null && sharesNumber(db, letter.id)
  const proposals = Array.isArray(letter.proposalIds) ? letter.proposalIds.filter((one): one is string => typeof one === 'string') : []
  const rows = [letter.id, ...proposals, ...factRowsOf(db, letter.id)]
  if (letter.series !== null && letter.year !== null && letter.seq !== null) rows.push(numberId(letter.series, letter.year, letter.seq))
  if (letter.unitId !== null) rows.push(letter.unitId)
  const joined = letter.officialId === null ? undefined : standingOfficial(db, letter.officialId)?.id
  for (const id of new Set([letter.officialId, joined ?? null])) if (id !== null) rows.push(id, ...postIdsOf(db, id, letter.unitId ?? ''))
  const hard = conflictsOfRows(db, rows).filter((one) => one.class === 'hard').length
  if (doubled || hard > 0) throw new Refusal('LETTER_DISPUTED', { letterId: letter.id, number: letter.number, conflicts: hard + (doubled ? 1 : 0), doubled })
}
