/** audit.*, verify.*, store.*: proof that the record is whole. */
import { listAudit } from '../services/audit.ts'
import { digest, dump, startVerify, verifyResult } from '../services/verify.ts'
import type { HandlersOf } from './types.ts'

export const checkHandlers: HandlersOf<'audit' | 'verify' | 'store'> = {
  'audit.list': (input, context) => listAudit(input, context),
  'verify.start': (_input, context) => startVerify(context),
  'verify.result': (input, context) => verifyResult(input.job, context),
  'store.digest': (_input, context) => digest(context),
  'store.dump': (_input, context) => dump(context),
}
