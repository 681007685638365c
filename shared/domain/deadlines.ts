/** Deadlines in working days (domain.md section 2): counted from the day after receipt, never beyond the published calendars. */
import { z } from 'zod'
import { err, ok } from '../result.ts'
import type { Result } from '../result.ts'
import { addDays, isIsoDate, weekday, yearOf } from '../text/dates.ts'
import type { IsoDate } from '../text/dates.ts'

const isoDate = z.string().refine(isIsoDate, { message: 'not an ISO date' })

/**
 * A published year: `holidays` are days off, `extraWorkdays` are weekend days worked instead. The arrangement for New Year sometimes reaches into
 * the December before, so those days may stand in either table.
 */
export const calendarYearSchema = z
  .strictObject({ year: z.int().min(1949).max(2200), holidays: z.array(isoDate).max(366), extraWorkdays: z.array(isoDate).max(120) })
  .refine(
    ({ year, holidays, extraWorkdays }) => [...holidays, ...extraWorkdays].every((day) => day.startsWith(`${year}-`) || day.startsWith(`${year - 1}-12-`)),
    { message: 'a day of another year' },
  )
  .refine(({ holidays, extraWorkdays }) => !holidays.some((day) => extraWorkdays.includes(day)), { message: 'a day that is both off and worked' })
export type CalendarYear = {
  readonly year: number
  readonly holidays: readonly IsoDate[]
  readonly extraWorkdays: readonly IsoDate[]
}

/** Injected: where the tables come from is not the domain's business. `isWorkday` may only be asked about covered years. */
export type WorkdayCalendar = {
  readonly coveredYears: ReadonlySet<number>
  readonly isWorkday: (date: IsoDate) => boolean
}

/** A later table of the same year replaces an earlier one whole (the office's own over the built-in). */
export function workCalendar(tables: readonly CalendarYear[]): WorkdayCalendar {
  const byYear = new Map(tables.map((table) => [table.year, table]))
  const special = new Map<IsoDate, boolean>()
  // In the order of years: for a day in December the notice of the next year is the newer word.
  for (const table of [...byYear.values()].sort((a, b) => a.year - b.year)) {
    for (const day of table.holidays) special.set(day, false)
    for (const day of table.extraWorkdays) special.set(day, true)
  }
  return { coveredYears: new Set(byYear.keys()), isWorkday: (date) => special.get(date) ?? weekday(date) <= 5 }
}

/** CALENDAR_UNKNOWN {date, year} (日历未公布) for a day of a year without a table. */
export function isWorkingDay(calendar: WorkdayCalendar, date: IsoDate): Result<boolean> {
  const year = yearOf(date)
  return calendar.coveredYears.has(year) ? ok(calendar.isWorkday(date)) : err('CALENDAR_UNKNOWN', { date, year })
}

/**
 * The `days`-th working day after `from`; the day of receipt itself never counts (domain.md section 2). 0 gives `from`.
 * Every day walked must be covered: one unknown year could move the result.
 */
export function addWorkingDays(calendar: WorkdayCalendar, from: IsoDate, days: number): Result<IsoDate> {
  if (!Number.isInteger(days) || days < 0) throw new RangeError('working days are counted forward')
  let date = from
  for (let left = days; left > 0;) {
    date = addDays(date, 1)
    const working = isWorkingDay(calendar, date)
    if (!working.ok) return working
    if (working.value) left -= 1
  }
  return ok(date)
}

/** How many working days lie after `from`, up to and with `to`; 0 when `to` is not later. */
export function workingDaysBetween(calendar: WorkdayCalendar, from: IsoDate, to: IsoDate): Result<number> {
  let count = 0
  for (let date = from; date < to;) {
    date = addDays(date, 1)
    const working = isWorkingDay(calendar, date)
    if (!working.ok) return working
    if (working.value) count += 1
  }
  return ok(count)
}
