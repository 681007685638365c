/** Is this installation still who it was? (exchange.md section 4, Identity.) A pure decision, and its effects. */
import type { Tip } from '../../../shared/merge/vectors.ts'
import type { Store } from '../../store/store.ts'
import { nextEpoch } from './keys/key-store.ts'
import { readWitnesses, writeWitnesses, type Witness } from './witness.ts'

/** `first`: never marked before. `rolledBack`: the database lacks what a witness saw leave. `cloned`: another machine or a copied folder. `twin`: a foreign branch of our lane came in. */
export type IdentityState = 'same' | 'first' | 'rolledBack' | 'cloned' | 'twin'

export type IdentityQuestion = {
  /** As the database has it; null before the first start with the exchange. */
  readonly marked: string | null
  /** Of where we run now. */
  readonly fingerprint: string
  readonly witnesses: readonly Witness[]
  /** Whether the log has this change. */
  readonly has: (id: string) => boolean
}

/** Rolled back weighs more than cloned: an old copy on another machine is both, and the answer to both is a new origin. */
export function decideIdentity({ marked, fingerprint, witnesses, has }: IdentityQuestion): Exclude<IdentityState, 'twin'> {
  if (witnesses.some((witness) => witness.lanes.some((lane) => !has(lane.head)))) return 'rolledBack'
  const elsewhere = (marked !== null && marked !== fingerprint) || witnesses.some((witness) => witness.fingerprint !== fingerprint)
  if (elsewhere) return 'cloned'
  return marked === null ? 'first' : 'same'
}

export type IdentityPlace = {
  readonly store: Store
  readonly fingerprint: string
  readonly witnessPaths: readonly string[]
  readonly random: (n: number) => Uint8Array
}

const mark = 'exchange.fingerprint'

/** At every start, before anything is written. Gives what to tell the user ('same' and 'first': nothing), see identityLine of shared/text. */
export function settleIdentity(place: IdentityPlace): IdentityState {
  const { store, fingerprint, witnessPaths } = place
  const marked = store.local.get(mark)
  const state = decideIdentity({
    marked: typeof marked === 'string' ? marked : null, fingerprint, witnesses: readWitnesses(witnessPaths, store.identity.group), has: (id) => store.log.has(id),
  })
  if (state === 'first') store.local.set(mark, fingerprint)
  else if (state !== 'same') beginEpoch(place)
  return state
}

/** After an import that brought changes of our own origin that we did not have; also for a restore that is known to be one. */
export function beginEpoch(place: IdentityPlace): void {
  const { store, fingerprint, random } = place
  const { origin, values } = nextEpoch(store.local, random)
  store.newEpoch(origin, { ...values, [mark]: fingerprint })
  // A crash before this line costs one more epoch at the next start, nothing else.
  witnessNow(place)
}

/** Before a package gets its name (WriteOptions.release): what we have of our own lanes is what may have left. DISK_*. */
export function witnessNow({ store, fingerprint, witnessPaths, random }: IdentityPlace): void {
  const { group, origin } = store.identity
  const lanes = store.log.tips().filter((tip: Tip) => tip.origin === origin).map(({ scope, seq, head }) => ({ scope, seq, head }))
  writeWitnesses(witnessPaths, { v: 1, group, origin, fingerprint, lanes }, random)
}
