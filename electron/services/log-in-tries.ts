/** Slows guessing down: every try is written down before the password is looked at, so that ending the program saves nothing. */
import { err, type Result } from '../../shared/result.ts'
import { readTries, waitSeconds, writeTries } from '../store/tries.ts'
import type { Env } from './context.ts'

export type TryGuard = {
  /** Runs `attempt` unless it is too early: TOO_MANY_TRIES {seconds}. Tries run one after the other, also when they arrive together. */
  run<T>(attempt: () => Promise<Result<T>>): Promise<Result<T>>
  /** Failed tries since the last audit row; they are taken off. */
  takeUnreported(): { readonly failed: number; readonly at: number } | null
}

const wrong: ReadonlySet<string> = new Set(['WRONG_PASSWORD', 'WRONG_RECOVERY_CODE'])

export function createTryGuard(env: Pick<Env, 'dataDir' | 'now'>): TryGuard {
  let last: Promise<unknown> = Promise.resolve()
  const one = async <T>(attempt: () => Promise<Result<T>>): Promise<Result<T>> => {
    const before = readTries(env.dataDir)
    const seconds = waitSeconds(before, env.now())
    if (seconds > 0) return err('TOO_MANY_TRIES', { seconds })
    writeTries(env.dataDir, { failed: before.failed + 1, at: env.now(), unreported: before.unreported + 1 })
    const outcome = await attempt()
    if (outcome.ok) writeTries(env.dataDir, { ...before, failed: 0 })
    else if (!wrong.has(outcome.error.code)) writeTries(env.dataDir, before)
    return outcome
  }
  return {
    run(attempt) {
      const mine = last.then(() => one(attempt))
      last = mine.catch(() => undefined)
      return mine
    },
    takeUnreported() {
      const tries = readTries(env.dataDir)
      if (tries.unreported === 0) return null
      writeTries(env.dataDir, { ...tries, unreported: 0 })
      return { failed: tries.unreported, at: tries.at }
    },
  }
}
