/** kill -9 at random moments: 23 and 4 of the safety copy here, 300 in `npm run proof:kills` (test/host/kills.ts says what must be true after each). DUTYDESK_KILL_SEED repeats a run. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { killBackups, killExports, killImports, killSteps, killWorld, type World } from '../../../host/kills.ts'
import { clean } from '../../../host/store.ts'

const seed = process.env['DUTYDESK_KILL_SEED'] ?? String(Date.now())
let world: World
beforeAll(async () => {
  console.log(`kill seed ${seed}`)
  world = await killWorld()
})
afterAll(clean)

test('killed at every step of the safety copy: nothing came in, no copy that has its name is half, and the next import works', async () => {
  const { steps, nothing, cut } = await killSteps(world, true)
  expect(steps.map((step) => step.split(' ')[0])).toEqual(['copy', 'half', 'sync', expect.any(String)])
  expect([nothing, cut]).toEqual([4, 4])
}, 120_000)

// The exports and the backups close the sender's folder.
test('13 killed imports leave the whole package or nothing; 7 killed exports no half file under the name; the next try works', async () => {
  const imports = await killImports(world, 13, seed)
  const exports = await killExports(world, 7, seed)
  expect([imports.kills, exports.kills]).toEqual([13, 7])
  // Else nobody was killed in the middle of anything.
  expect(imports.cut + exports.cut).toBeGreaterThan(5)
}, 300_000)

test('3 killed backups: the old one or the new one is whole, the next try works, and the last one brings everything back', async () => {
  expect((await killBackups(world, 3, seed)).kills).toBe(3)
}, 120_000)
