/**
 * Exchange by stick: packages out and in, machines of the group, gaps, conflicts, safety copies. Long work is a job: the entry answers `{job}`, jobs.wait
 * tells its progress, jobs.cancel ends it with nothing changed, and the entry `…Result` gives what came of it.
 */
import { z } from 'zod'
import { count, fileToken, jobId, millis, name, nothing, password, reason, shortText, started } from './common.ts'
import { defineEntry } from './define.ts'

/** 32 hex digits, or the device's name. */
const device = z.string().min(1).max(80)
/** Of the terminal's disk; every other door uses tokens of the file desk. */
const path = z.string().min(1).max(4000)
/** `file`: an upload, or a file that the person chose in the desktop's dialog (read where it lies, however large). */
const fileIn = { file: fileToken.optional(), path: path.optional() }
/** `out`: terminal. `place`: token of a place that the person chose in the desktop's dialog. Neither: the result's `file` is a token to download, up to 64 MiB. */
const fileOutTo = { out: path.optional(), place: fileToken.optional() }
/** Null when the file went to `out` or `place`. */
const fileOut = fileToken.nullable()
const ofJob = z.strictObject({ job: jobId })

/** Numbers `from` to `to` of origin × scope are missing; `before`: id of change `to`. `machine`: name of the origin's machine, '' when not known. */
const gap = z.strictObject({ origin: z.string(), scope: z.string(), from: count, to: count, before: z.string(), machine: z.string() })
export type ExchangeGap = z.infer<typeof gap>

export const receiveReport = z.strictObject({
  new: count, duplicate: count, parked: count,
  /** Open ones afterwards; how many of them were not there before; and how many that were there are decided by what came. */
  conflicts: count, newConflicts: count, settled: count,
  gaps: z.array(gap), digest: z.record(z.string(), z.string()),
  /** Scopes in which equal changes gave another state: an alarm. */
  differs: z.array(z.string()),
  /** Attachments in the package, and their bytes. */
  blobs: count, blobBytes: count,
  /** Numbers of letters that the new changes issue: the first 100, and how many in all. */
  numbers: z.array(z.string()), numbersTotal: count,
  /** How many rows of which table the new changes write (letter, report, official …). */
  rows: z.record(z.string(), count),
  from: z.strictObject({ device: z.string(), name: z.string(), created: millis, number: count, package: z.string() }),
  /** Written by machines that are revoked, behind what counts of them: kept, and without effect. */
  barred: z.array(z.strictObject({ device: z.string(), name: z.string(), changes: count })),
  again: z.boolean(),
  dryRun: z.boolean(),
})
export type ReceiveReport = z.infer<typeof receiveReport>

export const exchangeStatus = defineEntry({
  name: 'exchange.status',
  input: nothing,
  output: z.strictObject({
    state: z.enum(['member', 'requested', 'none']), device: z.string().nullable(), name: z.string().nullable(),
    /** Read out over the telephone when a machine joins: both sides must see the same. */
    fingerprint: z.string().nullable(),
    /** Units that this machine sees; ['all'] for an office. */
    scopes: z.array(z.string()),
    canEnrol: z.boolean(),
    /** The escrow key was made by itself and nobody has seen it yet (exchange.escrowKey). */
    escrowUnseen: z.boolean(),
    /** Stays until exchange.seen. */
    news: z.enum(['rolledBack', 'cloned', 'twin']).nullable(), parked: count, gaps: z.array(gap),
    conflicts: z.strictObject({ review: count, hard: count }),
    /** Files that the log names and that have not come (附件未到). */
    blobsMissing: count,
    /** Machines that had the same changes and another state, and in which scopes; until a package of theirs was found equal. */
    alarms: z.array(z.strictObject({ device: z.string(), name: z.string(), scopes: z.array(z.string()), at: millis })),
    /** `lacks`: changes that it had not got when it last told (null: it never told), `lacksSince`: when the oldest of them was written. `seen`: when it last told. */
    partners: z.array(z.strictObject({
      device: z.string(), name: z.string(), scopes: z.array(z.string()), lastSent: millis.nullable(), lastReceived: millis.nullable(), seen: millis.nullable(), lacks: count.nullable(), lacksSince: millis.nullable(),
      /** By how much its clock was ahead of ours when its last package came, or changes of its through another machine, ms, where that was more than a day; one of the two is wrong. */
      clockAhead: count.nullable(),
    })),
    /** `barred`: changes of it that came behind its revocation and have no effect here (exchange.accept). */
    revoked: z.array(z.strictObject({ device: z.string(), name: z.string(), barred: count })),
  }),
  access: 'session',
})
/** The person has read the news. */
export const exchangeSeen = defineEntry({ name: 'exchange.seen', input: nothing, output: nothing, access: 'session' })
/** Shown once after this machine made a group by itself, to be printed and locked away; NOT_FOUND afterwards. */
export const exchangeEscrowKey = defineEntry({ name: 'exchange.escrowKey', input: nothing, output: z.strictObject({ escrowKey: z.string() }), access: ['admin'] })

/** Starts an empty data folder that will join a group, logs in, and writes the request. */
export const exchangeRequest = defineEntry({
  name: 'exchange.request',
  input: z.strictObject({ account: name, password, name: shortText.min(1).max(80).optional(), ...fileOutTo }),
  /** `recoveryCode`: of the folder that was made by this call, shown once; null when the request is written again. */
  output: z.strictObject({ device: z.string(), file: fileOut, recoveryCode: z.string().nullable() }),
  access: 'public',
})
export const exchangeEnrol = defineEntry({ name: 'exchange.enrol', input: z.strictObject({ ...fileIn, scope: shortText.min(1).optional(), ...fileOutTo }), output: started, access: ['admin'] })
export const exchangeEnrolResult = defineEntry({
  name: 'exchange.enrolResult',
  input: ofJob,
  output: z.strictObject({ device: z.string(), name: z.string(), scopes: z.array(z.string()), changes: count, bytes: count, fingerprint: z.string(), file: fileOut }),
  access: ['admin'],
})
export const exchangeJoin = defineEntry({ name: 'exchange.join', input: z.strictObject(fileIn), output: started, access: ['admin'] })
export const exchangeJoinResult = defineEntry({ name: 'exchange.joinResult', input: ofJob, output: z.strictObject({ device: z.string(), fingerprint: z.string(), report: receiveReport }), access: ['admin'] })
export const exchangeRevoke = defineEntry({ name: 'exchange.revoke', input: z.strictObject({ device, reason }), output: z.strictObject({ device: z.string() }), access: ['admin'] })
/**
 * 认下: records of a revoked machine that came behind its revocation count after all, on every machine that hears of it. Only where the group's root key is and
 * all units are seen. `rows`, `numbers`: as of an import; `seen` names the changes that the person was shown.
 */
export const exchangeAcceptPlan = defineEntry({
  name: 'exchange.acceptPlan',
  input: z.strictObject({ device }),
  output: z.strictObject({ device: z.string(), name: z.string(), changes: count, rows: z.record(z.string(), count), numbers: z.array(z.string()), numbersTotal: count, seen: z.string() }),
  access: ['admin'],
})
/** STALE when these are no longer the changes that would count. */
export const exchangeAccept = defineEntry({ name: 'exchange.accept', input: z.strictObject({ device, reason, seen: z.string().regex(/^[0-9a-f]{64}$/) }), output: started, access: ['admin'] })
export const exchangeAcceptResult = defineEntry({ name: 'exchange.acceptResult', input: ofJob, output: z.strictObject({ device: z.string(), changes: count }), access: ['admin'] })
/** The printed escrow key gives this machine the group's root key. */
export const exchangeTakeRoot = defineEntry({ name: 'exchange.takeRoot', input: z.strictObject({ escrowKey: z.string().max(200) }), output: z.strictObject({ device: z.string() }), access: ['admin'] })

const written = { changes: count, blobs: count, bytes: count, files: count, file: fileOut }
const anyone = ['admin', 'enter', 'check', 'issue'] as const

/** What exchange.export would send: `bytes` is an estimate of the file, attachments included. */
export const exchangePlan = defineEntry({
  name: 'exchange.plan',
  input: z.strictObject({ to: device.default('all'), full: z.boolean().default(false) }),
  output: z.strictObject({ changes: count, blobs: count, bytes: count, recipients: z.array(z.string()), skipped: z.array(z.string()) }),
  access: anyone,
})
export const exchangeExport = defineEntry({ name: 'exchange.export', input: z.strictObject({ to: device.default('all'), full: z.boolean().default(false), ...fileOutTo }), output: started, access: anyone })
/** Of exchange.export and exchange.answer. `skipped`: partners that may not see everything; they get packages of their own. `blobsMissing`: attachments that are not here themselves. */
export const exchangeExportResult = defineEntry({
  name: 'exchange.exportResult', input: ofJob, output: z.strictObject({ ...written, blobsMissing: count, recipients: z.array(z.string()), skipped: z.array(z.string()) }), access: anyone,
})
export const exchangeReceive = defineEntry({ name: 'exchange.receive', input: z.strictObject({ ...fileIn, dryRun: z.boolean().default(false) }), output: started, access: anyone })
/** Of exchange.receive and exchange.restore. */
export const exchangeReceiveResult = defineEntry({ name: 'exchange.receiveResult', input: ofJob, output: receiveReport, access: anyone })
export const exchangeBackup = defineEntry({ name: 'exchange.backup', input: z.strictObject(fileOutTo), output: started, access: ['admin'] })
export const exchangeBackupResult = defineEntry({ name: 'exchange.backupResult', input: ofJob, output: z.strictObject({ ...written, blobsMissing: count }), access: ['admin'] })
/** A merge: what is here stays. */
export const exchangeRestore = defineEntry({ name: 'exchange.restore', input: z.strictObject(fileIn), output: started, access: ['admin'] })

/**
 * After a total loss, in a folder that was just begun with exchange.request: the backup file and the printed escrow key bring everything back, under a new
 * origin. `account`: the name to log in with from now on.
 */
export const exchangeRecover = defineEntry({ name: 'exchange.recover', input: z.strictObject({ ...fileIn, escrowKey: z.string().max(200) }), output: started, access: ['admin'] })
export const exchangeRecoverResult = defineEntry({ name: 'exchange.recoverResult', input: ofJob, output: z.strictObject({ device: z.string(), account: z.string(), report: receiveReport }), access: ['admin'] })

/** A request file for what is missing below the parked changes; GAP_NONE when nothing is. Answered on any machine that has it. */
export const exchangeAsk = defineEntry({ name: 'exchange.ask', input: z.strictObject(fileOutTo), output: z.strictObject({ gaps: z.array(gap), file: fileOut }), access: anyone })
/** A package with the missing ranges for the machine that asked; result by exchange.exportResult. */
export const exchangeAnswer = defineEntry({ name: 'exchange.answer', input: z.strictObject({ ...fileIn, ...fileOutTo }), output: started, access: anyone })
/**
 * The diagnostic file of an alarm: have vector, digests by table and ids of rows with hashes, of `scopes` (none named: those of the standing alarms, or all). Two
 * of them, of two machines, are compared by shared/merge/diagnosis.ts. No names, no text.
 */
export const exchangeDiagnose = defineEntry({
  name: 'exchange.diagnose', input: z.strictObject({ scopes: z.array(z.string().min(1).max(200)).max(1000).default([]), ...fileOutTo }), output: started, access: anyone,
})
/** `rows` are listed, `left` are not for room. */
export const exchangeDiagnoseResult = defineEntry({
  name: 'exchange.diagnoseResult', input: ofJob, output: z.strictObject({ scopes: count, rows: count, left: count, bytes: count, file: fileOut }), access: anyone,
})
/** gap_ack: `before` of a gap that is lost for good; what waits behind it is taken in, here and on every machine. */
export const exchangeGapAck = defineEntry({
  name: 'exchange.gapAck', input: z.strictObject({ before: z.string().regex(/^[0-9a-f]{64}$/), reason }), output: z.strictObject({ released: count, parked: count }), access: ['admin'],
})

/** Packages that went out and came in, newest first, as they were reported. */
export const exchangePackages = defineEntry({
  name: 'exchange.packages',
  input: z.strictObject({ direction: z.enum(['in', 'out']), limit: z.int().min(1).max(200).default(50) }),
  output: z.strictObject({
    items: z.array(z.strictObject({ id: z.string(), device: z.string(), name: z.string(), number: count, created: millis, at: millis, bytes: count, changes: count, blobs: count })),
  }),
  access: 'session',
})

/** `machine`: name of the machine that wrote it, '' when not known. */
const survivor = z.strictObject({
  id: z.string(), at: millis, author: z.string(), origin: z.string(), machine: z.string(), value: z.record(z.string(), z.unknown()), register: z.string(), shown: z.boolean(),
})
/** `register` 'number' of table letter: several letters bear one number (`value.letterId` and `value.number` name each). */
export const exchangeConflicts = defineEntry({
  name: 'exchange.conflicts',
  input: nothing,
  output: z.strictObject({
    conflicts: z.array(z.strictObject({
      id: z.string(), class: z.enum(['review', 'hard']), table: z.string(), row: z.string(), register: z.string(),
      /** What it is about, for the list: a letter's number, a unit's, an official's or an account's name. */
      title: z.string(),
      /** The letter that may not be issued or printed until this is decided. */
      letterId: z.string().nullable(),
      survivors: z.array(survivor),
    })),
  }),
  access: 'session',
})
/** Exactly one of `take` (id of the surviving change whose value stands) and `value` (written anew: every column of the register). */
export const exchangeResolve = defineEntry({
  name: 'exchange.resolve',
  input: z.strictObject({ id: z.string().min(1).max(300), take: z.string().regex(/^[0-9a-f]{64}$/).optional(), value: z.record(z.string().max(60), z.unknown()).optional(), note: reason.optional() }),
  output: z.strictObject({ id: z.string(), left: count }),
  access: ['admin', 'check', 'issue'],
})
