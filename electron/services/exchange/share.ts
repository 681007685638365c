/** Before a machine that sees some units only is sent something: rows of an older version that everybody needs are put where it sees them. */
import { homeValue, type Store } from '../../store/store.ts'
import type { Account } from '../context.ts'
import { everyScope, type Certificate } from './keys/certificate.ts'

export function shareFor(receivers: readonly Certificate[], { store, account }: { readonly store: Store; readonly account: Account }): void {
  const limited = (store.local.get(homeValue) ?? '') !== ''
  if (!limited && receivers.some((one) => !one.scopes.includes(everyScope))) store.shareRows({ kind: 'exchange.share', author: account.id })
}
