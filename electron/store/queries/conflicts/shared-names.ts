/** Integrity: units of which several answer to one name, so that a workbook's row finds neither. units.save refuses that; a roster of units may bring it. It ends where the names are changed on the units' pages. */
import { derivedId } from '../../ids.ts'
import type { ReadDb } from '../../read-db.ts'
import { allUnits, spellingsOf } from '../people.ts'
import { conflictOf, standing, type Conflict } from './writes.ts'

/** The register name under which they are listed. */
export const spellingRegister = 'spelling'

/** More than a person would read; a hostile list of aliases would be told many times over. */
const maxListed = 100

/** The first of them by name. `row` follows from the name; a survivor is the write that named one of the units, its value `{spelling, unitId, name, shortName}`. */
export function sharedNames(db: ReadDb): Conflict[] {
  const units = allUnits(db)
  const owners = new Map<string, typeof units>()
  for (const unit of units) for (const spelling of new Set(spellingsOf(unit))) owners.set(spelling, [...(owners.get(spelling) ?? []), unit])
  return [...owners].filter(([, named]) => named.length > 1).sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, maxListed).map(([spelling, named]) =>
    conflictOf('review', 'unit', spellingRegister, derivedId('spelling', spelling), [...named].sort((a, b) => (a.id < b.id ? -1 : 1)).flatMap(({ id, name, shortName }) =>
      standing(db, 'unit', name === spelling ? 'identity' : 'names', id, { spelling, unitId: id, name, shortName }))))
    .filter((one) => one.survivors.length > 1)
}
