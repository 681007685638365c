/** Numbers as the papers write them. */

const digits = '零一二三四五六七八九'
const places = ['', '十', '百', '千'] as const

/** Chinese numeral of a whole number from 1 to 9999 (10 = 十, 105 = 一百零五). */
export function chineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 9999) throw new RangeError('chineseNumeral covers 1 to 9999')
  const text = String(value)
  let result = ''
  for (let index = 0; index < text.length; index += 1) {
    const digit = Number(text[index])
    if (digit > 0) result += `${digits[digit]}${places[text.length - 1 - index]}`
    else if (!result.endsWith('零')) result += '零'
  }
  result = result.replace(/零$/, '')
  return result.startsWith('一十') ? result.slice(1) : result
}

/** The four levels of a paper's structure: 一、 （一） 1. （1） (GB/T 9704 clause 7.3.3). */
export function levelNumber(level: 1 | 2 | 3 | 4, value: number): string {
  switch (level) {
    case 1: return `${chineseNumeral(value)}、`
    case 2: return `（${chineseNumeral(value)}）`
    case 3: return `${value}.`
    case 4: return `（${value}）`
  }
}

/** `12.50` → `12.5`, `3.00` → `3`. */
function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text
}

function inUnitsOf(yuan: bigint, power: number): string {
  const base = 10n ** BigInt(power)
  const sign = yuan < 0n ? '-' : ''
  const size = yuan < 0n ? -yuan : yuan
  return sign + trimZeros(`${size / base}.${String(size % base).padStart(power, '0')}`)
}

/** Whole 元 as 亿元, 万元 or 元, never rounded: 122150000 → `1.2215亿元`, 28398 → `2.8398万元`, 950 → `950元`. */
export function formatYuan(yuan: number): string {
  if (!Number.isSafeInteger(yuan)) throw new RangeError('money is whole 元')
  const size = Math.abs(yuan)
  if (size >= 100_000_000) return `${inUnitsOf(BigInt(yuan), 8)}亿元`
  if (size >= 10_000) return `${inUnitsOf(BigInt(yuan), 4)}万元`
  return `${yuan}元`
}

/** A plain number without float noise and without an exponent (34.9, not 34.900000000000006). */
export function formatNumber(value: number): string {
  return trimZeros(value.toFixed(9)).replace(/^-0$/, '0')
}

/** 12.5 → `12.5%`. */
export function formatPercent(value: number): string {
  return `${formatNumber(value)}%`
}
