/** The model in the test command: 500 runs, half of them in each of two files, so that both cores work. DUTYDESK_MODEL_RUNS for more, DUTYDESK_MODEL_SEED to repeat. */
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { modelRuns } from './exchange-model.ts'

// No disk is tested here: in memory where the system has such a place.
if (existsSync('/dev/shm')) process.env['TMPDIR'] = '/dev/shm'

export function modelTest(half: 0 | 1): void {
  const runs = Math.ceil(Number(process.env['DUTYDESK_MODEL_RUNS'] ?? 500) / 2)
  const seed = Number(process.env['DUTYDESK_MODEL_SEED'] ?? Date.now() % 2 ** 31) + half
  test(`nothing is lost, people's disagreements are found, and all end equal (seed ${seed}, ${runs} runs)`, async () => {
    expect(await modelRuns(runs, seed)).toMatchObject({ broken: null, story: null, runs })
  }, 7_200_000)
}
