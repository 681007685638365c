/** A `window.dutydesk` for tests of the renderer's logic: files on a desk, jobs by script, anything else by the given answers. */
import type { Bridge, BridgeAnswer } from '../../shared/contract/bridge.ts'
import { entries, type EntryName, type InputOf, type OutputOf } from '../../shared/contract/entries.ts'
import type { ErrorCode, ErrorParams } from '../../shared/errors.ts'

export type Answers = { readonly [N in EntryName]?: (input: InputOf<N>) => OutputOf<N> | Refused }
export type Refused = { readonly refused: ErrorCode; readonly params?: ErrorParams }

export const refused = (code: ErrorCode, params: ErrorParams = {}): Refused => ({ refused: code, params })
const isRefused = (value: unknown): value is Refused => typeof value === 'object' && value !== null && 'refused' in value

export type FakeBridge = Pick<Bridge, 'door' | 'call'> & {
  /** The names that were called, in order. */
  readonly calls: string[]
  readonly inputs: unknown[]
}

/** Inputs are parsed by the contract and outputs too: a test cannot pass with a shape that the real door would refuse. */
export function fakeBridge(answers: Answers): FakeBridge {
  const calls: string[] = []
  const inputs: unknown[] = []
  return {
    door: 'loopback',
    calls,
    inputs,
    async call(name, input): Promise<BridgeAnswer> {
      calls.push(name)
      inputs.push(input)
      const entry = entries.get(name)
      const answer = (answers as Readonly<Record<string, ((input: unknown) => unknown) | undefined>>)[name]
      if (entry === undefined || answer === undefined) return { ok: false, error: { code: 'UNKNOWN_ENTRY', params: { entry: name } } }
      const parsed = entry.input.safeParse(input)
      if (!parsed.success) return { ok: false, error: { code: 'BAD_INPUT', params: {} } }
      const value = answer(parsed.data)
      if (isRefused(value)) return { ok: false, error: { code: value.refused, params: value.params ?? {} } }
      return { ok: true, value: entry.output.parse(value) }
    },
  }
}

/** files.* over one map of tokens, with the real door's rules for offsets. `failAt`: the number of the chunk that is refused. */
export function fakeDesk(failAt = Infinity): { readonly answers: Answers; readonly files: Map<string, number[]> } {
  const files = new Map<string, number[]>()
  let chunks = 0
  return {
    files,
    answers: {
      'files.put': ({ name }) => {
        const token = `token-${name}`
        files.set(token, [])
        return { token }
      },
      'files.append': ({ token, offset, bytes }) => {
        chunks += 1
        const held = files.get(token)
        if (held === undefined || held.length !== offset || chunks >= failAt) return refused('FILE_TOKEN')
        for (const byte of bytes) held.push(byte)
        return { received: held.length }
      },
      'files.read': ({ token, offset, length }) => {
        const held = files.get(token)
        return held === undefined ? refused('FILE_TOKEN') : { bytes: Uint8Array.from(held.slice(offset, offset + length)), size: held.length }
      },
      'files.drop': ({ token }) => {
        files.delete(token)
        return {}
      },
    },
  }
}
