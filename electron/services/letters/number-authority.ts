/**
 * Numbers without a server (exchange.md section 5). Each series has one authority: an epoch of one machine, which gives its numbers one after the other. Another
 * machine gives those of its lease, or issues 编号待定 and gets the number from the authority. Before a second machine is enrolled nobody is appointed, and
 * the only machine numbers as if there were no others.
 */
import { readMembership } from '../exchange/keys/key-store.ts'
import { overlappingLeases } from '../../store/queries/conflicts/overlapping-leases.ts'
import { leasesOf, type LeaseRow } from '../../store/queries/numbers.ts'
import type { ReadDb } from '../../store/read-db.ts'
import { rowById } from '../../store/rows.ts'
import type { Store, WriteTx } from '../../store/store.ts'
import { readSettings } from '../settings.ts'

/** This machine now. `device` null: it has joined no group. */
export type Here = { readonly device: string | null; readonly origin: string }

export function hereOf(store: Pick<Store, 'local' | 'identity'>): Here {
  return { device: readMembership(store.local, store.identity)?.keys.device ?? null, origin: store.identity.origin }
}

export type Standing = 'direct' | 'lease' | 'pending'

/** How this machine may number in the series and year; `leases`: its own open ones with numbers left, in their order. One that shares numbers with another waits until a person has decided. */
export function standingOf(db: ReadDb, series: string, year: number, origin: string): { readonly standing: Standing; readonly leases: readonly LeaseRow[] } {
  const authority = rowById(db, 'numberAuthority', series)
  if (!authority || authority.origin === origin) return { standing: 'direct', leases: [] }
  const own = leasesOf(db, series, year).filter((lease) => lease.origin === origin && lease.closedOn === null && lease.left > 0)
  const disputed = new Set(own.length === 0 ? [] : overlappingLeases(db).flatMap((one) => one.survivors.map((side) => side.value['leaseId'])))
  const leases = own.filter((lease) => !disputed.has(lease.id))
  return { standing: leases.length > 0 ? 'lease' : 'pending', leases }
}

type Appointing = { readonly device: string; readonly origin: string; readonly today: string; readonly accountId: string }

export function putAuthority(tx: WriteTx, series: string, { device, origin, today, accountId }: Appointing): void {
  tx.put('numberAuthority', series, 'authority', { device, origin, since: today, appointedBy: accountId })
}

/** At the enrolment of a second machine: whoever numbered alone until now goes on numbering. */
export function appointFirst(tx: WriteTx, appointing: Appointing): void {
  const series = readSettings(tx).code
  if (!rowById(tx, 'numberAuthority', series)) putAuthority(tx, series, appointing)
}
