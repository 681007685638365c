/**
 * Text for full-text search over 2-grams: FTS5's own tokenizers find nothing for two-character Chinese words.
 * Index `gramText(text)`, ask with `gramQuery(words)`; both columns use tokenizer unicode61.
 */

const run = /[\p{L}\p{N}\p{M}\p{Co}]+/gu

/** unicode61 knows Unicode 6.1: letters added later would split a token, so everything but the plain ones is spelt out in ASCII. */
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

/** Every pair of neighbours, and the last character of each run alone, so that a prefix query finds single characters too. */
export function gramText(text: string): string {
  return runs(text).map((word) => [...pairs(word), word.at(-1)].join(' ')).join(' ')
}

/**
 * The MATCH expression for what a user typed: each run of letters and digits must occur as written, all runs somewhere in the text.
 * One character becomes a prefix. Null when nothing can be searched (empty, only punctuation). Holds no FTS5 syntax of the user's.
 */
export function gramQuery(words: string): string | null {
  const parts = runs(words).map((word) => (word.length === 1 ? `"${word[0]}"*` : `"${pairs(word).join(' ')}"`))
  return parts.length === 0 ? null : parts.join(' AND ')
}
