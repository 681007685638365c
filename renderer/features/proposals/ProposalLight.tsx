/** A proposal's state as shape, word and colour. */
import { StatusLight, type Tone } from '../../components/StatusLight.tsx'
import { proposalStateLabels, type ProposalState } from '../../text/labels.ts'

const tones: Readonly<Record<ProposalState, Tone>> = { open: 'wait', accepted: 'done', declined: 'off', merged: 'done', withdrawn: 'off' }

export function ProposalLight({ state }: { readonly state: ProposalState }) {
  return <StatusLight tone={tones[state]} text={proposalStateLabels[state]} />
}
