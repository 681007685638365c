/** machines.*, conflicts.*: what the page 交换 shows beside the exchange itself. */
import { disputedAmong } from '../services/exchange/disputed.ts'
import { decidedConflicts, registerHistory } from '../services/exchange/history.ts'
import { machinesPicture } from '../services/exchange/picture.ts'
import type { HandlersOf } from './types.ts'

export const exchangeViewHandlers: HandlersOf<'machines' | 'conflicts'> = {
  'machines.picture': (input, context) => machinesPicture(input, context),
  'conflicts.history': (input, context) => registerHistory(input, context),
  'conflicts.among': (input, context) => disputedAmong(input, context),
  'conflicts.decided': (input, context) => decidedConflicts(input, context),
}
