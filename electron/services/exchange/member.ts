/** This machine as a member of its group; a folder from before there were groups gets one of its own. */
import { Refusal } from '../../../shared/result.ts'
import type { Store } from '../../store/store.ts'
import type { Account, Env } from '../context.ts'
import { foundGroup } from './found.ts'
import { newDeviceKeys, newGroup } from './keys/group.ts'
import { membership, readDeviceKeys, readMembership, type Membership } from './keys/key-store.ts'

/** The escrow key that this machine made by itself lies here until it was shown (exchange.escrowKey). */
export const escrowValue = 'exchange.escrowUnseen'

/** GROUP_NOT_READY for a machine that has asked to join and waits for the answer. */
export async function memberOf({ store, env, account }: { readonly store: Store; readonly env: Env; readonly account: Account }): Promise<Membership> {
  const known = readMembership(store.local, store.identity)
  if (known) return known
  if (readDeviceKeys(store.local)) throw new Refusal('GROUP_NOT_READY')
  const { group } = store.identity
  const made = await newGroup(group, env.now(), env.random)
  foundGroup(store, { group, made, keys: newDeviceKeys(env.random) }, account.id, env)
  store.local.set(escrowValue, made.escrowIdentity)
  return membership(store.local, store.identity)
}
