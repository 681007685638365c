/** Names of people and units: what may be stored, and how a list sets them. */
import { err, ok } from '../result.ts'
import type { Result } from '../result.ts'

/**
 * Characters that cannot be seen or that reorder what is seen: a name with one of them is another name that looks the same.
 * Ideographic variation selectors (U+E0100–E01EF) stay allowed: they are how some rare characters are written.
 */
function isUnsafe(code: number): boolean {
  return code < 0x20
    || (code >= 0x7f && code <= 0x9f)
    || code === 0xad || code === 0x34f || code === 0x61c || code === 0x115f || code === 0x1160 || code === 0x3164 || code === 0xffa0
    || (code >= 0x17b4 && code <= 0x17b5)
    || (code >= 0x180b && code <= 0x180f)
    || (code >= 0x200b && code <= 0x200f)
    || (code >= 0x2028 && code <= 0x202e)
    || (code >= 0x2060 && code <= 0x206f)
    || (code >= 0xd800 && code <= 0xdfff)
    || (code >= 0xfff0 && code <= 0xfffb)
    || code === 0xfeff || code === 0xfffd || (code & 0xfffe) === 0xfffe || (code >= 0xfdd0 && code <= 0xfdef)
    || (code >= 0xe0000 && code <= 0xe007f)
}

/** Index (in code points, from 0) of the first unsafe character, or null. */
export function unsafeCharacter(text: string): number | null {
  let index = 0
  for (const character of text) {
    if (isUnsafe(character.codePointAt(0) ?? 0)) return index
    index += 1
  }
  return null
}

const spaces = /[\s\u{3000}]+/gu

/** Spaces between two Han characters go (华 博 → 华博, full-width too); between Latin words one remains; the dots of long names become `·`. */
export function cleanPersonName(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[•‧∙・･]/gu, '·')
    .replaceAll(spaces, ' ')
    .trim()
    .replaceAll(/(?<=[\p{Script=Han}\p{Co}·]|[\u{E0100}-\u{E01EF}]) | (?=[\p{Script=Han}\p{Co}·])/gu, '')
}

/** A unit's name holds no spaces at all. */
export function cleanUnitName(text: string): string {
  return text.normalize('NFC').replaceAll(spaces, '')
}

export type NameField = 'person' | 'unit'
const longest: Readonly<Record<NameField, number>> = { person: 40, unit: 80 }

/**
 * The cleaned name, or UNSAFE_TEXT {field, position} (position from 1 in characters), BAD_INPUT {field, reason: 'empty' | 'long' | 'letters'}.
 * The check for unsafe characters comes first: cleaning must not hide one. Rare characters, also outside the BMP, are fine.
 */
export function checkName(text: string, field: NameField): Result<string> {
  // Line breaks and tabs inside a cell are spaces of the typist, not an attack.
  const flat = text.replaceAll(/[\t\r\n]/g, ' ')
  const unsafe = unsafeCharacter(flat)
  if (unsafe !== null) return err('UNSAFE_TEXT', { field, position: unsafe + 1 })
  const name = field === 'person' ? cleanPersonName(flat) : cleanUnitName(flat)
  if (name === '') return err('BAD_INPUT', { field, reason: 'empty' })
  if ([...name].length > longest[field]) return err('BAD_INPUT', { field, reason: 'long' })
  if (!/[\p{L}\p{Co}]/u.test(name)) return err('BAD_INPUT', { field, reason: 'letters' })
  return ok(name)
}

/** For lists: a name of two Han characters gets a full-width space so that it is as wide as one of three (张三 becomes three wide). */
export function padName(name: string): string {
  const characters = [...name]
  const han = characters.every((character) => /^[\p{Script=Han}\p{Co}]$/u.test(character))
  return characters.length === 2 && han ? `${characters[0]}\u{3000}${characters[1]}` : name
}
