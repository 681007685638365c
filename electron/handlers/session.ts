/** session.*: log-in, recovery, lock, password. */
import { ok, type Result } from '../../shared/result.ts'
import type { Account } from '../services/context.ts'
import type { HandlersOf } from './types.ts'

const loggedIn = (result: Result<Account>) => (result.ok ? ok({ accountId: result.value.id, name: result.value.name, roles: [...result.value.roles] }) : result)

export const sessionHandlers: HandlersOf<'session'> = {
  'session.login': async (input, { session }) => loggedIn(await session.logIn(input.account, input.password)),
  'session.recover': async (input, { session }) => loggedIn(await session.recover(input.recoveryCode, input.account, input.newPassword)),
  'session.logout': async (_input, { session }) => {
    await session.lock()
    return ok({})
  },
  'session.touch': (_input, { session }) => {
    session.touch()
    return ok({})
  },
  'session.password': async (input, { session }) => {
    const changed = await session.changePassword(input.oldPassword, input.newPassword)
    return changed.ok ? ok({}) : changed
  },
}
