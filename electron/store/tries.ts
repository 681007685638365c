/**
 * How often a wrong password was typed for this data folder, in a small file beside the keys, so that a restart does not start anew.
 * It slows a person at the keyboard down; against a copy of the folder only the cost of scrypt protects.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { guardDisk } from './disk-errors.ts'
import { writeAtomic } from './files.ts'

const schema = z.object({ failed: z.int().nonnegative(), at: z.int(), unreported: z.int().nonnegative() })

/** `failed` in a row, the last `at` (ms since 1970); `unreported`: not yet in the audit trail, which is closed while nobody is logged in. */
export type Tries = z.infer<typeof schema>

const fileName = 'tries.json'
const none: Tries = { failed: 0, at: 0, unreported: 0 }

export function readTries(dir: string): Tries {
  try {
    return schema.parse(JSON.parse(readFileSync(join(dir, fileName), 'utf8')))
  } catch {
    // No file yet, or one that a crash or an editor broke: counting starts anew rather than locking the office out.
    return none
  }
}

/** Refusal DISK_*. */
export function writeTries(dir: string, tries: Tries): void {
  guardDisk(() => writeAtomic(join(dir, fileName), Buffer.from(JSON.stringify(tries)), 'tries'))
}

/** The first five tries are free; then 5 s, doubling up to 15 minutes. Seconds left to wait at `now`. */
export function waitSeconds(tries: Tries, now: number): number {
  if (tries.failed < 5) return 0
  const wait = Math.min(900, 5 * 2 ** (tries.failed - 5))
  // A clock that was set back must not make the wait longer than it was.
  return Math.max(0, Math.min(wait, Math.ceil((tries.at + wait * 1000 - now) / 1000)))
}
