/** Exchange by stick: packages out and in, machines of the group, conflicts, safety copies. */
import { z } from 'zod'
import { count, fileToken, millis, name, nothing, password, reason, shortText } from './common.ts'
import { defineEntry } from './define.ts'

/** 32 hex digits, or the device's name. */
const device = z.string().min(1).max(80)
/** Of the terminal's disk; every other door uses tokens of the file desk. */
const path = z.string().min(1).max(4000)
const fileIn = { file: fileToken.optional(), path: path.optional() }
const out = path.optional()
/** Null when the file went to `out`. */
const fileOut = fileToken.nullable()

const gap = z.strictObject({ origin: z.string(), scope: z.string(), from: count, to: count, before: z.string() })

export const receiveReport = z.strictObject({
  new: count, duplicate: count, parked: count, conflicts: count, gaps: z.array(gap), digest: z.record(z.string(), z.string()),
  /** Scopes in which equal changes gave another state: an alarm. */
  differs: z.array(z.string()),
  blobs: count,
  from: z.strictObject({ device: z.string(), name: z.string(), created: millis, number: count, package: z.string() }),
  again: z.boolean(),
})
export type ReceiveReport = z.infer<typeof receiveReport>

export const exchangeStatus = defineEntry({
  name: 'exchange.status',
  input: nothing,
  output: z.strictObject({
    state: z.enum(['member', 'requested', 'none']), device: z.string().nullable(), name: z.string().nullable(),
    /** Read out over the telephone when a machine joins: both sides must see the same. */
    fingerprint: z.string().nullable(),
    canEnrol: z.boolean(), news: z.enum(['rolledBack', 'cloned', 'twin']).nullable(), parked: count, gaps: z.array(gap),
    conflicts: z.strictObject({ review: count, hard: count }),
    partners: z.array(z.strictObject({ device: z.string(), name: z.string(), scopes: z.array(z.string()), lastSent: millis.nullable(), lastReceived: millis.nullable(), lacks: count.nullable() })),
  }),
  access: 'session',
})

/** Starts an empty data folder that will join a group, logs in, and writes the request. */
export const exchangeRequest = defineEntry({
  name: 'exchange.request',
  input: z.strictObject({ account: name, password, name: shortText.min(1).max(80).optional(), out }),
  output: z.strictObject({ device: z.string(), file: fileOut }),
  access: 'public',
})
export const exchangeEnrol = defineEntry({
  name: 'exchange.enrol',
  input: z.strictObject({ ...fileIn, scope: shortText.min(1).optional(), out }),
  output: z.strictObject({ device: z.string(), name: z.string(), scopes: z.array(z.string()), changes: count, bytes: count, fingerprint: z.string(), file: fileOut }),
  access: ['admin'],
})
export const exchangeJoin = defineEntry({
  name: 'exchange.join',
  input: z.strictObject(fileIn),
  output: z.strictObject({ device: z.string(), fingerprint: z.string(), report: receiveReport }),
  access: ['admin'],
})
export const exchangeRevoke = defineEntry({ name: 'exchange.revoke', input: z.strictObject({ device, reason }), output: z.strictObject({ device: z.string() }), access: ['admin'] })
/** The printed escrow key gives this machine the group's root key. */
export const exchangeTakeRoot = defineEntry({ name: 'exchange.takeRoot', input: z.strictObject({ escrowKey: z.string().max(200) }), output: z.strictObject({ device: z.string() }), access: ['admin'] })

const written = { changes: count, blobs: count, bytes: count, files: count, file: fileOut }

export const exchangeExport = defineEntry({
  name: 'exchange.export',
  input: z.strictObject({ to: device.default('all'), full: z.boolean().default(false), out }),
  /** `skipped`: partners that may not see everything; they get packages of their own. */
  output: z.strictObject({ ...written, recipients: z.array(z.string()), skipped: z.array(z.string()) }),
  access: ['admin', 'enter', 'check', 'issue'],
})
export const exchangeReceive = defineEntry({
  name: 'exchange.receive',
  input: z.strictObject({ ...fileIn, dryRun: z.boolean().default(false) }),
  output: receiveReport,
  access: ['admin', 'enter', 'check', 'issue'],
})
export const exchangeBackup = defineEntry({ name: 'exchange.backup', input: z.strictObject({ out }), output: z.strictObject(written), access: ['admin'] })
/** A merge: what is here stays. */
export const exchangeRestore = defineEntry({ name: 'exchange.restore', input: z.strictObject(fileIn), output: receiveReport, access: ['admin'] })

const survivor = z.strictObject({ id: z.string(), at: millis, author: z.string(), origin: z.string(), value: z.record(z.string(), z.unknown()), register: z.string(), shown: z.boolean() })
export const exchangeConflicts = defineEntry({
  name: 'exchange.conflicts',
  input: nothing,
  output: z.strictObject({ conflicts: z.array(z.strictObject({ id: z.string(), class: z.enum(['review', 'hard']), table: z.string(), row: z.string(), register: z.string(), survivors: z.array(survivor) })) }),
  access: 'session',
})
export const exchangeResolve = defineEntry({
  name: 'exchange.resolve',
  input: z.strictObject({ id: z.string().min(1).max(300), take: z.string().regex(/^[0-9a-f]{64}$/), note: reason.optional() }),
  output: z.strictObject({ id: z.string(), left: count }),
  access: ['admin', 'check', 'issue'],
})
