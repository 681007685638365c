/** kill -9 at random moments and before chosen steps of an import, an export or a backup, and what must be true after each one. Throws what was not, with the seed and the moment. */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Tip } from '../../shared/merge/vectors.ts'
import { unwrap } from '../../shared/result.ts'
import { readVolumeHead } from '../../electron/services/exchange/format/read.ts'
import { prepareGroup } from '../../electron/services/exchange/found.ts'
import { newDeviceKeys } from '../../electron/services/exchange/keys/group.ts'
import { settle } from '../../electron/services/exchange/place.ts'
import { recover } from '../../electron/services/exchange/recover.ts'
import { openWithKey, type DataFolder } from '../../electron/store/data-folder.ts'
import { openDatabase } from '../../electron/store/open.ts'
import { askingOffice } from './golden.ts'
import { firstOffice, nextOffice, put, take, workOf, type Office } from './exchange-office.ts'
import { seededRandom } from './seeded.ts'
import { author, tempDir, testEnv, unitValue } from './store.ts'

const child = join(import.meta.dirname, 'exchange-child.ts')

/** `cut`: killed before it was done. Of those `whole` had all of it already, `nothing` none. */
export type KillTally = { kills: number; cut: number; whole: number; nothing: number; workMs: number }

/** `killAt`: right before that call that changes files (file-calls.ts); 0: never, and the calls are listed. */
type Run = { readonly mode: 'receive' | 'send' | 'backup'; readonly folder: DataFolder; readonly file: string; readonly killAt?: number }
type Ended = { readonly out: string; readonly ms: number }

/** Kills `after` ms behind `ready`; undefined: not by time. */
function runChild({ mode, folder, file, killAt }: Run, after?: number): Promise<Ended> {
  const env = killAt === undefined ? process.env : { ...process.env, KILL_AT: String(killAt) }
  return new Promise((resolve) => {
    const running = spawn(process.execPath, [child, mode, folder.dir, Buffer.from(folder.key).toString('hex'), file], { stdio: ['ignore', 'pipe', 'inherit'], env })
    const seen = { out: '', ready: 0, ms: 0 }
    running.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (seen.out === '') {
        seen.ready = performance.now()
        if (after !== undefined) setTimeout(() => running.kill('SIGKILL'), after)
      }
      seen.out += text
      seen.ms = performance.now() - seen.ready
    })
    running.on('close', () => resolve(seen))
  })
}

export type World = { readonly sender: Office; readonly receiver: Office; readonly blob: string }

/** Work enough that a moment can lie in every step: 400 units and an attachment of 1 MB, which only the first office has. */
export async function killWorld(): Promise<World> {
  const sender = await firstOffice('甲机')
  const receiver = await nextOffice(sender, '乙机')
  const { store } = sender.folder
  const bytes = seededRandom('scan')(1024 * 1024)
  const blob = store.blobs.put(bytes)
  store.write({ kind: 'units.save', author }, (tx) => {
    for (let at = 0; at < 400; at++) tx.put('unit', tx.newId(), 'identity', unitValue(`单位${at}`))
    tx.put('attachment', tx.newId(), 'fact', { ownerId: tx.newId(), fileName: '扫描.png', mime: 'image/png', size: bytes.length, sha256: blob })
  })
  return { sender, receiver, blob }
}

function must(what: string, is: boolean, where: string): void {
  if (!is) throw new Error(`${what}: ${where}`)
}
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** `run` with killAt 0. */
async function stepsOf(run: Run): Promise<string[]> {
  const [, done, listed = ''] = (await runChild(run)).out.split('\n')
  must('a try that nobody killed', done === 'done', run.mode)
  return JSON.parse(listed) as string[]
}

/** Numbers from 0 to 1. */
function moments(seed: string): () => number {
  const random = seededRandom(seed)
  return () => Buffer.from(random(4)).readUInt32BE(0) / 2 ** 32
}

async function workMs(run: (at: number) => Promise<Ended>): Promise<number> {
  const [one, other] = [await run(0), await run(1)]
  must('a try that nobody killed', one.out.includes('done') && other.out.includes('done'), `${one.out} ${other.out}`)
  return Math.max(one.ms, other.ms)
}

/** A package, a copy of the receiver's folder for every try to take it in, and what must be true afterwards; `settled` gives whether all of it was in. */
async function importing({ sender, receiver, blob }: World) {
  const file = await put(sender)
  const { id } = (await readVolumeHead(file, 'stick')).header
  const snapshot = join(tempDir(), 'before')
  cpSync(receiver.folder.dir, snapshot, { recursive: true })
  const before = receiver.folder.store.digest()
  const after = (await take(receiver, file, true)).digest
  must('the package says something', !same(before, after), file)
  const dir = join(tempDir(), 'victim')
  const fresh = (killAt?: number): Run => {
    rmSync(dir, { recursive: true, force: true })
    cpSync(snapshot, dir, { recursive: true })
    return { mode: 'receive', folder: { ...receiver.folder, dir }, file, ...(killAt === undefined ? {} : { killAt }) }
  }
  async function settled(out: string, where: string): Promise<boolean> {
    const env = { ...receiver.env, dataDir: dir }
    const folder = unwrap(openWithKey(dir, receiver.folder.key, env))
    const { store } = folder
    const whole = same(store.digest(), after)
    must('the whole package or nothing', whole || same(store.digest(), before), where)
    must('done is done', whole || !out.includes('done'), where)
    must('known exactly when it is in', store.exchange.hasPackage(id, 'in') === whole, where)
    must('a row of an attachment comes after its file', !whole || store.blobs.has(blob), where)
    must('verify', same(store.verify(), { ok: true, problems: [] }), where)
    const copies = checkCopies(folder, where)
    must('a copy before anything came in', !whole || copies > 0, where)
    const report = await take({ folder, env, name: '乙机' }, file)
    must('the next try', report.again === whole && same(store.digest(), after) && store.blobs.has(blob), where)
    must('its copy', checkCopies(folder, where) === copies + (whole ? 0 : 1), where)
    store.close()
    return whole
  }
  return { dir, fresh, settled }
}

const none = (): KillTally => ({ kills: 0, cut: 0, whole: 0, nothing: 0, workMs: 0 })

/** Each kill on a fresh copy of the receiver's folder. */
export async function killImports(world: World, kills: number, seed: string): Promise<KillTally> {
  const { fresh, settled } = await importing(world)
  const tally = { ...none(), workMs: await workMs(() => runChild(fresh())) }
  const moment = moments(seed)
  for (; tally.kills < kills; tally.kills++) {
    const delay = moment() * tally.workMs
    const { out } = await runChild(fresh(), delay)
    count(tally, out, await settled(out, `${seed}, import ${tally.kills}, ${delay.toFixed(1)} ms`))
  }
  return tally
}

/** Killed right before each call of an import that changes files, and in the middle of the safety copy's bytes; `copies`: only from there to the first call behind it. */
export async function killSteps(world: World, copies: boolean): Promise<KillTally & { readonly steps: readonly string[] }> {
  const { dir, fresh, settled } = await importing(world)
  const steps = await stepsOf(fresh(0))
  const tally = { ...none(), steps: [] as string[] }
  const [from, to] = copies ? [steps.findIndex((step) => step.startsWith('copy ')), steps.findLastIndex((step) => step.includes(join(dir, 'copies'))) + 1] : [0, steps.length]
  for (const [index, step] of steps.entries()) {
    // A sync changes nothing that a kill could show.
    if (index < from || index > to || steps[index - 1]?.startsWith('sync ')) continue
    const { out } = await runChild(fresh(index + 1))
    must('killed', out === 'ready\n', `${step}: ${out}`)
    tally.steps.push(step.replaceAll(dir, ''))
    tally.kills++
    count(tally, out, await settled(out, `import, before ${step}`))
  }
  return tally
}

/** How many safety copies have their name: each of them can be opened. */
function checkCopies({ dir, key }: DataFolder, where: string): number {
  const copies = join(dir, 'copies')
  const names = (existsSync(copies) ? readdirSync(copies) : []).filter((name) => name.endsWith('.db'))
  for (const name of names) {
    const db = openDatabase(join(copies, name), key)
    must('a safety copy', db.pragma('integrity_check', { simple: true }) === 'ok', where)
    db.close()
  }
  return names.length
}

/** `says`: what a reader learns from the package; `own`: the sender's office, open. */
type Writing = { readonly mode: 'send' | 'backup'; readonly says: (own: Office, file: string) => Promise<unknown>; readonly expected: (own: Office) => Promise<unknown> }

/**
 * Each kill on the sender's own folder, which is closed for it, over a package that lies on the stick already; gives that of the last try. Every other kill comes
 * at some time, the others right before a call, spread over all calls.
 */
async function killWrites({ sender: { folder: at, env, name } }: World, kills: number, seed: string, { mode, says, expected: expect }: Writing): Promise<{ readonly tally: KillTally; readonly file: string }> {
  const stick = join(tempDir(), 'stick')
  mkdirSync(stick)
  const file = join(stick, 'out.dspk')
  at.store.close()
  const run: Run = { mode, folder: at, file }
  const open = (): Office => ({ folder: unwrap(openWithKey(at.dir, at.key, env)), env, name })
  const before = open()
  const [full, { origin }] = [before.folder.store.digest(), before.folder.store.identity]
  const expected = await expect(before)
  before.folder.store.close()
  const steps = await stepsOf({ ...run, killAt: 0 })
  const tally = { ...none(), workMs: (await runChild(run)).ms }
  const moment = moments(seed)
  for (; tally.kills < kills; tally.kills++) {
    const delay = moment() * tally.workMs
    const step = Math.floor(((tally.kills + moment()) / kills) * steps.length)
    const byTime = tally.kills % 2 === 1
    const where = `${seed}, ${mode} ${tally.kills}, ${byTime ? `${delay.toFixed(1)} ms` : `before ${step}: ${steps[step]}`}`
    const old = readFileSync(file)
    const { out } = await (byTime ? runChild(run, delay) : runChild({ ...run, killAt: step + 1 }))
    must('nothing but parts beside it', readdirSync(stick).every((one) => one === 'out.dspk' || one.endsWith('.part')), where)
    const whole = !readFileSync(file).equals(old)
    must('done is done', whole || !out.includes('done'), where)
    const own = open()
    const { store } = own.folder
    must('the witness is of this database', settle(env, store) === 'same' && store.identity.origin === origin, where)
    must('verify', same([store.verify(), store.digest()], [{ ok: true, problems: [] }, full]), where)
    // The old one is as it was; a new one is whole to its last byte.
    if (whole) must('a whole package under the name', same(await says(own, file), expected), where)
    must('the next try', (await runChild(run)).out.includes('done') && same(readdirSync(stick), ['out.dspk']), where)
    must('its package', same(await says(own, file), expected), where)
    store.close()
    count(tally, out, whole)
  }
  return { tally, file }
}

export async function killExports(world: World, kills: number, seed: string): Promise<KillTally> {
  const says = async (_: Office, file: string): Promise<unknown> => (await take(world.receiver, file, true)).digest
  return (await killWrites(world, kills, seed, { mode: 'send', says, expected: async (own) => says(own, await put(own)) })).tally
}

/** Only the office itself can read it; in the end a machine that has lost everything has all of it again. */
export async function killBackups(world: World, kills: number, seed: string): Promise<KillTally> {
  const { name } = world.sender
  let tips: Tip[] = []
  let all = 0
  const { tally, file } = await killWrites(world, kills, seed, {
    mode: 'backup',
    async says(own, path) {
      const { new: fresh, duplicate, parked, blobs, digest } = await take(own, path, true)
      return { fresh, duplicate, parked, blobs, digest }
    },
    expected({ folder: { store } }) {
      tips = store.log.tips()
      all = tips.reduce((sum, tip) => sum + store.log.laneSize(tip, 1).changes, 0)
      return Promise.resolve({ fresh: 0, duplicate: all, parked: 0, blobs: 1, digest: store.digest() })
    },
  })
  const lost = await askingOffice('戊机', newDeviceKeys(seededRandom(seed)))
  // The same seed gives the same keys.
  const { escrowIdentity } = (await prepareGroup({ ...testEnv(name), version: '', machine: '' })).made
  const { report } = unwrap(await recover({ name: 'recover', path: file, place: 'disk', escrowKey: escrowIdentity }, workOf(lost)))
  const back = lost.folder.store
  must('all is recovered', report.new === all && tips.every(({ head }) => back.log.has(head)) && back.blobs.has(world.blob), seed)
  must('verify', same(back.verify(), { ok: true, problems: [] }), seed)
  return tally
}

function count(tally: KillTally, out: string, whole: boolean): void {
  if (out.includes('done')) return
  tally.cut++
  if (whole) tally.whole++
  else tally.nothing++
}
