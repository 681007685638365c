/**
 * The body of a change: canonical JSON
 * `{"action":…,"kind":…,"note":…,"ops":[{"pred":[…],"register":…,"row":…,"table":…,"value":…}],"part":1,"parts":1}`.
 * `note` is absent when there is none. An action that needs several changes numbers them from 1 in `part`; only its last one says how many there are
 * in `parts`, the others carry 0, because they are written out before the end is known. An action is complete when its count is known and reached.
 */
import { Refusal } from '../../../shared/result.ts'
import { canonicalText } from './canonical.ts'
import { isUuid } from './row-key.ts'

/** `value`: all columns of the register; a tombstone's is `{deleted}`. `pred`: ids in hex, sorted. */
export type Op = {
  readonly table: string
  readonly row: string
  readonly register: string
  readonly value: Readonly<Record<string, unknown>>
  readonly pred: readonly string[]
}
export type BodyHead = { readonly action: string; readonly kind: string; readonly note?: string; readonly part: number; readonly parts: number }
export type Body = BodyHead & { readonly ops: readonly Op[] }

export const maxOps = 1000
export const maxBodyBytes = 1024 * 1024

/** The register that holds a row's removal. No table may name one of its own so. */
export const tombstone = 'tombstone'
export const deletedValue = '{"deleted":true}'
export const restoredValue = '{"deleted":false}'

/** `value` is canonical already; row ids, tables and registers need no escaping but the id may. */
export function opText(table: string, row: string, register: string, value: string, pred: readonly string[]): string {
  const preds = pred.length === 0 ? '[]' : `["${[...pred].sort().join('","')}"]`
  return `{"pred":${preds},"register":"${register}","row":${isUuid(row) ? `"${row}"` : canonicalText(row)},"table":"${table}","value":${value}}`
}

/** `ops`: the texts of `opText` in UTF-8, with commas between them. */
export function bodyBytes(head: BodyHead, ops: readonly Uint8Array[]): Buffer {
  const [before = '', after = ''] = bodyText(head, ['\n']).split('\n')
  return Buffer.concat([Buffer.from(before, 'utf8'), ...ops, Buffer.from(after, 'utf8')])
}

export function bodyText(head: BodyHead, ops: readonly string[]): string {
  const note = head.note === undefined ? '' : `"note":${canonicalText(head.note)},`
  return `{"action":${canonicalText(head.action)},"kind":${canonicalText(head.kind)},${note}"ops":[${ops.join(',')}],"part":${head.part},"parts":${head.parts}}`
}

const hexId = /^[0-9a-f]{64}$/

/** Reads a stored or received body. DATA_DAMAGED when it is not one; unknown tables and registers are fine. */
export function parseBody(bytes: Buffer): Body {
  const refuse = (): never => {
    throw new Refusal('DATA_DAMAGED', { part: 'body' })
  }
  if (bytes.length > maxBodyBytes) refuse()
  let raw: unknown
  try {
    raw = JSON.parse(bytes.toString('utf8'))
  } catch {
    refuse()
  }
  const body = raw as Partial<Body> | null
  if (typeof body !== 'object' || body === null) return refuse()
  const { action, kind, note, part, parts, ops } = body
  const counted = Number.isSafeInteger(part) && Number.isSafeInteger(parts) && part! >= 1 && parts! >= 0
  if (typeof action !== 'string' || typeof kind !== 'string' || !counted || !Array.isArray(ops) || ops.length > maxOps) return refuse()
  if (note !== undefined && typeof note !== 'string') return refuse()
  // One write a register: two would share the change's id and could not be told apart by pred.
  return (ops as readonly unknown[]).every(isOp) && isOnce(ops as readonly Op[]) ? (body as Body) : refuse()
}

/** By row: a text of all three for each op would cost more than everything else here. */
function isOnce(ops: readonly Op[]): boolean {
  const seen = new Map<string, Op[]>()
  let last: { readonly row: string; readonly ops: Op[] } | undefined
  for (const op of ops) {
    if (last?.row !== op.row) {
      const known = seen.get(op.row) ?? []
      last = { row: op.row, ops: known }
      seen.set(op.row, known)
    }
    if (last.ops.some((other) => other.register === op.register && other.table === op.table)) return false
    last.ops.push(op)
  }
  return true
}

function isOp(raw: unknown): raw is Op {
  if (typeof raw !== 'object' || raw === null) return false
  const op = raw as Partial<Op>
  return (
    typeof op.table === 'string' && typeof op.row === 'string' && typeof op.register === 'string' && typeof op.value === 'object' && op.value !== null &&
    !Array.isArray(op.value) && Array.isArray(op.pred) && op.pred.every((id) => typeof id === 'string' && hexId.test(id))
  )
}
