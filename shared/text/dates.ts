/**
 * Calendar dates as ISO text `YYYY-MM-DD`. Pure day arithmetic: no `Date`, so no time zone can move a deadline by a day.
 * Functions that take a date throw a RangeError on text that is not one (a bug of the caller); parse foreign input with `parseIsoDate`.
 */

/** Same format everywhere: sorts as text in the order of time. */
export type IsoDate = string
export type DateParts = { readonly year: number; readonly month: number; readonly day: number }

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** `month` from 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (daysOfMonth[month - 1] ?? 0)
}

/** Null for anything that is not an existing day of the years 0001–9999 (2026-02-30 is null). */
export function parseIsoDate(text: string): DateParts | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return null
  const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  const exists = parts.year >= 1 && parts.month >= 1 && parts.month <= 12 && parts.day >= 1 && parts.day <= daysInMonth(parts.year, parts.month)
  return exists ? parts : null
}

export function isIsoDate(text: string): boolean {
  return parseIsoDate(text) !== null
}

export function formatIsoDate({ year, month, day }: DateParts): IsoDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function partsOf(date: IsoDate): DateParts {
  const parts = parseIsoDate(date)
  if (parts === null) throw new RangeError('not an ISO date')
  return parts
}

/** Days since 1970-01-01 (proleptic Gregorian; Hinnant's days_from_civil: years start in March, so the leap day comes last). */
export function dayNumber(date: IsoDate): number {
  const { year, month, day } = partsOf(date)
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

export function fromDayNumber(days: number): IsoDate {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return formatIsoDate({ year, month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 })
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return fromDayNumber(dayNumber(date) + days)
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function dayDifference(from: IsoDate, to: IsoDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** The same day `months` later; the last day of the month where that day does not exist (31 January + 1 month = 28 or 29 February). */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const { year, month, day } = partsOf(date)
  const index = year * 12 + (month - 1) + months
  const target = { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 }
  return formatIsoDate({ ...target, day: Math.min(day, daysInMonth(target.year, target.month)) })
}

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export function weekday(date: IsoDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1
}

export function yearOf(date: IsoDate): number {
  return partsOf(date).year
}

/** `2026年3月5日`: no leading zeros (GB/T 9704, see letters.md section 2). */
export function chineseDate(date: IsoDate): string {
  const { year, month, day } = partsOf(date)
  return `${year}年${month}月${day}日`
}
