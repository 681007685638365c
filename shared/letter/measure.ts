/** Widths and line breaks by counting: full-width characters are one em, Latin ones have the advances of Times New Roman. */

const times: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['0123456789#$*_', 500], ['ADGHKNOQUVXYw', 722], ['BCR', 667], ['ELTZ', 611], ['FPS', 556], ['I', 333], ['J', 389], ['M', 889], ['W', 944],
    ['acez', 444], ['bdghknopquvxy', 500], ['f(r)-!`[]', 333], ['ijlt/:;\\', 278], ['m', 778], ['s', 389], [' ,.', 250], ['%', 833], ['&', 778],
    ["'", 180], ['"', 408], ['+<=>', 564], ['?', 444], ['@', 921], ['^', 469], ['{}', 480], ['|', 200], ['~', 541],
  ].flatMap(([characters, width]) => Array.from(String(characters), (c) => [c, Number(width) / 1000] as const)),
)
/** Advance of one code point in em; marks that combine have none. */
export function emWidth(character: string): number {
  const known = times[character]
  if (known !== undefined) return known
  if (/^[\p{M}\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]$/u.test(character)) return 0
  return (character.codePointAt(0) ?? 0) < 0x80 ? 0.5 : isNarrow(character) ? 0.55 : 1
}

// Accented Latin, Greek and Cyrillic of foreign names; the ambiguous punctuation below 0x3000 is set full-width (hint eastAsia).
function isNarrow(character: string): boolean {
  const point = character.codePointAt(0) ?? 0
  return point >= 0xc0 && point < 0x530
}

/**
 * Gap between a Chinese character and a Latin letter or digit, in em. Word and WPS add a quarter, LibreOffice a fifth (measured; it does not
 * read autoSpaceDE). Lines are counted with the widest, so that a line of ours fits in each of them; what is drawn by ourselves has `drawnGap`.
 */
export const scriptGap = 0.25
export const drawnGap = 0.2

/** True where programs put that gap between two neighbours; punctuation has none. */
export function hasGap(before: string, after: string): boolean {
  return (isHan(before) && isLatinWord(after)) || (isLatinWord(before) && isHan(after))
}

const isHan = (character: string): boolean => /^\p{Script=Han}$/u.test(character)
const isLatinWord = (character: string): boolean => /^[A-Za-z0-9]$/.test(character)

/** Width in twips of text set at `size` points with `spacing` twips added to every character. */
export function textWidth(text: string, size: number, spacing = 0, gap = scriptGap): number {
  let width = 0
  let before = ''
  for (const character of text) {
    width += advance(before, character, size, spacing, gap)
    before = character
  }
  return width
}

function advance(before: string, character: string, size: number, spacing: number, gap: number): number {
  const em = emWidth(character)
  return em === 0 ? 0 : (em + (hasGap(before, character) ? gap : 0)) * size * 20 + spacing
}

/** 避头: may not start a line. */
const noStart = /^[，。、；：？！）》〉】〕』」”’…—·%‰℃％,.;:!?)\]}～]$/u
/** 避尾: may not end a line. */
const noEnd = /^[（《〈【〔『「“‘([{]$/u
const latin = /^[\u0021-\u007e]$/u
const combining = /^[\p{M}\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]$/u

/** True where a line may end between two neighbouring characters. Numbers, words and years (2026|年) stay whole. */
export function mayBreak(before: string, after: string): boolean {
  if (noStart.test(after) || noEnd.test(before) || combining.test(after)) return false
  if (latin.test(before) && latin.test(after)) return false
  return !(/\d/.test(before) && after === '年')
}

export type LineRequest = {
  readonly size: number
  readonly spacing: number
  /** Room of the first line and of the others, twips. */
  readonly first: number
  readonly rest: number
}

/**
 * An identifier (DC2026-017), a telephone number or a number of a document stays whole, whatever gap it leaves: cut, it reads as two. Only a longer piece is
 * cut at its hyphen rather than that the line before it is drawn far apart.
 */
const looseCharacters = 16

/** Fills lines from the left; the lines joined give the text again. Nothing hangs over the edge, nothing is squeezed; a word wider than a line is cut. */
export function breakLines(text: string, { size, spacing, first, rest }: LineRequest): readonly string[] {
  const characters = Array.from(text)
  const lines: string[] = []
  let start = 0
  let width = 0
  let lastBreak = 0
  let lastHyphen = 0
  for (let i = 0; i < characters.length; i += 1) {
    const character = characters[i] ?? ''
    const before = i > start ? (characters[i - 1] ?? '') : ''
    if (i > start && mayBreak(before, character)) lastBreak = i
    if (before === '-' && mayBreak('', character)) lastHyphen = i
    width += advance(before, character, size, spacing, scriptGap)
    if (i === start || width <= (lines.length === 0 ? first : rest)) continue
    const loose = (i - lastBreak) > looseCharacters && lastHyphen > lastBreak
    const end = loose ? lastHyphen : lastBreak > start ? lastBreak : i
    lines.push(characters.slice(start, end).join(''))
    start = end
    lastBreak = end
    width = textWidth(characters.slice(start, i + 1).join(''), size, spacing)
  }
  if (start < characters.length || lines.length === 0) lines.push(characters.slice(start).join(''))
  return lines
}

const plainEnd = /^[\p{Script=Han}，。、；：？！）》」』〕】]$/u
const plainStart = /^\p{Script=Han}$/u
const mayHang = /^[，。、；：？！）》」』〕】”’]$/u

/**
 * True where a program left to itself might end `line` elsewhere than before `next`, so that the break has to be written into the file: where the
 * next character would fit without the gaps at digits, where a mark could hang over the edge, and at anything but plain Chinese text.
 */
export function mustForce(line: string, next: string, room: number, { size, spacing }: Pick<LineRequest, 'size' | 'spacing'>): boolean {
  const end = Array.from(line).at(-1) ?? ''
  const [first = '', second = ''] = Array.from(next)
  if (!plainEnd.test(end) || !plainStart.test(first)) return true
  const fits = textWidth(line + first, size, spacing, 0) <= room + size * 2
  return fits || (mayHang.test(second) && textWidth(line, size, spacing, 0) + size * 20 <= room + size * 2)
}
