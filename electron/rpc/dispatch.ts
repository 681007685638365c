/** The one way into the backend, for every door: look up → parse → authorise → run → wrap. Knows no transport. */
import type { z } from 'zod'
import type { Entry } from '../../shared/contract/define.ts'
import { entries, type EntryName } from '../../shared/contract/entries.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, Refusal, type Result } from '../../shared/result.ts'
import type { Handlers, PublicContext } from '../handlers/types.ts'
import type { Env, OpenContext } from '../services/context.ts'
import { callWhenFree } from '../services/when-free.ts'

export type Backend = PublicContext & {
  readonly handlers: Handlers
  /** Checks what handlers answer against the contract: on in tests and development. */
  readonly checkOutput: boolean
}

type AnyContext = PublicContext | (OpenContext & PublicContext)
type AnyHandler = (input: unknown, context: AnyContext) => Result<unknown> | Promise<Result<unknown>>

/** Always answers, never throws. What crosses is a code with params: no stack, SQL, path or person's name. */
export async function dispatch(name: string, raw: unknown, backend: Backend): Promise<Result<unknown>> {
  const entry = entries.get(name)
  const handler = entry && (backend.handlers[entry.name as EntryName] as AnyHandler | undefined)
  if (!entry || !handler) return err('UNKNOWN_ENTRY', { entry: name.slice(0, 80) })
  try {
    const input = entry.input.safeParse(raw)
    if (!input.success) return err('BAD_INPUT', { entry: name, fields: fieldsOf(input.error) })
    const context = authorise(entry, backend)
    if (!context.ok) return context
    const { value: given } = context
    const answer = await callWhenFree('store' in given ? given.store : undefined, () => handler(input.data, given))
    if (!answer.ok) return { ok: false, error: answer.error }
    return backend.checkOutput ? checked(entry, answer.value, backend.env) : ok(answer.value)
  } catch (error) {
    return { ok: false, error: toAppError(error, backend.env, name) }
  }
}

/** NOT_SET_UP, NOT_LOGGED_IN (locked), NOT_ALLOWED (none of the roles that the entry names). */
function authorise(entry: Entry, backend: Backend): Result<AnyContext> {
  const { env, files, jobs, session } = backend
  const context: PublicContext = { env, files, jobs, session }
  if (entry.access === 'public') return ok(context)
  const open = session.current()
  if (!open) return err(session.folder() === 'empty' ? 'NOT_SET_UP' : 'NOT_LOGGED_IN')
  const needed = entry.access
  if (needed !== 'session' && !needed.some((role) => open.account.roles.includes(role))) return err('NOT_ALLOWED', { entry: entry.name, roles: [...needed] })
  return ok({ ...context, ...open })
}

/** Names of the fields that the schema refused; never their values. */
function fieldsOf(error: z.ZodError): string[] {
  const names = error.issues.flatMap((issue) => {
    const at = issue.path.map(String)
    return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...at, key].join('.')) : [at.join('.')]
  })
  return [...new Set(names)].slice(0, 10).map((field) => field.slice(0, 80))
}

function checked(entry: Entry, value: unknown, env: Env): Result<unknown> {
  const output = entry.output.safeParse(value)
  if (output.success) return ok(value)
  const ref = newRef(env)
  env.log('output.differs', { ref, entry: entry.name, fields: fieldsOf(output.error).join(' ') })
  return { ok: false, error: { code: 'INTERNAL', params: { entry: entry.name }, ref } }
}

/** A Refusal keeps its code; anything else is a bug: INTERNAL with a ref that names its log line. */
export function toAppError(error: unknown, env: Env, what: string): AppError {
  if (error instanceof Refusal) return { code: error.code, params: error.params }
  const ref = newRef(env)
  env.log('bug', { ref, what, name: error instanceof Error ? error.name : typeof error, code: codeOf(error), at: framesOf(error) })
  return { code: 'INTERNAL', params: {}, ref }
}

function newRef(env: Env): string {
  return Buffer.from(env.random(5)).toString('hex')
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  return typeof code === 'string' ? code.slice(0, 60) : ''
}

/** Function and file name of the innermost frames. The message stays out: it may hold a name or a cell's text. */
function framesOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  return frames.slice(0, 6).map((line) => line.trim().replace(/\(?[^\s(]*[/\\]([^/\\]+)$/, '$1').replace(/\)$/, '')).join(' < ')
}
