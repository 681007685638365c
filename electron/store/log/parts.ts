/**
 * Cuts one action into changes: by scope, and by at most 1,000 ops or 1 MiB. Parts are written out as they fill; rows in random scope order keep one
 * open part per scope, and all open parts together at most 16 MiB.
 */
import { Refusal } from '../../../shared/result.ts'
import { tick, type Clock } from '../../../shared/merge/clock.ts'
import { bodyBytes, maxBodyBytes, maxOps, opText } from './body.ts'
import { changeId, logSchema, sha256, type ChangeHead } from './change-id.ts'
import type { LogDb } from './log-db.ts'
import { isUuid, rowKey } from './row-key.ts'
import { makeWriteIndex } from './write-index.ts'

/** `kills`: local numbers of the changes whose write of this register it replaces; `knows`: all that it names. */
export type OpenOp = {
  readonly table: string; readonly id: string; readonly register: string; readonly code: number
  readonly kills: readonly number[]; readonly knows: readonly number[]
}
/** An op in its part: where its text lies in the part's bytes. */
type Held = OpenOp & { readonly part: Part; readonly start: number; readonly end: number }
/** `text`: the ops in UTF-8, a comma behind each; kept as bytes, because a hundred thousand long-lived strings are what the collector likes least. */
type Part = { readonly scope: string; ops: Held[]; text: Buffer; used: number; holes: boolean }

export type PartsOptions = {
  readonly log: LogDb; readonly group: Buffer; readonly origin: Buffer
  readonly actionId: string; readonly kind: string; readonly author: string; readonly note?: string; readonly now: number
}

const maxOpenBytes = 16 * 1024 * 1024
const headBytes = 2048
const firstBytes = 16 * 1024
/** Up to here the size of an op is estimated instead of counted: at most three bytes a character. */
const smallText = 16 * 1024
const comma = 0x2c

export type Parts = ReturnType<typeof makeParts>

export function makeParts(options: PartsOptions) {
  const { log } = options
  const open = new Map<string, Part>()
  /** By table, then by row id: joining the two into one key costs more than a second look-up. */
  const openByRow = new Map<string, Map<string, Held[]>>()
  const writes = makeWriteIndex(log.db)
  const ids = new Map<number, string>()
  let clock: Clock | undefined
  let openBytes = 0
  let written = 0
  let opCount = 0
  let firstN = 0
  let lastScope = ''

  const openOf = (table: string, id: string): readonly Held[] => openByRow.get(table)?.get(id) ?? []
  const idOf = (n: number): string => {
    const known = ids.get(n) ?? log.idOf(n)
    if (ids.size > 4096) ids.clear()
    ids.set(n, known)
    return known
  }

  function hold(op: Held): void {
    let rows = openByRow.get(op.table)
    if (!rows) openByRow.set(op.table, (rows = new Map()))
    const ofRow = rows.get(op.id)
    if (ofRow) ofRow.push(op)
    else rows.set(op.id, [op])
  }

  function letGo(op: Held): void {
    const rows = openByRow.get(op.table)!
    const ofRow = rows.get(op.id)!
    if (ofRow.length === 1) rows.delete(op.id)
    else ofRow.splice(ofRow.indexOf(op), 1)
    openBytes -= op.end - op.start
  }

  function partFor(scope: string, size: number): Part {
    let part = open.get(scope)
    if (part && (part.ops.length >= maxOps || part.used + size > maxBodyBytes - headBytes)) {
      close(part, false)
      part = undefined
    }
    if (!part) open.set(scope, (part = { scope, ops: [], text: Buffer.allocUnsafe(Math.max(firstBytes, size)), used: 0, holes: false }))
    if (part.used + size > part.text.length) {
      const larger = Buffer.allocUnsafe(Math.max(part.text.length * 2, part.used + size))
      part.text.copy(larger, 0, 0, part.used)
      part.text = larger
    }
    return part
  }

  function add({ table, id, register, code, kills, knows }: OpenOp, value: string, scope: string): void {
    const text = opText(table, id, register, value, knows.map(idOf))
    const room = text.length <= smallText ? text.length * 3 + 1 : Buffer.byteLength(text) + 1
    if (room > maxBodyBytes - headBytes) throw new Refusal('BAD_INPUT', { field: `${table}.${register}`, max: maxBodyBytes - headBytes })
    const part = partFor(scope, room)
    const start = part.used
    part.used += part.text.write(text, start, 'utf8') + 1
    part.text[part.used - 1] = comma
    const held: Held = { table, id, register, code, kills, knows, part, start, end: part.used }
    part.ops.push(held)
    openBytes += held.end - start
    hold(held)
    if (openBytes > maxOpenBytes) close([...open.values()].reduce((a, b) => (b.used > a.used ? b : a)), false)
  }

  /** In the order of the puts, so that a rebuilt table has its rows in the order of the sheet. */
  function opsOf({ ops, text, used, holes }: Part): readonly Uint8Array[] {
    if (ops.length === 0) return []
    if (!holes) return [text.subarray(0, used - 1)]
    const pieces = ops.map(({ start, end }) => text.subarray(start, end))
    return [...pieces.slice(0, -1), pieces.at(-1)!.subarray(0, -1)]
  }

  function close(part: Part, last: boolean): void {
    open.delete(part.scope)
    lastScope = part.scope
    written++
    const { actionId: action, kind, note } = options
    const body = bodyBytes({ action, kind, ...(note === undefined ? {} : { note }), part: written, parts: last ? written : 0 }, opsOf(part))
    const n = append(part.scope, body)
    const { ops } = part
    index(ops, n)
    for (const op of ops) letGo(op)
    opCount += ops.length
    if (firstN === 0) firstN = n
  }

  function index(ops: readonly Held[], n: number): void {
    for (let from = 0; from < ops.length; ) {
      const { id } = ops[from]!
      // Mostly a row's ops stand together, and a whole import writes the same registers of each.
      let to = from + 1
      while (to < ops.length && ops[to]!.id === id) to++
      const ofRow = ops.slice(from, to)
      from = to
      if (ofRow.some((op) => op.kills.length > 0)) writes.flush()
      for (const { code, kills } of ofRow) for (const killed of kills) log.kill(rowKey(id), code, killed)
      if (isUuid(id)) writes.add(id, JSON.stringify(ofRow.map((op) => op.code)), n)
      else for (const { code } of ofRow) log.addWrite(id, code, n, true)
    }
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
    openOp: (table: string, id: string, code: number): OpenOp | undefined => openOf(table, id).find((op) => op.code === code),
    hasOpen: (table: string, id: string): boolean => openByRow.get(table)?.has(id) === true,
    /** Whether this action has written the row, as far as the index does not tell it yet. */
    hasUnindexed: (table: string, id: string): boolean => writes.has(id) || openByRow.get(table)?.has(id) === true,
    /** Before the index is asked for a row. */
    bringIndex: (): void => writes.flush(),
    add,
    /** A second write of the same register within the action takes the first one's place, predecessors kept. */
    replace(op: OpenOp, value: string, scope: string): void {
      const held = openOf(op.table, op.id).find((one) => one.code === op.code)
      if (!held) throw new Error('the op is written out already')
      held.part.ops = held.part.ops.filter((one) => one !== held)
      held.part.holes = true
      letGo(held)
      add(op, value, scope)
    },
    /** Writes out what holds ops of this row, so that later ops of the action can name them. */
    closeRow(table: string, id: string): void {
      for (const part of new Set(openOf(table, id).map((op) => op.part))) close(part, false)
    },
    /** Everything out; the last part carries the count. Gives the number of changes. */
    finish(): number {
      const rest = [...open.values()].filter((part) => part.ops.length > 0)
      // All written out early: one more change without ops says how many there are.
      if (rest.length === 0 && written > 0) rest.push({ scope: lastScope, ops: [], text: Buffer.alloc(0), used: 0, holes: false })
      for (const [index, part] of rest.entries()) close(part, index === rest.length - 1)
      writes.flush()
      if (written > 0) {
        log.setClock(clock!)
        const { actionId: id, kind, note, author, now: wall, origin } = options
        log.addAction({ id, kind, note: note ?? null, author, wall, origin, parts: written, arrived: written, ops: opCount, n: firstN })
      }
      return written
    },
  }
}
