/** Documents of a secrecy grade (密级) do not belong on this machine (domain.md section 5): their marking is recognised and refused. */
import { err, ok } from '../../result.ts'
import type { Result } from '../../result.ts'

/**
 * The marking as GB/T 9704 clause 7.2.2 and common practice write it: 机密★1年, 绝密 ★, ★秘密, 密级：秘密, or the bare word as a whole field. The words inside a
 * sentence (保守国家秘密, 商业秘密) are ordinary text.
 */
const markings: readonly RegExp[] = [
  /(?:绝\s*密|机\s*密|秘\s*密)\s*[★☆✭⭐*＊]/u,
  /[★☆✭⭐]\s*(?:绝\s*密|机\s*密|秘\s*密)/u,
  /密\s*级\s*[:：为是]?\s*[【[（(]?\s*(?:绝\s*密|机\s*密|秘\s*密)/u,
  /^[\s【[（(]*(?:绝\s*密|机\s*密|秘\s*密)[\s】\]）)]*$/mu,
]

export function hasSecrecyMark(text: string): boolean {
  const plain = text.normalize('NFKC')
  return markings.some((marking) => marking.test(plain))
}

/** The path of the first field with a marking, or null. Walks objects and lists. */
function markedField(value: unknown, path: string): string | null {
  if (typeof value === 'string') return hasSecrecyMark(value) ? path : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    const found = markedField(inner, path === '' ? key : `${path}.${key}`)
    if (found !== null) return found
  }
  return null
}

/** SECRECY_GRADE {field}: such work does not belong on this machine. */
export function refuseSecrecy<T>(value: T): Result<T> {
  const field = markedField(value, '')
  return field === null ? ok(value) : err('SECRECY_GRADE', { field })
}
