/**
 * For runs that check the same signatures by the same keys ten thousand times over: what was found right or wrong once is so for ever, so it is asked once
 * and remembered. A seventh of the model's time. Only where no test says how often anything is checked.
 */
import crypto, { type KeyObject } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

/** Then all is forgotten: a run of a day must not fill the memory. */
const most = 200_000

export function rememberSignatures(): void {
  const { createPublicKey, createPrivateKey, verify, hash } = crypto
  const keys = new Map<string, KeyObject>()
  const found = new WeakMap<KeyObject, Map<string, boolean>>()
  const remembered = <T>(map: Map<string, T>, name: string, make: () => T): T => {
    const known = map.get(name)
    if (known !== undefined) return known
    const made = make()
    if (map.size >= most) map.clear()
    map.set(name, made)
    return made
  }
  const keyBy = (kind: string, make: (input: never) => KeyObject) => (input: unknown): KeyObject => {
    const { key, format } = input as { readonly key?: unknown; readonly format?: unknown }
    if (!(key instanceof Uint8Array) || format !== 'der') return make(input as never)
    return remembered(keys, `${kind} ${Buffer.from(key).toString('latin1')}`, () => make(input as never))
  }
  const checked = (algorithm: null, data: Uint8Array, key: KeyObject, signature: Uint8Array): boolean => {
    if (!found.has(key)) found.set(key, new Map())
    return remembered(found.get(key)!, `${hash('sha256', data, 'base64')} ${Buffer.from(signature).toString('latin1')}`, () => verify(algorithm, data, key, signature))
  }
  Object.assign(crypto, { createPublicKey: keyBy('public', createPublicKey), createPrivateKey: keyBy('private', createPrivateKey), verify: checked })
  syncBuiltinESMExports()
}
