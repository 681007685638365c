/** Which number formats mean a percentage or a date. */

export type FormatKind = 'plain' | 'percent' | 'date'

/** Built-in formats, ECMA-376 part 1, 18.8.30; 27–36 and 50–58 are dates in the Chinese versions. */
export function builtInFormat(id: number): FormatKind {
  if (id === 9 || id === 10) return 'percent'
  const date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
  return date ? 'date' : 'plain'
}

/** A format code as written in the workbook, e.g. `0.0%` or `yyyy"年"m"月"`. */
export function formatKind(code: string): FormatKind {
  const bare = code
    // Quoted text, escaped characters and fillers say nothing about the value.
    .replace(/"[^"]*"?/g, '').replace(/[\\_*]./g, '')
    // Elapsed time is a date kind; colours, locales and conditions are not.
    .replace(/\[(h+|m+|s+)\]/gi, '$1').replace(/\[[^\]]*\]/g, '')
  if (bare.includes('%')) return 'percent'
  if (/^\s*general\s*$/i.test(bare)) return 'plain'
  return /[ydhsm]/i.test(bare.replace(/general/gi, '')) ? 'date' : 'plain'
}
