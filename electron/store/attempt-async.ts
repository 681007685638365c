/** Refusals of asynchronous work as values. */
import { err, Refusal, type Result } from '../../shared/result.ts'
import { diskRefusal } from './disk-errors.ts'

/** Runs `work`; a Refusal or disk trouble becomes an Err, anything else goes on as a bug. */
export async function attemptAsync<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work()
  } catch (error) {
    const refusal = error instanceof Refusal ? error : diskRefusal(error)
    if (refusal) return err(refusal.code, refusal.params)
    throw error
  }
}
