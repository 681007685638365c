/** What a bench tells, and how it measures in fresh processes. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { youngMb } from '../../../electron/jobs/host.ts'

/** `limit`: the most that `figure` may be, from the issue; null is told only. `note`: what stands behind the figure. */
export type Figure = { readonly name: string; readonly figure: number; readonly unit: 'ms' | 'MB' | '×' | 'B'; readonly limit: number | null; readonly note?: string }

/** Every file in build/bench exports one. */
export type Bench = () => Figure[] | Promise<Figure[]>

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (middle === undefined) throw new Error('nothing was measured')
  return middle
}

/** Runs `script` in a process of its own and reads the JSON that it prints. */
export function fresh<T>(script: string, ...args: readonly string[]): T {
  return run<T>(['--expose-gc', script, ...args])
}

/** The same with the young generation that a job's thread has. */
export function freshJob<T>(script: string, ...args: readonly string[]): T {
  return run<T>(['--expose-gc', `--max-semi-space-size=${youngMb / 3}`, script, ...args])
}

function run<T>(args: readonly string[]): T {
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as T
}

/** Milliseconds of each of `runs` calls after one that warms the caches up. */
export function timed(runs: number, work: () => unknown): number[] {
  work()
  return Array.from({ length: runs }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
}

export async function inTempFolder<T>(work: (dir: string) => T | Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'dutydesk-bench-'))
  try {
    return await work(dir)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

export function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024)
}
