/**
 * The identity of a change (exchange.md section 1): SHA-256 over these fields in this order, each as u32 big-endian length + bytes,
 * after the 16 ASCII bytes `dutydesk/change1`:
 *
 * | field | bytes |
 * | --- | --- |
 * | group, origin | 16 each |
 * | scope | UTF-8 |
 * | seq | u64 big-endian, from 1 within origin × scope |
 * | prev | 32: id of the lane's change before; empty for the first |
 * | hlc ms, hlc counter | u64, u32 |
 * | wall | u64, ms since 1970 as the writer's clock said |
 * | author | UTF-8 |
 * | schema | u32 |
 * | body hash | 32: SHA-256 of the body's bytes |
 *
 * The body's hash instead of the body: a lawful erasure can blank a body while the chain still verifies.
 */
import { hash } from 'node:crypto'

/** Everything of a change but its id. Byte fields are Buffers; `body` null after an erasure. */
export type ChangeHead = {
  readonly origin: Buffer
  readonly scope: string
  readonly seq: number
  readonly prev: Buffer | null
  readonly hlcMs: number
  readonly hlcCounter: number
  readonly wall: number
  readonly author: string
  readonly schema: number
  readonly bodyHash: Buffer
}
export type Change = ChangeHead & { readonly id: Buffer; readonly body: Buffer | null }

/** The version of the ops' shape that this program writes. */
export const logSchema = 1

const domain = Buffer.from('dutydesk/change1', 'ascii')

export function sha256(bytes: Uint8Array | string): Buffer {
  return hash('sha256', bytes, 'buffer')
}

export function changeId(group: Buffer, head: ChangeHead): Buffer {
  const scope = Buffer.from(head.scope, 'utf8')
  const author = Buffer.from(head.author, 'utf8')
  const prev = head.prev ?? Buffer.alloc(0)
  const size = domain.length + 11 * 4 + group.length + head.origin.length + scope.length + 8 + prev.length + 8 + 4 + 8 + author.length + 4 + head.bodyHash.length
  const out = Buffer.allocUnsafe(size)
  let at = domain.copy(out, 0)
  const bytes = (field: Buffer): void => {
    at = out.writeUInt32BE(field.length, at)
    at += field.copy(out, at)
  }
  const u64 = (value: number): void => {
    at = out.writeUInt32BE(8, at)
    at = out.writeBigUInt64BE(BigInt(value), at)
  }
  const u32 = (value: number): void => {
    at = out.writeUInt32BE(4, at)
    at = out.writeUInt32BE(value, at)
  }
  bytes(group)
  bytes(head.origin)
  bytes(scope)
  u64(head.seq)
  bytes(prev)
  u64(head.hlcMs)
  u32(head.hlcCounter)
  u64(head.wall)
  bytes(author)
  u32(head.schema)
  bytes(head.bodyHash)
  return sha256(out)
}
