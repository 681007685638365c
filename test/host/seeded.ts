/** Repeatable random bytes, also for child processes that run without the test runner. */
import { createHash } from 'node:crypto'

/** SHA-256 in counter mode over the seed. */
export function seededRandom(seed: string): (bytes: number) => Uint8Array {
  let counter = 0
  return (bytes) => {
    const out = Buffer.alloc(bytes)
    for (let at = 0; at < bytes; at += 32) createHash('sha256').update(`${seed}/${counter++}`).digest().copy(out, at)
    return out
  }
}
