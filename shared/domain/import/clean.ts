/** "Cleaning, always" of the import contract, for texts: width, spaces, empties, invisible characters. */

/** Characters nobody sees and that carry no meaning (copied from chats and web pages): dropped everywhere. */
const invisible = /[\u00AD\u200B-\u200D\u2060\uFEFF]/g
/** Control characters (line break and tab apart), direction overrides, halves of surrogate pairs: they can make a name read as another one. */
const unsafe = /(?![\t\n\r])\p{Cc}|\p{Bidi_Control}|\p{Cs}/u
const unsafeAll = new RegExp(unsafe.source, 'gu')
const anySpace = /[^\S\n]+/g
/** Anything outside this range may need more than trimming. */
const plain = /^[\x21-\x7E\u3001\u3002\u4E00-\u9FFF]*$/

/** True when a text holds characters that must not reach a name. */
export function hasUnsafe(text: string): boolean {
  return unsafe.test(text)
}

/** All full-width forms to half-width, the ideographic space to a space: for numbers, dates, keys, never for sentences. */
export function halfWidth(text: string): string {
  if (!/[\uFF01-\uFF5E\u3000]/.test(text)) return text
  return text.replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xFEE0)).replace(/\u3000/g, ' ')
}

/** Full-width digits and letters only: the punctuation of a Chinese sentence stays. */
function halfWidthAlphanumerics(text: string): string {
  return text.replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xFEE0))
}

/** Radicals that PDF readers put in place of the character itself (⽅ for 方). */
function withoutRadicals(text: string): string {
  return text.replace(/[\u2F00-\u2FD5]/g, (char) => char.normalize('NFKC'))
}

/** A free text: NFC, half-width digits and letters, single spaces, line breaks kept, invisible and unsafe characters dropped. May give ''. */
export function cleanText(text: string): string {
  if (plain.test(text)) return text
  return withoutRadicals(halfWidthAlphanumerics(text.normalize('NFC')))
    .replace(invisible, '').replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(unsafeAll, '').replace(anySpace, ' ').replace(/ ?\n ?/g, '\n').trim()
}

/** "—", "－", "/", "无" and blank are empty, not zero. Expects any raw text. */
export function isEmptyText(text: string): boolean {
  const first = text.charCodeAt(0)
  // Fast way out for nearly every cell: a digit, a letter, a Han character other than 无.
  if ((first >= 48 && first <= 122) || (first >= 0x4E00 && first <= 0x9FFF && first !== 0x65E0)) return false
  if (text.length > 12) return text.trim() === ''
  const bare = halfWidth(text).replace(invisible, '').trim()
  return bare === '' || bare === '/' || bare === '无' || /^[-\u2010-\u2015\u2212\u2500]+$/.test(bare)
}

const han = '[\\p{Script=Han}\\uE000-\\uF8FF]'
const spacedShortName = new RegExp(`^${han}(?: ${han}){1,2}$|^${han}{2} ${han}$|^${han} ${han}{2}$`, 'u')
const severalNames = new RegExp(`[、,，;；/\\n]|${han}{2,} ${han}{2,}`, 'u')

/**
 * A person's name: spaces inside a short Han name (two or three characters) removed, one form of the middle dot, long names kept.
 * Two names in one cell stay as they are (see `holdsSeveralNames`): joining them would invent a person.
 */
export function cleanName(text: string): string {
  const name = cleanText(text).replace(/\n/g, ' ').replace(/[\u2022\u2027\u2219\u30FB\uFF65\u22C5]/g, '·').replace(/ ?· ?/g, '·')
  return spacedShortName.test(name) ? name.replace(/ /g, '') : name
}

/** Whether a cleaned name cell holds more than one name. */
export function holdsSeveralNames(name: string): boolean {
  return severalNames.test(name)
}

/** The form in which names of units are compared: no spaces, half-width brackets. */
export function unitText(text: string): string {
  return halfWidth(cleanText(text)).replace(/[\s]/g, '')
}

/** A department's number or a unit's name as stored: a free text on one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\n/g, ' ')
}
