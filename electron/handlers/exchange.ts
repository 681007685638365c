/** exchange.*: the group, packages by stick, conflicts, safety copies. */
import { conflicts, resolve } from '../services/exchange/decide.ts'
import { enrol, join, revokeDevice, takeRoot, writeRequest } from '../services/exchange/enrol.ts'
import { backup, exchangeStatus, exportPackage, receivePackage } from '../services/exchange/use-cases.ts'
import type { HandlersOf } from './types.ts'

export const exchangeHandlers: HandlersOf<'exchange'> = {
  'exchange.status': (_input, context) => exchangeStatus(context),
  'exchange.request': async ({ account, password, name, out }, { session, ...context }) => {
    const begun = await session.request({ account, password })
    return begun.ok ? writeRequest(out, name, { ...context, store: begun.value }) : begun
  },
  'exchange.enrol': (input, context) => enrol(input, context),
  'exchange.join': (input, context) => join(input, context),
  'exchange.revoke': (input, context) => revokeDevice(input, context),
  'exchange.takeRoot': ({ escrowKey }, context) => takeRoot(escrowKey, context),
  'exchange.export': (input, context) => exportPackage(input, context),
  'exchange.receive': (input, context) => receivePackage(input, context),
  'exchange.backup': (input, context) => backup(input, context),
  'exchange.restore': (input, context) => receivePackage({ ...input, dryRun: false }, context),
  'exchange.conflicts': (_input, context) => conflicts(context),
  'exchange.resolve': (input, context) => resolve(input, context),
}
