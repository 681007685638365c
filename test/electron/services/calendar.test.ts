import { execFileSync } from 'node:child_process'
import chineseDays from 'chinese-days'
import { expect, test } from 'vitest'
import { builtInCalendarYears, officeCalendar } from '../../../electron/services/calendar.ts'
import { addWorkingDays, calendarYearSchema, isWorkingDay } from '../../../shared/domain/deadlines.ts'
import { addDays } from '../../../shared/text/dates.ts'

test('covers the years that the package really holds, one after the other, and no more', () => {
  const years = builtInCalendarYears().map(({ year }) => year)
  expect(years[0]).toBe(2004)
  // Chinese-days 1.5.7. When a newer version adds 2027, this line and the table below are the ones to look at.
  expect(years.at(-1)).toBe(2026)
  expect(years).toEqual(Array.from({ length: 23 }, (_, index) => 2004 + index))
  for (const year of builtInCalendarYears()) expect(calendarYearSchema.safeParse(year).success).toBe(true)
})

test.each<[string, boolean]>([
  // As published for 2026: New Year 1–3 January (4 January worked), Spring Festival 15–23 February (14 and 28 worked).
  ['2026-01-01', false], ['2026-01-02', false], ['2026-01-04', true], ['2026-02-14', true], ['2026-02-16', false], ['2026-02-23', false], ['2026-02-24', true], ['2026-02-28', true],
  ['2026-10-01', false], ['2026-10-07', false], ['2026-03-07', false], ['2026-03-09', true], ['2025-10-08', false], ['2024-02-04', true],
])('%s is a working day: %s', (date, works) => {
  expect(isWorkingDay(officeCalendar(), date)).toEqual({ ok: true, value: works })
})

test('2027 is refused until the office brings its table', () => {
  expect(addWorkingDays(officeCalendar(), '2026-12-28', 15)).toMatchObject({ ok: false, error: { code: 'CALENDAR_UNKNOWN', params: { year: 2027 } } })
  expect(addWorkingDays(officeCalendar([{ year: 2027, holidays: ['2027-01-01'], extraWorkdays: [] }]), '2026-12-28', 4)).toEqual({ ok: true, value: '2027-01-04' })
  expect(isWorkingDay(officeCalendar(), '2003-06-02')).toMatchObject({ ok: false })
})

test('agrees with the package itself on every day of the covered years (the tests run in China time)', () => {
  const calendar = officeCalendar()
  const differing: string[] = []
  for (let date = '2004-01-01'; date <= '2026-12-31'; date = addDays(date, 1)) if (calendar.isWorkday(date) !== chineseDays.isWorkday(date)) differing.push(date)
  expect(differing).toEqual([])
})

test('the time zone of the machine moves nothing', () => {
  const script = "import { builtInCalendarYears as years } from './electron/services/calendar.ts'; process.stdout.write(JSON.stringify(years()))"
  const inZone = (zone: string): string => execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TZ: zone }, encoding: 'utf8' })
  const here = JSON.stringify(builtInCalendarYears())
  for (const zone of ['America/New_York', 'Pacific/Apia', 'UTC']) expect(inZone(zone) === here, zone).toBe(true)
})
