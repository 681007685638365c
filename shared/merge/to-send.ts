/** What goes into a package (exchange.md section 3). Pure: what is known and what is recent is asked of the caller. */
import { byLane, isForked, type Tip, type Vector } from './vectors.ts'

/** How far back changes are sent again although the receiver's vector names them: it may have been restored since. */
export const overlapMs = 30 * 24 * 60 * 60 * 1000

/**
 * Send the changes of origin × scope from number `from` on, all branches. `why`: 'new' lane for the receiver, 'unknown' head, 'forked' lane (all three
 * from 1), 'above' its tip, or only the 'overlap'.
 */
export type LanePart = {
  readonly origin: string
  readonly scope: string
  readonly from: number
  readonly why: 'new' | 'unknown' | 'forked' | 'above' | 'overlap'
}

export type SendQuestion = {
  /** Our tips, of the scopes that the receiver may see only. */
  readonly ours: Vector
  /** The receiver's last vector that we saw; null when none, or for a full package. Having exported to it proves nothing. */
  readonly theirs: Vector | null
  /** Whether this tip is a change of that lane and number in our log. */
  readonly knows: (tip: Tip) => boolean
  /** The lowest number of our lane whose change is younger than the overlap; undefined when none is. */
  readonly recentFrom?: (tip: Tip) => number | undefined
}

/** By origin and scope. Lanes of which nothing is to be sent are left out. */
export function partsToSend({ ours, theirs, knows, recentFrom }: SendQuestion): LanePart[] {
  const receiver = byLane(theirs ?? [])
  const parts: LanePart[] = []
  for (const [key, tips] of byLane(ours)) {
    const part = lanePart(tips, receiver.get(key), knows)
    const recent = recentFrom?.(tips[0])
    const { origin, scope } = tips[0]
    if (part && part.from <= (recent ?? part.from)) parts.push({ origin, scope, ...part })
    else if (recent !== undefined) parts.push({ origin, scope, from: Math.max(1, recent), why: part?.why ?? 'overlap' })
  }
  return parts
}

function lanePart(ours: readonly [Tip, ...Tip[]], theirs: readonly Tip[] | undefined, knows: (tip: Tip) => boolean): Pick<LanePart, 'from' | 'why'> | null {
  const tip = theirs?.[0]
  if (!theirs || !tip) return { from: 1, why: 'new' }
  // Which branch the receiver lacks, and from where, cannot be told from tips.
  if (isForked(ours) || isForked(theirs)) return { from: 1, why: 'forked' }
  if (!knows(tip)) return { from: 1, why: 'unknown' }
  return tip.seq < ours[0].seq ? { from: tip.seq + 1, why: 'above' } : null
}
