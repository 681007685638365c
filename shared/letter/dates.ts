/** Dates and numbers as papers write them: clause 7.3.5.4 (Arabic digits, no leading zero) and 7.2.5 (〔2026〕3号). */

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/
const timePattern = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})$/
const weekdays = ['日', '一', '二', '三', '四', '五', '六'] as const

/** True for a real day of the calendar in the form `YYYY-MM-DD`. */
export function isDay(day: string): boolean {
  const match = dayPattern.exec(day)
  if (!match) return false
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

/** True for `YYYY-MM-DDTHH:mm` on a real day. */
export function isMinute(time: string): boolean {
  const match = timePattern.exec(time)
  return match !== null && isDay(match[1] ?? '') && Number(match[2]) < 24 && Number(match[3]) < 60
}

/** `2026-03-05` → `2026年3月5日`; anything else comes back as it is, so that a paper never shows a made-up date. */
export function chineseDate(day: string): string {
  const match = dayPattern.exec(day)
  return match && isDay(day) ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : day
}

/** `2026-07-10T09:05` → `2026年7月10日（星期五）9时05分`. */
export function chineseTime(time: string): string {
  const match = timePattern.exec(time)
  if (!match || !isMinute(time)) return time
  const day = match[1] ?? ''
  const weekday = weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''
  const minute = match[3] === '00' ? '' : `${match[3]}分`
  return `${chineseDate(day)}（星期${weekday}）${Number(match[2])}时${minute}`
}

/** `2026-06` → `2026年6月`, `2025` → `2025年`; words stay. */
export function chinesePeriod(period: string): string {
  const month = /^(\d{4})-(\d{2})$/.exec(period)
  if (month) return `${month[1]}年${Number(month[2])}月`
  return /^\d{4}$/.test(period) ? `${period}年` : period
}

/** 发文字号: six-corner brackets, full year, no 第, no leading zero. */
export function documentNumber(code: string, year: number, serial: number): string {
  return `${code}〔${year}〕${serial}号`
}

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const

/** 1–99 as 一 … 九十九, for 一、 and （一）. */
export function chineseOrdinal(n: number): string {
  const tens = Math.floor(n / 10)
  const ones = digits[n % 10] ?? ''
  if (tens === 0) return ones
  return `${tens === 1 ? '' : (digits[tens] ?? '')}十${ones}`
}
