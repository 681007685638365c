/** File names that Windows, Linux and a FAT stick all take, made from text that people typed. */
import { unsafeCharacter } from './names.ts'

/** Windows refuses these with any extension; ¹²³ count as digits there. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])(?=$|\.)/i

/** Leaves room for a folder path (260 characters on Windows) and a counter; ext4 allows 255 bytes. */
const maxBytes = 180

function cut(text: string, bytes: number): string {
  const encoder = new TextEncoder()
  let used = 0
  let result = ''
  for (const character of text) {
    used += encoder.encode(character).length
    if (used > bytes) break
    result += character
  }
  return result
}

function safeCharacter(character: string): string {
  if (unsafeCharacter(character) !== null) return ''
  return /[<>:"/\\|?*]/.test(character) ? '_' : character
}

function trimEnds(text: string): string {
  return text.replace(/^[\s.]+/u, '').replace(/[\s.]+$/u, '')
}

/** One name without folder: `stem` cleaned and cut to 180 bytes with the extension (without a dot, plain letters and digits); never empty. */
export function safeFileName(stem: string, extension: string): string {
  if (!/^[a-z0-9]{1,8}$/i.test(extension)) throw new RangeError('an extension is letters and digits')
  const clean = trimEnds([...stem.normalize('NFC')].map(safeCharacter).join('').replaceAll(/\s+/gu, ' '))
  const named = reserved.test(clean) ? `_${clean}` : clean
  const short = trimEnds(cut(named, maxBytes - extension.length - 1))
  return `${short === '' ? '未命名' : short}.${extension}`
}

/** `字号-对象.docx`: 滕督函〔2026〕12号-王平.docx. `number` null while the number is pending. */
export function letterFileName(number: string | null, addressee: string, extension = 'docx'): string {
  return safeFileName(`${number ?? '编号待定'}-${addressee}`, extension)
}
