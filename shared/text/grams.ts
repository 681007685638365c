/**
 * Text for full-text search over 2-grams: FTS5's own tokenizers find nothing for two-character Chinese words.
 * Index `gramText(text)`, ask with `gramQuery(words)`; both columns use tokenizer ascii, at half the cost of unicode61.
 */

const run = /[\p{L}\p{N}\p{M}\p{Co}]+/gu

/** Everything but the plain characters is spelt out in ASCII: what a tokenizer of SQLite makes of the others changes with its version of Unicode. */
function token(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const plain = (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a) || (code >= 0x3400 && code <= 0x4db5) || (code >= 0x4e00 && code <= 0x9fcb)
  return plain ? character : `u${code.toString(16)}`
}

function runs(text: string): readonly (readonly string[])[] {
  return (text.normalize('NFKC').toLowerCase().match(run) ?? []).map((word) => [...word].map(token))
}

/** The runs of letters and digits that gramText cuts into pairs: a word is found by its pairs exactly where one of these holds it. */
export function searchRuns(text: string): readonly string[] {
  return runs(text).map((word) => word.join(''))
}

function pairs(word: readonly string[]): readonly string[] {
  return word.slice(0, -1).map((character, index) => `${character}${word[index + 1]}`)
}

const [separator, other] = [0, -1]

/** For the fast path: a character that is its own token, one that ends a run, or one that must be looked at closely. */
function kindOf(code: number): number {
  if ((code >= 0x4e00 && code <= 0x9fcb) || (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a)) return code
  if (code < 0x7f) return code >= 0x41 && code <= 0x5a ? other : separator
  return code === 0x3001 || code === 0x3002 || code === 0xff0c || code === 0xff1a || code === 0xff1b ? separator : other
}

/** Each character becomes two and a blank at the most. */
let units = new Uint16Array(3 * 1024)
/** Fewer than a call may have arguments. */
const unitsAtOnce = 4_096

function textOf(used: number): string {
  let text = ''
  for (let at = 0; at < used; at += unitsAtOnce) text += String.fromCharCode(...units.subarray(at, Math.min(used, at + unitsAtOnce)))
  return text
}

/** gramText of a text of plain characters and common punctuation alone, which nearly every text is; null for any other. Put together as numbers: half a million reports come at once. */
function plainGrams(text: string): string | null {
  if (text.length * 3 > units.length) units = new Uint16Array(text.length * 4)
  let [used, before] = [0, separator]
  for (let at = 0; at < text.length; at++) {
    const kind = kindOf(text.charCodeAt(at))
    if (kind === other) return null
    if (before !== separator) {
      if (used > 0) units[used++] = 0x20
      units[used++] = before
      if (kind !== separator) units[used++] = kind
    }
    before = kind
  }
  if (before !== separator) {
    if (used > 0) units[used++] = 0x20
    units[used++] = before
  }
  return textOf(used)
}

/** Every pair of neighbours, and the last character of each run alone, so that a prefix query finds single characters too. */
export function gramText(text: string): string {
  return plainGrams(text) ?? runs(text).map((word) => [...pairs(word), word.at(-1)].join(' ')).join(' ')
}

/**
 * The MATCH expression for what a user typed: each run of letters and digits must occur as written, all runs somewhere in the text.
 * One character becomes a prefix. Null when nothing can be searched (empty, only punctuation). Holds no FTS5 syntax of the user's.
 */
export function gramQuery(words: string): string | null {
  const parts = runs(words).map((word) => (word.length === 1 ? `"${word[0]}"*` : `"${pairs(word).join(' ')}"`))
  return parts.length === 0 ? null : parts.join(' AND ')
}
