/**
 * The model of exchange.md section 9 on the real engine: real data folders, real packages, real signatures. Machines write, send (everything, or by what the
 * others said last that they have), take in whatever file in whatever order, lose files, are cloned, put back to a backup, noticed or not; months pass; clocks are
 * up to ten days off. The end is the everyday exchange over a hub, not a full one, which would hide bugs. All names are invented.
 */
import { createHash } from 'node:crypto'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { normalVector } from '../../shared/merge/vectors.ts'
import { listConflicts } from '../../electron/store/queries/conflicts.ts'
import { registerHistory } from '../../electron/store/queries/history.ts'
import { author, clean, cleanFrom, tempCount, tempDir, unitValue } from './store.ts'
import { rememberSignatures } from './same-answers.ts'
import { copyOf, firstOffice, nextOffice, put, reopen, take, type Office } from './exchange-office.ts'

const day = 24 * 60 * 60 * 1000
const kinds = ['edit', 'edit', 'edit', 'edit', 'remove', 'export', 'export', 'export', 'take', 'take', 'take', 'take', 'lose', 'copy', 'backup', 'restore', 'later'] as const
export type Step = { readonly kind: (typeof kinds)[number]; readonly machine: number; readonly at: number; readonly yes: boolean }
export const steps: fc.Arbitrary<readonly Step[]> = fc.array(fc.record({ kind: fc.constantFrom(...kinds), machine: fc.nat(99), at: fc.nat(99), yes: fc.boolean() }), { minLength: 6, maxLength: 18 })

/** Five machines of one group that have met, and know it. */
export async function newWorld(): Promise<readonly Office[]> {
  const hub = await firstOffice('甲机')
  const world = [hub]
  for (const name of ['乙机', '丙机', '丁机', '戊机']) world.push(await nextOffice(hub, name))
  const first = await put(hub)
  for (const office of world.slice(1)) await take(office, first)
  const said = []
  for (const office of world) said.push(await put(office))
  for (const office of world) for (const file of said) await take(office, file)
  // Once more: everybody hears that everybody has it.
  const heard = []
  for (const office of world) heard.push(await put(office, false))
  for (const office of world) for (const file of heard) await take(office, file)
  // Every run copies the folders: the copies in them that were made before each file was taken are most of it, and none is looked at.
  for (const { folder } of world) rmSync(join(folder.dir, 'copies'), { recursive: true, force: true })
  return world
}

const units = 3
const rowOf = (unit: number): string => createHash('sha256').update(`unit ${unit}`).digest('hex').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-7$3-8$4-$5')
const rows = Array.from({ length: units }, (_, unit) => rowOf(unit))

/** What was written, and what its machine had of the row when it was: from the log, so that no look-up of the engine judges itself. */
type Written = { readonly mark: string; readonly row: string; readonly removal: boolean; readonly over: ReadonlySet<string> }
type Machine = { office: Office; readonly knows: Set<string>; backup: { readonly dir: string; readonly knows: ReadonlySet<string> } | null }
/** What the machine has of a row: marks of edits and removals, whoever wrote them. */
function marksOf({ folder: { store } }: Office, row: string): Set<string> {
  const of = (register: 'identity'): (string | null)[] => store.read((db) => registerHistory(db, 'unit', row, register)).map((one) => one.note)
  return new Set([...of('identity'), ...of('tombstone' as 'identity')].filter((one) => one !== null))
}
type File = { readonly path: string; readonly holds: ReadonlySet<string> }
const mostMachines = 7

/** Throws the name of what is broken: 'diverged', 'conflicts', 'parked', 'lost', 'rebuilt', 'epoch', or of a row that is not as its edits say. */
export async function play(world: readonly Office[], story: readonly Step[], name: string): Promise<void> {
  const machines = world.map((office, at): Machine => ({ office: copyOf(office, `${name} ${at}`, false), knows: new Set(), backup: null }))
  for (const [at, { office }] of machines.entries()) office.env.clock += (at - 2) * 5 * day
  let files: readonly File[] = []
  const written: Written[] = []
  for (const [index, step] of story.entries()) files = await act(machines, files, written, step, `${name} ${index}`)
  // A copied disk that nobody noticed and on which nobody writes has nothing to lose, and cannot be told from the first one.
  for (const [at, one] of machines.entries()) await act([one], files, written, { kind: 'edit', machine: 0, at: at % units, yes: true }, `${name} last ${at}`)
  await everydayExchange(machines.map((one) => one.office))
  check(machines)
  checkRows(machines[0]!.office, written)
  for (const { office } of machines) office.folder.store.close()
}

async function act(machines: Machine[], files: readonly File[], written: Written[], { kind, machine, at, yes }: Step, mark: string): Promise<readonly File[]> {
  const one = machines[machine % machines.length]!
  const { folder: { store } } = one.office
  const row = rowOf(at % units)
  if (kind === 'edit' || kind === 'remove') {
    written.push({ mark, row, removal: kind === 'remove', over: marksOf(one.office, row) })
    store.write({ kind: `units.${kind}`, author, note: mark }, (tx) => (kind === 'edit' ? tx.put('unit', row, 'identity', unitValue(mark), yes ? row : undefined) : tx.remove('unit', row)))
    // A removal of what is not there writes nothing.
    if (marksOf(one.office, row).has(mark)) one.knows.add(`${row} ${mark}`)
  }
  if (kind === 'later') for (const { office } of machines) office.env.clock += 40 * day
  if (kind === 'copy' && machines.length < mostMachines) machines.push({ office: copyOf(one.office, `${mark} copy`, yes), knows: new Set(one.knows), backup: null })
  if (kind === 'backup') one.backup = { dir: snapshot(one.office), knows: new Set(one.knows) }
  if (kind === 'restore' && one.backup) putBack(one, one.backup, yes)
  if (kind === 'lose' && files.length > 0) return files.filter((_, place) => place !== at % files.length)
  if (kind === 'export') return [...files, { path: await put(one.office, yes), holds: yes ? new Set(one.knows) : new Set() }]
  const file = files[at % Math.max(1, files.length)]
  if (kind === 'take' && file) await takeIn(one, file)
  return files
}

function snapshot({ folder }: Office): string {
  const dir = join(tempDir(), 'backup')
  cpSync(folder.dir, dir, { recursive: true })
  return dir
}

/** What had not left the machine since the backup is gone for good: that is no loss of the exchange. */
function putBack(one: Machine, backup: NonNullable<Machine['backup']>, notice: boolean): void {
  const { origin } = one.office.folder.store.identity
  one.office = reopen(one.office, backup.dir, notice)
  broken('epoch', notice && one.office.folder.store.identity.origin === origin)
  one.knows.clear()
  for (const edit of backup.knows) one.knows.add(edit)
}

async function takeIn(one: Machine, { path, holds }: File): Promise<void> {
  await take(one.office, path)
  for (const edit of holds) one.knows.add(edit)
}

/** Everybody gives the hub what it lacks, and gets what he lacks, as often as it takes when nobody's knowledge of the others can be trusted. */
async function everydayExchange(offices: readonly Office[]): Promise<void> {
  const [hub, ...others] = offices as readonly [Office, ...Office[]]
  for (let round = 0; round < 4; round++) {
    for (const office of others) await take(hub, await put(office, false))
    const back = await put(hub, false)
    for (const office of others) await take(office, back)
    if (new Set(offices.map(knownTo)).size === 1) return
  }
}

/** Not the digests alone: of what was overwritten since, they say nothing, and a machine may still wait for it. */
function knownTo({ folder: { store } }: Office): string {
  return JSON.stringify([store.digest(), normalVector(store.log.tips()), store.parked.count()])
}

function broken(what: string, is: boolean): void {
  if (is) throw new Error(what)
}

function check(machines: readonly Machine[]): void {
  const stores = machines.map((one) => one.office.folder.store)
  const said = (look: (store: (typeof stores)[number]) => unknown): number => new Set(stores.map((store) => JSON.stringify(look(store)))).size
  const written = new Set(machines.flatMap((one) => [...one.knows]))
  broken('parked', stores.some((store) => store.parked.count() > 0))
  broken('diverged', said((store) => store.digest()) > 1 || said((store) => [...store.dump()]) > 1)
  broken('conflicts', said((store) => store.read(listConflicts)) > 1)
  for (const store of stores) {
    const kept = new Set(rows.flatMap((row) => [...marksOf({ folder: { store } } as Office, row)].map((mark) => `${row} ${mark}`)))
    broken('lost', [...written].some((one) => !kept.has(one)))
  }
  const [first] = stores
  const before = [...first!.dump()].join('')
  first!.rebuildProjection()
  broken('rebuilt', [...first!.dump()].join('') !== before)
}

/**
 * Beside the engine's own answer: the survivors are the edits over which nobody wrote, two different ones are a conflict that shows all of them, the only one is
 * what is shown; an edit that no removal had before it keeps the row, and where nobody wrote after a removal, removals of all that survives take it away.
 */
function checkRows({ folder: { store } }: Office, written: readonly Written[]): void {
  const conflicts = new Map(store.read(listConflicts).map((one) => [`${one.register} ${one.row}`, one.survivors.map((survivor) => survivor.value['name']).sort()]))
  const visible = new Map((JSON.parse([...store.dump()].join('')) as { unit: { id: string; name: string }[] }).unit.map((one) => [one.id, one.name]))
  for (const row of rows) {
    const here = marksOf({ folder: { store } } as Office, row)
    const [removals, edits] = [true, false].map((removal) => written.filter((one) => one.row === row && here.has(one.mark) && one.removal === removal)) as [Written[], Written[]]
    const survivors = edits.filter((one) => !edits.some((other) => other.over.has(one.mark))).map((one) => one.mark).sort()
    const shown = visible.get(row)
    broken('shown', shown !== undefined && !survivors.includes(shown))
    const unknown = survivors.filter((mark) => !removals.some((one) => one.over.has(mark)))
    broken('removed', unknown.length > 0 && shown === undefined)
    const untouched = !edits.some((edit) => removals.some((one) => edit.over.has(one.mark)))
    broken('kept', removals.length > 0 && untouched && unknown.length === 0 && shown !== undefined)
    broken('survivors', shown !== undefined && JSON.stringify(conflicts.get(`identity ${row}`) ?? [shown]) !== JSON.stringify(survivors.length > 1 ? survivors : [shown]))
  }
}

export type ModelResult = { readonly broken: string | null; readonly runs: number; readonly story: readonly Step[] | null }

/** Without shrinking: the story as it was found. DUTYDESK_MODEL_SEED and the number of the run repeat it. `done`: after each run, with its number. */
export async function modelRuns(runs: number, seed: number, done: (run: number) => void = () => {}): Promise<ModelResult> {
  rememberSignatures()
  const world = await newWorld()
  let run = 0
  // A run leaves some fifty megabytes behind: a hundred thousand of them have room nowhere.
  const kept = tempCount()
  const one = async (story: readonly Step[]): Promise<void> => {
    await play(world, story, `run ${(run += 1)}`)
    cleanFrom(kept)
    done(run)
  }
  try {
    const result = await fc.check(fc.asyncProperty(steps, one), { numRuns: runs, seed, endOnFailure: true, examples: stories.map((story) => [story]) })
    return { broken: result.failed ? String((result.errorInstance as Error | null)?.message) : null, runs: run, story: result.counterexample?.[0] ?? null }
  } finally {
    for (const office of world) office.folder.store.close()
    clean()
  }
}

const told = (kind: Step['kind'], machine = 0, at = 0, yes = true): Step => ({ kind, machine, at, yes })
const others = [0, 2, 3, 4] as const
const allTake = (but: number): Step[] => [0, 1, 2, 3, 4].filter((one) => one !== but).map((one) => told('take', one))

/** Each of them tells this machine what it has: files 1, 2 … behind one that is there. */
const tell = (to: number, from: readonly number[]): Step[] => from.flatMap((one, index) => [told('export', one), told('take', to, index + 1)])

/** Told before the random ones: what the mutants of mutants.ts stumble over. Only machines that months have passed over send nothing twice. */
const stories: readonly (readonly Step[])[] = [
  // Concurrent edits, and one whose writer knew another; a removal beside an edit that it did not know.
  [told('edit', 1), told('export', 1), ...allTake(1), told('edit', 2), told('edit', 3), told('remove', 4), told('edit', 1, 1), told('export', 1, 0, false), told('take', 3, 1), told('edit', 3, 1), told('edit', 2, 1)],
  // Put back unnoticed, after everybody had what it wrote and knew that of everybody; it hears of it, and goes on in the same lane.
  [
    told('backup', 1), told('edit', 1), told('export', 1), ...allTake(1), ...others.map((one) => told('export', one)), ...others.flatMap((one) => [1, 2, 3, 4].map((file) => told('take', one, file))),
    told('later'), told('restore', 1, 0, false), ...others.map((one) => told('export', one, 0, false)), ...[5, 6, 7, 8].map((file) => told('take', 1, file)), told('edit', 1), told('later'),
  ],
  // The same, and the hub has both branches long before the others hear of the second.
  [told('backup', 1), told('edit', 1), told('export', 1), ...allTake(1), told('restore', 1, 0, false), told('edit', 1), told('export', 1), told('take', 0, 1), told('later')],
  // A stick that is lost.
  [told('edit', 1), told('export', 1, 0, false), told('lose'), told('later')],
  // A machine that told what it had, and is put back to before that.
  [told('backup', 2), told('edit', 1), told('export', 1), ...allTake(1), ...tell(0, [2, 3, 4]), told('restore', 2, 0, false), told('later')],
  // The same, and what comes next comes before what is missing.
  [told('backup', 2), told('edit', 1), told('export', 1), ...allTake(1), ...tell(1, [0, 2, 3, 4]), told('restore', 2, 0, false), told('later'), told('edit', 1), told('export', 1, 0, false), told('take', 2, 5)],
  // Put back, and noticed.
  [told('backup', 3), told('edit', 3), told('export', 3), told('restore', 3), told('edit', 3)],
]
