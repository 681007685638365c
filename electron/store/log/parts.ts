/**
 * Cuts one action into changes: by scope, and by at most 1,000 ops or 1 MiB. Parts are written out as they fill; rows in random scope order keep one
 * open part per scope, and all open parts together at most 8 MiB.
 */
import { Refusal } from '../../../shared/result.ts'
import { tick, type Clock } from '../../../shared/merge/clock.ts'
import { bodyBytes, maxBodyBytes, maxOps, opText } from './body.ts'
import { makeBuffers } from './buffers.ts'
import { changeId, logSchema, sha256, type ChangeHead } from './change-id.ts'
import type { LogDb } from './log-db.ts'
import type { ReadyRow } from './ready-ops.ts'
import { isUuid, rowKey } from './row-key.ts'
import { packWrite } from './register-index.ts'
import { makeWriteIndex } from './write-index.ts'

/** `kills`: local numbers of the changes whose write of this register it replaces; `knows`: all that it names. */
export type OpenOp = {
  readonly table: string; readonly id: string; readonly register: string; readonly code: number
  readonly kills: readonly number[]; readonly knows: readonly number[]
}
/**
 * One change to be. Its ops lie in parallel arrays, without an object each: a big import keeps a hundred thousand of them waiting. `ends`: where an op's text ends
 * in `text` (UTF-8, a comma behind each); `replaced`: kills and knows of the ops that have any; `gone`: ops that a later one took the place of;
 * `alone`: what the rows that lie in this part only are found by.
 */
type Part = {
  readonly scope: string; readonly tables: string[]; readonly ids: string[]; readonly registers: string[]; readonly codes: number[]; readonly ends: number[]
  readonly replaced: Map<number, Pick<OpenOp, 'kills' | 'knows'>>; readonly gone: Set<number>; readonly alone: readonly Part[]; text: Buffer; used: number
}

export type PartsOptions = {
  readonly log: LogDb; readonly group: Buffer; readonly origin: Buffer
  readonly actionId: string; readonly kind: string; readonly author: string; readonly note?: string; readonly now: number
}

const maxOpenBytes = 8 * 1024 * 1024
const headBytes = 2048
const firstBytes = 16 * 1024
/** Up to here the size of an op is estimated instead of counted: at most three bytes a character. */
const smallText = 16 * 1024
const comma = 0x2c
const none: readonly number[] = []

export type Parts = ReturnType<typeof makeParts>

export function makeParts(options: PartsOptions) {
  const { log } = options
  const open = new Map<string, Part>()
  /** By table, then by row id: joining the two into one key costs more than a second look-up. */
  const openByRow = new Map<string, Map<string, readonly Part[]>>()
  const buffers = makeBuffers(firstBytes)
  const writes = makeWriteIndex(log.index)
  const ids = new Map<number, string>()
  let clock: Clock | undefined
  let openBytes = 0
  let written = 0
  let opCount = 0
  let firstN = 0
  let lastScope = ''

  const partsOf = (table: string, id: string): readonly Part[] => openByRow.get(table)?.get(id) ?? []
  const idOf = (n: number): string => {
    const known = ids.get(n) ?? log.idOf(n)
    if (ids.size > 4096) ids.clear()
    ids.set(n, known)
    return known
  }

  function hold(part: Part, table: string, id: string): void {
    let rows = openByRow.get(table)
    if (!rows) openByRow.set(table, (rows = new Map()))
    const known = rows.get(id)
    if (!known) rows.set(id, part.alone)
    else if (!known.includes(part)) rows.set(id, [...known, part])
  }

  function letGo(part: Part): void {
    for (const [index, id] of part.ids.entries()) {
      const rows = openByRow.get(part.tables[index]!)!
      const known = rows.get(id)
      const others = known === part.alone ? [] : (known ?? []).filter((one) => one !== part)
      if (others.length === 0) rows.delete(id)
      else rows.set(id, others)
    }
    openBytes -= part.used
    buffers.give(part.text)
  }

  function partFor(scope: string, size: number, ops = 1): Part {
    let part = open.get(scope)
    if (part && (part.ids.length + ops > maxOps || part.used + size > maxBodyBytes - headBytes)) {
      close(part, false)
      part = undefined
    }
    if (!part) open.set(scope, (part = newPart(scope, buffers.take(size))))
    if (part.used + size > part.text.length) {
      const larger = buffers.take(Math.max(part.text.length * 2, part.used + size))
      part.text.copy(larger, 0, 0, part.used)
      buffers.give(part.text)
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
    if (kills.length > 0 || knows.length > 0) part.replaced.set(part.ids.length, { kills, knows })
    note(part, { table, id, register, code }, part.used)
    openBytes += part.used - start
    hold(part, table, id)
    keepSmall()
  }

  /** All registers of a new row at once. A row's ops are small (canonical rows of a table): together they fit any part that has room for them. */
  function addReady(table: string, id: string, registers: readonly { readonly name: string }[], codes: readonly number[], { ops, at }: ReadyRow, scope: string): void {
    const first = at * registers.length
    const from = first === 0 ? 0 : ops.ends[first - 1]!
    const size = ops.ends[first + registers.length - 1]! - from
    if (size > maxBodyBytes - headBytes) throw new Refusal('BAD_INPUT', { field: table, max: maxBodyBytes - headBytes })
    const part = partFor(scope, size, registers.length)
    part.text.set(ops.text.subarray(from, from + size), part.used)
    for (const [index, register] of registers.entries()) note(part, { table, id, register: register.name, code: codes[index]! }, part.used + ops.ends[first + index]! - from)
    part.used += size
    openBytes += size
    hold(part, table, id)
    keepSmall()
  }

  function note({ tables, ids, registers, codes, ends }: Part, op: Pick<OpenOp, 'table' | 'id' | 'register' | 'code'>, end: number): void {
    tables.push(op.table)
    ids.push(op.id)
    registers.push(op.register)
    codes.push(op.code)
    ends.push(end)
  }

  function keepSmall(): void {
    if (openBytes > maxOpenBytes) close([...open.values()].reduce((a, b) => (b.used > a.used ? b : a)), false)
  }

  /** In the order of the puts, so that a rebuilt table has its rows in the order of the sheet. */
  function opsOf({ ends, gone, text, used }: Part): readonly Uint8Array[] {
    if (opsIn({ ends, gone }) === 0) return []
    if (gone.size === 0) return [text.subarray(0, used - 1)]
    const pieces = ends.flatMap((end, index) => (gone.has(index) ? [] : [text.subarray(index === 0 ? 0 : ends[index - 1], end)]))
    return [...pieces.slice(0, -1), pieces.at(-1)!.subarray(0, -1)]
  }

  function close(part: Part, last: boolean): void {
    open.delete(part.scope)
    lastScope = part.scope
    written++
    const { actionId: action, kind, note } = options
    const body = bodyBytes({ action, kind, ...(note === undefined ? {} : { note }), part: written, parts: last ? written : 0 }, opsOf(part))
    const n = append(part.scope, body)
    index(part, n)
    letGo(part)
    opCount += opsIn(part)
    if (firstN === 0) firstN = n
  }

  function index({ ids: rows, codes, replaced, gone }: Part, n: number): void {
    // Mostly a row's ops stand together, and a whole import writes the same registers of each: their list is made once.
    let [common, packed] = [[] as readonly number[], [] as readonly number[]]
    for (let from = 0; from < rows.length; ) {
      const id = rows[from]!
      let to = from + 1
      while (to < rows.length && rows[to] === id) to++
      const own: number[] = []
      for (let at = from; at < to; at++) {
        if (gone.has(at)) continue
        own.push(codes[at]!)
        const kills = replaced.get(at)?.kills ?? none
        if (kills.length > 0) writes.flush()
        for (const killed of kills) log.kill(rowKey(id), codes[at]!, killed)
      }
      from = to
      if (own.length === 0) continue
      if (!isUuid(id)) for (const code of own) log.addWrite(id, code, n, true)
      else {
        if (own.length !== common.length || own.some((code, at) => code !== common[at])) [common, packed] = [own, own.map((code) => packWrite(code, n, true)).sort((a, b) => a - b)]
        writes.add(id, packed)
      }
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

  function find(table: string, id: string, code: number): { readonly part: Part; readonly at: number } | undefined {
    for (const part of partsOf(table, id)) {
      for (let at = part.ids.length - 1; at >= 0; at--) if (part.codes[at] === code && part.ids[at] === id && !part.gone.has(at)) return { part, at }
    }
    return undefined
  }

  return {
    /** This action's op on that register that is not written out yet. */
    openOp(table: string, id: string, code: number): OpenOp | undefined {
      const found = find(table, id, code)
      if (!found) return undefined
      const { kills = none, knows = none } = found.part.replaced.get(found.at) ?? {}
      return { table, id, register: found.part.registers[found.at]!, code, kills, knows }
    },
    hasOpen: (table: string, id: string): boolean => openByRow.get(table)?.has(id) === true,
    /** Whether this action has written the row, as far as the index does not tell it yet. */
    hasUnindexed: (table: string, id: string): boolean => writes.has(id) || openByRow.get(table)?.has(id) === true,
    /** Before the index is asked for a row. */
    bringIndex: (): void => writes.flush(),
    add,
    addReady,
    /** A second write of the same register within the action takes the first one's place, predecessors kept. */
    replace(op: OpenOp, value: string, scope: string): void {
      const found = find(op.table, op.id, op.code)
      if (!found) throw new Error('the op is written out already')
      found.part.gone.add(found.at)
      add(op, value, scope)
    },
    /** Writes out what holds ops of this row, so that later ops of the action can name them. */
    closeRow(table: string, id: string): void {
      for (const part of partsOf(table, id)) close(part, false)
    },
    /** Everything out; the last part carries the count. Gives the number of changes. */
    finish(): number {
      const rest = [...open.values()].filter((part) => opsIn(part) > 0)
      // All written out early: one more change without ops says how many there are.
      if (rest.length === 0 && written > 0) rest.push(newPart(lastScope, Buffer.alloc(0)))
      for (const [index, part] of rest.entries()) close(part, index === rest.length - 1)
      writes.flush()
      log.sums.flush()
      if (written > 0) {
        log.setClock(clock!)
        const { actionId: id, kind, note, author, now: wall, origin } = options
        log.addAction({ id, kind, note: note ?? null, author, wall, origin, parts: written, arrived: written, ops: opCount, n: firstN })
      }
      return written
    },
  }
}

function newPart(scope: string, text: Buffer): Part {
  const alone: Part[] = []
  const part: Part = { scope, tables: [], ids: [], registers: [], codes: [], ends: [], replaced: new Map(), gone: new Set(), alone, text, used: 0 }
  alone.push(part)
  return part
}

function opsIn({ ends, gone }: Pick<Part, 'ends' | 'gone'>): number {
  return ends.length - gone.size
}
