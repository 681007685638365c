/** Exact arithmetic for conditions: a rule at exactly 15 points must not depend on how a float was made. */

export type Decimal = bigint

const places = 9
const one = 10n ** BigInt(places)

/**
 * A finite number as an integer of 10⁻⁹. Figures have far fewer decimals; what lies beyond is float noise of the
 * spreadsheet (0.1 + 0.2, 0.29 × 100) and is rounded away. Null for anything that is not a number a figure can be.
 */
export function toDecimal(value: unknown): Decimal | null {
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) >= 1e21) return null
  return BigInt(value.toFixed(places).replace('.', ''))
}

export function decimalToNumber(value: Decimal): number {
  return Number(value) / Number(one)
}

/** `part ÷ whole` in percent compared with `limit`, without dividing: −1, 0 or 1. `whole` must be positive. */
export function compareRatioPercent(part: Decimal, whole: Decimal, limit: Decimal): -1 | 0 | 1 {
  const left = part * 100n * one
  const right = limit * whole
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** `part ÷ whole` in percent for showing, cut (never rounded up) to two decimals: 34.996 % must not read 35 %. */
export function ratioPercentCut(part: Decimal, whole: Decimal): number {
  const scaled = part * 10_000n
  const quotient = scaled / whole
  // Cut means downwards, also below zero.
  return Number(scaled % whole !== 0n && scaled < 0n !== whole < 0n ? quotient - 1n : quotient) / 100
}
