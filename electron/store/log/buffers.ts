/** Buffers that grow by doubling and are used again: fresh ones for a hundred parts would weigh more than what they hold, and hurry the collector. */

export type Buffers = ReturnType<typeof makeBuffers>

/** `smallest`: bytes, a power of two. */
export function makeBuffers(smallest: number) {
  const free = new Map<number, Buffer[]>()
  return {
    /** At least `size` bytes, of whatever content. */
    take(size: number): Buffer {
      let length = smallest
      while (length < size) length *= 2
      return free.get(length)?.pop() ?? Buffer.allocUnsafeSlow(length)
    },
    give(buffer: Buffer): void {
      const list = free.get(buffer.length)
      if (list) list.push(buffer)
      else free.set(buffer.length, [buffer])
    },
  }
}
