/** kill -9 at random moments of an import or an export, and what must be true after each one. Throws what was not, with the seed and the moment. */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { unwrap } from '../../shared/result.ts'
import { readVolumeHead } from '../../electron/services/exchange/format/read.ts'
import { settle } from '../../electron/services/exchange/place.ts'
import { openWithKey, type DataFolder } from '../../electron/store/data-folder.ts'
import { openDatabase } from '../../electron/store/open.ts'
import { firstOffice, nextOffice, put, take, type Office } from './exchange-office.ts'
import { seededRandom } from './seeded.ts'
import { author, tempDir, unitValue } from './store.ts'

const child = join(import.meta.dirname, 'exchange-child.ts')

/** `cut`: killed before it was done. Of those `whole` had all of it already, `nothing` none. */
export type KillTally = { kills: number; cut: number; whole: number; nothing: number; workMs: number }

type Run = { readonly mode: 'receive' | 'send'; readonly folder: DataFolder; readonly file: string }
type Ended = { readonly out: string; readonly ms: number }

/** Kills `after` ms behind `ready`; undefined: not at all. */
function runChild({ mode, folder, file }: Run, after?: number): Promise<Ended> {
  return new Promise((resolve) => {
    const running = spawn(process.execPath, [child, mode, folder.dir, Buffer.from(folder.key).toString('hex'), file], { stdio: ['ignore', 'pipe', 'inherit'] })
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

/** Each kill on a fresh copy of the receiver's folder. */
export async function killImports({ sender, receiver, blob }: World, kills: number, seed: string): Promise<KillTally> {
  const file = await put(sender)
  const { id } = (await readVolumeHead(file, 'stick')).header
  const snapshot = join(tempDir(), 'before')
  cpSync(receiver.folder.dir, snapshot, { recursive: true })
  const before = receiver.folder.store.digest()
  const after = (await take(receiver, file, true)).digest
  must('the package says something', !same(before, after), seed)
  const dir = join(tempDir(), 'victim')
  const fresh = (): Run => {
    rmSync(dir, { recursive: true, force: true })
    cpSync(snapshot, dir, { recursive: true })
    return { mode: 'receive', folder: { ...receiver.folder, dir }, file }
  }
  const tally: KillTally = { kills: 0, cut: 0, whole: 0, nothing: 0, workMs: await workMs(() => runChild(fresh())) }
  const moment = moments(seed)
  for (; tally.kills < kills; tally.kills++) {
    const delay = moment() * tally.workMs
    const where = `${seed}, import ${tally.kills}, ${delay.toFixed(1)} ms`
    const { out } = await runChild(fresh(), delay)
    const env = { ...receiver.env, dataDir: dir }
    const folder = unwrap(openWithKey(dir, receiver.folder.key, env))
    const { store } = folder
    const whole = same(store.digest(), after)
    must('the whole package or nothing', whole || same(store.digest(), before), where)
    must('done is done', whole || !out.includes('done'), where)
    must('known exactly when it is in', store.exchange.hasPackage(id, 'in') === whole, where)
    must('a row of an attachment comes after its file', !whole || store.blobs.has(blob), where)
    must('verify', same(store.verify(), { ok: true, problems: [] }), where)
    checkCopies(folder, where)
    const report = await take({ folder, env, name: '乙机' }, file)
    must('the next try', report.again === whole && same(store.digest(), after) && store.blobs.has(blob), where)
    store.close()
    count(tally, out, whole)
  }
  return tally
}

/** A safety copy that has its name can be opened. */
function checkCopies({ dir, key }: DataFolder, where: string): void {
  const copies = join(dir, 'copies')
  for (const name of existsSync(copies) ? readdirSync(copies) : []) {
    if (!name.endsWith('.db')) continue
    const db = openDatabase(join(copies, name), key)
    must('a safety copy', db.pragma('integrity_check', { simple: true }) === 'ok', where)
    db.close()
  }
}

/** Every kill on the sender's own folder, over a package that lies on the stick already. */
export async function killExports({ sender, receiver }: World, kills: number, seed: string): Promise<KillTally> {
  const stick = join(tempDir(), 'stick')
  mkdirSync(stick)
  const file = join(stick, 'out.dspk')
  const { env, folder: { key } } = sender
  const full = sender.folder.store.digest()
  const origin = sender.folder.store.identity.origin
  const expected = (await take(receiver, await put(sender), true)).digest
  sender.folder.store.close()
  const run: Run = { mode: 'send', folder: sender.folder, file }
  const tally: KillTally = { kills: 0, cut: 0, whole: 0, nothing: 0, workMs: await workMs(() => runChild(run)) }
  const moment = moments(seed)
  for (; tally.kills < kills; tally.kills++) {
    const delay = moment() * tally.workMs
    const where = `${seed}, export ${tally.kills}, ${delay.toFixed(1)} ms`
    const old = readFileSync(file)
    const { out } = await runChild(run, delay)
    must('nothing but parts beside it', readdirSync(stick).every((one) => one === 'out.dspk' || one.endsWith('.part')), where)
    const whole = !readFileSync(file).equals(old)
    must('done is done', whole || !out.includes('done'), where)
    // The old one is as it was; a new one is whole to its last byte.
    if (whole) must('a whole package under the name', same((await take(receiver, file, true)).digest, expected), where)
    const folder = unwrap(openWithKey(sender.folder.dir, key, env))
    must('the witness is of this database', settle(env, folder.store) === 'same' && folder.store.identity.origin === origin, where)
    must('verify', same([folder.store.verify(), folder.store.digest()], [{ ok: true, problems: [] }, full]), where)
    folder.store.close()
    must('the next try', (await runChild(run)).out.includes('done') && same(readdirSync(stick), ['out.dspk']), where)
    must('its package', same((await take(receiver, file, true)).digest, expected), where)
    count(tally, out, whole)
  }
  return tally
}

function count(tally: KillTally, out: string, whole: boolean): void {
  if (out.includes('done')) return
  tally.cut++
  if (whole) tally.whole++
  else tally.nothing++
}
