/**
 * From a helper thread to the worker that it reads for. Both sides are synchronous: the worker stands inside a transaction, which cannot await. The
 * sender waits while the other side is behind, so that little lies between them whatever the size of the file.
 */
import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads'

/** `counts`: messages sent, messages taken; shared. */
export type LinkEnd = { readonly port: MessagePort; readonly counts: Int32Array }

const maxAhead = 16
/** How often a waiting side looks whether the person has cancelled. */
const lookEveryMs = 100
const [sent, taken] = [0, 1]

export function makeLink(): { readonly sender: LinkEnd; readonly taker: LinkEnd } {
  const { port1, port2 } = new MessageChannel()
  const counts = new Int32Array(new SharedArrayBuffer(8))
  return { sender: { port: port1, counts }, taker: { port: port2, counts } }
}

/** `checkpoint` throws once the person has cancelled; buffers of `transfer` go over without a copy. */
export function sendOver({ port, counts }: LinkEnd, message: unknown, checkpoint: () => void, transfer: readonly ArrayBuffer[] = []): void {
  for (;;) {
    const seen = Atomics.load(counts, taken)
    if (Atomics.load(counts, sent) - seen < maxAhead) break
    Atomics.wait(counts, taken, seen, lookEveryMs)
    checkpoint()
  }
  port.postMessage(message, transfer)
  Atomics.add(counts, sent, 1)
  Atomics.notify(counts, sent)
}

/** The next message; waits for it. The host ends both threads when the sender fails. */
export function takeOver<T>({ port, counts }: LinkEnd, checkpoint: () => void): T {
  for (;;) {
    const seen = Atomics.load(counts, sent)
    const next = receiveMessageOnPort(port) as { message: T } | undefined
    if (next) {
      Atomics.add(counts, taken, 1)
      Atomics.notify(counts, taken)
      return next.message
    }
    Atomics.wait(counts, sent, seen, lookEveryMs)
    checkpoint()
  }
}
