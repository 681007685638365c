/** Numbers as workbooks write them, in decimal from end to end: no multiplication of floating point numbers touches money. */
import { halfWidth } from './clean.ts'
import type { AmountUnit } from './types.ts'

/** Power of ten from the unit to 元. */
export const amountPower: Readonly<Record<AmountUnit, number>> = { 元: 0, 千元: 3, 万元: 4, 百万元: 6, 千万元: 7, 亿元: 8 }

const numberText = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)?(\.\d+)?(%?)$/

export type Decimal = { readonly text: string; readonly percent: boolean }

/** `1,234.50`, `－３`, `12.5 %` → plain decimal text. Null when it is anything else (`约3个`, `1E+05`, `100%以上`). */
export function decimalFromText(raw: string): Decimal | null {
  const text = halfWidth(raw).replace(/[\u2212\u2013]/g, '-').trim().replace(/\s+%$/, '%')
  const found = numberText.exec(text)
  if (found === null || (found[2] === undefined && found[3] === undefined)) return null
  const whole = (found[2] ?? '0').replace(/,/g, '')
  return { text: `${found[1] === '-' ? '-' : ''}${whole}${found[3] ?? ''}`, percent: found[4] === '%' }
}

/**
 * A number cell as plain decimal text with the 15 significant digits that spreadsheet programs keep, so that the noise of a formula
 * (34.900000000000006) is gone before rules compare it. Whole numbers are exact.
 */
export function decimalFromNumber(value: number): string {
  const short = String(value)
  const text = short.length > 16 && !Number.isInteger(value) ? String(Number(value.toPrecision(15))) : short
  const at = text.indexOf('e')
  return at < 0 ? text : shiftDecimal(text.slice(0, at), Number(text.slice(at + 1)))
}

/** As `decimalFromNumber`, for figures that stay numbers. */
export function withoutNoise(value: number): number {
  return Number.isInteger(value) || String(value).length <= 16 ? value : Number(value.toPrecision(15))
}

/** Moves the decimal point by `places` to the right (negative: to the left). */
export function shiftDecimal(text: string, places: number): string {
  const negative = text.startsWith('-')
  const body = negative ? text.slice(1) : text
  const point = body.indexOf('.')
  let digits = point < 0 ? body : body.slice(0, point) + body.slice(point + 1)
  let at = (point < 0 ? body.length : point) + places
  if (at <= 0) {
    digits = '0'.repeat(1 - at) + digits
    at = 1
  }
  if (at > digits.length) digits += '0'.repeat(at - digits.length)
  const rest = digits.slice(at)
  let start = 0
  while (start < at - 1 && digits.charCodeAt(start) === 48) start += 1
  return `${negative ? '-' : ''}${digits.slice(start, at)}${rest === '' ? '' : `.${rest}`}`
}

/**
 * Decimal text in `unit` → whole 元. `rounded` tells that a part of a 元 was there and was rounded half up (away from zero).
 * `value` is null beyond what a number holds exactly (about 90,000 亿元).
 */
export function amountInYuan(text: string, unit: AmountUnit): { readonly value: number | null; readonly rounded: boolean } {
  const shifted = shiftDecimal(text, amountPower[unit])
  const point = shifted.indexOf('.')
  const whole = Number(point < 0 ? shifted : shifted.slice(0, point))
  const rest = point < 0 ? '' : shifted.slice(point + 1)
  const up = rest !== '' && rest.charCodeAt(0) >= 53
  const value = up ? whole + (shifted.startsWith('-') ? -1 : 1) : whole
  return { value: Number.isSafeInteger(value) ? value + 0 : null, rounded: rest !== '' && /[1-9]/.test(rest) }
}
