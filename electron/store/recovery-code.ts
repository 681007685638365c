/**
 * The printed recovery code: 8 groups of 5, `7K3QF-…`. Alphabet without I, L, O, U; 4 characters of each group are random (160 bits in all), the fifth
 * checks the group and its place, so that a slip of the pen names the group. Any single wrong character and any swap of two neighbours is found.
 */
import { Refusal } from '../../shared/result.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const groups = 8

/** Multiplication by x in GF(32), polynomial x^5 + x^2 + 1. */
function timesX(value: number): number {
  return value & 16 ? ((value << 1) ^ 0b100101) & 31 : value << 1
}

/** Weights x, x², x³, x⁴ differ and none is 0: that is what finds single errors and swaps. The place of the group is mixed in. */
function checkOf(digits: readonly number[], group: number): number {
  let weight = 1
  let sum = group + 1
  for (const digit of digits) {
    weight = timesX(weight)
    sum ^= multiply(digit, weight)
  }
  return sum & 31
}

function multiply(a: number, b: number): number {
  let [result, shifted] = [0, a]
  for (let bit = 0; bit < 5; bit++) {
    if (b & (1 << bit)) result ^= shifted
    shifted = timesX(shifted)
  }
  return result
}

/** `random(32)` gives 32 bytes; 5 bits of each are used. */
export function makeRecoveryCode(random: (n: number) => Uint8Array): string {
  const bytes = random(groups * 4)
  return Array.from({ length: groups }, (_, group) => {
    const digits = [...bytes.subarray(group * 4, group * 4 + 4)].map((byte) => byte & 31)
    return [...digits, checkOf(digits, group)].map((digit) => alphabet.charAt(digit)).join('')
  }).join('-')
}

/**
 * The code as it was printed, from what a person typed: case, blanks, dashes, full-width forms, O for 0 and I or L for 1 are forgiven.
 * WRONG_RECOVERY_CODE with reason 'length' (characters found), 'character' or 'group' (its number from 1).
 */
export function readRecoveryCode(typed: string): string {
  const plain = typed.normalize('NFKC').toUpperCase().replaceAll(/[\s\p{Pd}.,_]/gu, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  const characters = [...plain]
  const wrong = characters.findIndex((character) => !alphabet.includes(character))
  if (wrong >= 0) throw new Refusal('WRONG_RECOVERY_CODE', { reason: 'character', group: Math.floor(wrong / 5) + 1 })
  if (characters.length !== groups * 5) throw new Refusal('WRONG_RECOVERY_CODE', { reason: 'length', found: characters.length, expected: groups * 5 })
  const parts = Array.from({ length: groups }, (_, group) => characters.slice(group * 5, group * 5 + 5))
  for (const [group, part] of parts.entries()) {
    const digits = part.map((character) => alphabet.indexOf(character))
    if (checkOf(digits.slice(0, 4), group) !== digits[4]) throw new Refusal('WRONG_RECOVERY_CODE', { reason: 'group', group: group + 1 })
  }
  return parts.map((part) => part.join('')).join('-')
}
