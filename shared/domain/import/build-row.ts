/** Values of one row, all in order → the accepted row and the key under which it may stand only once in a file. */
import { figureKeys } from '../kinds.ts'
import type { ImportKind, ReportKind, UnitKind } from '../kinds.ts'
import { unitText } from './clean.ts'
import { reportIdentity } from './keys.ts'
import type { RosterUnit } from './roster.ts'
import type { RowKey } from './seen.ts'
import type { AcceptedRow, OfficialRow, ReportRow, UnitRow, Value } from './types.ts'

export type Values = Readonly<Record<string, Value>>
/** `complete` is false when a named unit or official could not be told. */
export type People = { readonly unit: RosterUnit | null; readonly officialId: string | null; readonly complete: boolean }
export type Place = { readonly sheet: string | null; readonly row: number }

const groups: Readonly<Record<UnitKind, string>> = { township: '镇街', department: '部门', taskforce: '专班' }

function text(value: Value | undefined): string | null {
  return typeof value === 'string' ? value : null
}

/** `unit` is null for the units roster only. */
export function buildRow(kind: ImportKind, place: Place, values: Values, unit: RosterUnit | null, officialId: string | null): AcceptedRow {
  if (kind === 'units') return unitRow(place, values)
  if (unit === null) throw new Error(`a row of ${kind} was accepted without its unit`)
  return kind === 'officials' ? officialRow(place, values, unit) : reportRow(kind, place, values, unit, officialId)
}

function unitRow(place: Place, values: Values): UnitRow {
  const aliases = (text(values['aliases']) ?? '').split(/[、,，;；/\s]+/).filter((alias) => alias !== '')
  const kind = values['kind']
  if (kind !== 'township' && kind !== 'department' && kind !== 'taskforce') throw new Error('a unit was accepted without its kind')
  return { type: 'unit', sheet: place.sheet, row: place.row, name: text(values['name']) ?? '', shortName: text(values['shortName']), kind, aliases }
}

function officialRow(place: Place, values: Values, unit: RosterUnit): OfficialRow {
  const gender = values['gender']
  return {
    type: 'official', sheet: place.sheet, row: place.row, name: text(values['name']) ?? '', gender: gender === '男' || gender === '女' ? gender : null,
    birth: text(values['birth']), unitId: unit.id, title: text(values['title']), rank: text(values['rank']), portfolio: text(values['portfolio']),
    isHead: values['isHead'] === true, since: text(values['since']), phone: text(values['phone']),
  }
}

function reportRow(kind: ReportKind, place: Place, values: Values, unit: RosterUnit, officialId: string | null): ReportRow {
  const figures: Record<string, Value> = {}
  for (const key of figureKeys[kind]) figures[key] = values[key] ?? null
  const item = text(values['item'])
  if (kind === 'assessment') figures['group'] = groups[unit.kind]
  if (kind === 'awards') figures['award'] = item
  return { type: 'report', sheet: place.sheet, row: place.row, unitId: unit.id, officialId, item, figures, remark: text(values['remark']) }
}

/**
 * Null where a part that the key needs is missing or could not be told: such a row is refused for that and repeats nothing. Projects and
 * tasks need their name or number only.
 */
export function rowKey(kind: ImportKind, values: Values, people: People): RowKey | null {
  if (kind === 'units') return typeof values['name'] === 'string' ? [unitText(values['name'])] : null
  const item = text(values['item'])
  const unitId = people.unit?.id ?? ''
  if (kind === 'projects' || kind === 'tasks') return item === null ? null : [item]
  if (!people.complete) return null
  if (kind === 'officials') {
    const name = text(values['name'])
    return name === null ? null : [name, unitId, text(values['title']), text(values['birth'])]
  }
  if ((kind === 'assessment' || kind === 'awards') && item === null) return null
  return reportIdentity(kind, { unitId, officialId: people.officialId, item, documentNumber: text(values['documentNumber']) })
}
