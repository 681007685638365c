/** Numbers on several machines (exchange.md section 5): who gives them, what is lent, what waits for one. */
import { z } from 'zod'
import { count, id, isoDate } from './common.ts'
import { defineEntry } from './define.ts'
import { letterRow } from './letter-schemas.ts'

const device = z.string().regex(/^[0-9a-f]{32}$/)

/**
 * `authority` null: only one machine, which numbers by itself. `standing`: how this machine numbers now: one after the other, from its lease, or 编号待定.
 * `pending`: letters here that wait for a number.
 */
export const numbersAuthority = defineEntry({
  name: 'numbers.authority',
  input: z.strictObject({ year: z.int() }),
  output: z.strictObject({
    series: z.string(), year: z.int(), authority: z.strictObject({ device: z.string(), name: z.string(), since: z.string() }).nullable(), mine: z.boolean(), standing: z.enum(['direct', 'lease', 'pending']),
    leases: z.array(z.strictObject({ id: z.string(), device: z.string(), name: z.string(), from: count, to: count, left: count, closed: z.boolean(), mine: z.boolean() })),
    pending: z.array(z.strictObject({ letterId: z.string(), issuedOn: isoDate })),
  }),
  access: 'session',
})
/** Without `device`: to this machine. */
export const numbersSetAuthority = defineEntry({ name: 'numbers.setAuthority', input: z.strictObject({ device: device.optional() }), output: z.strictObject({ device: z.string() }), access: ['admin'] })
/** At the machine that numbers. Of this year; from December on also of the next. */
export const numbersLease = defineEntry({
  name: 'numbers.lease', input: z.strictObject({ device, year: z.int(), size: z.int().min(1).max(100).default(10) }), output: z.strictObject({ id: z.string(), from: z.string(), to: z.string() }), access: ['issue', 'admin'],
})
export const numbersCloseLease = defineEntry({ name: 'numbers.closeLease', input: z.strictObject({ id }), output: z.strictObject({ unused: count }), access: ['issue', 'admin'] })
/** At the machine that numbers: 编号待定 letters get their numbers. Without `ids`: all of them. */
export const numbersAssign = defineEntry({ name: 'numbers.assign', input: z.strictObject({ ids: z.array(id).max(1_000).optional() }), output: z.strictObject({ letters: z.array(letterRow) }), access: ['issue'] })
