/**
 * Whose clock runs ahead of ours (exchange.md section 2: accepted and flagged). Nothing can have been written after it came: of the sender its package tells, of
 * everybody else their newest changes in it, whoever passed them on. The writer's own clock (`wall`) counts, not the hybrid one, which other machines drag
 * along by up to a day. A clock that is behind cannot be told from late packages; it shows on the other side.
 */
import { isAhead } from '../../../shared/merge/clock.ts'
import { laneKey } from '../../../shared/merge/vectors.ts'
import { canonical } from '../../store/log/canonical.ts'
import type { Change } from '../../store/log/change-id.ts'
import type { Store } from '../../store/store.ts'
import type { Membership } from './keys/key-store.ts'
import { ownersOfOrigins } from './picture.ts'

const key = 'exchange.clocks'

/** Ms by device, of those that were ahead when we last heard of them. */
export function clocksAhead(store: Store): Map<string, number> {
  const value = store.local.get(key)
  return new Map(typeof value === 'string' && value !== '' ? (JSON.parse(value) as [string, number][]) : [])
}

/** When the newest change of each lane was written, of a package's new changes. */
export function newestOf() {
  const lanes = new Map<string, { readonly origin: string; seq: number; wall: number }>()
  let last: { readonly origin: Buffer; readonly scope: string; readonly lane: { seq: number; wall: number } } | undefined
  return {
    add({ origin, scope, seq, wall }: Change): void {
      // A lane's changes mostly stand together.
      if (!last || scope !== last.scope || !origin.equals(last.origin)) {
        const hex = origin.toString('hex')
        const lane = lanes.get(laneKey({ origin: hex, scope })) ?? { origin: hex, seq: 0, wall: 0 }
        lanes.set(laneKey({ origin: hex, scope }), lane)
        last = { origin: Buffer.from(origin), scope, lane }
      }
      if (seq < last.lane.seq) return
      last.lane.seq = seq
      last.lane.wall = wall
    },
    lanes: (): Iterable<{ readonly origin: string; readonly wall: number }> => lanes.values(),
  }
}

export type Heard = { readonly sender: string; readonly created: number; readonly lanes: ReturnType<typeof newestOf>; readonly at: number }

/** In the transaction of the import, with the signatures that it brought. A machine of which nothing new came stays as it was. */
export function noteClocks(store: Store, member: Membership, { sender, created, lanes, at }: Heard): void {
  const known = clocksAhead(store)
  const times = [created, ...[...lanes.lanes()].map((lane) => lane.wall)]
  if (known.size === 0 && !times.some((ms) => isAhead({ ms, counter: 0 }, at))) return
  const owners = ownersOfOrigins(store, member)
  const heard = new Map<string, number>()
  for (const { origin, wall } of lanes.lanes()) {
    const device = owners.get(origin)
    if (device !== undefined) heard.set(device, Math.max(wall, heard.get(device) ?? 0))
  }
  heard.set(sender, created)
  heard.delete(member.keys.device)
  const now = new Map(known)
  for (const [device, ms] of heard) {
    now.delete(device)
    if (isAhead({ ms, counter: 0 }, at)) now.set(device, ms - at)
  }
  store.local.set(key, canonical([...now].sort(([one], [other]) => (one < other ? -1 : 1))))
}
