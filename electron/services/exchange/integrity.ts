/**
 * Decisions where no register has two values, but rows together break a rule that one machine alone would have kept (store/queries/conflicts: integrity
 * views). Each is settled by ordinary writes, so that the view itself finds nothing any more.
 */
import { draftTexts } from '../../../shared/letter/draft-texts.ts'
import { Refusal } from '../../../shared/result.ts'
import { doubledRegister, type Conflict, type Survivor } from '../../store/queries/conflicts.ts'
import { ringRegister } from '../../store/queries/conflicts/joined-rings.ts'
import { contested, overlapRegister } from '../../store/queries/conflicts/overlapping-leases.ts'
import { isInUse, usesOf } from '../../store/queries/conflicts/removed-in-use.ts'
import { spellingRegister } from '../../store/queries/conflicts/shared-names.ts'
import type { ReadDb } from '../../store/read-db.ts'
import { rowById, type Row } from '../../store/rows.ts'
import type { WriteTx } from '../../store/store.ts'
import { closeLeaseRow } from '../letters/number-leases.ts'
import type { Office } from '../letters/rows.ts'
import { putVoid } from '../letters/withdraw.ts'

const viewRegisters: ReadonlySet<string> = new Set([doubledRegister, spellingRegister, ringRegister, overlapRegister])

/** Whether it is found by a view and not in the writes of one register. */
export function isView(conflict: Pick<Conflict, 'register' | 'survivors'>): boolean {
  return viewRegisters.has(conflict.register) || isInUse(conflict)
}

/** What such a conflict is called; null where the row has a name of its own. */
export function viewTitle({ register, survivors }: Pick<Conflict, 'register' | 'survivors'>): string | null {
  const value = survivors[0]?.value ?? {}
  if (register === doubledRegister) return String(value['number'] ?? '')
  if (register === spellingRegister) return String(value['spelling'] ?? '')
  return register === overlapRegister ? String(value['series'] ?? '') : null
}

/** `chosen`: the side that stands. Refuses ROW_IN_USE, UNIT_EXISTS {name}: names are changed on the units' pages. */
export function settleView(tx: WriteTx, conflict: Conflict, chosen: Survivor, office: () => Office): void {
  switch (conflict.register) {
    case doubledRegister: return keepNumber(tx, conflict, chosen, office())
    case spellingRegister: throw new Refusal('UNIT_EXISTS', { name: String(chosen.value['spelling']) })
    case ringRegister: return keepJoin(tx, chosen)
    case overlapRegister: return keepLease(tx, conflict, chosen, office())
    default: return keepRemoved(tx, conflict, chosen)
  }
}

/** The chosen letter keeps the number and its row; the others are withdrawn with the reason, to be issued anew if they are still wanted. Nothing renumbers by itself. */
function keepNumber(tx: WriteTx, { survivors, row }: Conflict, chosen: Survivor, office: Office): void {
  const keeper = letterRow(tx, chosen)
  for (const one of survivors) if (one !== chosen) putVoid(tx, letterRow(tx, one), office.today, draftTexts.numberDoubled(keeper.number ?? ''), office)
  const { series, year, seq, id } = keeper
  tx.put('number', row, 'holder', { series, year, seq, letterId: id, use: 'letter', reason: null }, rowById(tx, 'number', row)?.scope)
}

function letterRow(db: ReadDb, { value }: Survivor): Row<'letter'> {
  return rowById(db, 'letter', String(value['letterId']))!
}

/** The chosen join stands: into whom it leads stands for himself again. Where two people keep different ones nobody is joined, and nobody is hidden. */
function keepJoin(tx: WriteTx, { value }: Survivor): void {
  const into = rowById(tx, 'official', String(value['joinedInto']))
  if (into) tx.put('official', into.id, 'joined', { joinedInto: null }, into.scope)
}

/** The others that touch its numbers are closed; what they have of their own becomes 空号. It is said of the chosen one that it is not: whoever keeps another meets that. */
function keepLease(tx: WriteTx, { survivors }: Conflict, chosen: Survivor, office: Office): void {
  const leaseOf = ({ value }: Survivor) => rowById(tx, 'numberLease', String(value['leaseId'])) as Parameters<typeof contested>[1]
  const kept = leaseOf(chosen)
  tx.put('numberLease', kept.id, 'close', { closedOn: null, closedBy: null })
  for (const one of survivors) {
    const lease = one === chosen ? undefined : leaseOf(one)
    if (lease && contested(tx, kept, lease)) closeLeaseRow(tx, lease, { today: office.today, accountId: office.account.id })
  }
}

/** Removed again once nothing needs it, by the ordinary way, which says what is still in the way. */
function keepRemoved(tx: WriteTx, { table, row }: Conflict, chosen: Survivor): void {
  if (chosen.value['deleted'] === true) throw new Refusal('ROW_IN_USE', usesOf(tx, table as 'unit', row))
  tx.restore(table, row)
}
