/**
 * Canonical JSON: one value, one text. Keys sorted by UTF-16 code units, strings in NFC, no white space, numbers as RFC 8785 (JCS) writes them:
 * the shortest decimal that reads back as the same double (12.5, 0.1, 1e+21), −0 as 0. Integers beyond ±(2^53 − 1), NaN and infinities are refused,
 * because another reader could round them differently. Properties that are undefined are left out.
 */

const maxDepth = 64
/** Characters that stand for themselves in NFC whatever follows, in ranges without surrogates and combining marks: nearly every text. */
const plainText = /^[\0-\u02ff\u2010-\u2027\u3001-\u3029\u4e00-\u9fff\uff00-\uffef]*$/

/** A JSON value that `canonical` has written already, perhaps in another thread; may stand for the value in a `json` column. */
export class CanonicalJson {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export function canonical(value: unknown): string {
  return write(value, 0)
}

export function canonicalText(text: string): string {
  return JSON.stringify(normalText(text))
}

/** NFC; a lone surrogate has no UTF-8 form and would change on the way, so it is refused. */
export function normalText(text: string): string {
  if (plainText.test(text)) return text
  const normal = text.normalize('NFC')
  if (!normal.isWellFormed()) throw new TypeError('text with half a character')
  return normal
}

export function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('not a finite number')
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new TypeError('integer beyond 2^53')
  return String(value === 0 ? 0 : value)
}

function write(value: unknown, depth: number): string {
  if (depth > maxDepth) throw new TypeError('nested too deeply')
  switch (typeof value) {
    case 'string':
      return canonicalText(value)
    case 'number':
      return canonicalNumber(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? `[${value.map((item) => write(item, depth + 1)).join(',')}]` : writeObject(value, depth)
    default:
      throw new TypeError(`a ${typeof value} has no JSON form`)
  }
}

/** Texts of keys met before: the same few name the figures of a hundred thousand rows. */
const keyTexts = new Map<string, string>()
const maxKeyTexts = 1_000

/** Undefined for a key that NFC would change. */
function keyText(key: string): string | undefined {
  const known = keyTexts.get(key)
  if (known !== undefined) return known
  if (normalText(key) !== key) return undefined
  const text = JSON.stringify(key)
  if (keyTexts.size < maxKeyTexts) keyTexts.set(key, text)
  return text
}

function writeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('only plain objects have a JSON form')
  return writeInOrder(value as Readonly<Record<string, unknown>>, depth) ?? writeSorted(value, depth)
}

/** What came out of canonical text has its keys in order already; undefined where they are not. */
function writeInOrder(value: Readonly<Record<string, unknown>>, depth: number): string | undefined {
  let text = '{'
  let before = ''
  for (const key of Object.keys(value)) {
    const item = value[key]
    if (item === undefined) continue
    const name = key > before || text.length === 1 ? keyText(key) : undefined
    if (name === undefined) return undefined
    before = key
    text += `${text.length === 1 ? '' : ','}${name}:${write(item, depth + 1)}`
  }
  return `${text}}`
}

function writeSorted(value: object, depth: number): string {
  const entries: [string, unknown][] = []
  let normalised = false
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue
    const normal = normalText(key)
    if (normal !== key) normalised = true
    entries.push([normal, item])
  }
  entries.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))
  if (normalised && entries.some((entry, index) => index > 0 && entries[index - 1]![0] === entry[0])) throw new TypeError('two keys that are one in NFC')
  let text = '{'
  for (const [index, entry] of entries.entries()) text += `${index === 0 ? '' : ','}${JSON.stringify(entry[0])}:${write(entry[1], depth + 1)}`
  return `${text}}`
}
