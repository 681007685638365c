/**
 * Between a worker and the helper thread that works for it. Both sides are synchronous: the worker stands inside a transaction, which cannot await. A sender
 * waits while the other side is behind, so that little lies between them whatever the size of the file.
 */
import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads'

/** `counts`: messages sent and taken, of either direction; shared. `out`, `in`: where the two of mine and the two of the other side stand. */
export type LinkEnd = { readonly port: MessagePort; readonly counts: Int32Array; readonly out: number; readonly in: number }
export type Link = { readonly worker: LinkEnd; readonly helper: LinkEnd }

const maxAhead = 16
/** How often a waiting side looks whether the person has cancelled. */
const lookEveryMs = 100
const [sent, taken] = [0, 1]

export function makeLink(): Link {
  const { port1, port2 } = new MessageChannel()
  const counts = new Int32Array(new SharedArrayBuffer(16))
  return { worker: { port: port1, counts, out: 0, in: 2 }, helper: { port: port2, counts, out: 2, in: 0 } }
}

/** `checkpoint` throws once the person has cancelled; buffers of `transfer` go over without a copy; `ahead`: messages that may wait for the other side. */
export function sendOver({ port, counts, out }: LinkEnd, message: unknown, checkpoint: () => void, transfer: readonly ArrayBuffer[] = [], ahead = maxAhead): void {
  for (;;) {
    const seen = Atomics.load(counts, out + taken)
    if (Atomics.load(counts, out + sent) - seen < ahead) break
    Atomics.wait(counts, out + taken, seen, lookEveryMs)
    checkpoint()
  }
  port.postMessage(message, transfer)
  Atomics.add(counts, out + sent, 1)
  Atomics.notify(counts, out + sent)
}

/** The next message; waits for it. The host ends both threads when the sender fails. */
export function takeOver<T>({ port, counts, in: from }: LinkEnd, checkpoint: () => void): T {
  for (;;) {
    const seen = Atomics.load(counts, from + sent)
    const next = receiveMessageOnPort(port) as { message: T } | undefined
    if (next) {
      Atomics.add(counts, from + taken, 1)
      Atomics.notify(counts, from + taken)
      return next.message
    }
    Atomics.wait(counts, from + sent, seen, lookEveryMs)
    checkpoint()
  }
}
