/**
 * Where a partner had exactly our changes and yet another state. It stands until a package of the same partner was compared and found equal: the next package
 * mostly brings something new on one side, and then nothing is compared at all.
 */
import { canonical } from '../../store/log/canonical.ts'
import type { Store } from '../../store/store.ts'
import { equalVectors } from '../../../shared/merge/vectors.ts'
import { packedVector } from './format/packed-vector.ts'
import type { Membership } from './keys/key-store.ts'
import { certificatesOf } from './keys/remember.ts'
import type { ReceiveReport } from './receive.ts'
import { peerVector } from './send.ts'

const key = 'exchange.alarm'

/** `at`: when the package came that told of it, ms since 1970. */
export type Alarm = { readonly device: string; readonly scopes: readonly string[]; readonly at: number }

export function alarmsOf(store: Store): Alarm[] {
  const value = store.local.get(key)
  return typeof value === 'string' && value !== '' ? (JSON.parse(value) as Alarm[]) : []
}

/** With the machines' names as they are called now. */
export function namedAlarms(store: Store, member: Membership | null): { device: string; name: string; scopes: string[]; at: number }[] {
  const alarms = alarmsOf(store)
  if (alarms.length === 0) return []
  const names = new Map(member ? certificatesOf(store.exchange, member.card).map((one) => [one.device, one.name]) : [])
  return alarms.map(({ device, scopes, at }) => ({ device, name: names.get(device) ?? '', scopes: [...scopes], at }))
}

/** In the transaction of the import, behind the partner's vector. */
export function noteAlarm(store: Store, { differs, from: { device } }: Pick<ReceiveReport, 'differs' | 'from'>, at: number): void {
  const alarms = alarmsOf(store)
  const standing = alarms.find((one) => one.device === device)
  if (!standing && differs.length === 0) return
  const theirs = standing ? peerVector(store, device) : null
  const ours = store.log.tips()
  // A backup of our own tells nothing about a partner: the last one counts.
  const compared = (scope: string): boolean => theirs === null || (whole(store, device) && equalVectors(theirs.filter((tip) => tip.scope === scope), ours.filter((tip) => tip.scope === scope)))
  const scopes = [...new Set([...differs, ...(standing?.scopes ?? []).filter((scope) => !compared(scope))])].sort()
  const rest = alarms.filter((one) => one.device !== device)
  const now = scopes.length === 0 ? rest : [...rest, { device, scopes, at: differs.length > 0 ? at : standing!.at }]
  store.local.set(key, now.length === 0 ? '' : canonical(now))
}

/** Whether the partner's last vector named all of its lanes: with some left out nothing was compared. */
function whole(store: Store, device: string): boolean {
  const [newest] = store.exchange.peersOf(device)
  return newest !== undefined && packedVector.safeParse(JSON.parse(newest.vector)).data?.left === 0
}
