/** How a partner stands, as a light and in the order of the list. */
import type { OutputOf } from '../../../shared/contract/entries.ts'
import type { Tone } from '../../components/StatusLight.tsx'
import { exchangeText as t } from '../../text/exchange.ts'
import { rowsText } from '../../text/registers.ts'

export type Status = OutputOf<'exchange.status'>
export type Picture = OutputOf<'machines.picture'>

/** A machine of the list: a partner, or one that was revoked. */
export type Partner = {
  readonly device: string; readonly name: string; readonly revoked: boolean; readonly units: readonly string[]
  readonly lastSent: number | null; readonly lastReceived: number | null; readonly seen: number | null; readonly lacks: number | null; readonly lacksSince: number | null
  /** Records of this machine are parked behind a gap here. */
  readonly gap: boolean
  /** It had the same changes and another state. */
  readonly unequal: boolean
  /** Of a revoked machine: records that came behind its end and do not count. */
  readonly barred: number
}

export function partnersOf(status: Status, picture: Picture | null): readonly Partner[] {
  const units = new Map((picture?.machines ?? []).map((machine) => [machine.device, machine.units]))
  const gaps = new Set(status.gaps.map((gap) => gap.machine))
  const unequal = new Set(status.alarms.map((one) => one.device))
  const live = status.partners.map((one): Partner => ({ ...one, revoked: false, units: units.get(one.device) ?? [], gap: gaps.has(one.name), unequal: unequal.has(one.device), barred: 0 }))
  const gone = status.revoked.map((one): Partner => ({ ...one, revoked: true, units: units.get(one.device) ?? [], lastSent: null, lastReceived: null, seen: null, lacks: null, lacksSince: null, gap: gaps.has(one.name), unequal: false }))
  return [...live.sort(byNeed), ...gone.sort((a, b) => Number(b.barred > 0) - Number(a.barred > 0) || byName(a, b))]
}

export const byName = (a: { readonly name: string }, b: { readonly name: string }): number => a.name.localeCompare(b.name, 'zh-CN', { numeric: true })

/** Who needs something comes first: another state, gaps, then who never told, then the most lacking. */
function byNeed(a: Partner, b: Partner): number {
  const need = (one: Partner): number => (one.unequal ? 4e9 : one.gap ? 3e9 : one.lacks === null ? 2e9 : one.lacks)
  return need(b) - need(a) || byName(a, b)
}

export function lightOf(one: Partner): { readonly tone: Tone; readonly text: string } {
  if (one.revoked) return { tone: 'off', text: t.revoked }
  if (one.unequal) return { tone: 'alert', text: t.unequal }
  if (one.gap) return { tone: 'alert', text: t.waitingGap }
  if (one.lacks === null) return { tone: 'idle', text: t.untold }
  return one.lacks === 0 ? { tone: 'done', text: t.complete } : { tone: 'wait', text: t.lacking(one.lacks) }
}

/** 认下 is for a machine that holds the group's root key and sees every unit. */
export const mayAccept = (status: Pick<Status, 'canEnrol' | 'scopes'>): boolean => status.canEnrol && status.scopes.includes('all')

/** What would count: rows by their words, most first, and the numbers that letters among them bear. */
export function acceptLines({ rows, numbers, numbersTotal }: OutputOf<'exchange.acceptPlan'>): readonly string[] {
  const kinds = Object.entries(rows).filter(([, n]) => n > 0).sort(([, a], [, b]) => b - a).map(([table, n]) => rowsText(table, n))
  const issued = numbersTotal === 0 ? [] : [t.acceptNumbers(numbers.join('、'), numbersTotal > numbers.length ? t.numbersMore(numbersTotal) : '')]
  return [...kinds, ...issued]
}

export const scopeText = (units: readonly string[]): string => (units.length === 0 ? t.allScopes : t.someScopes(units.join('、')))

/** What machine `index` lacks, most first; null when it never told. */
export function lackingParts(picture: Picture, index: number): readonly { readonly name: string; readonly count: number }[] | null {
  const row = picture.lacks[index]
  if (!row) return null
  const parts = row.flatMap((count, at) => (count > 0 ? [{ name: picture.machines[at]!.self ? t.thisMachine : picture.machines[at]!.name, count }] : []))
  const strangers = picture.strangers[index] ?? 0
  return [...parts, ...(strangers > 0 ? [{ name: t.machineUnknown, count: strangers }] : [])].sort((a, b) => b.count - a.count)
}

/** The row of the picture in words, for who does not see it. */
export function stripText(picture: Picture, index: number, most = 5): string {
  const parts = lackingParts(picture, index)
  if (parts === null) return t.stripUnknown
  if (parts.length === 0) return t.stripFull
  return t.stripLacks(parts.slice(0, most).map((part) => t.stripPart(part.name, part.count)).join('、'), Math.max(0, parts.length - most))
}
