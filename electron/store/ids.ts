/** Row ids: UUIDv7 for what one person makes, UUIDv8 from the natural key for what two machines can make on their own. */
import { hash } from 'node:crypto'

/** UUIDv7: 48 bits of ms, the rest random. Its time is never trusted. */
export function uuidV7(now: number, random: (n: number) => Uint8Array): string {
  const tail = Buffer.from(random(10))
  tail[0] = (tail[0]! & 0x0f) | 0x70
  tail[2] = (tail[2]! & 0x3f) | 0x80
  return dashed(Math.max(0, Math.floor(now)).toString(16).padStart(12, '0') + tail.toString('hex'))
}

/** A part of a natural key; null and '' differ. Texts are compared in NFC. */
export type KeyPart = string | number | null

/**
 * UUIDv8 from SHA-256 over `dutydesk/id/1`, kind and parts, each tagged and length-prefixed so that ('a','bc') and ('ab','c') differ.
 * The same kind and natural key give the same id on every machine.
 */
export function derivedId(kind: string, ...parts: readonly KeyPart[]): string {
  let text = `dutydesk/id/1|${kind.length}:${kind}`
  for (const part of parts) {
    if (part === null) text += '|n'
    else if (typeof part === 'number') text += `|i${String(part)}`
    else {
      const normal = part.normalize('NFC')
      text += `|s${normal.length}:${normal}`
    }
  }
  const hex = hash('sha256', text, 'hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return dashed(`${hex.slice(0, 12)}8${hex.slice(13, 16)}${variant}${hex.slice(17, 32)}`)
}

function dashed(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
