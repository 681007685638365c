/** Where this installation stands: its machine, its data folder, and the witnesses beside and outside of it. */
import { join } from 'node:path'
import type { Env } from '../context.ts'
import type { Store } from '../../store/store.ts'
import { settleIdentity, type IdentityPlace, type IdentityState } from './identity.ts'
import { takeUp } from './renew.ts'
import { catchUp } from './revoked.ts'
import { fingerprintOf, witnessName } from './witness.ts'

const inside = 'exchange.witness'
const news = 'exchange.news'

export function placeOf(env: Env, store: Store): IdentityPlace {
  const outside = env.witnessDir === undefined ? [] : [join(env.witnessDir, witnessName(store.identity.group, env.dataDir))]
  return { store, fingerprint: fingerprintOf(env.machineParts ?? [], env.dataDir), witnessPaths: [join(env.dataDir, inside), ...outside], random: env.random }
}

/** At every log-in, before anything is written. What there is to tell stays until somebody has read it (takeNews). */
export function settle(env: Env, store: Store): IdentityState {
  const state = settleIdentity(placeOf(env, store))
  catchUp(store)
  takeUp(store)
  if (state !== 'same' && state !== 'first') tellOf(store, state)
  return state
}

export function tellOf(store: Store, state: Exclude<IdentityState, 'same' | 'first'>): void {
  store.local.set(news, state)
  store.logEvent({ kind: 'exchange.newEpoch', account: null, params: { why: state } })
}

export function newsOf(store: Store): 'rolledBack' | 'cloned' | 'twin' | null {
  const value = store.local.get(news)
  return value === 'rolledBack' || value === 'cloned' || value === 'twin' ? value : null
}

/** The person has read it. */
export function forgetNews(store: Store): void {
  if (newsOf(store) !== null) store.local.set(news, '')
}
