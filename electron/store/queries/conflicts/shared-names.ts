/** Integrity: units of which several answer to one name, so that a workbook's row finds neither. One machine alone refuses that (units.save). */
import { derivedId } from '../../ids.ts'
import type { ReadDb } from '../../read-db.ts'
import { allUnits, spellingsOf } from '../people.ts'
import { conflictOf, standing, type Conflict } from './writes.ts'

/** The register name under which they are listed. */
export const spellingRegister = 'spelling'

/** `row` follows from the name; a survivor is the write that named one of the units, its value `{spelling, unitId, name, shortName, aliases}`. */
export function sharedNames(db: ReadDb): Conflict[] {
  const units = allUnits(db)
  const owners = new Map<string, typeof units>()
  for (const unit of units) for (const spelling of new Set(spellingsOf(unit))) owners.set(spelling, [...(owners.get(spelling) ?? []), unit])
  return [...owners].filter(([, named]) => named.length > 1).map(([spelling, named]) =>
    conflictOf('review', 'unit', spellingRegister, derivedId('spelling', spelling), [...named].sort((a, b) => (a.id < b.id ? -1 : 1)).flatMap(({ id, name, shortName, aliases }) =>
      standing(db, 'unit', name === spelling ? 'identity' : 'names', id, { spelling, unitId: id, name, shortName, aliases }))))
    .filter((one) => one.survivors.length > 1)
}
