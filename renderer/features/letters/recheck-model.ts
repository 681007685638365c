/** Which 复核 of a letter waits. No React. */
import type { Letter } from './LetterPage.tsx'

type Recheck = Letter['rechecks'][number]

/** The request without a decision; a withdrawn letter waits for none. */
export function openOf({ rechecks, recheckDue }: { readonly rechecks: readonly Recheck[]; readonly recheckDue: string | null }): Recheck | null {
  return recheckDue === null ? null : (rechecks.find((one) => one.outcome === null) ?? null)
}

/** Withdrawn by 复核 and nobody was told yet: the 澄清函 is the next step. */
export function awaitsClearing({ state, recheckOutcome, related }: Pick<Letter, 'state' | 'recheckOutcome'> & { readonly related: readonly Pick<Letter, 'type'>[] }): boolean {
  return state === 'void' && recheckOutcome === '撤销' && related.every((one) => one.type !== 'clarification')
}
