/** proposals.*: 拟办. */
import { assignProposal, declineProposals, reopenProposal } from '../services/proposals/decide.ts'
import { countProposals, getProposal, proposalPage } from '../services/proposals/list.ts'
import { runProposals } from '../services/proposals/run.ts'
import type { HandlersOf } from './types.ts'

export const proposalHandlers: HandlersOf<'proposals'> = {
  'proposals.run': (input, context) => runProposals(input, context),
  'proposals.list': (input, context) => proposalPage(input, context),
  'proposals.get': (input, context) => getProposal(input, context),
  'proposals.assign': (input, context) => assignProposal(input, context),
  'proposals.decline': (input, context) => declineProposals(input, context),
  'proposals.reopen': (input, context) => reopenProposal(input, context),
  'proposals.counts': (_input, context) => countProposals(context),
}
