/** Waiting for another connection's write lock without holding up the thread. */
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'

const firstPauseMs = 40
const longestPauseMs = 250
/** As long as a job may take. */
const giveUpAfterMs = 60_000

/** BUSY by the database, not by a job that still runs. */
export function isLocked(error: AppError): boolean {
  return error.code === 'BUSY' && String(error.params['cause'] ?? '').startsWith('SQLITE_BUSY')
}

/** Calls `work` again as long as it answers that the database is locked and `mayRepeat` says so; the thread is free in between. */
export async function whenFree<T>(work: () => Result<T> | Promise<Result<T>>, mayRepeat: () => boolean = () => true): Promise<Result<T>> {
  let waited = 0
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    const answer = await work()
    if (answer.ok || !isLocked(answer.error) || waited >= giveUpAfterMs || !mayRepeat()) return answer
    await new Promise((resolve) => setTimeout(resolve, pause))
    waited += pause
  }
}
