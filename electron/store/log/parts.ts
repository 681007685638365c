/**
 * Cuts one action into changes: by scope, and by at most 1,000 ops or 1 MiB. Parts are written out as they fill; rows in random scope order keep one
 * open part per scope, and all open parts together at most 16 MiB.
 */
import { Refusal } from '../../../shared/result.ts'
import { tick, type Clock } from '../../../shared/merge/clock.ts'
import { bodyText, maxBodyBytes, maxOps, opText } from './body.ts'
import { changeId, logSchema, sha256, type ChangeHead } from './change-id.ts'
import type { LogDb } from './log-db.ts'
import { compareRowKeys, rowKey } from './row-key.ts'

/** `kills`: local numbers of the changes whose write of this register it replaces; `knows`: all that it names. */
export type OpenOp = {
  readonly table: string; readonly id: string; readonly register: string; readonly code: number
  value: string
  readonly kills: readonly number[]; readonly knows: readonly number[]
}
type Part = { readonly scope: string; readonly ops: Map<OpenOp, number>; bytes: number }

export type PartsOptions = {
  readonly log: LogDb; readonly group: Buffer; readonly origin: Buffer
  readonly actionId: string; readonly kind: string; readonly author: string; readonly note?: string; readonly now: number
}

const maxOpenBytes = 16 * 1024 * 1024
const headBytes = 2048

export type Parts = ReturnType<typeof makeParts>

export function makeParts(options: PartsOptions) {
  const { log } = options
  const open = new Map<string, Part>()
  const openByRow = new Map<string, Map<OpenOp, Part>>()
  const ids = new Map<number, string>()
  let clock: Clock | undefined
  let openBytes = 0
  let written = 0
  let opCount = 0
  let firstN = 0
  let lastScope = ''

  const rowName = (table: string, id: string): string => `${table}\n${id}`
  const sizeOf = (op: OpenOp): number => Buffer.byteLength(op.value) + Buffer.byteLength(op.id) + op.knows.length * 67 + 120
  const idOf = (n: number): string => {
    const known = ids.get(n) ?? log.idOf(n)
    if (ids.size > 4096) ids.clear()
    ids.set(n, known)
    return known
  }

  function drop(part: Part, op: OpenOp): void {
    const size = part.ops.get(op) ?? 0
    part.ops.delete(op)
    part.bytes -= size
    openBytes -= size
    const name = rowName(op.table, op.id)
    const ofRow = openByRow.get(name)
    ofRow?.delete(op)
    if (ofRow?.size === 0) openByRow.delete(name)
  }

  function add(op: OpenOp, scope: string): void {
    const size = sizeOf(op)
    if (size > maxBodyBytes - headBytes) throw new Refusal('BAD_INPUT', { field: `${op.table}.${op.register}`, max: maxBodyBytes - headBytes })
    let part = open.get(scope)
    if (part && (part.ops.size >= maxOps || part.bytes + size > maxBodyBytes - headBytes)) {
      close(part, false)
      part = undefined
    }
    if (!part) open.set(scope, (part = { scope, ops: new Map(), bytes: 0 }))
    part.ops.set(op, size)
    part.bytes += size
    openBytes += size
    const name = rowName(op.table, op.id)
    const ofRow = openByRow.get(name)
    if (ofRow) ofRow.set(op, part)
    else openByRow.set(name, new Map([[op, part]]))
    if (openBytes > maxOpenBytes) close([...open.values()].reduce((a, b) => (b.bytes > a.bytes ? b : a)), false)
  }

  function close(part: Part, last: boolean): void {
    open.delete(part.scope)
    lastScope = part.scope
    // In the order of the puts, so that a rebuilt table has its rows in the order of the sheet.
    const texts = Array.from(part.ops.keys(), (op) => opText(op.table, op.id, op.register, op.value, op.knows.map(idOf)))
    written++
    const { actionId: action, kind, note } = options
    const body = Buffer.from(bodyText({ action, kind, ...(note === undefined ? {} : { note }), part: written, parts: last ? written : 0 }, texts), 'utf8')
    const n = append(part.scope, body)
    // Neighbours share pages of the index.
    const ops = Array.from(part.ops.keys(), (op) => ({ op, key: rowKey(op.id) })).sort((a, b) => compareRowKeys(a.key, b.key) || a.op.code - b.op.code)
    for (const { op, key } of ops) {
      for (const killed of op.kills) log.kill(key, op.code, killed)
      log.addWrite(key, op.code, n, true)
      drop(part, op)
    }
    opCount += ops.length
    if (firstN === 0) firstN = n
  }

  function append(scope: string, body: Buffer): number {
    const before = log.tip(options.origin, scope)
    clock = tick(clock ?? log.clock(), options.now)
    const head: ChangeHead = {
      origin: options.origin, scope, seq: (before?.seq ?? 0) + 1, prev: before?.id ?? null, hlcMs: clock.ms, hlcCounter: clock.counter, wall: options.now,
      author: options.author, schema: logSchema, bodyHash: sha256(body),
    }
    const change = { ...head, id: changeId(options.group, head), body }
    const n = log.insertChange(change)
    ids.set(n, change.id.toString('hex'))
    log.advanceTip(change)
    return n
  }

  return {
    /** This action's op on that register that is not written out yet. */
    openOp(table: string, id: string, code: number): OpenOp | undefined {
      for (const op of openByRow.get(rowName(table, id))?.keys() ?? []) if (op.code === code) return op
      return undefined
    },
    hasOpen: (table: string, id: string): boolean => openByRow.has(rowName(table, id)),
    add,
    /** A second write of the same register within the action takes the first one's place, predecessors kept. */
    replace(op: OpenOp, value: string, scope: string): void {
      const part = openByRow.get(rowName(op.table, op.id))?.get(op)
      if (!part) throw new Error('the op is written out already')
      drop(part, op)
      add({ ...op, value }, scope)
    },
    /** Writes out what holds ops of this row, so that later ops of the action can name them. */
    closeRow(table: string, id: string): void {
      for (const part of new Set(openByRow.get(rowName(table, id))?.values() ?? [])) close(part, false)
    },
    /** Everything out; the last part carries the count. Gives the number of changes. */
    finish(): number {
      const rest = [...open.values()].filter((part) => part.ops.size > 0)
      // All written out early: one more change without ops says how many there are.
      if (rest.length === 0 && written > 0) rest.push({ scope: lastScope, ops: new Map(), bytes: 0 })
      for (const [index, part] of rest.entries()) close(part, index === rest.length - 1)
      if (written > 0) {
        log.setClock(clock!)
        const { actionId: id, kind, note, author, now: wall, origin } = options
        log.addAction({ id, kind, note: note ?? null, author, wall, origin, parts: written, arrived: written, ops: opCount, n: firstN })
      }
      return written
    },
  }
}
