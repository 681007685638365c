/**
 * From source (terminal, browser door, tests) the threads ask the host for their files without types. Two threads that strip types at the same
 * time use V8's process-wide cache of WebAssembly wrappers at the same time, and Node 24 (24.9.0 to 24.21.0, V8 13.6) then now and then dies
 * with "Check failed: jit_page.has_value()" or leaves a thread waiting for ever: about one start of two threads in ten, measured.
 */
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

/** The thread's end; source-hooks.mjs reads it from `workerData.types`. */
export type TypesEnd = { readonly port: MessagePort; readonly answers: Int32Array }

/** For `execArgv` of the thread. Not called in the bundle, which needs none of this and does not hold the file. */
export function hookArguments(): string[] {
  const file = 'source-hooks.mjs'
  return ['--import', new URL(file, import.meta.url).href]
}

const known = new Map<string, string>()

function strip(url: string): string {
  const before = known.get(url)
  if (before !== undefined) return before
  const source = quietly(() => stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8')))
  known.set(url, source)
  return source
}

/** Node says once that the function is experimental; running the files themselves it does not say. The terminal's stderr is for sentences. */
function quietly<T>(work: () => T): T {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return work()
  } finally {
    process.emitWarning = emitWarning
  }
}

/** Answers one thread until it ends. Does not keep the process alive. */
export function answerTypes(): TypesEnd {
  const { port1, port2 } = new MessageChannel()
  const answers = new Int32Array(new SharedArrayBuffer(4))
  port1.on('message', (url: string) => {
    try {
      port1.postMessage({ source: strip(url) })
    } catch (error) {
      port1.postMessage({ error: error instanceof Error ? error.message : String(error) })
    }
    Atomics.add(answers, 0, 1)
    Atomics.notify(answers, 0)
  })
  port1.unref()
  return { port: port2, answers }
}
