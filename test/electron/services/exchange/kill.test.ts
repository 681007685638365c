/** kill -9 at random moments: 20 here, 250 in `npm run proof:kills` (test/host/kills.ts says what must be true after each). DUTYDESK_KILL_SEED repeats a run. */
import { afterEach, expect, test } from 'vitest'
import { killExports, killImports, killWorld } from '../../../host/kills.ts'
import { clean } from '../../../host/store.ts'

afterEach(clean)
const seed = process.env['DUTYDESK_KILL_SEED'] ?? String(Date.now())

test('13 killed imports leave the whole package or nothing; 7 killed exports no half file under the name; the next try works', async () => {
  console.log(`kill seed ${seed}`)
  const world = await killWorld()
  const imports = await killImports(world, 13, seed)
  const exports = await killExports(world, 7, seed)
  expect([imports.kills, exports.kills]).toEqual([13, 7])
  // Else nobody was killed in the middle of anything.
  expect(imports.cut + exports.cut).toBeGreaterThan(5)
}, 300_000)
