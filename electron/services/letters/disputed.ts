/** A hard conflict holds its letter up: nothing of it is issued or printed until a person has decided (exchange.md section 2). */
import { Refusal } from '../../../shared/result.ts'
import { conflictsOfRows, sharesNumber } from '../../store/queries/conflicts.ts'
import { factRowsOf } from '../../store/queries/letter-parts.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { Row } from '../../store/rows.ts'
import { numberId } from './numbers.ts'

/** 'issue' also looks at whom the letter is addressed to: a name that is in dispute must not be frozen. */
export type Step = 'issue' | 'print'

/** LETTER_DISPUTED {letterId, number, conflicts: how many, doubled: the number stands on another letter too}. */
export function refuseDisputed(db: ReadDb, letter: Row<'letter'>, step: Step): void {
  const doubled = letter.number !== null && sharesNumber(db, letter.id)
  const proposals = Array.isArray(letter.proposalIds) ? letter.proposalIds.filter((one): one is string => typeof one === 'string') : []
  const rows = [letter.id, ...proposals, ...factRowsOf(db, letter.id)]
  if (letter.series !== null && letter.year !== null && letter.seq !== null) rows.push(numberId(letter.series, letter.year, letter.seq))
  if (step === 'issue') rows.push(...[letter.unitId, letter.officialId].filter((one) => one !== null))
  const hard = conflictsOfRows(db, rows).filter((one) => one.class === 'hard').length
  if (doubled || hard > 0) throw new Refusal('LETTER_DISPUTED', { letterId: letter.id, number: letter.number, conflicts: hard + (doubled ? 1 : 0), doubled })
}
