/** Looks through an office's .docx before it may stand for a paper: what the file is, and every place with its text. */
import type { OutputOf } from '../../../shared/contract/entries.ts'
import type { LetterType } from '../../../shared/domain/letters/types.ts'
import { Refusal } from '../../../shared/result.ts'
import { strFromU8, unzipSync } from 'fflate'
import { listNames, placesOf, type Place } from './template-places.ts'

export type TemplateReport = OutputOf<'templates.check'>
type Problem = TemplateReport['problems'][number]

const limits = { fileMb: 20, pictureMb: 5, textMb: 20, totalMb: 60, places: 150 } as const
const mb = 1024 * 1024
const textParts = /^word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/u
const shown = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

type Parts = ReadonlyMap<string, string>

/** The sizes stand in the directory: nothing large is ever unpacked. */
function unpack(file: string, bytes: Uint8Array): Parts {
  const refused: Refusal[] = []
  let total = 0
  const look = ({ name, originalSize }: { readonly name: string; readonly originalSize: number }): boolean => {
    total += originalSize
    if (/vbaProject|\.bin$/iu.test(name) && /vba|macro/iu.test(name)) refused.push(new Refusal('FILE_MACRO', { file }))
    if (name.toLowerCase().startsWith('word/media/') && originalSize > limits.pictureMb * mb) refused.push(new Refusal('TEMPLATE_PICTURE', { file, picture: name.slice(name.lastIndexOf('/') + 1), limitMb: limits.pictureMb }))
    if (total > limits.totalMb * mb || (textParts.test(name) && originalSize > limits.textMb * mb)) refused.push(new Refusal('FILE_BOMB', { file }))
    return refused.length === 0 && (textParts.test(name) || name === '[Content_Types].xml')
  }
  let found: Record<string, Uint8Array>
  try {
    found = unzipSync(bytes, { filter: look })
  } catch {
    throw new Refusal('FILE_DAMAGED', { file })
  }
  if (refused[0]) throw refused[0]
  const parts = new Map(Object.entries(found).map(([name, data]) => [name, strFromU8(data)]))
  const types = parts.get('[Content_Types].xml') ?? ''
  if (/macroEnabled|vbaProject/iu.test(types)) throw new Refusal('FILE_MACRO', { file })
  if (!parts.has('word/document.xml')) throw new Refusal(parts.size === 0 ? 'FILE_DAMAGED' : 'FILE_WRONG_KIND', { file })
  return parts
}

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean => head.every((byte, index) => bytes[index] === byte)

/** FILE_MACRO, FILE_TOO_LARGE, FILE_ENCRYPTED (or an old .doc), FILE_WRONG_KIND, FILE_DAMAGED, FILE_BOMB, TEMPLATE_PICTURE. */
function openDocx(file: string, bytes: Uint8Array): Parts {
  if (/\.(?:docm|dotm)$/iu.test(file)) throw new Refusal('FILE_MACRO', { file })
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new Refusal(/\.docx$/iu.test(file) ? 'FILE_ENCRYPTED' : 'FILE_WRONG_KIND', { file })
  if (!startsWith(bytes, [0x50, 0x4b])) throw new Refusal(/\.docx$/iu.test(file) ? 'FILE_DAMAGED' : 'FILE_WRONG_KIND', { file })
  // Before the size of the file: the picture that makes it large is what a person can do something about.
  const parts = unpack(file, bytes)
  if (bytes.length > limits.fileMb * mb) throw new Refusal('FILE_TOO_LARGE', { file, limitMb: limits.fileMb })
  return parts
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const decode = (text: string): string => text.replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/giu, (whole, dec?: string, hex?: string, named?: string) => (dec ? String.fromCodePoint(Number(dec)) : hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : (entities[named ?? ''] ?? whole)))

/** The text of every paragraph: Word cuts a place into several runs as it likes. */
function paragraphs(xml: string): readonly string[] {
  return xml.split(/<\/w:p>/u).map((part) => [...part.matchAll(/<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>/gu)].map((match) => decode(match[1] ?? '')).join('')).filter((text) => text !== '')
}

type Tag = { readonly kind: 'place' | 'open' | 'close'; readonly name: string }

function scan(text: string, problems: Problem[]): readonly Tag[] {
  const tags: Tag[] = []
  for (const match of text.matchAll(/\{([^{}]*)\}|[{}]/gu)) {
    const inside = match[1]
    if (inside === undefined) {
      problems.push({ kind: 'unclosed', text: shown(match[0] === '{' ? text.slice(match.index) : text.slice(Math.max(0, match.index - 20), match.index + 1)) })
      continue
    }
    const name = inside.trim()
    tags.push(name.startsWith('#') ? { kind: 'open', name: name.slice(1).trim() } : name.startsWith('/') ? { kind: 'close', name: name.slice(1).trim() } : { kind: 'place', name })
  }
  return tags
}

/** Walks the body in order: which list is open decides what a place means. */
function walkBody(tags: readonly Tag[], places: readonly Place[], problems: Problem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const lists = new Set<string>(listNames)
  let open: string | null = null
  for (const { kind, name } of tags) {
    if (kind === 'place') {
      const place = places.find((one) => one.place === name)
      counts.set(name, (counts.get(name) ?? 0) + 1)
      if (place === undefined) problems.push({ kind: 'unknown', text: shown(`{${name}}`) })
      else if (place.list !== null && place.list !== open) problems.push({ kind: 'loop', text: `{${name}}` })
    } else if (!lists.has(name)) problems.push({ kind: 'unknown', text: shown(`{${kind === 'open' ? '#' : '/'}${name}}`) })
    else if (kind === 'open' ? open !== null : open !== name) problems.push({ kind: 'loop', text: `{${kind === 'open' ? '#' : '/'}${name}}` })
    else open = kind === 'open' ? name : null
    if (kind === 'open' && lists.has(name)) counts.set(`#${name}`, (counts.get(`#${name}`) ?? 0) + 1)
  }
  if (open !== null) problems.push({ kind: 'loop', text: `{#${open}}` })
  return counts
}

/** What is wrong with the file is refused; what is wrong with its places is told, each with its text. TEMPLATE_TOO_MANY above 150 places. */
export function checkTemplate(type: LetterType, file: string, bytes: Uint8Array): TemplateReport {
  const parts = openDocx(file, bytes)
  const places = placesOf(type)
  const problems: Problem[] = []
  const tags = paragraphs(parts.get('word/document.xml') ?? '').flatMap((text) => scan(text, problems))
  if (tags.length > limits.places) throw new Refusal('TEMPLATE_TOO_MANY', { file, count: tags.length, limit: limits.places })
  for (const [name, xml] of parts) {
    if (name === 'word/document.xml' || name === '[Content_Types].xml') continue
    for (const text of paragraphs(xml)) for (const match of text.matchAll(/\{[^{}]*\}?/gu)) problems.push({ kind: 'header', text: shown(match[0]) })
  }
  const counts = walkBody(tags, places, problems)
  for (const one of places) if (one.needed && !counts.has(one.place)) problems.push({ kind: 'missing', text: `{${one.place}}` })
  if (!counts.has('主送') && !counts.has('单位')) problems.push({ kind: 'missing', text: '{主送}' })
  const says = ['正文', '事实'].some((list) => counts.has(`#${list}`)) || counts.has('查明情况')
  if (!says) problems.push({ kind: 'missing', text: '{#正文}{段落}{/正文}' })
  return { places: [...counts].filter(([name]) => !name.startsWith('#')).map(([place, count]) => ({ place, count })), problems }
}
