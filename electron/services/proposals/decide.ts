/** What a person decides about a proposal: whom it is for, that it is declined, that it is open again. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import type { ProposalRow } from '../../../shared/contract/proposals.ts'
import { attempt, Refusal, type Result } from '../../../shared/result.ts'
import { letterRows } from '../../store/queries/letters.ts'
import { standingOfficial } from '../../store/queries/letter-parts.ts'
import { proposalRows, type ProposalListRow } from '../../store/queries/proposals.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { OpenContext } from '../context.ts'
import { decide } from '../letters/draft.ts'
import { refuseText } from '../letters/compose.ts'
import { officeOf } from '../letters/rows.ts'
import { toProposalRow } from './rows.ts'

export function proposalOf(db: ReadDb, id: string): ProposalListRow {
  const row = proposalRows(db, [id])[0]
  if (row === undefined) throw new Refusal('NOT_FOUND', { what: 'proposal' })
  return row
}

function refuseDecided(row: ProposalListRow): void {
  if (row.state !== 'open') throw new Refusal('PROPOSAL_DECIDED', { proposalId: row.id, state: row.state })
}

/** Fills in the person (缺责任人), or takes the hand-made choice back with null. NOT_FOUND, PROPOSAL_DECIDED. */
export function assignProposal({ id, officialId }: ParsedOf<'proposals.assign'>, context: OpenContext): Result<ProposalRow> {
  return attempt(() =>
    context.store.write({ kind: 'proposals.assign', author: context.account.id }, (tx) => {
      const office = officeOf(tx, context)
      const row = proposalOf(tx, id)
      refuseDecided(row)
      const official = officialId === null ? null : standingOfficial(tx, officialId)
      if (official === undefined) throw new Refusal('NOT_FOUND', { what: 'official' })
      tx.put('proposal', id, 'addressee', { addresseeId: official?.id ?? null }, row.unitId ?? undefined)
      return toProposalRow(tx, proposalOf(tx, id), office)
    }))
}

/** All or none. NOT_FOUND, PROPOSAL_DECIDED. */
export function declineProposals({ ids, reason }: ParsedOf<'proposals.decline'>, context: OpenContext): Result<OutputOf<'proposals.decline'>> {
  return attempt(() => {
    refuseText({ reason })
    return context.store.write({ kind: 'proposals.decline', author: context.account.id, note: reason }, (tx) => {
      const office = officeOf(tx, context)
      const distinct = [...new Set(ids)]
      for (const id of distinct) {
        const row = proposalOf(tx, id)
        refuseDecided(row)
        decide(tx, row, { state: 'declined', reason, letterId: null }, office)
      }
      return { declined: distinct.length }
    })
  })
}

/**
 * Declined ones, and those whose letter was withdrawn (撤销), may be taken up again. One that no longer fires opens by itself when it fires again.
 * PROPOSAL_DECIDED {state, letterId} while its letter stands.
 */
export function reopenProposal({ id, reason }: ParsedOf<'proposals.reopen'>, context: OpenContext): Result<ProposalRow> {
  return attempt(() => {
    refuseText({ reason })
    return context.store.write({ kind: 'proposals.reopen', author: context.account.id, note: reason }, (tx) => {
      const office = officeOf(tx, context)
      const row = proposalOf(tx, id)
      const letter = row.letterId === null ? undefined : letterRows(tx, [row.letterId])[0]
      const free = row.state === 'declined' || ((row.state === 'accepted' || row.state === 'merged') && (letter === undefined || letter.state === 'void'))
      if (!free) throw new Refusal('PROPOSAL_DECIDED', { proposalId: id, state: row.state, letterId: row.letterId })
      decide(tx, row, { state: 'open', reason, letterId: null }, office)
      return toProposalRow(tx, proposalOf(tx, id), office)
    })
  })
}
