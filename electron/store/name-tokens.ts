/** What a name can be found by: every tail of the name itself, of its full pinyin (all readings) and of its initials. */
import { pinyin, polyphonic } from 'pinyin-pro'

const maxReadings = 8
const maxName = 30

/** A name's sort key and its tokens need the same readings, soon after each other; finding readings is most of the work on a roster. */
const spelt = new Map<string, readonly string[]>()
const maxSpelt = 4_096
/** All readings of a character, whatever stands beside it. */
const readingsOf = new Map<string, readonly string[]>()

/** One reading a character, a surname as a surname: 单 → shan. */
function spell(name: string): readonly string[] {
  const known = spelt.get(name)
  if (known !== undefined) return known
  if (spelt.size >= maxSpelt) spelt.clear()
  const made = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true })
  spelt.set(name, made)
  return made
}

function everyReading(character: string): readonly string[] {
  const known = readingsOf.get(character)
  if (known !== undefined) return known
  const made = polyphonic(character, { toneType: 'none', type: 'array', v: true }).flat()
  readingsOf.set(character, made)
  return made
}

/** Readings of each character, the likeliest first. */
function readings(name: string): readonly (readonly string[])[] {
  const characters = [...name]
  return spell(name).map((one, i) => [...new Set([one, ...everyReading(characters[i] ?? '')].map((text) => text.toLowerCase()).filter((text) => text !== ''))])
}

function spellings(name: string): readonly (readonly string[])[] {
  let found: string[][] = [[]]
  for (const options of readings(name)) {
    const next: string[][] = []
    for (const option of options) for (const before of found) if (next.length < maxReadings) next.push([...before, option])
    found = next
  }
  return found
}

/** Distinct, lower case, without spaces. Asked with a prefix: 立, li, ouyangl and yl all find 欧阳立. */
export function nameTokens(name: string): ReadonlySet<string> {
  const tokens = new Set<string>()
  const characters = [...name.normalize('NFC').replaceAll(/\s/gu, '').toLowerCase()].slice(0, maxName)
  for (let i = 0; i < characters.length; i++) tokens.add(characters.slice(i).join(''))
  for (const spelling of spellings(characters.join(''))) {
    for (let i = 0; i < spelling.length; i++) {
      tokens.add(spelling.slice(i).join(''))
      tokens.add(spelling.slice(i).map((part) => part.charAt(0)).join(''))
    }
  }
  tokens.delete('')
  return tokens
}

/** The query as tokens are written. */
export function nameQuery(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/gu, '').toLowerCase().slice(0, maxName * 6)
}

/** Pinyin without tones before the name itself: lists stand in the order that clerks look up names in. */
export function sortName(name: string): string {
  return `${spell(name).join(' ')} ${name}`
}
