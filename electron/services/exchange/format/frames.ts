/** Cutting a stream of bytes into frames, with the caps checked before anything is gathered. */
import { damaged } from './check-head.ts'
import { frame, maxFrameBytes, type FrameType } from './limits.ts'

export type Frame = { readonly type: FrameType; readonly bytes: Buffer }

const types = new Set<number>(Object.values(frame))

/** PACKAGE_DAMAGED on an unknown type, a length above the cap, or an end in the middle of a frame. */
export async function* readFrames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0)
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let need = 5
  for await (const chunk of chunks) {
    waiting.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
    waitingBytes += chunk.byteLength
    if (rest.length + waitingBytes < need) continue
    rest = Buffer.concat([rest, ...waiting])
    waiting = []
    waitingBytes = 0
    let at = 0
    for (need = 5; rest.length - at >= 5; need = 5) {
      const [type, length] = [rest.readUInt8(at), rest.readUInt32BE(at + 1)]
      if (!types.has(type) || length > maxFrameBytes) throw damaged('frame', { type, length })
      need = 5 + length
      if (rest.length - at < need) break
      yield { type: type as FrameType, bytes: rest.subarray(at + 5, at + need) }
      at += need
    }
    // A copy, so that a small rest does not keep a large buffer alive.
    rest = Buffer.from(rest.subarray(at))
  }
  if (rest.length + waitingBytes > 0) throw damaged('frame', { type: -1, length: rest.length + waitingBytes })
}
