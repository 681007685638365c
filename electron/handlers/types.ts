/** A handler for every entry of the contract: a missing one does not compile. */
import type { z } from 'zod'
import type { EntryByName, EntryName, OutputOf, ParsedOf } from '../../shared/contract/entries.ts'
import type { Result } from '../../shared/result.ts'
import type { Context, OpenContext } from '../services/context.ts'
import type { Session } from '../services/session.ts'

/** Entries with access `public` run without an open store; they reach it through the session. */
export type PublicContext = Context & { readonly session: Session }
export type ContextOf<N extends EntryName> = EntryByName[N]['access'] extends 'public' ? PublicContext : OpenContext & { readonly session: Session }

/** The output as the service gives it: before the contract's schema strips or fills anything. */
type Answer<N extends EntryName> = z.input<EntryByName[N]['output']> & OutputOf<N>

export type Handler<N extends EntryName> = (input: ParsedOf<N>, context: ContextOf<N>) => Result<Answer<N>> | Promise<Result<Answer<N>>>
export type Handlers = { readonly [N in EntryName]: Handler<N> }

/** The handlers of one area: those whose names begin with one of its prefixes. */
export type HandlersOf<Prefix extends string> = { readonly [N in Extract<EntryName, `${Prefix}.${string}`>]: Handler<N> }
