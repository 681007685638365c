/**
 * 发文字号: the organ's series, one number after the other. A number is taken inside the very write that issues its letter, under the write lock, so
 * no other process can read the same "last number"; nothing ever frees a number again.
 */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { attempt, ok, Refusal, type Result } from '../../../shared/result.ts'
import { formatLetterNumber } from '../../../shared/text/letterNumber.ts'
import { derivedId } from '../../store/ids.ts'
import { lastIssueDate, lastSequence, numbersOf, numberTaken, voidedNumbers } from '../../store/queries/numbers.ts'
import type { WriteTx } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import { readSettings } from '../settings.ts'

export type TakenNumber = { readonly series: string; readonly year: number; readonly seq: number; readonly number: string }

const maxSequence = 99_999

export function numberId(series: string, year: number, seq: number): string {
  return derivedId('number', series, year, seq)
}

/**
 * Offices file by number and read the dates along: the date of a new letter may not lie before the newest one of its series and year (withdrawn
 * letters left out). Refusal DATE_ORDER {field, date, notBefore}. The machine's clock is not asked: dates are what a person typed.
 */
export function refuseDateOrder(tx: WriteTx, series: string, date: string): void {
  const last = lastIssueDate(tx, series, Number(date.slice(0, 4)))
  if (last !== null && date < last) throw new Refusal('DATE_ORDER', { field: 'date', date, notBefore: last })
}

/** Takes the next number of the series in the year of `date` for the letter. NUMBER_SERIES when the series is at its end, NUMBER_USED should it be held already. */
export function takeNumber(tx: WriteTx, series: string, date: string, letterId: string): TakenNumber {
  const year = Number(date.slice(0, 4))
  const seq = lastSequence(tx, series, year) + 1
  if (seq > maxSequence) throw new Refusal('NUMBER_SERIES', { series, year })
  const number = formatLetterNumber({ code: series, year, sequence: seq })
  // Cannot be, unless a number row was lost: then a person must look before anything is signed.
  if (numberTaken(tx, series, year, seq)) throw new Refusal('NUMBER_USED', { number })
  tx.put('number', numberId(series, year, seq), 'holder', { series, year, seq, letterId, use: 'letter', reason: null })
  return { series, year, seq, number }
}

/** `gaps`: numbers below the highest one that nothing holds, e.g. skipped when paper numbers were reserved further up. */
export function numbersOverview({ year }: ParsedOf<'numbers.overview'>, { store }: OpenContext): Result<OutputOf<'numbers.overview'>> {
  return ok(store.read((db) => {
    const series = readSettings(db).code
    const rows = numbersOf(db, series, year)
    const held = new Set(rows.map((row) => row.seq))
    const last = lastSequence(db, series, year)
    const gaps = Array.from({ length: last }, (_, index) => index + 1).filter((seq) => !held.has(seq)).slice(0, 1_000)
    const text = (sequence: number): string => formatLetterNumber({ code: series, year, sequence })
    return { series, year, next: text(last + 1), used: held.size, voided: voidedNumbers(db, series, year).map((one) => ({ ...one })), gaps: gaps.map(text) }
  }))
}

/** Numbers that paper letters already bear. NUMBER_USED {number} when one is held; then none is reserved. BAD_INPUT when the range is turned round or over 5,000. */
export function reserveNumbers(input: ParsedOf<'numbers.reserve'>, { store, account }: OpenContext): Result<OutputOf<'numbers.reserve'>> {
  const { year, from, to, reason } = input
  return attempt(() => {
    if (to < from || to - from >= 5_000) throw new Refusal('BAD_INPUT', { field: 'to' })
    return store.write({ kind: 'numbers.reserve', author: account.id, note: reason }, (tx) => {
      const series = readSettings(tx).code
      for (let seq = from; seq <= to; seq += 1) {
        if (numberTaken(tx, series, year, seq)) throw new Refusal('NUMBER_USED', { number: formatLetterNumber({ code: series, year, sequence: seq }) })
        tx.put('number', numberId(series, year, seq), 'holder', { series, year, seq, letterId: null, use: 'paper', reason })
      }
      return { reserved: to - from + 1 }
    })
  })
}
