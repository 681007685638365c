/** The whole contract: every entry that any door offers, by name. */
import type { z } from 'zod'
import * as app from './app.ts'
import * as bulletins from './bulletins.ts'
import type { Entry } from './define.ts'
import * as exchange from './exchange.ts'
import * as exchangeViews from './exchange-views.ts'
import * as files from './files.ts'
import * as letterBatches from './letter-batches.ts'
import * as letters from './letters.ts'
import * as numberLeases from './number-leases.ts'
import * as papers from './papers.ts'
import * as people from './people.ts'
import * as proposals from './proposals.ts'
import * as rechecks from './rechecks.ts'
import * as templates from './templates.ts'

type EntriesOf<M> = { [K in keyof M as M[K] extends Entry ? K : never]: M[K] }
type AllEntries = EntriesOf<typeof app> & EntriesOf<typeof exchange> & EntriesOf<typeof exchangeViews> & EntriesOf<typeof files> & EntriesOf<typeof people> & EntriesOf<typeof bulletins> & EntriesOf<typeof proposals> & EntriesOf<typeof letters> & EntriesOf<typeof letterBatches> & EntriesOf<typeof rechecks> & EntriesOf<typeof papers> & EntriesOf<typeof templates> & EntriesOf<typeof numberLeases>

export type AnyEntry = AllEntries[keyof AllEntries]
export type EntryName = AnyEntry['name']
export type EntryByName = { [E in AnyEntry as E['name']]: E }

/** What the caller may send (defaults not yet filled in). */
export type InputOf<N extends EntryName> = z.input<EntryByName[N]['input']>
/** What the handler receives (parsed). */
export type ParsedOf<N extends EntryName> = z.output<EntryByName[N]['input']>
export type OutputOf<N extends EntryName> = z.output<EntryByName[N]['output']>

const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null && 'access' in value && 'input' in value && 'name' in value

const found = [app, files, people, bulletins, proposals, letters, rechecks, letterBatches, papers, templates, numberLeases, exchange, exchangeViews].flatMap((area) => Object.values(area as Record<string, unknown>).filter(isEntry))

export const entries: ReadonlyMap<string, Entry> = new Map(found.map((entry) => [entry.name, entry]))
export const entryNames: readonly EntryName[] = found.map((entry) => entry.name as EntryName)
