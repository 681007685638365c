/**
 * A big file is not held whole: all rows of 200,000 lines weigh 200 MB. It is recognised by its first rows, and the others are checked as they come.
 * Where its end tells something else (a second sheet of the same kind), it is read again.
 */
import { headerDepth } from '../../../shared/domain/import/recognise.ts'
import type { RowCollector } from '../../../shared/domain/import/rows.ts'
import type { ImportOutcome } from '../../../shared/domain/import/types.ts'
import type { SheetRow, Workbook } from '../../../shared/domain/sheet.ts'
import { readRows } from '../../spreadsheets/read.ts'
import type { SheetHead } from '../../spreadsheets/rows.ts'
import type { ImportControl, SourceFile } from './read-workbook.ts'

/** Up to here one reading is cheaper. */
const keptRows = 4_000

/** `whole` is false when the sheets hold their first rows only. */
export type FirstReading = { readonly workbook: Workbook; readonly whole: boolean }

/** The part of an import's progress that reading takes. */
export const readingShare = 0.4

type Step = { readonly step: string; readonly from: number; readonly to: number }

function options(control: ImportControl, { step, from, to }: Step): Parameters<typeof readRows>[2] {
  return {
    signal: control.signal,
    onProgress: (rows, total) => {
      control.checkpoint()
      control.report({ step, fraction: total === null ? null : from + (to - from) * Math.min(1, rows / Math.max(total, 1)), counts: { rows } })
    },
  }
}

/** FILE_*, CANCELLED. `onMany` gets the rows so far when they become many, and may take these and all others as they come. */
export function firstReading(file: SourceFile, control: ImportControl, onMany: (soFar: Workbook) => RowCollector | null): FirstReading {
  control.report({ step: 'import.reading', fraction: null })
  const sheets: (SheetHead & { rows: SheetRow[]; rowCount: number })[] = []
  let rows = 0
  let collector: RowCollector | null = null
  const giveOver = (): void => {
    collector = onMany({ format: 'xlsx', sheets })
    for (const [index, sheet] of sheets.entries()) {
      for (const row of sheet.rows) collector?.push(index, row)
      sheet.rows.length = Math.min(sheet.rows.length, headerDepth)
    }
  }
  const format = readRows(file.bytes, file.name, options(control, { step: 'import.reading', from: 0, to: readingShare }), {
    sheet: (head) => sheets.push({ ...head, rows: [], rowCount: 0 }),
    row(row) {
      const sheet = sheets.at(-1)
      if (sheet === undefined) return
      sheet.rowCount += 1
      rows += 1
      if (rows === keptRows + 1) giveOver()
      if (rows <= keptRows || sheet.rows.length < headerDepth) sheet.rows.push(row)
      if (rows > keptRows) collector?.push(sheets.length - 1, row)
    },
  })
  return { workbook: { format, sheets }, whole: rows <= keptRows }
}

/** For a file whose end told something else than its beginning. */
export function secondReading(file: SourceFile, collector: RowCollector, control: ImportControl): ImportOutcome {
  let sheet = -1
  readRows(file.bytes, file.name, options(control, { step: 'import.checking', from: readingShare, to: 0.5 }), {
    sheet: () => (sheet += 1),
    row: (row) => collector.push(sheet, row),
  })
  return collector.outcome()
}
