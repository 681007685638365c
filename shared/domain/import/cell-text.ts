/** A cell as a person reads it. */
import type { Cell } from '../sheet.ts'
import { dateFromSerial } from './date.ts'
import { decimalFromNumber, shiftDecimal } from './number.ts'

/** The text of any cell, uncleaned; a formula without a value gives ''. */
export function cellText(cell: Cell, date1904 = false): string {
  switch (cell.type) {
    case 'text':
    case 'error':
      return cell.text
    case 'number':
      return numberCellText(cell, date1904)
    case 'boolean':
      return cell.value ? '是' : '否'
    case 'formula-without-value':
      return ''
  }
}

function numberCellText(cell: Extract<Cell, { type: 'number' }>, date1904: boolean): string {
  if (cell.date === true) return dateFromSerial(cell.value, date1904) ?? String(cell.value)
  return cell.percent === true ? `${shiftDecimal(decimalFromNumber(cell.value), 2)}%` : decimalFromNumber(cell.value)
}
