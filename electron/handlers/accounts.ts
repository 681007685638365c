/** accounts.* */
import { createAccount, listAccounts, resetPassword, updateAccount } from '../services/accounts.ts'
import type { HandlersOf } from './types.ts'

export const accountHandlers: HandlersOf<'accounts'> = {
  'accounts.list': (_input, context) => listAccounts(context),
  'accounts.create': (input, context) => createAccount(input, context),
  'accounts.update': (input, context) => updateAccount(input, context),
  'accounts.resetPassword': (input, context) => resetPassword(input, context),
}
