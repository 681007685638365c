/** numbers.*: 发文字号. */
import { numbersOverview, reserveNumbers } from '../services/letters/numbers.ts'
import type { HandlersOf } from './types.ts'

export const numberHandlers: HandlersOf<'numbers'> = {
  'numbers.overview': (input, context) => numbersOverview(input, context),
  'numbers.reserve': (input, context) => reserveNumbers(input, context),
}
