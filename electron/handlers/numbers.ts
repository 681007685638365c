/** numbers.*: 发文字号. */
import { numbersGapsFile, numbersOverview, reserveNumbers } from '../services/letters/numbers.ts'
import { assignNumbers, closeLease, grantLease, numbersAuthority, setNumberAuthority } from '../services/letters/number-leases.ts'
import type { HandlersOf } from './types.ts'

export const numberHandlers: HandlersOf<'numbers'> = {
  'numbers.overview': (input, context) => numbersOverview(input, context),
  'numbers.gapsFile': (input, context) => numbersGapsFile(input, context),
  'numbers.authority': (input, context) => numbersAuthority(input, context),
  'numbers.setAuthority': (input, context) => setNumberAuthority(input, context),
  'numbers.lease': (input, context) => grantLease(input, context),
  'numbers.closeLease': (input, context) => closeLease(input, context),
  'numbers.assign': (input, context) => assignNumbers(input, context),
  'numbers.reserve': (input, context) => reserveNumbers(input, context),
}
