/**
 * Changes as text: two lines of JSON each. First the head as an array `[id, origin, scope, seq, prev, hlcMs, hlcCounter, wall, author, schema, bodyHash]`
 * (hex; `prev` null for the first of its lane), then the body exactly as it is stored, or `null` after an erasure. A body has no line break inside:
 * canonical JSON has none, and nothing else gets in through this door.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { maxBodyBytes } from '../../../store/log/body.ts'
import { logSchema, type Change } from '../../../store/log/change-id.ts'
import { damaged } from './check-head.ts'
import { maxChangesBytes, targetChangesBytes } from './limits.ts'
import { isShallow, readStrictJson } from './strict-json.ts'

const maxLineBytes = 4096
/** As deep as the log's own texts may be. */
const maxBodyDepth = 64
const newline = 0x0a
const erased = Buffer.from('null', 'ascii')

function encodeChange(change: Change): Buffer {
  const { origin, scope, seq, hlcMs, hlcCounter, wall, author, schema } = change
  const prev = change.prev && change.prev.toString('hex')
  const head = JSON.stringify([change.id.toString('hex'), origin.toString('hex'), scope, seq, prev, hlcMs, hlcCounter, wall, author, schema, change.bodyHash.toString('hex')])
  if (Buffer.byteLength(head) > maxLineBytes || change.body?.includes(newline)) throw damaged('change', { id: change.id.toString('hex') })
  return Buffer.concat([Buffer.from(`${head}\n`, 'utf8'), change.body ?? erased, Buffer.of(newline)])
}

/** Deflated frames of about 1 MiB of text each, in the order given. Two thirds of what is left are hashes: a higher level only costs time. */
export function* encodeChanges(changes: Iterable<Change>): IterableIterator<{ readonly bytes: Buffer; readonly count: number }> {
  let lines: Buffer[] = []
  let size = 0
  const close = (): { bytes: Buffer; count: number } => {
    const frame = { bytes: deflateRawSync(Buffer.concat(lines, size), { level: 1 }), count: lines.length }
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

/** PACKAGE_DAMAGED for anything that encodeChanges does not write, and for a change of a newer schema than the header told; the hashes are the log's business. */
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
  const fields = head.length <= maxLineBytes ? parseHead(head) : undefined
  if (!fields || body.length > maxBodyBytes) throw damaged('change')
  const [id, origin, scope, seq, prev, hlcMs, hlcCounter, wall, author, schema, bodyHash] = fields
  const own = body.equals(erased) ? null : body
  if (own && !isHarmlessBody(own)) throw damaged('change', { id: id.toString('hex') })
  return { id, origin, scope, seq, prev, hlcMs, hlcCounter, wall, author, schema, bodyHash, body: own }
}

type Head = readonly [id: Buffer, origin: Buffer, scope: string, seq: number, prev: Buffer | null, hlcMs: number, hlcCounter: number, wall: number, author: string, schema: number, bodyHash: Buffer]

/** By hand: a schema library takes longer here than everything else together. */
function parseHead(line: Buffer): Head | undefined {
  let raw: unknown
  try {
    raw = JSON.parse(line.toString('utf8'))
  } catch {
    return undefined
  }
  if (!Array.isArray(raw) || raw.length !== 11) return undefined
  const [id, origin, scope, seq, prev, hlcMs, hlcCounter, wall, author, schema, bodyHash] = raw as readonly unknown[]
  const bytes = [hexBytes(id, 32), hexBytes(origin, 16), hexBytes(bodyHash, 32), prev === null ? null : hexBytes(prev, 32)] as const
  const numbers = isCount(seq) && seq >= 1 && isCount(hlcMs) && isCount(hlcCounter, 2 ** 32 - 1) && isCount(wall) && isCount(schema, logSchema)
  const texts = typeof scope === 'string' && scope.length >= 1 && scope.length <= 200 && typeof author === 'string' && author.length <= 200
  if (!bytes[0] || !bytes[1] || !bytes[2] || bytes[3] === undefined || !numbers || !texts) return undefined
  return [bytes[0], bytes[1], scope, seq, bytes[3], hlcMs, hlcCounter, wall, author, schema, bytes[2]]
}

function isCount(value: unknown, max = Number.MAX_SAFE_INTEGER): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max
}

/** Undefined unless it is lower-case hex of so many bytes. */
function hexBytes(value: unknown, length: number): Buffer | undefined {
  if (typeof value !== 'string' || value.length !== length * 2) return undefined
  const bytes = Buffer.from(value, 'hex')
  return bytes.toString('hex') === value ? bytes : undefined
}

/** A hostile body must not reach a parser that follows it down the stack, nor name what every object has. The log parses the rest anyway. */
function isHarmlessBody(body: Buffer): boolean {
  if (!isShallow(body, maxBodyDepth)) return false
  const suspicious = body.includes('__proto__') || body.includes(String.raw`\u00`)
  return !suspicious || readStrictJson(body, { maxBytes: maxBodyBytes, maxDepth: maxBodyDepth, canonical: false }) !== undefined
}
