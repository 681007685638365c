/** What 待核对 says of a conflict and of the choice of a side. No React. */
import { conflictsText as t } from '../../text/conflicts.ts'
import { registerName } from '../../text/registers.ts'
import { isDoubled, isGone, isInUse, isOverlap, isRemoval, isRing, isShared, isView, isWithdrawal, type Conflict, type Survivor } from './conflict-model.ts'

/** What it is about, beside the row's own name. */
export const conflictName = (conflict: Conflict): string => (isInUse(conflict) ? t.inUseName : registerName(conflict.table, conflict.register))

/** Where rows together break a rule, what it is and what the choice does. */
export function viewHint(conflict: Conflict): string {
  if (isShared(conflict)) return t.spellingHint(conflict.title)
  if (isRing(conflict)) return t.ringHint
  if (isOverlap(conflict)) return t.overlapHint
  return isInUse(conflict) ? t.inUseHint : t.numberHint
}

/** Whether a side can be taken at all (services/exchange/integrity.ts refuses the rest). */
export function mayStand(conflict: Conflict, survivor: Survivor): boolean {
  return !isShared(conflict) && !(isInUse(conflict) && isGone(survivor))
}

/** Of views only where one row is what it is about. */
export const hasHistory = (conflict: Conflict): boolean => !isView(conflict) || isInUse(conflict)

/** What the button of a side says. */
export function keepWord(conflict: Conflict, survivor: Survivor): string {
  const side = t.side(conflict.survivors.indexOf(survivor))
  if (isDoubled(conflict)) return t.numberKeep(side)
  if (isRing(conflict)) return t.ringKeep
  if (isOverlap(conflict)) return t.overlapKeep
  if (!isRemoval(conflict)) return t.keepThis(side)
  if (isWithdrawal(conflict, survivor)) return t.dropLetter
  return isGone(survivor) ? t.dropRow : t.keepRow
}

/** What becomes of the other sides (services/exchange/aftermath.ts, integrity.ts). */
export function keepBody(conflict: Conflict, survivor: Survivor | undefined): string {
  if (isDoubled(conflict)) return t.numberBody
  if (isRing(conflict)) return t.ringBody
  if (isOverlap(conflict)) return t.overlapBody
  if (isInUse(conflict)) return t.inUseBody
  if (survivor && isWithdrawal(conflict, survivor)) return t.dropLetterBody
  const bodies: Readonly<Record<string, string>> = { 'letter.issue': t.issueBody, 'number.holder': t.holderBody, 'proposal.decision': t.proposalBody }
  return bodies[`${conflict.table}.${conflict.register}`] ?? t.keepBody
}
