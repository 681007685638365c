/** Chromium's DevTools protocol over two pipes of its process: messages of JSON, each ended by a zero byte. No port is opened. */
import { spawn, type ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

type Message = { readonly id?: number; readonly method?: string; readonly result?: Readonly<Record<string, unknown>>; readonly error?: { readonly message: string } }
type Waiting = { readonly resolve: (result: Readonly<Record<string, unknown>>) => void; readonly reject: (error: Error) => void }

export type DevTools = {
  readonly send: (method: string, params: Readonly<Record<string, unknown>>, sessionId?: string) => Promise<Readonly<Record<string, unknown>>>
  /** The next event of this name; asked for before what causes it. */
  readonly event: (method: string) => Promise<unknown>
}

/** Runs `work` against a Chromium of its own, which ends with it, with `signal`, or by itself; in the last two cases every answer that is waited for rejects. */
export async function withChromium<T>(program: string, args: readonly string[], signal: AbortSignal, work: (tools: DevTools) => Promise<T>): Promise<T> {
  const child = spawn(program, [...args, '--remote-debugging-pipe'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
  const { tools, fail } = connect(child)
  const stop = (): void => fail(new Error('cancelled'))
  signal.addEventListener('abort', stop)
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  try {
    signal.throwIfAborted()
    return await work(tools)
  } finally {
    signal.removeEventListener('abort', stop)
    child.kill('SIGKILL')
    // A process of its own making may still hold the other ends for a while: a cancel does not wait for that.
    for (const pipe of child.stdio) pipe?.destroy()
    // Its profile is removed next, and it must not write there any more.
    if (child.pid !== undefined) await gone
  }
}

function connect(child: ChildProcess): { readonly tools: DevTools; readonly fail: (error: Error) => void } {
  const [input, output] = [child.stdio[3] as Writable, child.stdio[4] as Readable]
  const answers = new Map<number, Waiting>()
  const events = new Map<string, Waiting>()
  let failed: Error | null = null
  const fail = (error: Error): void => {
    failed ??= error
    for (const waiting of [...answers.values(), ...events.values()]) waiting.reject(failed)
    answers.clear()
    events.clear()
  }
  const take = ({ id, method, result = {}, error }: Message): void => {
    const waiting = id === undefined ? events.get(method ?? '') : answers.get(id)
    if (id === undefined) events.delete(method ?? '')
    else answers.delete(id)
    if (error) waiting?.reject(new Error(error.message))
    else waiting?.resolve(result)
  }
  child.once('error', fail)
  child.once('exit', (code) => fail(new Error(`Chromium ended (${code})`)))
  for (const pipe of [input, output]) pipe.on('error', fail)
  let begun: Buffer[] = []
  output.on('data', (data: Buffer) => {
    for (let from = 0; from < data.length;) {
      const end = data.indexOf(0, from)
      begun.push(data.subarray(from, end < 0 ? data.length : end))
      if (end < 0) return
      take(JSON.parse(Buffer.concat(begun).toString('utf8')) as Message)
      begun = []
      from = end + 1
    }
  })
  let last = 0
  const waitIn = <K>(map: Map<K, Waiting>, key: K): Promise<Readonly<Record<string, unknown>>> => new Promise((resolve, reject) => {
    if (failed) reject(failed)
    else map.set(key, { resolve, reject })
  })
  const send: DevTools['send'] = (method, params, sessionId) => {
    const id = (last += 1)
    const answer = waitIn(answers, id)
    if (!failed) input.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`)
    return answer
  }
  return { tools: { send, event: (method) => waitIn(events, method) }, fail }
}
