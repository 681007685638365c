/**
 * A second reader of the package file, written from the one-page format (electron/services/exchange/README.md) alone: it shares no code with the program.
 * Whoever changes the format must be able to change this file from the page. Throws an Error that names the step.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import { Decrypter } from 'age-encryption'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }

export type ReadPackage = {
  header: JsonObject
  manifest: JsonObject
  lanes: JsonObject[]
  changes: { id: string; origin: string; scope: string; seq: number; body: string | null }[]
  blobs: Map<string, Buffer>
}

function fail(step: string): never {
  throw new Error(step)
}

function sortedText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(sortedText).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const keys = Object.keys(value).sort()
    return `{${keys.map((key) => `${JSON.stringify(key)}:${sortedText(value[key]!)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

function holds(publicKey: string, context: string, bytes: Buffer, signature: Buffer): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
  return verify(null, Buffer.concat([Buffer.from(`${context}\0`), bytes]), key, signature)
}

function readVolume(path: string, root: string): { header: JsonObject; payload: Buffer } {
  const file = readFileSync(path)
  if (file.toString('latin1', 0, 4) !== 'DSPK') fail('magic')
  if (file.readUInt16BE(4) !== 1) fail('format')
  const headerEnd = 10 + file.readUInt32BE(6)
  const header = JSON.parse(file.toString('utf8', 10, headerEnd)) as JsonObject
  const certificate = header['certificate'] as JsonObject
  const { signature, ...rest } = certificate
  if (!holds(root, 'dutydesk/certificate/1', Buffer.from(sortedText(rest)), Buffer.from(String(signature), 'base64url'))) fail('certificate')
  if (!holds(String(certificate['sign']), 'dutydesk/package/1', file.subarray(0, headerEnd), file.subarray(headerEnd, headerEnd + 64))) fail('signature')
  const payload = header['payload'] as { at: number; bytes: number; sha256: string }
  const bytes = file.subarray(payload.at)
  if (bytes.length !== payload.bytes || createHash('sha256').update(bytes).digest('hex') !== payload.sha256) fail('payload')
  return { header, payload: bytes }
}

/** `paths`: volumes in order. `root`: the group's public key, base64url. `identity`: an age secret key. */
export async function readPackage(paths: string[], root: string, identity: string): Promise<ReadPackage> {
  const volumes = paths.map((path) => readVolume(path, root))
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const plain = Buffer.from(await decrypter.decrypt(Buffer.concat(volumes.map((volume) => volume.payload))))
  return readPayload(volumes[0]!.header, plain)
}

export function readPayload(header: JsonObject, plain: Buffer): ReadPackage {
  const out: ReadPackage = { header, manifest: {}, lanes: [], changes: [], blobs: new Map() }
  let blob: { hash: string; size: number; parts: Buffer[] } | null = null
  let at = 0
  let ended = false
  while (at < plain.length) {
    const type = plain.readUInt8(at)
    const bytes = plain.subarray(at + 5, at + 5 + plain.readUInt32BE(at + 1))
    at += 5 + bytes.length
    if (type === 1) out.manifest = JSON.parse(bytes.toString()) as JsonObject
    else if (type === 2) out.lanes.push(JSON.parse(bytes.toString()) as JsonObject)
    else if (type === 3) readChanges(inflateRawSync(bytes).toString(), out)
    else if (type === 4) blob = { hash: bytes.toString('hex', 0, 32), size: Number(bytes.readBigUInt64BE(32)), parts: [] }
    else if (type === 5) blob!.parts.push(bytes)
    else if (type === 6) ended = checkEnd(JSON.parse(bytes.toString()) as JsonObject, out)
    else fail('frame')
    const whole = blob && Buffer.concat(blob.parts)
    if (blob && whole && whole.length === blob.size) {
      if (createHash('sha256').update(whole).digest('hex') !== blob.hash) fail('blob')
      out.blobs.set(blob.hash, whole)
      blob = null
    }
  }
  if (!ended || blob) fail('end')
  return out
}

function readChanges(text: string, out: ReadPackage): void {
  const lines = text.split('\n')
  for (let line = 0; line + 1 < lines.length; line += 2) {
    const [id, origin, scope, seq] = JSON.parse(lines[line]!) as [string, string, string, number]
    const body = lines[line + 1]!
    out.changes.push({ id, origin, scope, seq, body: body === 'null' ? null : body })
  }
}

function checkEnd(end: JsonObject, out: ReadPackage): boolean {
  const bytes = [...out.blobs.values()].reduce((sum, blob) => sum + blob.length, 0)
  if (end['changes'] !== out.changes.length || end['blobs'] !== out.blobs.size || end['blobBytes'] !== bytes) fail('totals')
  return true
}
