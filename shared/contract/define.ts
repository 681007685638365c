/** One entry of the contract: what every door offers under `name`. */
import type { z } from 'zod'
import type { Role } from '../domain/roles.ts'

/**
 * Who may call: `public` before log-in; `session` anyone logged in; otherwise any one of the roles.
 * `admin` (管理) does not imply the others: a person may hold several roles.
 */
export type Access = 'public' | 'session' | readonly Role[]

export type Entry<Name extends string = string, I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly name: Name
  readonly input: I
  readonly output: O
  readonly access: Access
}

/** Declares an entry; the types of client and handler come from the two schemas. */
export function defineEntry<const Name extends string, I extends z.ZodType, O extends z.ZodType>(entry: Entry<Name, I, O>): Entry<Name, I, O> {
  return entry
}
