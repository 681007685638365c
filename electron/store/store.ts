/** What services see of the database: reads, and writes that go through the log. Made by data-folder.ts. */
import type { ErrorParams } from '../../shared/errors.ts'
import type { Barred } from './barred.ts'
import type { BlobWriter, readBlob, StagedBlob } from './blob-streams.ts'
import type { ExchangeTables, LaneReads, LocalValues } from './exchange-store.ts'
import type { Fresh } from './log/apply.ts'
import type { Arriving } from './log/arriving.ts'
import type { Change } from './log/change-id.ts'
import type { ReadyRow } from './log/ready-ops.ts'
import type { Parked } from './parked.ts'
import type { ReadDb } from './read-db.ts'
import type { RegisterName, RegisterValue, TableName } from './tables.ts'

/** Injected once per door. `now` in ms since 1970; `random(n)` gives n unpredictable bytes. */
/** `keyCost`: what stretching a new secret costs instead of key-file.ts's own; each slot keeps the cost that it was made with. */
export type StoreEnv = { readonly now: () => number; readonly random: (n: number) => Uint8Array; readonly keyCost?: { readonly n: number; readonly r: number; readonly p: number } }

/** `kind` names the use case, e.g. 'letters.issue'; `author` is an account id; `note` is a reason that a person typed. */
export type Action = { readonly kind: string; readonly author: string; readonly note?: string }

/** The scope of what belongs to no single unit. */
export const officeScope = 'office'
/** Of what every machine of the group needs, whatever units it sees: units, rules, calendar, sentences, templates, the list of machines. */
export const sharedScope = 'shared'
/** Local value: the scope of what a machine that sees some units only writes about itself; '' on a machine that sees everything. */
export const homeValue = 'exchange.home'

export type WriteTx = ReadDb & {
  /**
   * Writes one register whole. Names every current survivor as its predecessor, so it also settles a conflict.
   * The value that is already the only survivor writes nothing. A deleted row comes back.
   * `scope`: the unit id whose data it is; by default 'shared' or 'office', by the table (tables.ts).
   */
  put<T extends TableName, R extends RegisterName<T>>(table: T, id: string, register: R, value: RegisterValue<T, R>, scope?: string): void
  /** As put of all registers of a row; cheap where the row is new. */
  putReady(table: TableName, id: string, row: ReadyRow, scope: string): void
  /** Tombstone. It knows what this machine shows now; an edit that it did not know keeps the row visible. No-op on an unknown or deleted row. `scope`: the row's own by default. */
  remove(table: TableName, id: string, scope?: string): void
  /** Takes a removal back. No-op on a visible row. */
  restore(table: TableName, id: string, scope?: string): void
  /** What reports of very many officials need beside themselves is read now: for a caller who waits for such rows with nothing else to do. */
  readAhead(): void
  /** UUIDv7 from the injected clock and random bytes. */
  newId(): string
  /** Of this epoch of this installation (hex). */
  readonly origin: string
  /** Shared by every change of this write; names it in the audit trail. */
  readonly actionId: string
  /** The time of this write, ms since 1970. */
  readonly now: number
}

/** What happened on this machine beside the writes: log-ins, prints, exports. Never leaves it. */
export type LocalEvent = {
  readonly kind: string
  /** Account id; null where nobody is logged in (a failed log-in). */
  readonly account: string | null
  /** Ids, counts, file names; never a person's name. */
  readonly params?: ErrorParams
}

export type VerifyReport = { readonly ok: boolean; readonly problems: readonly string[] }

export type Blobs = {
  /** Stores the bytes (encrypted, fsynced) and gives their SHA-256 in hex. Call it before the row that names the hash. Storing twice is free. */
  put(bytes: Uint8Array): string
  /** Reads and verifies. Refusal ATTACHMENT_MISSING (附件未到) or DATA_DAMAGED. */
  get(sha256: string): Uint8Array
  /** Piece by piece into `folder` (on the data folder's disk); `adopt` gives it its name when everything about it is sure. The caller has checked the hash. */
  stage(sha256: string, folder: string): BlobWriter
  adopt(staged: StagedBlob): void
  /** Piece by piece; the last one is the verdict. */
  read(sha256: string): ReturnType<typeof readBlob>
  has(sha256: string): boolean
}

/** What applying received changes came to. `gaps`: their lane's change before is not here; nothing of them was stored. */
export type ApplyReport = { readonly fresh: number; readonly duplicates: number; readonly gaps: readonly Change[] }

/** `parked`: all that waits now for what comes before it. */
export type TakeReport = { readonly fresh: number; readonly duplicates: number; readonly parked: number }

export type Taking = {
  /** Names the package that parked changes came with. */
  readonly from: string
  readonly fresh?: Fresh
  /** Called every now and then while index, lists and search are brought up to date; a throw takes everything back. */
  readonly tick?: () => void
}

/** For the exchange: whole changes, as stored. */
export type ChangeLog = LaneReads & {
  /**
   * In one transaction, all or nothing; lanes in any order, within a lane by seq. DATA_DAMAGED when an id or hash does not fit, or a body is none.
   * `settle` runs at its end, inside it, with the rows as they will be; a throw takes everything back (so a dry run ends with one).
   */
  apply(changes: Iterable<Change>, settle?: (report: ApplyReport) => void): ApplyReport
  /** Like apply, for any number of changes: those that must wait are parked at once, and all parked ones tried again behind the last one. */
  take(changes: Iterable<Arriving>, taking: Taking, settle?: (report: TakeReport) => void): TakeReport
  /** In the order of arrival here. */
  changes(): IterableIterator<Change>
}

export type Store = {
  /** Hex of 16 bytes each. `group`: the offices that exchange; `origin`: this epoch of this installation. */
  readonly identity: { readonly group: string; readonly origin: string }
  /** A new origin (hex of 16 bytes) after a restore or a clone, and local values that belong to it, in one transaction. Lanes of the old one stay as they are. */
  newEpoch(origin: string, values: Readonly<Record<string, string | number | Buffer>>): void
  readonly local: LocalValues
  readonly exchange: ExchangeTables
  readonly parked: Parked
  readonly barred: Barred
  /**
   * Of a workstation that joins: throws its own log away, which nobody else has seen, and goes on in the group (hex of 16 bytes); `work` writes what it
   * brings along. All in one transaction.
   */
  adoptGroup(group: string, action: Action, work: (tx: WriteTx) => void): void
  /** Rows that every machine needs and that older versions kept in scope 'office' are said again in 'shared'; gives their number. For a machine that sees everything. */
  shareRows(action: Action): number
  /** A whole copy of the database at this moment, encrypted with the same key. `path` must not exist. DISK_*. */
  copyTo(path: string): void
  /**
   * BEGIN IMMEDIATE … COMMIT. A Refusal or any throw rolls everything back, the log included. Disk trouble is a Refusal (DISK_FULL …).
   * `settle` runs at its end, inside it, with the changes in the log (log.apply).
   */
  write<T>(action: Action, work: (tx: WriteTx) => T, settle?: () => void): T
  /** All that `work` writes through the store, changes and local values, in one transaction. What throws out of it takes all back, and so does a change that fails, whoever catches that. Events belong behind it. */
  atomically<T>(work: () => T): T
  /** One consistent snapshot. Inside a write it sees the write's own rows. */
  read<T>(work: (db: ReadDb) => T): T
  /** Appends to the local-only event table; while another connection writes, the event waits for the next write or the close. */
  logEvent(event: LocalEvent): void
  /** Rows that this connection has changed so far: the same number before and after a refused call means that it left nothing. */
  changed(): number
  readonly blobs: Blobs
  readonly log: ChangeLog
  /** Throws the projection away and makes it again from the log, in one transaction. */
  rebuildProjection(): void
  /** Chains, ids, hashes, projection against a rebuilt one, integrity_check, blobs. Slow: for a job or the terminal. */
  verify(): VerifyReport
  /** Hex per scope over the survivors; equal on machines that have seen the same changes. */
  digest(): Readonly<Record<string, string>>
  /** Chunks of one canonical JSON document of the visible rows: {table: [row, …]}, tables by name, rows by id. */
  dump(): IterableIterator<string>
  /** Brings what was committed from the write-ahead log into the file. Nothing waits for it, and nothing is lost where it does not come to it. */
  tidy(): void
  close(): void
}
