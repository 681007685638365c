/** Figures, dates and amounts as people read them. Dates in tables are 2026-06-30; in sentences 2026年6月30日. */
import { chinesePeriod, isMonthPeriod, isYearPeriod } from '../../shared/domain/period.ts'

export const none = '—'

const groups = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 4 })

export function numberText(value: number | null | undefined): string {
  return value === null || value === undefined ? none : groups.format(value)
}

/** Whole 元 as 亿元, 万元 or 元, without loss for what workbooks carry (up to four places of 亿, two of 万). */
export function amountText(yuan: number | null | undefined): string {
  if (yuan === null || yuan === undefined) return none
  const size = Math.abs(yuan)
  if (size >= 100_000_000) return `${groups.format(yuan / 100_000_000)}亿元`
  if (size >= 10_000) return `${groups.format(yuan / 10_000)}万元`
  return `${groups.format(yuan)}元`
}

export function percentText(value: number | null | undefined): string {
  return value === null || value === undefined ? none : `${groups.format(value)}%`
}

export function dateText(date: string | null | undefined): string {
  return date ? date.replace('T', ' ') : none
}

const two = (value: number): string => String(value).padStart(2, '0')

/** `2026-06-30 14:05`, in this machine's time. */
export function momentText(millis: number | null | undefined): string {
  if (millis === null || millis === undefined) return none
  const at = new Date(millis)
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`
}

export function periodText(period: string | null | undefined): string {
  if (!period) return none
  return isMonthPeriod(period) || isYearPeriod(period) ? chinesePeriod(period) : period
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${groups.format(Math.round(bytes / 104_857.6) / 10)} MB`
}

/** Birth as far as it is known: 1975年3月. */
export function birthText(birth: string | null | undefined): string {
  if (!birth) return none
  const [year, month] = birth.split('-')
  return month === undefined ? `${year}年` : `${year}年${Number(month)}月`
}

export function sourceText(sheet: string | null, row: number | null): string {
  if (row === null) return none
  return sheet === null ? `第 ${row} 行` : `${sheet} 第 ${row} 行`
}

/** Column of a sheet by number: 0 = A. */
export function columnLetter(index: number): string {
  const rest = Math.floor(index / 26)
  return `${rest > 0 ? columnLetter(rest - 1) : ''}${String.fromCharCode(65 + (index % 26))}`
}
