/** settings.*, calendar.*, rules.*: what an administrator decides. */
import { listCalendar, saveCalendar } from '../services/calendar-tables.ts'
import { countMissingDues } from '../services/letters/follow-up.ts'
import { fontsStatus } from '../services/fonts.ts'
import { listRules, ruleHistory, saveRule } from '../services/rules.ts'
import { getSettings, saveSettings } from '../services/settings.ts'
import type { HandlersOf } from './types.ts'

export const settingsHandlers: HandlersOf<'settings' | 'calendar' | 'rules' | 'fonts'> = {
  'settings.get': (_input, context) => getSettings(context),
  'settings.save': (input, context) => saveSettings(input, context),
  'calendar.list': (_input, context) => listCalendar(context),
  'calendar.save': (input, context) => saveCalendar(input, context, countMissingDues),
  'fonts.status': (_input, context) => fontsStatus(context),
  'rules.list': (_input, context) => listRules(context),
  'rules.save': (input, context) => saveRule(input, context),
  'rules.history': (input, context) => ruleHistory(input.id, context),
}
