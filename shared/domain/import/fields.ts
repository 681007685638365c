/** One cell → one value or the code of what is wrong with it. */
import type { UnitKind } from '../kinds.ts'
import type { Cell } from '../sheet.ts'
import { cellText } from './cell-text.ts'
import { cleanLine, cleanName, cleanText, halfWidth, hasUnsafe, holdsSeveralNames, isEmptyText } from './clean.ts'
import type { FieldSpec } from './columns.ts'
import { dateFromNumber, dateFromText, monthFromNumber, monthFromText, serialFromText } from './date.ts'
import { amountInYuan, decimalFromNumber, decimalFromText, shiftDecimal, withoutNoise } from './number.ts'
import type { AmountUnit, HintReason, Problem, Value } from './types.ts'

export type CellContext = {
  readonly unit: AmountUnit
  readonly date1904: boolean
  /** Told when a part of a 元 was rounded or invisible characters were dropped: warnings, not refusals. */
  readonly notice: (what: 'AMOUNT_ROUNDED' | 'TEXT_STRIPPED') => void
}

const unitKindWords: Readonly<Record<string, UnitKind>> = { 镇街: 'township', 部门: 'department', 专班: 'taskforce' }
const flagWords: Readonly<Record<string, boolean>> = { 是: true, '√': true, '✓': true, '✔': true, 否: false, '×': false }
/** What spreadsheet programs write into a .csv for an error, and for a column that was too narrow to show its number. */
const errorText = /^#(?:DIV\/0!|N\/A|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|#+)$/i

/** Needs no cleaning, as nearly all names of persons and units. */
const plainName = /^[\u4E00-\u9FFF]{2,12}$/

function problem(code: Problem['problem'], reason?: HintReason): Problem {
  return reason === undefined ? { problem: code } : { problem: code, hint: { reason } }
}

function unknownValue(allowed: readonly string[]): Problem {
  return { problem: 'UNKNOWN_VALUE', hint: { allowed } }
}

/** Null for empty. Units and officials come back as cleaned names; looking them up is the row's work. */
export function readField(spec: FieldSpec, cell: Cell | undefined, context: CellContext): Value | Problem {
  if (cell === undefined) return null
  if (cell.type === 'error') return problem('CELL_ERROR')
  if (cell.type === 'formula-without-value') return problem('FORMULA_WITHOUT_VALUE')
  if (cell.type === 'text') {
    if (isEmptyText(cell.text)) return null
    const first = cell.text.trimStart()
    if (first.startsWith('#') && errorText.test(first.trim())) return problem('CELL_ERROR')
  }
  switch (spec.type) {
    case 'serial':
      return null
    case 'count': case 'amount': case 'percent': case 'change': case 'number':
      return readNumber(spec.type, cell, context)
    case 'date': case 'since': case 'birth':
      return readDate(spec.type, cell, context.date1904)
    case 'unitKind': case 'gender': case 'flag': case 'choice':
      return readChoice(spec, cell, context)
    case 'unit': case 'official': case 'name': case 'unitName': case 'key':
      return readName(spec.type, cellText(cell, context.date1904))
    case 'text': case 'phone': case 'aliases':
      return readText(cellText(cell, context.date1904), context)
  }
}

type NumberType = 'count' | 'amount' | 'percent' | 'change' | 'number'

function readNumber(type: NumberType, cell: Cell, context: CellContext): Value | Problem {
  const isPercent = type === 'percent' || type === 'change'
  let decimal: string
  if (cell.type === 'number') {
    if (cell.date === true) return problem('NOT_A_NUMBER', 'DATE_IN_NUMBER')
    if (cell.percent === true && !isPercent) return problem('NOT_A_NUMBER')
    if (type !== 'amount' && cell.percent !== true) return inRange(type, withoutNoise(cell.value))
    decimal = decimalFromNumber(cell.value)
    if (cell.percent === true) decimal = shiftDecimal(decimal, 2)
  } else if (cell.type === 'text') {
    const found = decimalFromText(cell.text)
    if (found === null) return /^\s*[=＝]\s*[\w(+$]/.test(cell.text) ? problem('FORMULA_WITHOUT_VALUE') : problem('NOT_A_NUMBER')
    if (found.percent && !isPercent) return problem('NOT_A_NUMBER')
    decimal = found.text
  } else return problem('NOT_A_NUMBER')
  if (type !== 'amount') return inRange(type, Number(decimal))
  const { value, rounded } = amountInYuan(decimal, context.unit)
  if (value === null) return problem('OUT_OF_RANGE', 'TOO_LARGE')
  if (decimal.startsWith('-') && (value !== 0 || rounded)) return problem('OUT_OF_RANGE', 'NEGATIVE')
  if (rounded) context.notice('AMOUNT_ROUNDED')
  return value
}

/** Percentages 0–1000 (同比 may be negative), counts from 0; a 总分 may be anything. */
function inRange(type: NumberType, value: number): Value | Problem {
  if (type !== 'number' && type !== 'change' && value < 0) return problem('OUT_OF_RANGE', 'NEGATIVE')
  if ((type === 'percent' || type === 'change') && value > 1000) return problem('OUT_OF_RANGE', 'OVER_1000')
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value + 0 : problem('OUT_OF_RANGE', 'TOO_LARGE')
}

function readDate(type: 'date' | 'since' | 'birth', cell: Cell, date1904: boolean): Value | Problem {
  if (cell.type === 'number') {
    const day = type === 'birth' ? null : dateFromNumber(cell.value, cell.date === true, date1904)
    if (type === 'date' || day !== null) return day ?? problem('BAD_DATE')
    const month = monthFromNumber(cell.value, cell.date === true, date1904)
    return month === 'unclear' ? problem('BAD_DATE', 'MONTH_UNCLEAR') : month ?? problem('BAD_DATE')
  }
  if (cell.type !== 'text') return problem('BAD_DATE')
  const serial = serialFromText(cell.text)
  if (serial !== null) return readDate(type, { type: 'number', value: serial, date: true }, date1904)
  const day = type === 'birth' ? null : dateFromText(cell.text)
  return day ?? (type === 'date' ? null : monthFromText(cell.text)) ?? problem('BAD_DATE')
}

function readChoice(spec: FieldSpec, cell: Cell, context: CellContext): Value | Problem {
  const word = halfWidth(cleanText(cellText(cell, context.date1904))).replace(/\s/g, '')
  switch (spec.type) {
    case 'unitKind':
      return (Object.hasOwn(unitKindWords, word) ? unitKindWords[word] : undefined) ?? unknownValue(Object.keys(unitKindWords))
    case 'gender':
      return word === '男' || word === '女' ? word : unknownValue(['男', '女'])
    case 'flag':
      return (Object.hasOwn(flagWords, word) ? flagWords[word] : undefined) ?? unknownValue(['是', '否'])
    default:
      return spec.choices?.includes(word) === true ? word : unknownValue(spec.choices ?? [])
  }
}

/** Texts by which a row is found again: with control or direction characters they are refused, since they would read as something else. */
function readName(type: FieldSpec['type'], raw: string): Value | Problem {
  if (plainName.test(raw)) return raw
  if (hasUnsafe(raw)) return problem('UNKNOWN_VALUE', 'CONTROL_CHARACTERS')
  if (type === 'unitName') return nullIfEmpty(cleanLine(raw).replace(/ /g, ''))
  if (type === 'unit' || type === 'key') return nullIfEmpty(cleanLine(raw))
  const name = cleanName(raw)
  if (type === 'name' && holdsSeveralNames(name)) return problem('UNKNOWN_VALUE', 'SEVERAL_NAMES')
  return nullIfEmpty(name)
}

function readText(raw: string, context: CellContext): Value {
  if (hasUnsafe(raw)) context.notice('TEXT_STRIPPED')
  return nullIfEmpty(cleanText(raw))
}

function nullIfEmpty(text: string): string | null {
  return text === '' ? null : text
}
