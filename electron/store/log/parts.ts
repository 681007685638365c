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

/** `kills`: local numbers of the changes whose write of this register it replaces; `knows`: all that it names. */
export type OpenOp = {
  readonly table: string; readonly id: string; readonly register: string; readonly code: number
  readonly kills: readonly number[]; readonly knows: readonly number[]
}
/** An op in its part: where its text lies in the part's bytes. */
type Held = OpenOp & { readonly part: Part; readonly start: number; readonly end: number }
/** `text`: the ops in UTF-8, a comma behind each; kept as bytes, because a hundred thousand long-lived strings are what the collector likes least. */
type Part = { readonly scope: string; readonly ops: Set<Held>; text: Buffer; used: number; holes: boolean }

export type PartsOptions = {
  readonly log: LogDb; readonly group: Buffer; readonly origin: Buffer
  readonly actionId: string; readonly kind: string; readonly author: string; readonly note?: string; readonly now: number
}

const maxOpenBytes = 16 * 1024 * 1024
const headBytes = 2048
const firstBytes = 16 * 1024
const comma = 0x2c

export type Parts = ReturnType<typeof makeParts>

export function makeParts(options: PartsOptions) {
  const { log } = options
  const open = new Map<string, Part>()
  /** By table, then by row id: joining the two into one key costs more than a second look-up. */
  const openByRow = new Map<string, Map<string, Held[]>>()
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
    if (part && (part.ops.size >= maxOps || part.used + size > maxBodyBytes - headBytes)) {
      close(part, false)
      part = undefined
    }
    if (!part) open.set(scope, (part = { scope, ops: new Set(), text: Buffer.allocUnsafe(Math.max(firstBytes, size)), used: 0, holes: false }))
    if (part.used + size > part.text.length) {
      const larger = Buffer.allocUnsafe(Math.max(part.text.length * 2, part.used + size))
      part.text.copy(larger, 0, 0, part.used)
      part.text = larger
    }
    return part
  }

  function add({ table, id, register, code, kills, knows }: OpenOp, value: string, scope: string): void {
    const text = opText(table, id, register, value, knows.map(idOf))
    const size = Buffer.byteLength(text) + 1
    if (size > maxBodyBytes - headBytes) throw new Refusal('BAD_INPUT', { field: `${table}.${register}`, max: maxBodyBytes - headBytes })
    const part = partFor(scope, size)
    const start = part.used
    part.text.write(text, start, 'utf8')
    part.used += size
    part.text[part.used - 1] = comma
    const held: Held = { table, id, register, code, kills, knows, part, start, end: part.used }
    part.ops.add(held)
    openBytes += size
    hold(held)
    if (openBytes > maxOpenBytes) close([...open.values()].reduce((a, b) => (b.used > a.used ? b : a)), false)
  }

  /** In the order of the puts, so that a rebuilt table has its rows in the order of the sheet. */
  function opsOf({ ops, text, used, holes }: Part): readonly Uint8Array[] {
    if (ops.size === 0) return []
    if (!holes) return [text.subarray(0, used - 1)]
    const pieces = Array.from(ops, ({ start, end }) => text.subarray(start, end))
    return [...pieces.slice(0, -1), pieces.at(-1)!.subarray(0, -1)]
  }

  function close(part: Part, last: boolean): void {
    open.delete(part.scope)
    lastScope = part.scope
    written++
    const { actionId: action, kind, note } = options
    const body = bodyBytes({ action, kind, ...(note === undefined ? {} : { note }), part: written, parts: last ? written : 0 }, opsOf(part))
    const n = append(part.scope, body)
    const ops = [...part.ops]
    index(ops, n)
    for (const op of ops) letGo(op)
    opCount += ops.length
    if (firstN === 0) firstN = n
  }

  function index(ops: readonly Held[], n: number): void {
    const byCode = new Map<number, string[]>()
    for (const { id, code, kills } of ops) {
      for (const killed of kills) log.kill(rowKey(id), code, killed)
      if (!isUuid(id)) {
        log.addWrite(id, code, n, true)
        continue
      }
      const list = byCode.get(code)
      if (list) list.push(id)
      else byCode.set(code, [id])
    }
    // Neighbours share pages of the index; rows that wrote the same registers (a whole import) go in together.
    const byRows = Map.groupBy(byCode, ([, list]) => JSON.stringify(list.sort()))
    for (const [uuids, codes] of byRows) log.addWrites(uuids, codes.map(([code]) => code), n)
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
    add,
    /** A second write of the same register within the action takes the first one's place, predecessors kept. */
    replace(op: OpenOp, value: string, scope: string): void {
      const held = openOf(op.table, op.id).find((one) => one.code === op.code)
      if (!held) throw new Error('the op is written out already')
      held.part.ops.delete(held)
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
      const rest = [...open.values()].filter((part) => part.ops.size > 0)
      // All written out early: one more change without ops says how many there are.
      if (rest.length === 0 && written > 0) rest.push({ scope: lastScope, ops: new Set(), text: Buffer.alloc(0), used: 0, holes: false })
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
