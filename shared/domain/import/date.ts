/** Dates as workbooks write them. Results are `YYYY-MM-DD` or `YYYY-MM`; null is "not a date". Nothing is completed by guessing. */
import { halfWidth } from './clean.ts'

const fullDate = /^(\d{4})(?:([-./])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))(?:[ T]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/
const yearMonth = /^(\d{4})(?:[-./](\d{1,2})|年(\d{1,2})月(?:份)?|(\d{2}))$/
const firstYear = 1900
const lastYear = 2199
const dayMs = 86_400_000

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

function toMonth(year: number, month: number): string | null {
  return year >= firstYear && year <= lastYear && month >= 1 && month <= 12 ? `${year}-${pad(month)}` : null
}

/** Null for a day that the calendar does not have (2026-02-30, 2025-13-01). */
function toDate(year: number, month: number, day: number): string | null {
  const head = toMonth(year, month)
  if (head === null || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null
  return `${head}-${pad(day)}`
}

function compact(raw: string): string {
  return halfWidth(raw).replace(/\s*([-./年月日号])\s*/g, '$1')
}

/** `2026.3.5`, `2026年3月5日`, `2026-03-05`, `2026/3/5`, `20260305`, with or without a time of day after it. */
export function dateFromText(raw: string): string | null {
  const found = fullDate.exec(compact(raw))
  if (found === null) return null
  return toDate(Number(found[1]), Number(found[3] ?? found[5] ?? found[7]), Number(found[4] ?? found[6] ?? found[8]))
}

/** `1975.08`, `1975年8月`, `1975-8`, `197508`, or a full date, of which the month is taken. */
export function monthFromText(raw: string): string | null {
  const text = compact(raw)
  const found = yearMonth.exec(text)
  if (found !== null) return toMonth(Number(found[1]), Number(found[2] ?? found[3] ?? found[4]))
  return dateFromText(text)?.slice(0, 7) ?? null
}

/** An Excel serial; the day 1900-02-29 that Excel invented (60) is no date. A time of day is dropped. */
export function dateFromSerial(serial: number, date1904: boolean): string | null {
  const day = Math.floor(serial)
  if (date1904) return day < 0 ? null : fromEpochDay(day - 24_107)
  if (day < 1 || day === 60) return null
  return fromEpochDay(day - (day < 60 ? 25_568 : 25_569))
}

function fromEpochDay(day: number): string | null {
  if (day > 100_000) return null
  const date = new Date(day * dayMs)
  return toDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
}

/** A number without a date format counts as a serial only where it can hardly be anything else (1927–2119). */
function isPlausibleSerial(value: number): boolean {
  return value >= 10_000 && value <= 80_000
}

/** A serial as a .csv or a text cell carries it: `46151`, `46151.5`; anything that is no plausible day is left alone. */
export function serialFromText(raw: string): number | null {
  const text = halfWidth(raw).trim()
  const value = /^\d{5}(?:\.\d+)?$/.test(text) ? Number(text) : 0
  return isPlausibleSerial(value) ? value : null
}

export function dateFromNumber(value: number, hasDateFormat: boolean, date1904: boolean): string | null {
  if (hasDateFormat || isPlausibleSerial(value)) return dateFromSerial(value, date1904)
  return Number.isInteger(value) ? dateFromText(String(value)) : null
}

/**
 * 1975.08 typed into a sheet becomes the number 1975.08, but 1975.10 becomes 1975.1, which January would give as well:
 * 'unclear' then, so that a person looks.
 */
export function monthFromNumber(value: number, hasDateFormat: boolean, date1904: boolean): string | 'unclear' | null {
  if (hasDateFormat || isPlausibleSerial(value)) return dateFromSerial(value, date1904)?.slice(0, 7) ?? null
  const text = String(value)
  return /^\d{4}\.1$/.test(text) ? 'unclear' : monthFromText(text)
}
