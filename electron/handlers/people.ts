/** Units and officials. */
import { getOfficial, joinOfficials, listOfficials, saveOfficial, unjoinOfficial } from '../services/people/officials.ts'
import { getUnit, listUnits, removeUnit, saveUnit } from '../services/people/units.ts'
import { todaySummary } from '../services/today.ts'
import type { HandlersOf } from './types.ts'

export const peopleHandlers: HandlersOf<'units' | 'officials' | 'today'> = {
  'units.list': listUnits,
  'units.get': getUnit,
  'units.save': saveUnit,
  'units.remove': removeUnit,
  'officials.list': listOfficials,
  'officials.get': getOfficial,
  'officials.save': saveOfficial,
  'officials.join': joinOfficials,
  'officials.unjoin': unjoinOfficial,
  'today.summary': todaySummary,
}
