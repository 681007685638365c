/** What the engine reads and what it finds. */
import type { Figures, Period, ReportKind, UnitKind } from '../kinds.ts'
import type { LetterState, LetterType } from '../letters/types.ts'
import type { IsoDate } from '../../text/dates.ts'
import type { Measure, RuleDefinition } from './definition.ts'

/**
 * A current report row: not undone, not superseded by a correction. Should two rows of one key still come (see rows.ts), the higher `version`
 * counts, then the larger id.
 */
export type RuleReport = {
  readonly id: string
  readonly period: Period
  readonly unitId: string
  readonly officialId: string | null
  readonly item: string | null
  readonly figures: Figures
  readonly version?: number
}

/** An issued letter for R7. `replyDue` is the day that counts now: with every granted extension (letters/state.ts, replyDueOn). */
export type RuleLetter = {
  readonly id: string
  readonly number: string | null
  readonly type: LetterType
  readonly state: LetterState
  readonly unitId: string
  readonly officialId: string | null
  readonly matter: string
  readonly replyDue: IsoDate | null
}

export type RuleInput = {
  readonly rules: readonly RuleDefinition[]
  readonly period: Period
  /** Looked at by R7 only: everything else is decided by the period. */
  readonly today: IsoDate
  readonly reports: Readonly<Partial<Record<ReportKind, readonly RuleReport[]>>>
  readonly letters: readonly RuleLetter[]
  readonly units: ReadonlyMap<string, { readonly kind: UnitKind }>
  /** unitId → its one 主要负责人. A unit with none, or with two, is left out: nobody is guessed. */
  readonly heads: ReadonlyMap<string, string>
}

/** One sentence of the letter with the figures in it and where they come from. */
export type Fact = {
  readonly label: string
  readonly text: string
  readonly period: Period
  readonly reportId: string | null
  readonly letterId: string | null
  readonly figures: Figures
}

export type Finding = {
  readonly ruleId: string
  readonly ruleVersion: number
  readonly period: Period
  readonly unitId: string
  /** The addressee at finding time; null = 缺责任人. */
  readonly officialId: string | null
  readonly item: string | null
  readonly measure: Measure
  readonly matter: string
  readonly cause: string
  /** In the order of periods; empty for R7. */
  readonly firedReportIds: readonly string[]
  /** R7: the overdue letter, which is then escalated. */
  readonly letterId: string | null
  readonly facts: readonly Fact[]
  readonly basis: string
  /** Nobody to address: may be proposed, may not be issued. */
  readonly incomplete: boolean
  /** See proposalKey. */
  readonly occasion: string
}

/**
 * The identity of a proposal (domain.md section 4): rule, period, unit, official, item, as canonical JSON. A rule's version is no part of it: an
 * edited rule proposes nothing twice. For R7 the occasion, i.e. the letter and the day it was due, stands for period and item: one
 * overdue letter is proposed once, however many months the rules are run for, and once more when an extension runs out too.
 */
export function proposalKey(finding: Pick<Finding, 'ruleId' | 'period' | 'unitId' | 'officialId' | 'item' | 'letterId' | 'occasion'>): string {
  const item = finding.letterId ?? finding.item
  return JSON.stringify([finding.ruleId, finding.occasion, finding.unitId, finding.officialId, item])
}

/** Text order by UTF-16 code unit: the same on every machine, whatever its locale; null first. */
export function compareText(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  return a < b ? -1 : 1
}

export function compareFindings(a: Finding, b: Finding): number {
  return compareText(a.ruleId, b.ruleId) || compareText(a.unitId, b.unitId) || compareText(a.officialId, b.officialId)
    || compareText(a.item, b.item) || compareText(a.letterId, b.letterId)
}
