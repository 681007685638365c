/**
 * Model on the real engine: machines write, export (all, or by the last vector seen), take in whatever file in whatever order, and are copied, noticed or
 * not; clocks are up to ten days off. In the end everybody has every edit and the same state. DUTYDESK_MODEL_RUNS for more runs, DUTYDESK_MODEL_SEED to repeat.
 */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listConflicts } from '../../../../electron/store/queries/conflicts.ts'
import { registerHistory } from '../../../../electron/store/queries/history.ts'
import { author, clean, unitValue } from '../../../host/store.ts'
import { copyOf, exchangeAll, firstOffice, nextOffice, put, take, type Office } from '../../../host/exchange-office.ts'

const runs = Number(process.env['DUTYDESK_MODEL_RUNS'] ?? 25)
const seed = Number(process.env['DUTYDESK_MODEL_SEED'] ?? Date.now() % 2 ** 31)
const day = 24 * 60 * 60 * 1000
const rowOf = (unit: number): string => createHash('sha256').update(`unit ${unit}`).digest('hex').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-7$3-8$4-$5')

type Step = { readonly kind: 'edit' | 'remove' | 'export' | 'take' | 'copy'; readonly machine: number; readonly at: number; readonly yes: boolean }
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('edit' as const, 'edit' as const, 'edit' as const, 'remove' as const, 'export' as const, 'export' as const, 'take' as const, 'take' as const, 'take' as const, 'copy' as const),
  machine: fc.nat(9), at: fc.nat(20), yes: fc.boolean(),
})

let base: Office[] = []
beforeAll(async () => {
  const a = await firstOffice('甲机')
  base = [a, await nextOffice(a, '乙机'), await nextOffice(a, '丙机')]
  const first = await put(a)
  for (const office of base.slice(1)) await take(office, first)
}, 120_000)
afterAll(clean)

async function play(steps: readonly Step[], name: string): Promise<void> {
  const machines = base.map((office, at) => copyOf(office, `${name} ${at}`, false))
  for (const [at, machine] of machines.entries()) machine.env.clock += (at - 1) * 10 * day
  const files: string[] = []
  const written: [row: string, value: string][] = []
  for (const [index, { kind, machine: number, at, yes }] of steps.entries()) {
    const machine = machines[number % machines.length]!
    const row = rowOf(at % 3)
    if (kind === 'edit') {
      written.push([row, `值${index}`])
      machine.folder.store.write({ kind: 'units.save', author }, (tx) => tx.put('unit', row, 'identity', unitValue(`值${index}`), yes ? row : undefined))
    }
    if (kind === 'remove') machine.folder.store.write({ kind: 'units.remove', author }, (tx) => tx.remove('unit', row))
    if (kind === 'export') files.push(await put(machine, yes))
    if (kind === 'take' && files.length > 0) await take(machine, files[at % files.length]!, false)
    if (kind === 'copy' && machines.length < 5) machines.push(copyOf(machine, `${name} copy ${index}`, yes))
  }
  await exchangeAll(machines)
  const [first] = machines
  for (const { folder: { store } } of machines) {
    expect(store.digest()).toEqual(first!.folder.store.digest())
    expect(store.read(listConflicts)).toEqual(first!.folder.store.read(listConflicts))
    expect(store.parked.count()).toBe(0)
    const kept = new Set([0, 1, 2].flatMap((unit) => store.read((db) => registerHistory(db, 'unit', rowOf(unit), 'identity')).map((one) => `${rowOf(unit)} ${one.value.name}`)))
    expect(written.filter(([row, value]) => !kept.has(`${row} ${value}`))).toEqual([])
    const digest = store.digest()
    store.rebuildProjection()
    expect(store.digest()).toEqual(digest)
  }
  for (const { folder } of machines) folder.store.close()
}

test(`nothing is lost and all end equal (seed ${seed}, ${runs} runs)`, async () => {
  let run = 0
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), (steps) => play(steps, `run ${(run += 1)}`)), { numRuns: runs, seed, endOnFailure: true })
}, 3_600_000)
