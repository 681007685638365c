/** Slows guessing down: every try is written down before the password is looked at, so that ending the program saves nothing. */
import { err, type Result } from '../../shared/result.ts'
import { readTries, waitSeconds, writeTries } from '../store/tries.ts'
import type { Env } from './context.ts'

/** Failed tries since the last right one, for the audit trail, which is closed while nobody is logged in. */
export type FailedTries = { readonly failed: number; readonly at: number }

export type TryGuard = {
  /** Runs `attempt` unless it is too early: TOO_MANY_TRIES {seconds}. Tries run one after the other, also when they arrive together. */
  run<T>(attempt: () => Promise<Result<T>>, report: (tries: FailedTries) => void): Promise<Result<T>>
}

const wrong: ReadonlySet<string> = new Set(['WRONG_PASSWORD', 'WRONG_RECOVERY_CODE'])

export function createTryGuard(env: Pick<Env, 'dataDir' | 'now'>): TryGuard {
  let last: Promise<unknown> = Promise.resolve()
  const one = async <T>(attempt: () => Promise<Result<T>>, report: (tries: FailedTries) => void): Promise<Result<T>> => {
    const before = readTries(env.dataDir)
    const seconds = waitSeconds(before, env.now())
    if (seconds > 0) return err('TOO_MANY_TRIES', { seconds })
    writeTries(env.dataDir, { failed: before.failed + 1, at: env.now(), unreported: before.unreported + 1 })
    const outcome = await attempt()
    if (outcome.ok) {
      if (before.unreported > 0) report({ failed: before.unreported, at: before.at })
      writeTries(env.dataDir, { failed: 0, at: before.at, unreported: 0 })
    } else if (!wrong.has(outcome.error.code)) writeTries(env.dataDir, before)
    return outcome
  }
  return {
    run(attempt, report) {
      const mine = last.then(() => one(attempt, report))
      last = mine.catch(() => undefined)
      return mine
    },
  }
}
