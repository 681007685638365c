/** Writing, changing and discarding drafts. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import type { LetterRow } from '../../../shared/contract/letter-schemas.ts'
import { isOpen } from '../../../shared/domain/letters/state.ts'
import { skippedSteps } from '../../../shared/domain/letters/ladder.ts'
import { refuseSecrecy } from '../../../shared/domain/letters/secrecy.ts'
import type { LetterType } from '../../../shared/domain/letters/types.ts'
import { attempt, Refusal, type Result } from '../../../shared/result.ts'
import { unsafeCharacter } from '../../../shared/text/names.ts'
import { letterRows, lettersOfOfficial, lettersOfUnitItself } from '../../store/queries/letters.ts'
import { standingOfficial, unitById } from '../../store/queries/letter-parts.ts'
import { proposalRows } from '../../store/queries/proposals.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { WriteTx } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import { decide } from './draft.ts'
import { isToUnit } from './paper.ts'
import { letterOf, letterRowsOf, mustAllow, officeOf, type Office } from './rows.ts'

type LetterKey = { readonly id: string | null; readonly type: LetterType; readonly unitId: string; readonly officialId: string | null; readonly matter: string }

/** Refusal LETTER_SKIPS_STEP {steps} where steps of the ladder were left out and nobody says why. Only issued letters that stand count as steps taken. */
export function refuseSkippedStep(db: ReadDb, letter: LetterKey, stepReason: string | null, office: Office): void {
  if (stepReason !== null && stepReason.trim() !== '') return
  const others = letter.officialId === null ? lettersOfUnitItself(db, letter.unitId) : lettersOfOfficial(db, letter.officialId)
  const earlier = others.filter((row) => row.id !== letter.id && row.matter === letter.matter && row.issuedOn !== null && row.state !== 'void').map((row) => row.type)
  const steps = skippedSteps(office.settings.ladder, earlier, letter.type)
  if (steps.length > 0) throw new Refusal('LETTER_SKIPS_STEP', { steps })
}

/** Refusal SECRECY_GRADE {field} or UNSAFE_TEXT {field, position}: no such text may even be stored. */
export function refuseText(value: unknown): void {
  const secrecy = refuseSecrecy(value)
  if (!secrecy.ok) throw new Refusal(secrecy.error.code, secrecy.error.params)
  const walk = (inner: unknown, path: string): void => {
    if (typeof inner === 'string') {
      // Line breaks and tabs are how people write long texts; the layout makes paragraphs of them.
      const position = unsafeCharacter(inner.replaceAll(/[\n\r\t]/gu, ' '))
      if (position !== null) throw new Refusal('UNSAFE_TEXT', { field: path, position: position + 1 })
    } else if (typeof inner === 'object' && inner !== null) for (const [key, one] of Object.entries(inner)) walk(one, path === '' ? key : `${path}.${key}`)
  }
  walk(value, '')
}

function refuseUnknown(db: ReadDb, unitId: string, officialId: string | null): void {
  if (unitById(db, unitId) === undefined) throw new Refusal('NOT_FOUND', { what: 'unit' })
  if (officialId !== null && standingOfficial(db, officialId) === undefined) throw new Refusal('NOT_FOUND', { what: 'official' })
}

/** The earlier letter must have gone out: a draft is discarded, not clarified. */
function refuseEarlier(db: ReadDb, earlierLetterId: string | null, type: LetterType): void {
  if (earlierLetterId === null) {
    if (type === 'clarification') throw new Refusal('LETTER_INCOMPLETE', { field: 'earlierLetterId' })
    return
  }
  mustAllow(db, earlierLetterId, type === 'clarification' ? 'clarify' : 'escalate')
}

/** A letter without a proposal. NOT_FOUND, LETTER_SKIPS_STEP, LETTER_INCOMPLETE, LETTER_STATE, SECRECY_GRADE, UNSAFE_TEXT, BAD_INPUT. */
export function composeLetter(input: ParsedOf<'letters.compose'>, context: OpenContext): Result<LetterRow> {
  const { type, unitId, officialId, matter, cause, draft, earlierLetterId } = input
  const stepReason = input.stepReason ?? null
  return attempt(() => {
    refuseText({ matter, cause, draft, stepReason })
    if (draft.type !== type) throw new Refusal('BAD_INPUT', { field: 'draft.type' })
    return context.store.write({ kind: 'letters.compose', author: context.account.id, ...(stepReason === null ? {} : { note: stepReason }) }, (tx) => {
      const office = officeOf(tx, context)
      refuseUnknown(tx, unitId, officialId)
      refuseEarlier(tx, earlierLetterId, type)
      refuseSkippedStep(tx, { id: null, type, unitId, officialId, matter }, stepReason, office)
      const id = tx.newId()
      tx.put('letter', id, 'draft', { type, unitId, officialId, matter, cause, content: draft, proposalIds: [], draftedBy: context.account.id, stepReason, earlierLetterId, replyDays: draft.replyDays }, unitId)
      return letterRowsOf(tx, [id], office.today)[0] as LetterRow
    })
  })
}

/** Who changes the text answers for it as its author from then on: another person must check and sign. */
export function editLetter(input: ParsedOf<'letters.edit'>, context: OpenContext): Result<LetterRow> {
  return attempt(() => {
    refuseText({ draft: input.draft, stepReason: input.stepReason ?? null })
    return context.store.write({ kind: 'letters.edit', author: context.account.id }, (tx) => {
      const office = officeOf(tx, context)
      mustAllow(tx, input.id, 'edit')
      const letter = letterOf(tx, input.id)
      if (input.draft.type !== letter.type) throw new Refusal('BAD_INPUT', { field: 'draft.type' })
      const officialId = input.officialId === undefined ? letter.officialId : input.officialId
      const stepReason = input.stepReason ?? letter.stepReason
      refuseUnknown(tx, letter.unitId ?? '', officialId)
      refuseSkippedStep(tx, { id: letter.id, type: letter.type as LetterType, unitId: letter.unitId ?? '', officialId, matter: letter.matter ?? '' }, stepReason, office)
      tx.put('letter', letter.id, 'draft', {
        type: letter.type, unitId: letter.unitId, officialId, matter: letter.matter, cause: letter.cause, content: input.draft, proposalIds: letter.proposalIds, draftedBy: context.account.id, stepReason,
        earlierLetterId: letter.earlierLetterId, replyDays: input.draft.replyDays,
      }, letter.unitId ?? undefined)
      return letterRowsOf(tx, [letter.id], office.today)[0] as LetterRow
    })
  })
}

/** The draft goes; its proposals are open again, unless the other paper of 黄牌 + 约谈 still stands for them. */
export function discardLetter(input: ParsedOf<'letters.discard'>, context: OpenContext): Result<OutputOf<'letters.discard'>> {
  return attempt(() => {
    context.store.write({ kind: 'letters.discard', author: context.account.id, note: input.reason }, (tx) => {
      const office = officeOf(tx, context)
      mustAllow(tx, input.id, 'discard')
      const letter = letterOf(tx, input.id)
      const siblings = siblingsOf(tx, letter.id, (letter.proposalIds ?? []) as string[])
      tx.remove('letter', letter.id, letter.unitId ?? undefined)
      reopenProposals(tx, letter.id, (letter.proposalIds ?? []) as string[], siblings, input.reason, office)
    })
    return {}
  })
}

/** Other letters made of the same proposals that still stand. */
export function siblingsOf(db: ReadDb, letterId: string, proposalIds: readonly string[]): readonly string[] {
  if (proposalIds.length === 0) return []
  const officialOrUnit = proposalRows(db, proposalIds)
  const ids = new Set(officialOrUnit.flatMap((proposal) => {
    const officialId = proposal.addresseeId ?? proposal.officialId
    return officialId === null ? [] : lettersOfOfficial(db, officialId).filter((row) => row.state !== 'void').map((row) => row.id)
  }))
  ids.delete(letterId)
  return [...ids].filter((id) => {
    const own = (letterOf(db, id).proposalIds ?? []) as string[]
    return own.some((one) => proposalIds.includes(one))
  })
}

function reopenProposals(tx: WriteTx, letterId: string, proposalIds: readonly string[], siblings: readonly string[], reason: string, office: Office): void {
  const standing = letterRows(tx, siblings).find((row) => isOpen(row.state))
  for (const proposal of proposalRows(tx, proposalIds)) {
    if (proposal.letterId !== letterId) continue
    if (standing === undefined) decide(tx, proposal, { state: 'open', reason, letterId: null }, office)
    else decide(tx, proposal, { state: proposal.state as 'accepted', reason: proposal.reason, letterId: standing.id }, office)
  }
}

/** Refusal LETTER_NO_OFFICIAL: only a paper to a unit may go without a person. */
export function refuseNoOfficial(db: ReadDb, letter: { readonly id: string; readonly type: string | null; readonly officialId: string | null; readonly earlierLetterId: string | null }): void {
  const type = letter.type as LetterType
  if (letter.officialId !== null || type === 'yellowCard') return
  // A 澄清函 goes to whoever had the earlier letter: to the unit only if that one did.
  const earlier = letter.earlierLetterId === null ? null : letterOf(db, letter.earlierLetterId)
  if (type === 'clarification' && earlier !== null && isToUnit(earlier.type as LetterType, earlier.officialId)) return
  throw new Refusal('LETTER_NO_OFFICIAL', { letterId: letter.id })
}
