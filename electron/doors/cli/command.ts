/** What a terminal command is, and the two ways in which one ends early. */
import type { EntryName, InputOf, OutputOf } from '../../../shared/contract/entries.ts'
import type { AppError } from '../../../shared/errors.ts'
import { isIsoDate } from '../../../shared/text/dates.ts'

/** Wrong usage: exit 2, the sentence on stderr. */
export class Usage extends Error {}

/** The backend said no: exit 1, the error on stdout. `done`: what had been done before it, printed beside the error. */
export class Refused extends Error {
  readonly error: AppError
  readonly done: Readonly<Record<string, unknown>>
  constructor(error: AppError, done: Readonly<Record<string, unknown>> = {}) {
    super(error.code)
    this.error = error
    this.done = done
  }
}

export type Flags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>
export type FlagSpec = { readonly type: 'string' | 'boolean'; readonly multiple?: boolean }

/** Everything goes through the same dispatch as in the window; a refusal is thrown as Refused. */
export type Terminal = {
  /** Logs in at the first entry that needs it. */
  call<N extends EntryName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>
  /** For `call`: any name, any input. */
  callAny(name: string, input: unknown): Promise<unknown>
  /** Puts a file of the disk on the file desk. */
  upload(path: string): Promise<string>
  /** Makes the folder where results will go and sees that it can be written: before the work, since a letter issued cannot be issued again. */
  folder(dir: string): Promise<void>
  /** Brings a file of the desk to the disk: into `dir` under its own name, or to `path`. Answers where it is. */
  download(token: string, to: { readonly dir: string } | { readonly path: string }): Promise<string>
  /** Waits for a job and tells its progress on stderr. */
  finish(job: string): Promise<void>
  /** Whether this machine has a Chromium: asked before work whose result would lack its PDF. */
  readonly hasPdf: boolean
  /** The PDF of an HTML paper of the desk, as another file of the desk; tells its progress. */
  toPdf(token: string): Promise<string>
  /** A sentence for the person, on stderr. */
  say(sentence: string): void
  newPassword(): Promise<string>
  today(): string
}

export type Command = {
  readonly name: string
  /** Without the program's name: `import FILE… [--kind K]`. */
  readonly usage: string
  /** One line for the list, in Chinese. */
  readonly about: string
  readonly details?: readonly string[]
  readonly flags?: Readonly<Record<string, FlagSpec>>
  /** Values of --as that mean a format here; every other value names the account as everywhere (`render L --as pdf --as 张三`). */
  readonly formats?: readonly string[]
  /** How many plain arguments, at least and at most. */
  readonly args: readonly [number, number]
  /** `exitCode` other than 0 for an answer that is bad news (verify). */
  run(terminal: Terminal, args: readonly string[], flags: Flags): Promise<{ readonly value: unknown; readonly exitCode?: number }>
}

export function flag(flags: Flags, name: string): string | undefined {
  const value = flags[name]
  return typeof value === 'string' ? value : undefined
}

export function needed(flags: Flags, name: string): string {
  const value = flag(flags, name)
  if (value === undefined || value === '') throw new Usage(`缺少 --${name}`)
  return value
}

export function many(flags: Flags, name: string): readonly string[] {
  const value = flags[name]
  return Array.isArray(value) ? (value as readonly string[]) : []
}

/** `2026-07-03`, or a usage error that names the flag. */
export function day(text: string, name: string): string {
  if (!isIsoDate(text)) throw new Usage(`${name} 要写成 2026-07-03 这样的日期`)
  return text
}
