/** Expected outcomes are values; only bugs are thrown. */
import type { AppError, ErrorCode, ErrorParams } from './errors.ts'

export type Ok<T> = { readonly ok: true; readonly value: T }
export type Err = { readonly ok: false; readonly error: AppError }
export type Result<T> = Ok<T> | Err

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value }
}

/** A refusal with its code and the params that the sentence for the user needs (ids, counts, dates; never a person's name). */
export function err(code: ErrorCode, params: ErrorParams = {}): Err {
  return { ok: false, error: { code, params } }
}

/** For callers where a refusal would be a bug (tests, demo data). */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(`${result.error.code} ${JSON.stringify(result.error.params)}`)
}

/** Lets deep code inside a transaction refuse: the transaction rolls back and the service turns it into an Err. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams
  constructor(code: ErrorCode, params: ErrorParams = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.params = params
  }
}

/** Runs `work`; a Refusal becomes an Err, anything else goes on as a bug. */
export function attempt<T>(work: () => T): Result<T> {
  try {
    return ok(work())
  } catch (error) {
    if (error instanceof Refusal) return err(error.code, error.params)
    throw error
  }
}
