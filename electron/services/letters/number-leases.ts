/** 编号权, 租号 and 编号待定: the entries. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { draftTexts } from '../../../shared/letter/draft-texts.ts'
import { attempt, Refusal, type Result } from '../../../shared/result.ts'
import { formatLetterNumber } from '../../../shared/text/letterNumber.ts'
import { heldIn, leasesOf, maxLease, pendingLetters } from '../../store/queries/numbers.ts'
import { rowById, type Row } from '../../store/rows.ts'
import type { Store, WriteTx } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import { originOfDevice } from '../exchange/picture.ts'
import { membership } from '../exchange/keys/key-store.ts'
import { readSettings } from '../settings.ts'
import { hereOf, putAuthority, standingOf } from './number-authority.ts'
import { numberId, takeDirect } from './numbers.ts'
import { frozenOf } from './paper.ts'
import { letterOf, letterRowsOf, officeOf } from './rows.ts'

export function numbersAuthority({ year }: ParsedOf<'numbers.authority'>, { store }: OpenContext): Result<OutputOf<'numbers.authority'>> {
  const here = hereOf(store)
  return attempt(() => store.read((db) => {
    const series = readSettings(db).code
    const row = rowById(db, 'numberAuthority', series)
    const nameOf = (device: string | null | undefined): string => (device ? (rowById(db, 'device', device)?.name ?? '') : '')
    return {
      series, year, authority: row ? { device: row.device ?? '', name: nameOf(row.device), since: row.since ?? '' } : null, mine: !row || row.origin === here.origin, standing: standingOf(db, series, year, here.origin).standing,
      leases: leasesOf(db, series, year).map((lease) => ({ id: lease.id, device: lease.device, name: nameOf(lease.device), from: lease.fromSeq, to: lease.toSeq, left: lease.closedOn === null ? lease.left : 0, closed: lease.closedOn !== null, mine: lease.origin === here.origin })),
      pending: pendingLetters(db, series).map((one) => ({ letterId: one.id, issuedOn: one.issuedOn })),
    }
  }))
}

/** The right to number goes to another machine, or comes here. NOT_FOUND {what: device}. */
export function setNumberAuthority({ device }: ParsedOf<'numbers.setAuthority'>, { store, env, account }: OpenContext): Result<{ device: string }> {
  return attempt(() => {
    const target = device ?? membership(store.local, store.identity).keys.device
    const origin = epochOf(store, target)
    store.write({ kind: 'numbers.setAuthority', author: account.id }, (tx) => putAuthority(tx, readSettings(tx).code, { device: target, origin, today: env.today(), accountId: account.id }))
    return { device: target }
  })
}

function epochOf(store: Store, device: string): string {
  const here = hereOf(store)
  const origin = device === here.device ? here.origin : originOfDevice(store, membership(store.local, store.identity), device)
  if (origin === null) throw new Refusal('NOT_FOUND', { what: 'device' })
  return origin
}

/** NUMBER_AUTHORITY anywhere but on the machine that numbers. */
function mustNumber(tx: WriteTx, store: Store): string {
  const series = readSettings(tx).code
  if (standingOf(tx, series, 0, store.identity.origin).standing !== 'direct') throw new Refusal('NUMBER_AUTHORITY', { series })
  return series
}

/** Numbers for another machine's present epoch, behind everything given so far. Next year's in December. BAD_INPUT {field: year}, NUMBER_AUTHORITY, NOT_FOUND. */
export function grantLease({ device, year, size }: ParsedOf<'numbers.lease'>, { store, env, account }: OpenContext): Result<OutputOf<'numbers.lease'>> {
  return attempt(() => {
    const origin = epochOf(store, device)
    const [thisYear, month] = [Number(env.today().slice(0, 4)), env.today().slice(5, 7)]
    if (year !== thisYear && !(year === thisYear + 1 && month === '12')) throw new Refusal('BAD_INPUT', { field: 'year' })
    return store.write({ kind: 'numbers.lease', author: account.id }, (tx) => {
      const series = mustNumber(tx, store)
      const fromSeq = heldIn(tx, series, year) + 1
      const id = tx.newId()
      tx.put('numberLease', id, 'lease', { series, year, fromSeq, toSeq: fromSeq + size - 1, device, origin, grantedOn: env.today(), grantedBy: account.id })
      const text = (sequence: number): string => formatLetterNumber({ code: series, year, sequence })
      return { id, from: text(fromSeq), to: text(fromSeq + size - 1) }
    })
  })
}

/** The unused numbers become 空号. NOT_FOUND {what: lease} when there is none, or it is closed. */
export function closeLease({ id }: ParsedOf<'numbers.closeLease'>, { store, env, account }: OpenContext): Result<{ unused: number }> {
  return attempt(() => store.write({ kind: 'numbers.closeLease', author: account.id }, (tx) => {
    const lease = rowById(tx, 'numberLease', id)
    if (!lease || lease.closedOn !== null) throw new Refusal('NOT_FOUND', { what: 'lease' })
    return { unused: closeLeaseRow(tx, lease, { today: env.today(), accountId: account.id }) }
  }))
}

/** Gives how many numbers became 空号. */
export function closeLeaseRow(tx: WriteTx, lease: Row<'numberLease'>, { today, accountId }: { readonly today: string; readonly accountId: string }): number {
  const unused = closeUnused(tx, lease)
  tx.put('numberLease', lease.id, 'close', { closedOn: today, closedBy: accountId })
  return unused
}

/** Numbers of a lease that is closed become 空号: those that nothing bears and no other open lease has. */
export function closeUnused(tx: WriteTx, lease: Row<'numberLease'>): number {
  const [series, year, from, to] = [lease.series ?? '', lease.year ?? 0, lease.fromSeq ?? 1, lease.toSeq ?? 0]
  // Of another program's making: it counts for nothing, and nobody walks through it.
  if (to - from >= maxLease) return 0
  const others = leasesOf(tx, series, year).filter((one) => one.id !== lease.id && one.closedOn === null)
  let unused = 0
  for (let seq = from; seq <= to; seq++) {
    if (rowById(tx, 'number', numberId(series, year, seq)) || others.some((one) => one.fromSeq <= seq && seq <= one.toSeq)) continue
    tx.put('number', numberId(series, year, seq), 'holder', { series, year, seq, letterId: null, use: 'closed', reason: draftTexts.leaseUnused })
    unused++
  }
  return unused
}

/** Gives the waiting letters their numbers, in the order of their dates. NUMBER_AUTHORITY. */
export function assignNumbers({ ids }: ParsedOf<'numbers.assign'>, context: OpenContext): Result<OutputOf<'numbers.assign'>> {
  const { store, account } = context
  return attempt(() => store.write({ kind: 'numbers.assign', author: account.id }, (tx) => {
    const series = mustNumber(tx, store)
    const chosen = ids && new Set(ids)
    const waiting = pendingLetters(tx, series).filter((one) => !chosen || chosen.has(one.id))
    for (const { id, issuedOn } of waiting) {
      const letter = letterOf(tx, id)
      const frozen = frozenOf(letter)
      const taken = takeDirect(tx, series, Number(issuedOn.slice(0, 4)), id)
      tx.put('letter', id, 'issue', {
        ...taken, issuedOn, issuedBy: letter.issuedBy, template: letter.template, frozen: frozen && { ...frozen, content: { ...frozen.content, number: taken.number } },
      }, letter.unitId ?? undefined)
    }
    return { letters: letterRowsOf(tx, waiting.map((one) => one.id), officeOf(tx, context).today) }
  }))
}
