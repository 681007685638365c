/**
 * A process that tests kill: `killed.ts import|undo|setup <dir> <key hex> [file|bulletin]`. Prints `ready` before the work and `done` after it.
 * `setup` also counts its calls that change files; KILL_AT=n ends the process by SIGKILL right before the n-th.
 */
import crypto, { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { basename } from 'node:path'
import { killBefore } from './file-calls.ts'

const [, , mode, dir = '', keyHex = '', target = ''] = process.argv
const killAt = Number(process.env['KILL_AT'] ?? 0)
const key = new Uint8Array(Buffer.from(keyHex, 'hex'))
const env = { now: Date.now, random: (n: number) => randomBytes(n) }
const account = { id: '01920000-0000-7000-8000-000000000001', name: '管理员', password: 'kao-he-2026!' }

function say(line: string): void {
  fs.writeSync(1, `${line}\n`)
}

async function importOne(): Promise<void> {
  // The worker's own job; a thread more would change nothing for SIGKILL.
  const { importJob } = await import('../../electron/jobs/import-job.ts')
  const request = { file: { name: basename(target), bytes: new Uint8Array(fs.readFileSync(target)) }, choice: { kind: null, period: null, sender: null, mapping: null }, dryRun: false, author: account.id }
  const report = ({ step }: { readonly step?: string }): void => {
    if (step === 'import.storing') say('storing')
  }
  say('ready')
  const later: (() => void)[] = []
  const answer = importJob({ dir, key, request }, { signal: new AbortController().signal, report, checkpoint: () => {}, noReturn: () => {}, env, afterwards: (work) => later.push(work) })
  say(answer.ok ? 'done' : answer.error.code)
  for (const one of later) one()
}

async function undoOne(): Promise<void> {
  const { openWithKey } = await import('../../electron/store/data-folder.ts')
  const { undoBulletin } = await import('../../electron/services/bulletins/undo.ts')
  const folder = openWithKey(dir, key, env)
  if (!folder.ok) throw new Error(folder.error.code)
  say('ready')
  undoBulletin({ id: target, reason: '报送有误' }, { store: folder.value.store, account: { ...account, roles: [] } } as never)
  say('done')
  folder.value.store.close()
}

/** The key is the one given; passwords are stretched a hundredth as long, for it is not they that are tested. */
async function setUp(): Promise<void> {
  const { createDataFolder } = await import('../../electron/store/data-folder.ts')
  const stretch = crypto.scrypt
  crypto.scrypt = ((secret, salt, length, options, done) => stretch(secret, salt, length, { ...options, N: 2 ** 10 }, done)) as typeof stretch
  // Loading the program opens files too: those do not count.
  const calls = await killBefore(killAt)
  let drawn = 0
  const made = await createDataFolder(dir, { env: { ...env, random: (n) => ((drawn += 1) === 1 ? key : randomBytes(n)) }, account })
  if (!made.ok) throw new Error(made.error.code)
  made.value.store.close()
  say(`done ${calls().length}`)
}

await (mode === 'import' ? importOne() : mode === 'undo' ? undoOne() : setUp())
