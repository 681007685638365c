/** exchange.*: the group, packages by stick, gaps, conflicts, safety copies. */
import { planAccept } from '../services/exchange/accept.ts'
import { conflicts, resolve } from '../services/exchange/decide.ts'
import { revokeDevice, takeRoot, writeRequest } from '../services/exchange/enrol.ts'
import { acknowledgeGap, ask } from '../services/exchange/gap-files.ts'
import { resultOf, startAccept, startAnswer, startBackup, startDiagnose, startEnrol, startExport, startJoin, startReceive, startRecover, startRestore } from '../services/exchange/start.ts'
import { exchangeStatus, listPackages, seen, showEscrowKey } from '../services/exchange/status.ts'
import { planExport } from '../services/exchange/use-cases.ts'
import { ok } from '../../shared/result.ts'
import type { HandlersOf } from './types.ts'

export const exchangeHandlers: HandlersOf<'exchange'> = {
  'exchange.status': (_input, context) => exchangeStatus(context),
  'exchange.seen': (_input, context) => seen(context),
  'exchange.escrowKey': (_input, context) => showEscrowKey(context),
  'exchange.request': async ({ account, password, name, ...output }, { session, ...context }) => {
    const begun = await session.request({ account, password })
    if (!begun.ok) return begun
    const written = await writeRequest(output, name, { ...context, store: begun.value.store })
    return written.ok ? ok({ ...written.value, recoveryCode: begun.value.recoveryCode }) : written
  },
  'exchange.enrol': startEnrol,
  'exchange.enrolResult': (input, context) => resultOf('enrolResult', input, context),
  'exchange.join': startJoin,
  'exchange.joinResult': (input, context) => resultOf('joinResult', input, context),
  'exchange.revoke': (input, context) => revokeDevice(input, context),
  'exchange.acceptPlan': (input, context) => planAccept(input, context),
  'exchange.accept': startAccept,
  'exchange.acceptResult': (input, context) => resultOf('acceptResult', input, context),
  'exchange.takeRoot': ({ escrowKey }, context) => takeRoot(escrowKey, context),
  'exchange.plan': (input, context) => planExport(input, context),
  'exchange.export': startExport,
  'exchange.exportResult': (input, context) => resultOf('exportResult', input, context),
  'exchange.receive': startReceive,
  'exchange.receiveResult': (input, context) => resultOf('receiveResult', input, context),
  'exchange.backup': startBackup,
  'exchange.backupResult': (input, context) => resultOf('backupResult', input, context),
  'exchange.restore': startRestore,
  'exchange.recover': startRecover,
  'exchange.recoverResult': (input, context) => resultOf('recoverResult', input, context),
  'exchange.ask': (input, context) => ask(input, context),
  'exchange.answer': startAnswer,
  'exchange.diagnose': startDiagnose,
  'exchange.diagnoseResult': (input, context) => resultOf('diagnoseResult', input, context),
  'exchange.gapAck': (input, context) => acknowledgeGap(input, context),
  'exchange.packages': (input, context) => listPackages(input, context),
  'exchange.conflicts': (_input, context) => conflicts(context),
  'exchange.resolve': (input, context) => resolve(input, context),
}
