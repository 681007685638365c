/** The payload's frames as events, in the one order that is allowed. Nothing may be applied before the `end` event has come. */
import type { z } from 'zod'
import type { Change } from '../../../store/log/change-id.ts'
import { decodeChanges } from './changes.ts'
import { damaged } from './check-head.ts'
import { manifestSchema, totalsSchema, type Manifest, type Totals } from './content.ts'
import { readFrames, type Frame } from './frames.ts'
import { lanesSchema, type Lanes } from './lanes.ts'
import { frame, maxBlobBytes, maxDataBytes, maxFrameBytes } from './limits.ts'
import { readStrictJson } from './strict-json.ts'
import { newHash } from './suite.ts'

/** `data` events belong to the last `blob`; `blobEnd` says that size and hash were right. */
export type ContentEvent =
  | { readonly type: 'manifest'; readonly manifest: Manifest }
  | { readonly type: 'lanes'; readonly lanes: Lanes }
  | { readonly type: 'changes'; readonly changes: readonly Change[] }
  | { readonly type: 'blob'; readonly sha256: string; readonly size: number }
  | { readonly type: 'data'; readonly bytes: Uint8Array }
  | { readonly type: 'blobEnd'; readonly sha256: string }
  | { readonly type: 'end'; readonly totals: Totals }

type OpenBlob = { readonly sha256: string; readonly size: number; readonly hash: ReturnType<typeof newHash>; got: number }
type State = { last: number; ended: boolean; blob: OpenBlob | null; readonly totals: { blobBytes: number; blobs: number; changes: number } }

/** PACKAGE_DAMAGED. `id`: the header's package id. */
export async function* readContent(chunks: AsyncIterable<Uint8Array>, id: string): AsyncGenerator<ContentEvent> {
  const state: State = { last: 0, ended: false, blob: null, totals: { blobBytes: 0, blobs: 0, changes: 0 } }
  for await (const one of readFrames(chunks)) {
    checkOrder(state, one)
    yield* eventsOf(state, one, id)
  }
  if (!state.ended) throw damaged('end')
}

function checkOrder(state: State, { type, bytes }: Frame): void {
  const first = state.last === 0
  const after = type === frame.blob ? state.last <= frame.data : type >= state.last
  const blobFits = state.blob === null ? type !== frame.data : type === frame.data
  const once = type === frame.manifest ? first : !first
  if (state.ended || !after || !blobFits || !once) throw damaged('order', { type })
  if (type === frame.data && (bytes.length === 0 || bytes.length > maxDataBytes)) throw damaged('data')
  state.last = type
}

function* eventsOf(state: State, { type, bytes }: Frame, id: string): IterableIterator<ContentEvent> {
  switch (type) {
    case frame.manifest: {
      const manifest = parse(manifestSchema, bytes, 'manifest')
      if (manifest.id !== id) throw damaged('manifest')
      return yield { type: 'manifest', manifest }
    }
    case frame.lanes:
      return yield { type: 'lanes', lanes: parse(lanesSchema, bytes, 'lanes') }
    case frame.changes: {
      const changes = decodeChanges(bytes)
      state.totals.changes += changes.length
      return yield { type: 'changes', changes }
    }
    case frame.blob:
      return yield* beginBlob(state, bytes)
    case frame.data:
      return yield* addData(state, bytes)
    case frame.end: {
      const totals = parse(totalsSchema, bytes, 'end')
      const { blobs, blobBytes, changes } = state.totals
      if (totals.blobs !== blobs || totals.blobBytes !== blobBytes || totals.changes !== changes) throw damaged('end')
      state.ended = true
      return yield { type: 'end', totals }
    }
  }
}

function* beginBlob(state: State, bytes: Buffer): IterableIterator<ContentEvent> {
  if (bytes.length !== 40) throw damaged('blob')
  const size = bytes.readBigUInt64BE(32)
  if (size > BigInt(maxBlobBytes)) throw damaged('blob')
  const blob: OpenBlob = { sha256: bytes.toString('hex', 0, 32), size: Number(size), hash: newHash(), got: 0 }
  state.totals.blobs++
  state.totals.blobBytes += blob.size
  state.blob = blob
  yield { type: 'blob', sha256: blob.sha256, size: blob.size }
  yield* closeBlob(state, blob)
}

function* addData(state: State, bytes: Buffer): IterableIterator<ContentEvent> {
  const blob = state.blob!
  blob.got += bytes.length
  if (blob.got > blob.size) throw damaged('blob', { sha256: blob.sha256 })
  blob.hash.update(bytes)
  yield { type: 'data', bytes }
  yield* closeBlob(state, blob)
}

function* closeBlob(state: State, blob: OpenBlob): IterableIterator<ContentEvent> {
  if (blob.got < blob.size) return
  if (blob.hash.digest().toString('hex') !== blob.sha256) throw damaged('blob', { sha256: blob.sha256 })
  state.blob = null
  yield { type: 'blobEnd', sha256: blob.sha256 }
}

function parse<S extends z.ZodType>(schema: S, bytes: Uint8Array, part: string): z.infer<S> {
  const parsed = schema.safeParse(readStrictJson(bytes, { maxBytes: maxFrameBytes }))
  if (!parsed.success) throw damaged(part)
  return parsed.data
}
