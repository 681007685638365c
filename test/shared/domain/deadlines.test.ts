import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addWorkingDays, calendarYearSchema, isWorkingDay, workCalendar, workingDaysBetween } from '../../../shared/domain/deadlines.ts'
import type { CalendarYear } from '../../../shared/domain/deadlines.ts'

/** Spring Festival 2026 and its worked weekends, as published. */
const year2026: CalendarYear = {
  year: 2026,
  holidays: ['2026-01-01', '2026-01-02', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-02-23'],
  extraWorkdays: ['2026-01-04', '2026-02-14', '2026-02-28'],
}
const calendar = workCalendar([year2026])

describe('addWorkingDays', () => {
  test.each<[string, number, string]>([
    ['2026-03-05', 15, '2026-03-26'],
    ['2026-03-06', 1, '2026-03-09'],
    ['2026-03-07', 1, '2026-03-09'],
    ['2026-03-05', 0, '2026-03-05'],
    ['2026-01-01', 1, '2026-01-04'],
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-13', 2, '2026-02-24'],
    ['2026-02-27', 1, '2026-02-28'],
  ])('%s + %i = %s', (from, days, to) => {
    expect(addWorkingDays(calendar, from, days)).toEqual({ ok: true, value: to })
  })

  test('the day of receipt never counts, even where it is in an unknown year', () => {
    expect(addWorkingDays(calendar, '2025-12-31', 1)).toEqual({ ok: true, value: '2026-01-04' })
  })

  test('beyond the covered years nothing is guessed', () => {
    expect(addWorkingDays(calendar, '2026-12-30', 1)).toEqual({ ok: true, value: '2026-12-31' })
    expect(addWorkingDays(calendar, '2026-12-30', 2)).toEqual({ ok: false, error: { code: 'CALENDAR_UNKNOWN', params: { date: '2027-01-01', year: 2027 } } })
    expect(addWorkingDays(workCalendar([]), '2026-03-05', 1)).toMatchObject({ ok: false })
    expect(isWorkingDay(calendar, '2027-01-04')).toMatchObject({ ok: false, error: { code: 'CALENDAR_UNKNOWN' } })
    expect(() => addWorkingDays(calendar, '2026-03-05', -1)).toThrow(RangeError)
    expect(() => addWorkingDays(calendar, '2026-02-30', 1)).toThrow(RangeError)
  })

  test('agrees with a walk over Date days, and with its own inverse', () => {
    const day = fc.integer({ min: 0, max: 364 })
    const iso = (index: number): string => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10)
    fc.assert(fc.property(fc.uniqueArray(day, { maxLength: 60 }), fc.uniqueArray(day, { maxLength: 60 }), day, fc.nat(60), (off, worked, from, days) => {
      const holidays = off.map(iso)
      const extraWorkdays = worked.map(iso).filter((date) => !holidays.includes(date))
      const own = workCalendar([{ year: 2026, holidays, extraWorkdays }])
      let left = days
      let at = from
      while (left > 0 && at <= 365) {
        at += 1
        const weekend = [0, 6].includes(new Date(Date.UTC(2026, 0, 1 + at)).getUTCDay())
        if (extraWorkdays.includes(iso(at)) || (!weekend && !holidays.includes(iso(at)))) left -= 1
      }
      const result = addWorkingDays(own, iso(from), days)
      if (at > 364) expect(result).toMatchObject({ ok: false, error: { code: 'CALENDAR_UNKNOWN' } })
      else {
        expect(result).toEqual({ ok: true, value: iso(at) })
        expect(workingDaysBetween(own, iso(from), iso(at))).toEqual({ ok: true, value: days })
      }
    }), { numRuns: 500, seed: 20260610 })
  })
})

test('a later table replaces the year; the notice of the next year may move days of December', () => {
  const own = workCalendar([year2026, { year: 2026, holidays: [], extraWorkdays: [] }])
  expect(addWorkingDays(own, '2026-01-01', 1)).toEqual({ ok: true, value: '2026-01-02' })
  const next: CalendarYear = { year: 2027, holidays: ['2026-12-31', '2027-01-01'], extraWorkdays: ['2026-12-26'] }
  const both = workCalendar([next, { ...year2026, extraWorkdays: [...year2026.extraWorkdays, '2026-12-31'] }])
  expect([isWorkingDay(both, '2026-12-31'), isWorkingDay(both, '2026-12-26')]).toEqual([{ ok: true, value: false }, { ok: true, value: true }])
  expect(calendarYearSchema.safeParse(next).success).toBe(true)
})

test.each<[string, object]>([
  ['a day of another year', { holidays: ['2025-11-01'] }],
  ['a day that does not exist', { holidays: ['2026-02-30'] }],
  ['a day both off and worked', { holidays: ['2026-02-14'] }],
  ['an unknown field', { source: 'x' }],
])('calendar table: refuses %s', (_, change) => {
  expect(calendarYearSchema.safeParse({ ...year2026, ...change }).success).toBe(false)
})
