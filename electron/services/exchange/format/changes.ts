/**
 * Changes as text: two lines of JSON each. First the head as an array `[id, origin, scope, seq, prev, hlcMs, hlcCounter, wall, author, schema, bodyHash]`
 * (hex; `prev` null for the first of its lane), then the body exactly as it is stored, or `null` after an erasure. A body has no line break inside:
 * canonical JSON has none, and nothing else gets in through this door.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { maxBodyBytes } from '../../../store/log/body.ts'
import type { Change } from '../../../store/log/change-id.ts'
import { damaged } from './check-head.ts'
import { maxChangesBytes, targetChangesBytes } from './limits.ts'
import { hex16, hex32, scopeName } from './packed-vector.ts'
import { readStrictJson } from './strict-json.ts'

const count = z.int().nonnegative()
const headLine = z.tuple([hex32, hex16, scopeName, z.int().min(1), hex32.nullable(), count, count.max(2 ** 32 - 1), count, z.string().max(200), count.max(2 ** 32 - 1), hex32])
const maxLineBytes = 4096
const newline = 0x0a
const erased = Buffer.from('null', 'ascii')

function encodeChange(change: Change): Buffer {
  const { origin, scope, seq, hlcMs, hlcCounter, wall, author, schema } = change
  const prev = change.prev && change.prev.toString('hex')
  const head = JSON.stringify([change.id.toString('hex'), origin.toString('hex'), scope, seq, prev, hlcMs, hlcCounter, wall, author, schema, change.bodyHash.toString('hex')])
  if (Buffer.byteLength(head) > maxLineBytes || change.body?.includes(newline)) throw damaged('change', { id: change.id.toString('hex') })
  return Buffer.concat([Buffer.from(`${head}\n`, 'utf8'), change.body ?? erased, Buffer.of(newline)])
}

/** Deflated frames of about 1 MiB of text each, in the order given. */
export function* encodeChanges(changes: Iterable<Change>): IterableIterator<{ readonly bytes: Buffer; readonly count: number }> {
  let lines: Buffer[] = []
  let size = 0
  const close = (): { bytes: Buffer; count: number } => {
    const frame = { bytes: deflateRawSync(Buffer.concat(lines, size)), count: lines.length }
    lines = []
    size = 0
    return frame
  }
  for (const change of changes) {
    const line = encodeChange(change)
    if (lines.length > 0 && size + line.length > targetChangesBytes) yield close()
    lines.push(line)
    size += line.length
  }
  if (lines.length > 0) yield close()
}

/** PACKAGE_DAMAGED for anything that encodeChanges does not write; the hashes are the log's business. */
export function decodeChanges(frame: Uint8Array): Change[] {
  const text = inflate(frame)
  const changes: Change[] = []
  for (let at = 0; at < text.length; ) {
    const headEnd = text.indexOf(newline, at)
    const bodyEnd = headEnd < 0 ? -1 : text.indexOf(newline, headEnd + 1)
    if (bodyEnd < 0) throw damaged('changes')
    changes.push(decodeChange(text.subarray(at, headEnd), text.subarray(headEnd + 1, bodyEnd)))
    at = bodyEnd + 1
  }
  if (changes.length === 0) throw damaged('changes')
  return changes
}

function inflate(frame: Uint8Array): Buffer {
  try {
    // The cap is on what comes out, so a bomb ends here; `info` tells whether something stood behind the end.
    const { buffer, engine } = inflateRawSync(frame, { maxOutputLength: maxChangesBytes, info: true }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } }
    if (engine.bytesWritten !== frame.length) throw damaged('changes')
    return buffer
  } catch {
    throw damaged('changes')
  }
}

function decodeChange(head: Buffer, body: Buffer): Change {
  const parsed = headLine.safeParse(readStrictJson(head, { maxBytes: maxLineBytes, maxDepth: 1, canonical: false }))
  if (!parsed.success || body.length > maxBodyBytes) throw damaged('change')
  const [id, origin, scope, seq, prev, hlcMs, hlcCounter, wall, author, schema, bodyHash] = parsed.data
  const hex = (text: string): Buffer => Buffer.from(text, 'hex')
  const own = body.equals(erased) ? null : Buffer.from(body)
  // A hostile body must not reach a parser that follows it to the bottom of the stack, nor one that fills prototypes.
  if (own && readStrictJson(own, { maxBytes: maxBodyBytes, maxDepth: 64, canonical: false }) === undefined) throw damaged('change', { id })
  return { id: hex(id), origin: hex(origin), scope, seq, prev: prev === null ? null : hex(prev), hlcMs, hlcCounter, wall, author, schema, bodyHash: hex(bodyHash), body: own }
}
