/** A header that was not found may still be named by a person: the columns that came with the refusal. No React. */
import type { ImportReport } from '../../../shared/contract/bulletins.ts'
import type { AppError } from '../../../shared/errors.ts'

const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])

/** Null when there is nothing to choose from. */
export function columnsToChoose({ code, params }: AppError): Pick<ImportReport, 'columns' | 'fields'> | null {
  if (code !== 'HEADER_NOT_FOUND') return null
  const [letters, headers, keys, found] = [list(params['columnLetters']), list(params['columnHeaders']), list(params['columnKeys']), list(params['columnFields'])]
  const [names, labels] = [list(params['fieldNames']), list(params['fieldLabels'])]
  if (keys.length === 0) return null
  return {
    columns: keys.map((key, index) => ({ key, column: letters[index] ?? '', header: headers[index] ?? key, field: found[index] === undefined || found[index] === '' ? null : found[index] })),
    fields: names.map((field, index) => ({ field, label: labels[index] ?? field })),
  }
}
