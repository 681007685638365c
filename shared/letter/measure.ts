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

/** Gap between a Chinese character and a Latin letter or digit, in em, as LibreOffice adds it (measured by its line breaks); Word adds a quarter. */
export const scriptGap = 0.2

/** The gap before `after`, in em. Punctuation has none. */
export function gapBetween(before: string, after: string): number {
  const meets = (isHan(before) && isLatinWord(after)) || (isLatinWord(before) && isHan(after))
  return meets ? scriptGap : 0
}

const isHan = (character: string): boolean => /^\p{Script=Han}$/u.test(character)
const isLatinWord = (character: string): boolean => /^[A-Za-z0-9]$/.test(character)

/** Width in twips of text set at `size` points with `spacing` twips added to every character. */
export function textWidth(text: string, size: number, spacing = 0): number {
  let width = 0
  let before = ''
  for (const character of text) {
    const em = emWidth(character)
    if (em > 0) width += (em + gapBetween(before, character)) * size * 20 + spacing
    before = character
  }
  return width
}

/** 避头: may not start a line. */
const noStart = /^[，。、；：？！）》〉】〕』」”’…—·%‰℃,.;:!?)\]}～]$/u
/** 避尾: may not end a line. */
const noEnd = /^[（《〈【〔『「“‘([{]$/u
const latin = /^[\u0021-\u007e]$/u

/** True where a line may end between two neighbouring characters. */
export function mayBreak(before: string, after: string): boolean {
  if (noStart.test(after) || noEnd.test(before)) return false
  // Word and LibreOffice break after the hyphen of a number or a word.
  if (latin.test(before) && latin.test(after)) return before === '-'
  return !/^[\p{M}\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]$/u.test(after)
}

export type LineRequest = {
  readonly size: number
  readonly spacing: number
  /** Room of the first line and of the others, twips. */
  readonly first: number
  readonly rest: number
}

/** May stand just outside the type area, as Word and LibreOffice set them. */
const hanging = /^[，。、；：？！]$/u

/** Fills lines from the left; the lines joined give the text again. One punctuation mark may hang; a word wider than a line is cut. */
export function breakLines(text: string, { size, spacing, first, rest }: LineRequest): readonly string[] {
  const characters = Array.from(text)
  const lines: string[] = []
  let start = 0
  let width = 0
  let lastBreak = 0
  for (let i = 0; i < characters.length; i += 1) {
    const character = characters[i] ?? ''
    const before = i > start ? (characters[i - 1] ?? '') : ''
    if (i > start && mayBreak(before, character)) lastBreak = i
    const em = emWidth(character)
    const advance = em === 0 ? 0 : (em + gapBetween(before, character)) * size * 20 + spacing
    const room = lines.length === 0 ? first : rest
    const hangs = hanging.test(character) && width <= room + 1 && !hanging.test(before)
    if (i > start && width + advance > room + 1 && !hangs) {
      const end = lastBreak > start ? lastBreak : i
      lines.push(characters.slice(start, end).join(''))
      start = end
      lastBreak = end
      width = textWidth(characters.slice(start, i).join(''), size, spacing) + (start < i ? gapBetween(before, character) * size * 20 : 0)
      width += em === 0 ? 0 : em * size * 20 + spacing
    } else {
      width += advance
    }
  }
  if (start < characters.length || lines.length === 0) lines.push(characters.slice(start).join(''))
  return lines
}
