/**
 * Natural keys: the same thing read on two machines gives the same text, from which the store derives its id. Canonical JSON arrays of
 * NFC texts, so no separator can be forged by a name.
 */
import type { ImportKind, ReportKind } from '../kinds.ts'
import { unitText } from './clean.ts'

function key(...parts: readonly (string | null)[]): string {
  return JSON.stringify(parts.map((part) => part?.normalize('NFC') ?? null))
}

/** A unit is its full name, spaces and width of brackets apart. */
export function unitKey(name: string): string {
  return key('unit', unitText(name))
}

/**
 * An official is unit + name + month of birth: two people of one name in one unit differ by birth, and one person with two posts in the
 * unit stays one. Where the roster gives no birth the title takes its place: two rows without births are then two people until somebody
 * joins them, never silently one. (Same unit, name and month of birth cannot be told apart by any roster.)
 */
export function officialKey(official: { readonly unitId: string; readonly name: string; readonly birth: string | null; readonly title: string | null }): string {
  return official.birth === null
    ? key('official', official.unitId, official.name, null, official.title)
    : key('official', official.unitId, official.name, official.birth)
}

/** A post is official × unit × title. Its dates are facts about it, so that a corrected roster updates the post. */
export function postKey(officialId: string, unitId: string, title: string | null): string {
  return key('post', officialId, unitId, title)
}

export type RowIdentity = {
  readonly unitId: string
  readonly officialId: string | null
  readonly item: string | null
  /** 文号, awards only: one person may be honoured twice in a class by two documents. */
  readonly documentNumber?: string | null
}

/**
 * What makes a report row "the same row" in one file (DUPLICATE_ROW) and in its correction (更正 supersedes row by row): a project or a
 * task is its name or number even when the correction moves it to another unit or person.
 */
export function reportKey(kind: ReportKind, period: string | null, row: RowIdentity): string {
  return key('report', kind, period, ...reportIdentity(kind, row))
}

/** The parts of `reportKey` that differ within one file. */
export function reportIdentity(kind: ReportKind, row: RowIdentity): readonly (string | null)[] {
  switch (kind) {
    case 'investment':
      return [row.unitId, row.officialId]
    case 'projects':
    case 'tasks':
      return [row.item]
    case 'air':
      return [row.unitId]
    case 'assessment':
      return [row.unitId, row.item]
    case 'awards':
      return [row.officialId, row.unitId, row.item, row.documentNumber ?? null]
  }
}

/** The kinds that feed the rosters; all others are reports. */
export function isRoster(kind: ImportKind): kind is 'units' | 'officials' {
  return kind === 'units' || kind === 'officials'
}
