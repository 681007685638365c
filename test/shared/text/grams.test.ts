// The package is CommonJS without a marked default export; Node gives one.
// oxlint-disable-next-line import/default
import BetterSqlite from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gramQuery, gramText } from '../../../shared/text/grams.ts'

const db = new BetterSqlite(':memory:')
beforeAll(() => db.exec("CREATE VIRTUAL TABLE search USING fts5(grams, tokenize = 'ascii')"))
afterAll(() => db.close())

/** What the real engine says for text and query. */
function finds(text: string, words: string): boolean {
  const match = gramQuery(words)
  if (match === null) return false
  db.exec('DELETE FROM search')
  db.prepare('INSERT INTO search (grams) VALUES (?)').run(gramText(text))
  return db.prepare('SELECT 1 FROM search WHERE search MATCH ?').get(match) !== undefined
}

test.each<[string, string, boolean]>([
  ['招商引资工作没有实质进展', '招商', true],
  ['招商引资工作没有实质进展', '进展', true],
  ['招商引资工作没有实质进展', '展', true],
  ['招商引资工作没有实质进展', '商资', false],
  ['招商，引资', '招商引资', false],
  ['招商，引资', '引资 招商', true],
  ['王建国', '建国', true],
  ['PM2.5月均', 'pm2.5', true],
  ['ＰＭ１０', 'pm10', true],
  ['\u{2B820}\u{30000}某', '\u{30000}某', true],
  ['\u{2B820}\u{30000}某', '\u{2B820}某', false],
  ['龿\u9fd4英', '\u9fd4英', true],
])('%s ← %s: %s', (text, words, expected) => {
  expect(finds(text, words)).toBe(expected)
})

test('nothing to search', () => {
  for (const words of ['', '  ', '"*()', '，。']) expect(gramQuery(words)).toBeNull()
})

test('a run of letters is found exactly where it stands; no input is FTS5 syntax', () => {
  const character = fc.constantFrom('招', '商', '引', 'a', 'B', '9', '，', ' ', '"', '*', '(', '-', '^', ':', '\u{2B820}', 'AND', 'NEAR')
  const text = fc.array(character, { maxLength: 10 }).map((list) => list.join(''))
  const runs = (value: string): readonly string[] => value.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '')
  fc.assert(fc.property(text, text, (stored, words) => {
    const expected = runs(words).length > 0 && runs(words).every((part) => runs(stored).some((run) => run.includes(part)))
    expect(finds(stored, words)).toBe(expected)
  }), { numRuns: 1500, seed: 20260615 })
})
