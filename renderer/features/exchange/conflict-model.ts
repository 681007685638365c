/** Two or more values of one register as rows of words, with the differences marked; and what may be written anew. No React. */
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { dateText, none } from '../../text/format.ts'
import { figureLabel, figureText, figureUnit } from '../../text/figures.ts'
import { fieldLabel, fieldPlace, otherDiffers, otherParts, wordOf, yesNo } from '../../text/registers.ts'

export type Conflict = OutputOf<'exchange.conflicts'>['conflicts'][number]
export type Survivor = Conflict['survivors'][number]
export type Names = Readonly<Record<string, string>>
type Value = Readonly<Record<string, unknown>>

export type FieldRow = { readonly path: string; readonly label: string; readonly values: readonly string[]; readonly differs: boolean }

export const isRemoval = (conflict: Pick<Conflict, 'register'>): boolean => conflict.register === 'tombstone'
/** Several letters bear one number: one of them keeps it, the others are withdrawn. */
export const isDoubled = (conflict: Pick<Conflict, 'table' | 'register'>): boolean => conflict.table === 'letter' && conflict.register === 'number'
type Kind = Pick<Conflict, 'table' | 'register'>
/** Several units answer to one name. */
export const isShared = ({ table, register }: Kind): boolean => table === 'unit' && register === 'spelling'
/** Officials who were joined into one another. */
export const isRing = ({ table, register }: Kind): boolean => table === 'official' && register === 'ring'
/** Leases with numbers in common. */
export const isOverlap = ({ table, register }: Kind): boolean => table === 'numberLease' && register === 'overlap'
/** Removed on one machine, used on another: the removal is what is shown. */
export const isInUse = (conflict: Pick<Conflict, 'register' | 'survivors'>): boolean => isRemoval(conflict) && conflict.survivors[0]?.value['deleted'] === true && conflict.survivors[0].shown
/** Found in rows together and not in the writes of one register (services/exchange/integrity.ts). */
export const isView = (conflict: Pick<Conflict, 'table' | 'register' | 'survivors'>): boolean => isDoubled(conflict) || isShared(conflict) || isRing(conflict) || isOverlap(conflict) || isInUse(conflict)
export const isGone = (survivor: Pick<Survivor, 'value'>): boolean => survivor.value['deleted'] === true
/** The removal of a letter that was issued meanwhile: taken, it withdraws the letter (services/exchange/aftermath.ts). */
export const isWithdrawal = ({ table, survivors }: Pick<Conflict, 'table'> & { readonly survivors: readonly Pick<Survivor, 'register'>[] }, survivor: Pick<Survivor, 'value'>): boolean =>
  isGone(survivor) && table === 'letter' && survivors.some((one) => one.register === 'issue')

/** Told for the decision, not for the eye. */
const inner: ReadonlySet<string> = new Set(['unit.unitId', 'unit.spelling', 'numberLease.leaseId'])

/** Leaves that have a word; `rest` keeps everything else, so that no difference can hide. */
export function leavesOf(table: string, value: Value): { readonly leaves: ReadonlyMap<string, unknown>; readonly rest: string } {
  const leaves = new Map<string, unknown>()
  const rest: [string, unknown][] = []
  const walk = (prefix: string, part: unknown): void => {
    const label = labelOf(table, prefix)
    if (label !== null && (typeof part !== 'object' || part === null || Array.isArray(part))) leaves.set(prefix, part)
    else if (typeof part === 'object' && part !== null && !Array.isArray(part)) for (const [key, inner] of Object.entries(part)) walk(`${prefix}.${key}`, inner)
    else if (label !== null) leaves.set(prefix, part)
    else if (part !== null) rest.push([prefix, part])
  }
  for (const [column, part] of Object.entries(value)) if (!inner.has(`${table}.${column}`)) walk(column, part)
  return { leaves, rest: JSON.stringify(rest.sort(([a], [b]) => (a < b ? -1 : 1))) }
}

function labelOf(table: string, path: string): string | null {
  return path.startsWith('figures.') ? figureLabel(path.slice('figures.'.length)) : fieldLabel(table, path)
}

/** Differing ones first. */
export function fieldRows(table: string, values: readonly Value[], names: Names): readonly FieldRow[] {
  const read = values.map((value) => leavesOf(table, value))
  const paths = [...new Set(read.flatMap(({ leaves }) => [...leaves.keys()]))].sort((a, b) => fieldPlace(a) - fieldPlace(b))
  const rows = paths.map((path): FieldRow => {
    const texts = read.map(({ leaves }) => leafText(path, leaves.get(path) ?? null, names))
    const raw = new Set(read.map(({ leaves }) => JSON.stringify(leaves.get(path) ?? null)))
    return { path, label: labelOf(table, path) ?? path, values: texts, differs: raw.size > 1 }
  })
  const rests = [...new Set(read.map(({ rest }) => rest))]
  if (rests.length > 1) rows.push({ path: '', label: otherParts, values: read.map(({ rest }) => otherDiffers(rests.indexOf(rest) + 1)), differs: true })
  return [...rows.filter((row) => row.differs), ...rows.filter((row) => !row.differs && row.values.some((text) => text !== none))]
}

export function leafText(path: string, value: unknown, names: Names): string {
  if (value === null || value === undefined || value === '') return none
  if (path.startsWith('figures.')) return figureText(path.slice('figures.'.length), value as number | string | boolean)
  if (Array.isArray(value)) return value.length === 0 ? none : value.map((one) => partText(path, one, names)).join('；')
  if (typeof value === 'boolean') return yesNo(value)
  if (typeof value === 'string') return names[value] ?? (/^\d{4}-\d{2}-\d{2}/.test(value) ? dateText(value) : wordOf(path, value))
  return String(value)
}

/** Paragraphs of papers are objects with their text. */
function partText(path: string, part: unknown, names: Names): string {
  if (typeof part !== 'object' || part === null) return leafText(path, part, names)
  return Object.values(part).flatMap((inner) => (typeof inner === 'string' && inner !== '' ? [names[inner] ?? inner] : [])).join(' ')
}

/** Hard ones first, because they hold letters up; within a class the newest. */
export function inOrder(conflicts: readonly Conflict[]): readonly Conflict[] {
  return [...conflicts].sort((a, b) => Number(b.class === 'hard') - Number(a.class === 'hard') || latest(b) - latest(a) || (a.id < b.id ? -1 : 1))
}
export const latest = (conflict: Conflict): number => Math.max(...conflict.survivors.map((one) => one.at))

export type FieldKind = 'text' | 'long' | 'date' | 'bool' | 'choice' | 'number' | 'lines'
export type AnewField = { readonly path: string; readonly label: string; readonly kind: FieldKind }

const anew: Readonly<Record<string, Readonly<Record<string, FieldKind>>>> = {
  'unit.identity': { name: 'text', kind: 'choice' }, 'official.identity': { name: 'text', gender: 'choice', birth: 'text' }, 'post.post': { title: 'text', rank: 'text', isHead: 'bool', portfolio: 'long', since: 'text', until: 'text' }, 'report.content': { remark: 'long' },
  'letter.due': { replyDue: 'date', replyDueBasis: 'long' }, 'letter.close': { closedOn: 'date', conclusion: 'long' }, 'letter.void': { voidedOn: 'date', voidReason: 'long' }, 'delivery.fact': { receiver: 'text', relation: 'text', method: 'text', place: 'text', server: 'text', note: 'long' },
  'reply.fact': { receivedOn: 'date', summary: 'long' }, 'reply.judgement': { verdictOn: 'date', verdictNote: 'long' }, 'extension.fact': { askedOn: 'date', newDue: 'date', reason: 'long' }, 'recheck.fact': { askedOn: 'date', askedBy: 'text', grounds: 'long' }, 'recheck.decision': { decidedOn: 'date', decisionReason: 'long' }, 'card.card': { basis: 'long', since: 'date', until: 'date' }, 'card.lift': { liftedOn: 'date', liftReason: 'long' }, 'proposal.decision': { reason: 'long' }, 'calendarYear.days': { holidays: 'lines', extraWorkdays: 'lines' },
}

/** What a person may write anew of this register; nothing where a paper, a number or an account is at stake: there one of the two stands. */
export function anewFields(conflict: Pick<Conflict, 'table' | 'register'>, base: Value): readonly AnewField[] {
  const listed = anew[`${conflict.table}.${conflict.register}`]
  if (listed === undefined) return []
  const own = Object.entries(listed).map(([path, kind]): AnewField => ({ path, kind, label: labelOf(conflict.table, path) ?? path }))
  const figures = base['figures']
  if (typeof figures !== 'object' || figures === null) return own
  const kinds = { number: 'number', boolean: 'bool', string: 'text' } as const
  const rows = Object.entries(figures).map(([key, value]): AnewField => ({ path: `figures.${key}`, label: `${figureLabel(key)}${figureUnit(key)}`, kind: kinds[typeof value as keyof typeof kinds] ?? 'text' }))
  return [...rows, ...own]
}

export const textOf = (base: Value, path: string): unknown => path.split('.').reduce<unknown>((part, key) => (typeof part === 'object' && part !== null ? (part as Value)[key] : undefined), base) ?? null

/** The whole register with what was typed. */
export function withEdits(base: Value, edits: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const next: Record<string, unknown> = { ...base }
  for (const [path, value] of edits) {
    const [column, key] = path.split('.') as [string, string | undefined]
    next[column] = key === undefined ? value : { ...(next[column] as Value), [key]: value }
  }
  return next
}

/** What was typed as a value of the column; undefined when it is none. An empty field is null, but a name cannot be. */
export function typed(kind: FieldKind, text: string): unknown {
  const trimmed = text.trim()
  if (kind === 'lines') {
    const days = text.split(/[\s、，,;；]+/).filter((day) => day !== '')
    return days.every((day) => isDay(day)) ? days.sort() : undefined
  }
  if (trimmed === '') return null
  if (kind === 'number') return Number.isFinite(Number(trimmed)) ? Number(trimmed) : undefined
  if (kind === 'date') return isDay(trimmed) ? trimmed : undefined
  return trimmed
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
