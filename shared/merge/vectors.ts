/**
 * Have vectors (exchange.md section 3): which changes a machine has, as the tips of its lanes. A lane is origin × scope; one that was forked
 * (a cloned or restored machine went on with it) has several tips. Ids are lower-case hex.
 */

/** One tip of a lane: the change `head` is number `seq` of origin × scope, and nothing known comes after it. */
export type Tip = { readonly origin: string; readonly scope: string; readonly seq: number; readonly head: string }
export type Vector = readonly Tip[]

/** The text that two tips share when they belong to one lane; an origin is hex, so the first line break ends it. */
export function laneKey(lane: { readonly origin: string; readonly scope: string }): string {
  return `${lane.origin}\n${lane.scope}`
}

function compareTips(a: Tip, b: Tip): number {
  return compare(a.origin, b.origin) || compare(a.scope, b.scope) || a.seq - b.seq || compare(a.head, b.head)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Sorted, each tip once: two machines with the same tips have the same list. */
export function normalVector(tips: Iterable<Tip>): Tip[] {
  const once = new Map<string, Tip>()
  for (const tip of tips) once.set(`${tip.head}\n${tip.seq}\n${laneKey(tip)}`, tip)
  return [...once.values()].sort(compareTips)
}

/** Tips by lane; more than one where the lane is forked. */
export function byLane(vector: Iterable<Tip>): Map<string, readonly [Tip, ...Tip[]]> {
  const lanes = new Map<string, [Tip, ...Tip[]]>()
  for (const tip of normalVector(vector)) {
    const tips = lanes.get(laneKey(tip))
    if (tips) tips.push(tip)
    else lanes.set(laneKey(tip), [tip])
  }
  return lanes
}

export function equalVectors(a: Vector, b: Vector): boolean {
  const [left, right] = [normalVector(a), normalVector(b)]
  return left.length === right.length && left.every((tip, index) => compareTips(tip, right[index]!) === 0)
}

/**
 * How one lane stands between two machines, as far as the tips tell. `behind`: ours is shorter; `ahead`: ours is longer; `diverged`: of the same
 * length with another head, or forked on a side: who has what cannot be told from the tips. `missing`: changes that the shorter side lacks at least.
 */
export type LaneDifference = {
  readonly origin: string
  readonly scope: string
  readonly kind: 'behind' | 'ahead' | 'diverged'
  readonly missing: number
}

/** Only the lanes that differ, by origin and scope. A lane that a side does not name counts as empty there. */
export function differences(ours: Vector, theirs: Vector): LaneDifference[] {
  const [left, right] = [byLane(ours), byLane(theirs)]
  const found: LaneDifference[] = []
  for (const key of [...new Set([...left.keys(), ...right.keys()])].sort(compare)) {
    const [a, b] = [left.get(key), right.get(key)]
    const { origin, scope } = (a ?? b)![0]
    const [most, least] = [topSeq(a), topSeq(b)]
    if (a && b && equalVectors(a, b)) continue
    const forked = (a?.length ?? 0) > 1 || (b?.length ?? 0) > 1
    if (a && b && (forked || most === least)) found.push({ origin, scope, kind: 'diverged', missing: Math.abs(most - least) })
    else found.push({ origin, scope, kind: most > least ? 'ahead' : 'behind', missing: Math.abs(most - least) })
  }
  return found
}

function topSeq(tips: readonly Tip[] | undefined): number {
  return Math.max(0, ...(tips ?? []).map((tip) => tip.seq))
}

/** `forked`: one of several ends. */
export function isForked(tips: readonly Tip[]): boolean {
  return tips.length > 1
}
