/** The built-in working calendar from the package chinese-days, and the tables that the office adds to it. */
import chineseDays from 'chinese-days'
import { workCalendar } from '../../shared/domain/deadlines.ts'
import type { CalendarYear, WorkdayCalendar } from '../../shared/domain/deadlines.ts'
import { addDays, dayDifference, formatIsoDate, weekday } from '../../shared/text/dates.ts'

/** Bounds of the search for covered years, not of the coverage. */
const firstYear = 2004
const lastYear = 2060

/**
 * The package answers for every year and falls back to plain weekends without saying so (measured: 2027 in version 1.5.7). A year counts
 * as covered only where it names New Year and National Day as holidays and has a Spring Festival.
 */
function isCovered(year: number): boolean {
  const named = (date: string, name: string): boolean => {
    const detail = chineseDays.getDayDetail(date)
    return !detail.work && detail.name.includes(name)
  }
  if (!named(`${year}-01-01`, '元旦') || !named(`${year}-10-01`, '国庆节')) return false
  // The first day of the lunar year falls between 21 January and 21 February.
  return Array.from({ length: 40 }, (_, index) => addDays(`${year}-01-19`, index)).some((date) => named(date, '春节'))
}

/** The days of a year where the package differs from plain weekends. */
function tableOf(year: number): CalendarYear {
  const holidays: string[] = []
  const extraWorkdays: string[] = []
  const first = formatIsoDate({ year, month: 1, day: 1 })
  const length = dayDifference(first, formatIsoDate({ year: year + 1, month: 1, day: 1 }))
  for (let index = 0; index < length; index += 1) {
    const date = addDays(first, index)
    const works = chineseDays.isWorkday(date)
    if (works === weekday(date) <= 5) continue
    if (works) extraWorkdays.push(date)
    else holidays.push(date)
  }
  return { year, holidays, extraWorkdays }
}

let builtIn: readonly CalendarYear[] | null = null

/** The years that the package really holds, oldest first. Read once: it is constant data. */
export function builtInCalendarYears(): readonly CalendarYear[] {
  builtIn ??= Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index).filter(isCovered).map(tableOf)
  return builtIn
}

/** The office's own tables (calendarYear rows) stand over the built-in ones, year by year. */
export function officeCalendar(own: readonly CalendarYear[] = []): WorkdayCalendar {
  return workCalendar([...builtInCalendarYears(), ...own])
}
