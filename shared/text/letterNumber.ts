/** 发文字号: 代字 〔year〕 number 号, e.g. 滕督函〔2026〕12号 (GB/T 9704 clause 7.2.5: six-corner brackets, full year, no 第, no leading zero). */

export type LetterNumber = { readonly code: string; readonly year: number; readonly sequence: number }

export function formatLetterNumber({ code, year, sequence }: LetterNumber): string {
  if (!Number.isInteger(year) || year < 1000 || year > 9999) throw new RangeError('a letter number needs a four-digit year')
  if (!Number.isSafeInteger(sequence) || sequence < 1) throw new RangeError('letter numbers start from 1')
  return `${code}〔${year}〕${sequence}号`
}

const pattern = /^(?<code>[\p{L}\p{Co}]+)[〔[(【﹝](?<year>[1-9]\d{3})[〕\])】﹞]第?0*(?<sequence>[1-9]\d{0,8})号$/u

/** Reads what people type: also [2026] (2026) 【2026】, full-width forms, spaces, 第, leading zeros. Null for anything else. */
export function parseLetterNumber(text: string): LetterNumber | null {
  const groups = pattern.exec(text.normalize('NFKC').replaceAll(/\s+/gu, ''))?.groups
  if (groups === undefined) return null
  return { code: groups['code'] ?? '', year: Number(groups['year']), sequence: Number(groups['sequence']) }
}
