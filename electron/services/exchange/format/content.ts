/** The payload before it is sealed: frames in a fixed order, MANIFEST, LANESIG, CHANGES, BLOB and its DATA, END. */
import { z } from 'zod'
import { canonical } from '../../../store/log/canonical.ts'
import type { Change } from '../../../store/log/change-id.ts'
import { encodeChanges } from './changes.ts'
import { damaged } from './check-head.ts'
import { encodeLanes, type Lanes } from './lanes.ts'
import { frame, maxBlobBytes, maxDataBytes, type FrameType } from './limits.ts'
import { hex16, hex32, scopeName } from './packed-vector.ts'
import { newHash } from './suite.ts'

const count = z.int().nonnegative()

/** `id`: the header's, so that a payload cannot be put under another header. `digests`: of the sender's survivors per scope. */
export const manifestSchema = z.strictObject({ digests: z.record(scopeName, hex32), id: hex16, note: z.string().max(2000).optional() })
export type Manifest = z.infer<typeof manifestSchema>

export const totalsSchema = z.strictObject({ blobBytes: count, blobs: count, changes: count })
export type Totals = z.infer<typeof totalsSchema>

/** `chunks` is called once, when its turn has come. */
export type BlobSource = { readonly sha256: string; readonly size: number; readonly chunks: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array> }

/** Everything is pulled as it is written: a million changes or a gigabyte of attachments never stand in memory together. */
export type Content = {
  readonly manifest: Manifest
  readonly lanes: Lanes
  readonly changes: Iterable<Change>
  readonly blobs: Iterable<BlobSource> | AsyncIterable<BlobSource>
}

export function encodeFrame(type: FrameType, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt8(type, 0)
  head.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}

/** The payload's bytes, frame by frame. `done` gets the totals. */
export async function* encodeContent(content: Content, done: (totals: Totals) => void): AsyncGenerator<Buffer> {
  const totals = { blobBytes: 0, blobs: 0, changes: 0 }
  yield encodeFrame(frame.manifest, Buffer.from(canonical(content.manifest), 'utf8'))
  for (const bytes of encodeLanes(content.lanes)) yield encodeFrame(frame.lanes, bytes)
  for (const { bytes, count } of encodeChanges(content.changes)) {
    totals.changes += count
    yield encodeFrame(frame.changes, bytes)
  }
  for await (const blob of content.blobs) {
    totals.blobs++
    totals.blobBytes += blob.size
    yield* encodeBlob(blob)
  }
  yield encodeFrame(frame.end, Buffer.from(canonical(totals), 'utf8'))
  done(totals)
}

/** DATA_DAMAGED when the bytes are not those of the hash: a package must not carry what its receivers would refuse. */
async function* encodeBlob({ sha256, size, chunks }: BlobSource): AsyncGenerator<Buffer> {
  if (!/^[0-9a-f]{64}$/.test(sha256) || size < 0 || size > maxBlobBytes) throw damaged('blob')
  const head = Buffer.alloc(40)
  head.write(sha256, 0, 'hex')
  head.writeBigUInt64BE(BigInt(size), 32)
  yield encodeFrame(frame.blob, head)
  const hash = newHash()
  let written = 0
  for await (const chunk of chunks()) {
    for (let at = 0; at < chunk.length; at += maxDataBytes) {
      const piece = chunk.subarray(at, at + maxDataBytes)
      hash.update(piece)
      written += piece.length
      yield encodeFrame(frame.data, piece)
    }
  }
  if (written !== size || hash.digest().toString('hex') !== sha256) throw damaged('blob', { sha256 })
}
