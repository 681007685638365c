/** numbers.*: 发文字号. */
import { numbersGapsFile, numbersOverview, reserveNumbers } from '../services/letters/numbers.ts'
import type { HandlersOf } from './types.ts'

export const numberHandlers: HandlersOf<'numbers'> = {
  'numbers.overview': (input, context) => numbersOverview(input, context),
  'numbers.gapsFile': (input, context) => numbersGapsFile(input, context),
  'numbers.reserve': (input, context) => reserveNumbers(input, context),
}
