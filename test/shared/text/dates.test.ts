import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, addMonths, chineseDate, dayDifference, dayNumber, daysInMonth, fromDayNumber, isIsoDate, parseIsoDate, weekday, yearOf } from '../../../shared/text/dates.ts'
import { chinesePeriod, isMonthPeriod, isYearPeriod, lastDayOfPeriod, lastPeriods, periodBefore } from '../../../shared/domain/period.ts'

const days = fc.integer({ min: -700_000, max: 2_900_000 })

test('every day agrees with UTC dates', () => {
  fc.assert(fc.property(days, fc.integer({ min: -4000, max: 4000 }), (number, step) => {
    const date = new Date(number * 86_400_000)
    const iso = date.toISOString().slice(0, 10)
    expect(fromDayNumber(number)).toBe(iso)
    expect(dayNumber(iso)).toBe(number)
    expect(weekday(iso)).toBe(date.getUTCDay() === 0 ? 7 : date.getUTCDay())
    expect(yearOf(iso)).toBe(date.getUTCFullYear())
    expect(daysInMonth(date.getUTCFullYear(), date.getUTCMonth() + 1)).toBe(new Date(Date.UTC(2000 + (date.getUTCFullYear() % 400), date.getUTCMonth() + 1, 0)).getUTCDate())
    if (Math.abs(number) < 600_000) expect(dayDifference(iso, addDays(iso, step))).toBe(step)
  }), { numRuns: 3000, seed: 20260611 })
})

test('what is not a day is refused', () => {
  for (const text of ['', '2026-2-3', '2026-02-30', '2026-13-01', '2026-00-10', '2026-01-00', '2100-02-29', ' 2026-01-01', '2026-01-01T00:00', '0000-01-01', '２０２６-01-01']) {
    expect(isIsoDate(text), text).toBe(false)
  }
  expect(parseIsoDate('2028-02-29')).toEqual({ year: 2028, month: 2, day: 29 })
  expect(() => addDays('2026-02-30', 1)).toThrow(RangeError)
})

test('months clamp to their last day; Chinese dates have no leading zeros', () => {
  expect([addMonths('2026-01-31', 1), addMonths('2028-01-31', 1), addMonths('2026-03-31', -1), addMonths('2026-12-15', 6), addMonths('2026-01-15', -1)]).toEqual(['2026-02-28', '2028-02-29', '2026-02-28', '2027-06-15', '2025-12-15'])
  expect([chineseDate('2026-03-05'), chineseDate('2026-12-31')]).toEqual(['2026年3月5日', '2026年12月31日'])
})

test('periods', () => {
  expect([periodBefore('2026-01'), periodBefore('2026-12', -1), periodBefore('2026-06', 18), periodBefore('2025')]).toEqual(['2025-12', '2027-01', '2024-12', '2024'])
  expect(lastPeriods('2026-02', 3)).toEqual(['2025-12', '2026-01', '2026-02'])
  expect([lastDayOfPeriod('2028-02'), lastDayOfPeriod('2026-06'), lastDayOfPeriod('2025')]).toEqual(['2028-02-29', '2026-06-30', '2025-12-31'])
  expect([chinesePeriod('2026-06'), chinesePeriod('2025')]).toEqual(['2026年6月', '2025年度'])
  expect([isMonthPeriod('2026-13'), isMonthPeriod('2026-06'), isYearPeriod('2026-06'), isYearPeriod('2026')]).toEqual([false, true, false, true])
})
