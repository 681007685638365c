/** app.*: what the log-in screen needs, and the first run. app.demo is made in rpc/backend.ts: it drives the whole contract. */
import { ok } from '../../shared/result.ts'
import { appStatus } from '../services/app-status.ts'
import type { Handlers } from './types.ts'

export const appHandlers: Pick<Handlers, 'app.status' | 'app.setup'> = {
  'app.status': (_input, context) => ok(appStatus(context)),
  'app.setup': (input, { session }) => session.setUp(input),
}
