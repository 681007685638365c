/** What the page 交换 shows beside exchange.status: who has what of whom, and what became of a conflict. */
import { z } from 'zod'
import { count, millis, nothing } from './common.ts'
import { defineEntry } from './define.ts'

/**
 * The state of all machines at a glance, as far as their last vectors tell. `lacks[i][j]`: changes of machine j that machine i had not got at least
 * (-1: not for it to see); null for a machine that never told. `strangers[i]`: of machines that are on no list.
 */
export const machinesPicture = defineEntry({
  name: 'machines.picture',
  input: nothing,
  output: z.strictObject({
    machines: z.array(z.strictObject({
      device: z.string(), name: z.string(), self: z.boolean(), revoked: z.boolean(),
      /** Names of the units that it sees; empty: all. */
      units: z.array(z.string()),
      /** When it last told what it has; null: never. Our own: null. */
      told: millis.nullable(),
    })),
    lacks: z.array(z.array(z.int().min(-1)).nullable()), strangers: z.array(count),
  }),
  access: 'session',
})

/** `machine`: name of the machine that wrote it, '' when not known. `live`: it survives now; two of them are a conflict. */
const registerWrite = z.strictObject({
  at: millis, author: z.string(), machine: z.string(), kind: z.string(), note: z.string().nullable(), register: z.string(), value: z.record(z.string(), z.unknown()), live: z.boolean(),
})
export type RegisterWrite = z.infer<typeof registerWrite>

/** Everything that was ever written in one register, newest first (at most 200), and the names behind the ids in it. */
export const conflictsHistory = defineEntry({
  name: 'conflicts.history',
  input: z.strictObject({ table: z.string().max(40), row: z.string().min(1).max(300), register: z.string().max(40) }),
  output: z.strictObject({ writes: z.array(registerWrite), names: z.record(z.string(), z.string()) }),
  access: 'session',
})

/** Which of these rows show one of several values until a person decides; a letter also where its number is in dispute. */
export const conflictsAmong = defineEntry({
  name: 'conflicts.among',
  input: z.strictObject({ rows: z.array(z.string().min(1).max(300)).max(500) }),
  output: z.strictObject({ rows: z.array(z.string()) }),
  access: 'session',
})

/** Conflicts that a person decided, newest first. */
export const conflictsDecided = defineEntry({
  name: 'conflicts.decided',
  input: z.strictObject({ limit: z.int().min(1).max(500).default(200) }),
  output: z.strictObject({
    items: z.array(z.strictObject({ id: z.string(), at: millis, author: z.string(), note: z.string().nullable(), table: z.string(), row: z.string(), register: z.string(), title: z.string() })), total: count,
  }),
  access: 'session',
})
