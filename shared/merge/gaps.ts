/** Gaps in lanes: changes whose predecessor is not here. They are parked, shown, and asked for (exchange.md section 3). */
import { laneKey } from './vectors.ts'

/** What the search needs of a change. `prev` is null for the first of a lane. Ids are lower-case hex. */
export type ChangeRef = { readonly origin: string; readonly scope: string; readonly seq: number; readonly id: string; readonly prev: string | null }

/** Numbers `from` to `to` of origin × scope are missing, of the branch that ends in `before`: the id of change `to`. */
export type Gap = { readonly origin: string; readonly scope: string; readonly from: number; readonly to: number; readonly before: string }

type Lane = { readonly origin: string; readonly scope: string }

/**
 * The gaps below `waiting` changes (any order, repetitions allowed), each named once, by lane and number. `knows`: the change is in the log.
 * `highest`: the largest number that the log has of the lane; 0 when none. Only what is surely missing is named: the numbers above what the log or
 * another waiting piece has; of a branch that leaves the lane below its end, the last one.
 */
export function findGaps(waiting: Iterable<ChangeRef>, knows: (id: string) => boolean, highest: (lane: Lane) => number): Gap[] {
  const refs = [...waiting]
  const here = new Set(refs.map((ref) => ref.id))
  const lanes = Map.groupBy(refs, laneKey)
  const gaps = new Map<string, Gap>()
  for (const { origin, scope, seq, prev } of refs) {
    if (prev === null || here.has(prev) || knows(prev) || gaps.has(prev)) continue
    const to = seq - 1
    let floor = highest({ origin, scope })
    for (const other of lanes.get(laneKey({ origin, scope }))!) if (other.seq < to && other.seq > floor) floor = other.seq
    gaps.set(prev, { origin, scope, from: Math.min(floor + 1, to), to, before: prev })
  }
  return [...gaps.values()].sort((a, b) => compare(laneKey(a), laneKey(b)) || a.to - b.to || compare(a.before, b.before))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
