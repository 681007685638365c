/** Search by sound: full pinyin and initials of a name, all readings, the surname's reading first (单 → shan). */
import { pinyin } from 'pinyin-pro'
import type { Derivation } from './derivation.ts'

const maxReadings = 24
const han = /\p{Script=Han}/u

/** Spelling of one character: every reading, without tones, ü as v; digits and letters as they are, anything else nothing. */
function readings(character: string): readonly string[] {
  if (han.test(character)) return [...new Set(pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true }))]
  return /[a-z0-9]/i.test(character) ? [character.toLowerCase()] : []
}

/**
 * Words apart by spaces, each once: the usual reading in full and as initials, then the other readings, at most 24 each.
 * `surname`: the first characters are read as a family name.
 */
export function pinyinIndex(name: string, surname: boolean): string {
  const characters = [...name.normalize('NFKC')].filter((one) => readings(one).length > 0)
  if (characters.length === 0) return ''
  const usual = pinyin(characters.join(''), { toneType: 'none', type: 'array', surname: surname ? 'head' : 'off', v: true })
  let spellings: string[][] = [[]]
  for (const [index, character] of characters.entries()) {
    const first = usual[index] ?? ''
    const others = [first, ...readings(character).filter((one) => one !== first)]
    spellings = others.flatMap((one) => spellings.map((before) => [...before, one])).slice(0, maxReadings)
  }
  const full = [usual, ...spellings].map((one) => one.join(''))
  const initials = [usual, ...spellings].map((one) => one.map((syllable) => syllable.charAt(0)).join(''))
  return [...new Set([...full, ...initials])].join(' ')
}

/** Officials are found by their tokens (people-list.ts); units are sorted by this column too. */
export const unitPinyin: Derivation = {
  table: 'unit',
  columns: ['pinyin'],
  children: [],
  compute: (db, id) => {
    const row = db.get<{ name: string | null; shortName: string | null }>('SELECT name, shortName FROM unit WHERE id = ?', [id])
    const names = [row?.name ?? '', row?.shortName ?? ''].filter((one) => one !== '')
    return [names.map((one) => pinyinIndex(one, false)).join(' ')]
  },
}
