/** Arithmetic of periods: a month `2026-06` or a year `2025` (see kinds.ts). Both sort as text in the order of time. */
import { daysInMonth, formatIsoDate } from '../text/dates.ts'
import type { IsoDate } from '../text/dates.ts'
import type { Period } from './kinds.ts'

export function isMonthPeriod(period: Period): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(period)
}

export function isYearPeriod(period: Period): boolean {
  return /^\d{4}$/.test(period)
}

export function periodYear(period: Period): number {
  return Number(period.slice(0, 4))
}

/** 1–12, or null for a year. */
export function periodMonth(period: Period): number | null {
  return isMonthPeriod(period) ? Number(period.slice(5)) : null
}

export function monthPeriod(year: number, month: number): Period {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
}

/** The period `steps` before (or after, when negative): months for a month, years for a year. */
export function periodBefore(period: Period, steps = 1): Period {
  const month = periodMonth(period)
  if (month === null) return String(periodYear(period) - steps).padStart(4, '0')
  const index = periodYear(period) * 12 + month - 1 - steps
  return monthPeriod(Math.floor(index / 12), (((index % 12) + 12) % 12) + 1)
}

/** `period` and the `count − 1` before it, oldest first. */
export function lastPeriods(period: Period, count: number): readonly Period[] {
  return Array.from({ length: count }, (_, index) => periodBefore(period, count - 1 - index))
}

export function lastDayOfPeriod(period: Period): IsoDate {
  const year = periodYear(period)
  const month = periodMonth(period) ?? 12
  return formatIsoDate({ year, month, day: daysInMonth(year, month) })
}

/** `2026年6月` or `2025年度`. */
export function chinesePeriod(period: Period): string {
  const month = periodMonth(period)
  return month === null ? `${periodYear(period)}年度` : `${periodYear(period)}年${month}月`
}
