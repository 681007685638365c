/** The built-in working calendar from the package chinese-days, and the tables that the office adds to it. */
import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { workCalendar } from '../../shared/domain/deadlines.ts'
import type { CalendarYear, WorkdayCalendar } from '../../shared/domain/deadlines.ts'
import { yearOf } from '../../shared/text/dates.ts'

/*
 * The package's data, not its functions: isWorkday and getDayDetail go through the local time zone (measured in 1.5.7: west of Greenwich
 * every holiday moves by a day) and answer for any year, falling back to plain weekends without saying so (measured: 2027).
 */
const holidays: Readonly<Record<string, string>> = published.holidays
const extraWorkdays: Readonly<Record<string, string>> = published.workdays

/** A year counts as covered only with New Year, National Day and a Spring Festival: a few stray days are no published calendar. */
function isCovered(year: number): boolean {
  const named = (date: string, name: string): boolean => holidays[date]?.includes(name) === true
  return named(`${year}-01-01`, '元旦') && named(`${year}-10-01`, '国庆节')
    && Object.keys(holidays).some((date) => yearOf(date) === year && named(date, '春节'))
}

function tableOf(year: number): CalendarYear {
  const inYear = (date: string): boolean => yearOf(date) === year
  return { year, holidays: Object.keys(holidays).filter(inYear).sort(), extraWorkdays: Object.keys(extraWorkdays).filter(inYear).sort() }
}

let builtIn: readonly CalendarYear[] | null = null

/** The years that the package really holds, oldest first. Made once: it is constant data. */
export function builtInCalendarYears(): readonly CalendarYear[] {
  builtIn ??= [...new Set(Object.keys(holidays).map(yearOf))].sort((a, b) => a - b).filter(isCovered).map(tableOf)
  return builtIn
}

/** The office's own tables (calendarYear rows) stand over the built-in ones, year by year. */
export function officeCalendar(own: readonly CalendarYear[] = []): WorkdayCalendar {
  return workCalendar([...builtInCalendarYears(), ...own])
}
