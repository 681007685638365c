/** Bech32 (BIP 173) of 32 bytes: how age writes keys, so that a printed key works in the public tool. */

const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const

function polymod(values: readonly number[]): number {
  let check = 1
  for (const value of values) {
    const top = check >>> 25
    check = ((check & 0x1ffffff) << 5) ^ value
    for (const [bit, term] of generator.entries()) if ((top >>> bit) & 1) check ^= term
  }
  return check >>> 0
}

function expand(prefix: string): number[] {
  const codes = [...prefix].map((letter) => letter.codePointAt(0)!)
  return [...codes.map((code) => code >>> 5), 0, ...codes.map((code) => code & 31)]
}

function toFives(bytes: Uint8Array): number[] {
  const fives: number[] = []
  let [buffer, bits] = [0, 0]
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff
    bits += 8
    while (bits >= 5) fives.push((buffer >>> (bits -= 5)) & 31)
  }
  if (bits > 0) fives.push((buffer << (5 - bits)) & 31)
  return fives
}

/** `prefix` in lower case. */
export function bech32(prefix: string, bytes: Uint8Array): string {
  const fives = toFives(bytes)
  const check = polymod([...expand(prefix), ...fives, 0, 0, 0, 0, 0, 0]) ^ 1
  const tail = Array.from({ length: 6 }, (_, place) => (check >>> (5 * (5 - place))) & 31)
  return `${prefix}1${[...fives, ...tail].map((five) => alphabet.charAt(five)).join('')}`
}
