/** What every use case gets. Built once per door; nothing here knows a transport. */
import type { Role } from '../../shared/domain/roles.ts'
import type { Store, StoreEnv } from '../store/store.ts'
import type { FileDesk } from './file-desk.ts'
import type { JobDesk } from './job-desk.ts'

export type DoorName = 'desktop' | 'loopback' | 'terminal'

export type DrawPdf = (html: string) => Promise<Uint8Array>

/** The world outside, injected: tests give fixed ones. */
export type Env = {
  readonly door: DoorName
  readonly version: string
  readonly dataDir: string
  /** A name for the audit trail's 机器 column; never a path or a user's name. */
  readonly machine: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The local calendar day, `YYYY-MM-DD`. */
  readonly today: () => string
  readonly random: (bytes: number) => Uint8Array
  readonly keyCost?: StoreEnv['keyCost']
  /** Throws CRYPTO_BROKEN where this runtime computes anything wrong: nobody is let in then. The one of the exchange's keys when absent. */
  readonly selfTest?: () => Promise<void>
  /** What tells this machine from another; with the data folder's own mark it shows a copied folder. */
  readonly machineParts?: readonly string[]
  /** A folder outside of the data folder for the exchange's witness; none where everything lies on one stick. */
  readonly witnessDir?: string
  /** Names of the typefaces in the system's font folders; absent where a door has no such folders. */
  readonly fontNames?: () => ReadonlySet<string>
  /** A window (or process) of the door's Chromium for as long as `work` runs, in which `draw` makes HTML papers of the program PDFs, one after the other; absent where there is no Chromium. Several may be open at a time. Rejects when it fails or `signal` ends it. */
  readonly withPdf?: (signal: AbortSignal, work: (draw: DrawPdf) => Promise<void>) => Promise<void>
  /** Ids, counts, durations and refs only. */
  readonly log: (event: string, fields?: Readonly<Record<string, string | number | boolean>>) => void
}

export type Account = { readonly id: string; readonly name: string; readonly roles: readonly Role[] }

/** Before log-in. */
export type Context = { readonly env: Env; readonly files: FileDesk; readonly jobs: JobDesk }

/** After log-in: the open store and who is asking. */
export type OpenContext = Context & {
  readonly store: Store
  readonly account: Account
  /** The raw database key, only to be handed to worker threads that open the folder themselves; never logged. */
  readonly workerKey: Uint8Array
}
