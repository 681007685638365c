/** Days as people paste them from an announcement: one a line, or from–to. */
import { addDays, dayDifference, isIsoDate } from '../../../shared/text/dates.ts'

const oneDay = /(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?/g

/** Longest run in a line: a typing slip must not become a year of holidays. */
const longestRun = 31

export type DayList = { readonly days: readonly string[]; readonly bad: readonly string[] }

export function parseDays(text: string): DayList {
  const days = new Set<string>()
  const bad: string[] = []
  for (const line of text.normalize('NFKC').split(/[\n,;、]+/).map((part) => part.trim()).filter((part) => part !== '')) {
    const found = [...line.matchAll(oneDay)].map(([, year = '', month = '', day = '']) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
    const [first, last] = found
    const run = first !== undefined && last !== undefined && isIsoDate(first) && isIsoDate(last) ? dayDifference(first, last) : 0
    if (first === undefined || found.length > 2 || !found.every(isIsoDate) || run < 0 || run > longestRun) bad.push(line)
    else for (let step = 0; step <= run; step += 1) days.add(addDays(first, step))
  }
  return { days: [...days].sort(), bad }
}
