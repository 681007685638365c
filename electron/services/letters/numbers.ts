/**
 * 发文字号: the organ's series, one number after the other. A number is taken inside the very write that issues its letter, under the write lock, so
 * no other process can read the same "last number"; nothing ever frees a number again.
 */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { attempt, ok, Refusal, type Result } from '../../../shared/result.ts'
import { safeFileName } from '../../../shared/text/fileName.ts'
import { formatLetterNumber } from '../../../shared/text/letterNumber.ts'
import { writeTable } from '../../spreadsheets/write-table.ts'
import { derivedId } from '../../store/ids.ts'
import { heldIn, lastIssueDate, lastSequence, numbersOf, numberTaken, voidedNumbers } from '../../store/queries/numbers.ts'
import type { WriteTx } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'
import { mimeOf } from '../file-desk.ts'
import { readSettings } from '../settings.ts'
import { standingOf } from './number-authority.ts'

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

/** 编号待定: issued on a machine that may not number here and has no lease; the authority gives the number later. */
export type PendingNumber = { readonly series: string; readonly year: number; readonly seq: null; readonly number: null }

/** The next number that this machine may give for a letter of `date`, or none yet. DATE_ORDER where this machine numbers alone; NUMBER_SERIES, NUMBER_USED. */
export function takeNumber(tx: WriteTx, series: string, date: string, letterId: string, origin: string): TakenNumber | PendingNumber {
  const year = Number(date.slice(0, 4))
  const { standing, leases } = standingOf(tx, series, year, origin)
  if (standing === 'pending') return { series, year, seq: null, number: null }
  if (standing === 'lease') return take(tx, series, year, leases[0]!.next, letterId)
  // Elsewhere letters of other days are issued at the same time: only who numbers alone can keep dates and numbers in one order.
  refuseDateOrder(tx, series, date)
  return takeDirect(tx, series, year, letterId)
}

/** Behind everything given or lent. Only for whoever numbers the series. */
export function takeDirect(tx: WriteTx, series: string, year: number, letterId: string): TakenNumber {
  return take(tx, series, year, heldIn(tx, series, year) + 1, letterId)
}

function take(tx: WriteTx, series: string, year: number, seq: number, letterId: string): TakenNumber {
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
    const held = new Set(rows.filter((row) => row.use !== 'closed').map((row) => row.seq))
    const last = lastSequence(db, series, year)
    const gaps = Array.from({ length: last }, (_, index) => index + 1).filter((seq) => !held.has(seq)).slice(0, 1_000)
    const text = (sequence: number): string => formatLetterNumber({ code: series, year, sequence })
    const nextSeq = heldIn(db, series, year) + 1
    return { series, year, next: text(nextSeq), nextSeq, used: held.size, voided: voidedNumbers(db, series, year).map((one) => ({ ...one })), gaps: gaps.map(text) }
  }))
}

const gapTexts = { sheet: '空号说明', head: ['序号', '文号', '情况', '说明'], void: '已撤销', paper: '纸质函件已使用', skipped: '空号', unexplained: '未使用' } as const

/** 空号说明 in the order of the series. */
export function numbersGapsFile({ year }: ParsedOf<'numbers.gapsFile'>, { store, files }: OpenContext): Result<OutputOf<'numbers.gapsFile'>> {
  const { series, lines } = store.read((db) => {
    const code = readSettings(db).code
    const text = (sequence: number): string => formatLetterNumber({ code, year, sequence })
    const voided = new Map(voidedNumbers(db, code, year).map((one) => [one.number, one.reason]))
    const held = new Map(numbersOf(db, code, year).map((row) => [row.seq, row]))
    const all = Array.from({ length: lastSequence(db, code, year) }, (_, index) => index + 1)
    return {
      series: code,
      lines: all.flatMap((seq): (readonly [string, string, string])[] => {
        const row = held.get(seq)
        if (row === undefined) return [[text(seq), gapTexts.skipped, gapTexts.unexplained]]
        if (row.use === 'closed') return [[text(seq), gapTexts.skipped, row.reason ?? '']]
        if (row.use === 'paper') return [[text(seq), gapTexts.paper, row.reason ?? '']]
        return voided.has(text(seq)) ? [[text(seq), gapTexts.void, voided.get(text(seq)) ?? '']] : []
      }),
    }
  })
  const name = safeFileName(`${gapTexts.sheet}-${series}-${year}`, 'xlsx')
  const columns = gapTexts.head.map((header, index) => ({ header, width: [6, 24, 18, 60][index] ?? 12, kind: index === 0 ? ('number' as const) : ('text' as const) }))
  const bytes = writeTable([{ name: gapTexts.sheet, columns, rows: lines.map((line, index) => [index + 1, ...line]) }])
  return ok({ file: files.offer({ name, mime: mimeOf(name), bytes }), name, count: lines.length })
}

/** Numbers that paper letters already bear; on the machine that numbers, or two machines would give one number. NUMBER_AUTHORITY, NUMBER_USED {number} when one is held; then none is reserved. BAD_INPUT when the range is turned round or over 5,000. */
export function reserveNumbers(input: ParsedOf<'numbers.reserve'>, { store, account }: OpenContext): Result<OutputOf<'numbers.reserve'>> {
  const { year, from, to, reason } = input
  return attempt(() => {
    if (to < from || to - from >= 5_000) throw new Refusal('BAD_INPUT', { field: 'to' })
    return store.write({ kind: 'numbers.reserve', author: account.id, note: reason }, (tx) => {
      const series = readSettings(tx).code
      if (standingOf(tx, series, year, tx.origin).standing !== 'direct') throw new Refusal('NUMBER_AUTHORITY', { series })
      for (let seq = from; seq <= to; seq += 1) {
        if (numberTaken(tx, series, year, seq)) throw new Refusal('NUMBER_USED', { number: formatLetterNumber({ code: series, year, sequence: seq }) })
        tx.put('number', numberId(series, year, seq), 'holder', { series, year, seq, letterId: null, use: 'paper', reason })
      }
      return { reserved: to - from + 1 }
    })
  })
}
