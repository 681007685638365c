/** The period that a title, a sheet's name or a file's name speaks of. */
import { halfWidth } from './clean.ts'

/** Everything that one text says: full months `2026-06`, years, months without a year; `derived` quotes a half-year or quarter. */
export type PeriodWords = { readonly months: readonly string[]; readonly years: readonly string[]; readonly bareMonths: readonly number[]; readonly derived: string | null }

type Found = { months: string[]; years: string[]; bare: number[]; derived: string | null }
type Rule = { readonly pattern: RegExp; readonly take: (found: Found, match: RegExpExecArray) => void }

const digits = '〇一二三四五六七八九'

function chineseNumber(text: string): string {
  if (text === '十') return '10'
  if (text.startsWith('十')) return `1${digits.indexOf(text.slice(1))}`
  return [...text].map((char) => digits.indexOf(char)).join('')
}

/** 二〇二六年三月 → 2026年3月; 第二季度 → 第2季度; spaces out; numbers of documents out. */
function simplify(raw: string): string {
  return halfWidth(raw).normalize('NFC').replace(/(?<=[年月第至到])\s+|\s+(?=[年月日号季份至到])/g, '').replace(/[○Ο]|(?<=[二一])零|零(?=[一二三四五六七八九])/g, '〇')
    .replace(/[〔[【(]20\d\d[〕\]】)]\d+号/g, ' ')
    .replace(/[〇一二三四五六七八九]{4}(?=年)|(?:十[一二]?|[一二三四五六七八九])(?=月)|[一二三四](?=个?季度)/g, chineseNumber)
}

function addMonth(found: Found, year: string | undefined, month: number): void {
  if (month < 1 || month > 12) return
  if (year === undefined) found.bare.push(month)
  else found.months.push(`${year}-${String(month).padStart(2, '0')}`)
}

const to = '[-—–―~～至到]+'
/** In this order; what one rule has read the next ones do not see. */
const rules: readonly Rule[] = [
  // The day of filing or printing is no period; a closing day (截至2026年6月30日) is.
  { pattern: new RegExp(`截[至止]到?(20\\d\\d)年(\\d{1,2})月(?:\\d{1,2}[日号]|底|末)?`, 'g'), take: (found, m) => addMonth(found, m[1], Number(m[2])) },
  { pattern: /20\d\d年\d{1,2}月\d{1,2}[日号]|(?<!\d)20\d\d([-./])\d{1,2}\1\d{1,2}(?!\d)|(?<!\d)20\d\d(?:0[1-9]|1[0-2])[0-3]\d(?!\d)/g, take: () => {} },
  { pattern: new RegExp(`(20\\d\\d)年\\d{1,2}月?(?:份)?${to}(?:(20\\d\\d)年)?(\\d{1,2})月`, 'g'), take: (found, m) => addMonth(found, m[2] ?? m[1], Number(m[3])) },
  { pattern: /(20\d\d)年度?(\d{1,2})月/g, take: (found, m) => addMonth(found, m[1], Number(m[2])) },
  { pattern: /(20\d\d)年度?([上下])半年/g, take: (found, m) => derive(found, m, m[2] === '上' ? 6 : 12) },
  { pattern: /(20\d\d)年度?(?:第?|前)([1-4])个?季度/g, take: (found, m) => derive(found, m, Number(m[2]) * 3) },
  { pattern: /(20\d\d)年?Q([1-4])(?!\d)/gi, take: (found, m) => derive(found, m, Number(m[2]) * 3) },
  { pattern: /(?<!\d)(20\d\d)(?:[-._/](\d{1,2})|(0[1-9]|1[0-2]))(?![\d])/g, take: (found, m) => addMonth(found, m[1], Number(m[2] ?? m[3])) },
  { pattern: /(?<!\d)(20\d\d)(?!\d)/g, take: (found, m) => found.years.push(m[1] ?? '') },
  { pattern: new RegExp(`(?<!\\d)\\d{1,2}月?${to}(\\d{1,2})月(?!\\d{1,2}[日号])`, 'g'), take: (found, m) => addMonth(found, undefined, Number(m[1])) },
  { pattern: /(?<!\d)(\d{1,2})月(?!\d{1,2}[日号])/g, take: (found, m) => addMonth(found, undefined, Number(m[1])) },
]

function derive(found: Found, match: RegExpExecArray, month: number): void {
  addMonth(found, match[1], month)
  found.derived = match[0]
}

export function periodWords(raw: string): PeriodWords {
  const found: Found = { months: [], years: [], bare: [], derived: null }
  let text = simplify(raw)
  for (const rule of rules) {
    for (const match of text.matchAll(rule.pattern)) rule.take(found, match)
    text = text.replace(rule.pattern, ' ')
  }
  return { months: distinct(found.months), years: distinct(found.years), bareMonths: distinct(found.bare), derived: found.derived }
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)]
}

/** What a text says for a monthly or yearly kind: one period, several that contradict each other, or nothing. */
export type Reading = { readonly periods: readonly string[]; readonly derived: string | null }

export function readPeriod(raw: string, type: 'month' | 'year'): Reading {
  const words = periodWords(raw)
  if (type === 'year') return { periods: words.years, derived: null }
  if (words.months.length > 0) return { periods: words.months, derived: words.derived }
  const [year] = words.years
  const [month] = words.bareMonths
  const whole = words.years.length === 1 && words.bareMonths.length === 1 && year !== undefined && month !== undefined
  return { periods: whole ? [`${year}-${String(month).padStart(2, '0')}`] : [], derived: null }
}

/** Whether a text given by hand is a period of this type. */
export function isPeriod(text: string, type: 'none' | 'month' | 'year'): boolean {
  return type === 'month' ? /^20\d\d-(0[1-9]|1[0-2])$/.test(text) : type === 'year' && /^20\d\d$/.test(text)
}

/** First and last day, for text comparison; a month's 31st may not exist, which does not matter there. */
export function periodDays(period: string): { readonly from: string; readonly to: string } {
  return period.length === 4 ? { from: `${period}-01-01`, to: `${period}-12-31` } : { from: `${period}-01`, to: `${period}-31` }
}
