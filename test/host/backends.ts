/** Environments and backends for tests: a clock that stands still until it is moved, seeded bytes, a fresh folder. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { localDay } from '../../electron/doors/env.ts'
import type { DoorName, Env } from '../../electron/services/context.ts'
import { keyCost } from './store.ts'

export type TestEnv = Env & { readonly clock: { now: number }; readonly lines: { event: string; fields: Record<string, unknown> }[] }

/** 6 July 2026, 09:00 in Shanghai. */
export const testNow = Date.UTC(2026, 6, 6, 1)

/** SHA-256 in counter mode over the seed. */
export function seededRandom(seed: string): (bytes: number) => Uint8Array {
  let counter = 0
  return (bytes) => {
    const out = Buffer.alloc(bytes)
    for (let at = 0; at < bytes; at += 32) createHash('sha256').update(`${seed}/${counter++}`).digest().copy(out, at)
    return out
  }
}

export function testFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'dutydesk-test-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

export function testEnv({ door = 'terminal', dataDir = join(testFolder(), 'data'), seed = 'seed' }: { door?: DoorName; dataDir?: string; seed?: string } = {}): TestEnv {
  const clock = { now: testNow }
  const lines: TestEnv['lines'] = []
  return {
    door, version: '0.0.0-test', dataDir, machine: 'test', clock, lines, now: () => clock.now, today: () => localDay(clock.now), random: seededRandom(seed), keyCost,
    log: (event, fields = {}) => void lines.push({ event, fields }),
  }
}
