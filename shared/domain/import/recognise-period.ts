/** Weighs what titles, sheet names and the file's name say about the period. Titles win; contradictions are said or refused. */
import { isPeriod, periodWords, readPeriod } from './period.ts'
import type { ImportWarning } from './types.ts'

type SheetTexts = { readonly index: number; readonly name: string | null; readonly lines: readonly string[] }
type Decided =
  | { readonly ok: true; readonly period: string | null; readonly sheets: readonly number[]; readonly warnings: readonly ImportWarning[] }
  | { readonly ok: false; readonly found: readonly string[] }

/** A line that tells when the table was filled in, not what it covers. */
const filingLine = /(?:填报|填表|制表|报送|上报|打印|统计|录入|制作)\s*(?:日期|时间)/

/**
 * `sheets` in the result are those of the decided period: a workbook with a sheet per month is refused unless the month is given,
 * then only that month's sheets are read.
 */
export function decidePeriod(type: 'none' | 'month' | 'year', sheets: readonly SheetTexts[], file: string, given: string | undefined): Decided {
  const all = sheets.map((sheet) => sheet.index)
  if (type === 'none') return { ok: true, period: null, sheets: all, warnings: [] }
  const readings = sheets.map((sheet) => ({ index: sheet.index, ...ofSheet(sheet, type, file) }))
  const own = readings.filter((reading) => reading.fromSheet)
  const found = [...new Set((own.length > 0 ? own : readings).flatMap((reading) => reading.periods))]
  if (given !== undefined) {
    if (!isPeriod(given, type)) return { ok: false, found: [given] }
    const clear = own.filter((reading) => reading.periods.length === 1)
    const others = clear.some((reading) => reading.periods[0] === given) ? clear.filter((reading) => reading.periods[0] !== given).map((reading) => reading.index) : []
    return { ok: true, period: given, sheets: all.filter((index) => !others.includes(index)), warnings: [] }
  }
  const fallback = readPeriod(file, type)
  const periods = found.length > 0 ? found : fallback.periods
  const [period] = periods
  if (period === undefined || periods.length > 1) return { ok: false, found: periods }
  const derived = found.length > 0 ? readings.find((reading) => reading.derived !== null)?.derived ?? null : fallback.derived
  const warnings: ImportWarning[] = derived === null ? [] : [{ code: 'PERIOD_DERIVED', params: { text: derived, period } }]
  const other = [...sheets.map((sheet) => sheet.name ?? ''), file].find((text) => contradicts(text, type, period))
  if (other !== undefined) warnings.push({ code: 'PERIOD_DIFFERS', params: { period, other } })
  return { ok: true, period, sheets: all, warnings }
}

type SheetReading = { readonly periods: readonly string[]; readonly derived: string | null; readonly fromSheet: boolean }

/** The first line above the table that names a period, else the sheet's name, else a year here with a month there. */
function ofSheet(sheet: SheetTexts, type: 'month' | 'year', file: string): SheetReading {
  const texts = [...sheet.lines.filter((line) => !filingLine.test(line)), sheet.name ?? '']
  for (const text of texts) {
    const reading = readPeriod(text, type)
    if (reading.periods.length > 0) return { ...reading, fromSheet: true }
  }
  if (type === 'year') return { periods: [], derived: null, fromSheet: false }
  const words = texts.map(periodWords)
  const own = combine(words.flatMap((word) => word.years), words.flatMap((word) => word.bareMonths))
  if (own.length > 0) return { periods: own, derived: null, fromSheet: true }
  const fromFile = readPeriod(file, type)
  if (fromFile.periods.length > 0) return { ...fromFile, fromSheet: false }
  const outside = periodWords(file)
  const years = words.flatMap((word) => word.years)
  const months = words.flatMap((word) => word.bareMonths)
  const mixed = combine(years.length > 0 ? years : outside.years, months.length > 0 ? months : outside.bareMonths)
  return { periods: mixed, derived: null, fromSheet: months.length > 0 }
}

function combine(years: readonly string[], months: readonly number[]): readonly string[] {
  const [year, ...otherYears] = new Set(years)
  const [month, ...otherMonths] = new Set(months)
  if (year === undefined || month === undefined || otherYears.length > 0 || otherMonths.length > 0) return []
  return [`${year}-${String(month).padStart(2, '0')}`]
}

function contradicts(text: string, type: 'month' | 'year', period: string): boolean {
  const words = periodWords(text)
  if (type === 'year') return words.years.length > 0 && !words.years.includes(period)
  if (words.months.length > 0) return !words.months.includes(period)
  if (words.bareMonths.length > 0 && !words.bareMonths.includes(Number(period.slice(5)))) return true
  return words.years.length > 0 && !words.years.includes(period.slice(0, 4))
}
