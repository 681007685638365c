/**
 * The state of each scope as one sum over its survivors, kept beside `reg_write` with every write that begins or ceases to survive: a machine with a million
 * writes knows its digest without walking them. A survivor counts with 128 bits made of its register, its row and its change's id (which is a SHA-256); they
 * are added lane by lane, 32 bits each, so the order does not matter and what is taken away is subtracted. Machines that know the same changes have the same
 * survivors, so the sum guards against mistakes of ours and not against an opponent, who may say any digest: nothing here needs to be a cryptographic hash.
 */
import type { Database } from 'better-sqlite3'
import { hash } from 'node:crypto'
import { once } from './once.ts'
import type { RowKey } from './row-key.ts'

const lanes = 4
/** `writes`: how many survivors; `sum`: the lanes, little-endian. A scope without survivors has no row. */
export const scopeSumSchema = 'CREATE TABLE scope_sum (scope TEXT PRIMARY KEY, writes INTEGER NOT NULL, sum BLOB NOT NULL) WITHOUT ROWID'

type Sum = { writes: number; readonly lanes: Uint32Array }
/** Where the survivors of a change count, and what they are told apart by. */
type Known = { readonly sum: Sum; readonly id: Uint32Array }
type ChangeRow = { readonly scope: string; readonly id: Buffer }

/** Changes that are remembered within a transaction. */
const maxKnown = 100_000

const wordsOf = (bytes: Uint8Array): Uint32Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, lanes * 4)
  return Uint32Array.from({ length: lanes }, (_, lane) => view.getUint32(lane * 4))
}

/** Adds the survivor to the lanes of `sum`, or takes it away: MurmurHash3's mixing of the row's words, begun with register and change. */
function count(sum: Sum, register: Uint32Array, row: Uint32Array, change: Uint32Array, sign: 1 | -1): void {
  for (let lane = 0; lane < lanes; lane++) {
    let h = register[lane]! ^ change[lane]!
    for (let word = 0; word < lanes; word++) {
      h = Math.imul(h ^ row[word]!, 0x85ebca6b)
      h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
      h ^= h >>> 16
    }
    sum.lanes[lane]! += sign * (h >>> 0)
  }
  sum.writes += sign
}

export type ScopeSums = ReturnType<typeof makeScopeSums>

/** `registerName`: of a register's code. */
export function makeScopeSums(db: Database, registerName: (code: number) => string) {
  const changeOf = once(() => db.prepare<unknown[], ChangeRow>('SELECT scope, id FROM change WHERE n = ?'))
  const kept = once(() => db.prepare<unknown[], { writes: number; sum: Buffer }>('SELECT writes, sum FROM scope_sum WHERE scope = ?'))
  const keep = once(() => db.prepare('INSERT OR REPLACE INTO scope_sum (scope, writes, sum) VALUES (?, ?, ?)'))
  const drop = once(() => db.prepare('DELETE FROM scope_sum WHERE scope = ?'))
  const open = new Map<string, Sum>()
  const changes = new Map<number, Known>()
  const registers = new Map<number, Uint32Array>()
  const row = new Uint32Array(lanes)

  function knownChange(n: number): Known {
    let known = changes.get(n)
    if (!known) {
      if (changes.size >= maxKnown) changes.clear()
      const { scope, id } = changeOf().get(n)!
      let sum = open.get(scope)
      if (!sum) open.set(scope, (sum = { writes: 0, lanes: new Uint32Array(lanes) }))
      changes.set(n, (known = { sum, id: wordsOf(id) }))
    }
    return known
  }

  function knownRegister(code: number): Uint32Array {
    let words = registers.get(code)
    if (!words) registers.set(code, (words = wordsOf(hash('sha256', registerName(code), 'buffer'))))
    return words
  }

  /** A named row counts with its hash. */
  function readRow(bytes: Uint8Array, at: number): void {
    for (let word = 0, from = at; word < lanes; word++, from += 4) row[word] = (bytes[from]! << 24) | (bytes[from + 1]! << 16) | (bytes[from + 2]! << 8) | bytes[from + 3]!
  }

  return {
    /** The survivor in register `reg` (a code) of a row, by change number `n`, is there from now on (1) or no longer (-1). */
    add(key: RowKey, reg: number, n: number, sign: 1 | -1): void {
      readRow(typeof key === 'string' ? hash('sha256', `row\n${key}`, 'buffer') : key, 0)
      const { sum, id } = knownChange(n)
      count(sum, knownRegister(reg), row, id, sign)
    },
    /** The same for the UUID whose 16 bytes lie at `at`. */
    addUuid(bytes: Uint8Array, at: number, reg: number, n: number): void {
      readRow(bytes, at)
      const { sum, id } = knownChange(n)
      count(sum, knownRegister(reg), row, id, 1)
    },
    /** Before the sums are read and before the commit. */
    flush(): void {
      for (const [scope, { writes, lanes: more }] of open) {
        const before = kept().get(scope)
        const all = Uint32Array.from(more)
        if (before) for (let lane = 0; lane < lanes; lane++) all[lane]! += before.sum.readUInt32LE(lane * 4)
        const total = writes + (before?.writes ?? 0)
        const bytes = Buffer.alloc(lanes * 4)
        for (const [lane, word] of all.entries()) bytes.writeUInt32LE(word, lane * 4)
        if (total === 0) drop().run(scope)
        else keep().run(scope, total, bytes)
      }
      this.forget()
    },
    /** After a rollback, and whenever another transaction may have given the changes' numbers anew. */
    forget(): void {
      open.clear()
      changes.clear()
      registers.clear()
    },
  }
}

/** What a digest begins with, so that one of another kind is not compared: earlier programs said a SHA-256 of all survivors. */
export const digestKind = '00000002'

/** Hex of 32 bytes per scope, `digestKind` in front. Equal on machines that know the same changes, whatever versions they run. */
export function digest(db: Database): Record<string, string> {
  const sums = db.prepare<unknown[], { scope: string; writes: number; sum: Buffer }>('SELECT scope, writes, sum FROM scope_sum ORDER BY scope').all()
  return Object.fromEntries(sums.map(({ scope, writes, sum }) => [scope, `${digestKind}${hash('sha256', `${scope}\n${writes}\n${sum.toString('hex')}`, 'hex').slice(digestKind.length)}`]))
}
