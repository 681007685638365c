/** The yearly tables of working days on the settings screen: built-in ones, and the office's own over them. */
import { calendarYearSchema } from '../../shared/domain/deadlines.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { calendarRows } from '../store/queries/settings.ts'
import type { ReadDb } from '../store/read-db.ts'
import type { WriteTx } from '../store/store.ts'
import { builtInCalendarYears } from './calendar.ts'
import type { OpenContext } from './context.ts'

export type CalendarTable = { year: number; holidays: string[]; extraWorkdays: string[]; builtIn: boolean }

/** The office's own tables, for `officeCalendar`. Rows that another version wrote and this one cannot read are left out. */
export function ownCalendarYears(db: ReadDb): { year: number; holidays: string[]; extraWorkdays: string[] }[] {
  return calendarRows(db).flatMap((row) => {
    const parsed = calendarYearSchema.safeParse({ year: row.year, holidays: row.holidays, extraWorkdays: row.extraWorkdays })
    return parsed.success ? [parsed.data] : []
  })
}

export function listCalendar({ store }: OpenContext): Result<CalendarTable[]> {
  const byYear = new Map<number, CalendarTable>()
  for (const table of builtInCalendarYears()) byYear.set(table.year, { year: table.year, holidays: [...table.holidays], extraWorkdays: [...table.extraWorkdays], builtIn: true })
  for (const table of store.read(ownCalendarYears)) byYear.set(table.year, { ...table, builtIn: false })
  return ok([...byYear.values()].sort((a, b) => a.year - b.year))
}

/** `after`: what follows from the new days, in the same write. BAD_INPUT {field: 'holidays'} for a day of another year, or one that is both off and worked. */
export function saveCalendar(
  input: { year: number; holidays: string[]; extraWorkdays: string[] }, { store, account }: OpenContext, after: (tx: WriteTx) => void = () => {},
): Result<CalendarTable> {
  const sorted = { year: input.year, holidays: [...new Set(input.holidays)].sort(), extraWorkdays: [...new Set(input.extraWorkdays)].sort() }
  if (!calendarYearSchema.safeParse(sorted).success) return err('BAD_INPUT', { field: 'holidays', year: input.year })
  store.write({ kind: 'calendar.save', author: account.id }, (tx) => {
    tx.put('calendarYear', String(input.year), 'days', sorted)
    after(tx)
  })
  return ok({ ...sorted, builtIn: false })
}
