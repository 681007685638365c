// Preloaded into every worker thread that runs from source: types are stripped by the host, not here (source-types.ts says why).
import { registerHooks } from 'node:module'
import { receiveMessageOnPort, workerData } from 'node:worker_threads'

const { port, answers } = workerData.types

function stripped(url) {
  port.postMessage(url)
  for (;;) {
    const seen = Atomics.load(answers, 0)
    const answer = receiveMessageOnPort(port)
    if (answer) return answer.message
    Atomics.wait(answers, 0, seen, 1_000)
  }
}

registerHooks({
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context)
    const { source, error } = stripped(url)
    if (error !== undefined) throw new Error(error)
    return { format: 'module', source, shortCircuit: true }
  },
})
