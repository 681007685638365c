/**
 * A process that tests kill or starve: `exchange-child.ts receive|send <dir> <key hex> <file>` takes a package in, or writes a full one for everybody. Prints `ready`
 * before the work and `done` after it, or the code of the refusal.
 */
import { randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { openWithKey } from '../../electron/store/data-folder.ts'
import { membership } from '../../electron/services/exchange/keys/key-store.ts'
import { certificatesOf, trustOf } from '../../electron/services/exchange/keys/remember.ts'
import { selfTestOnce } from '../../electron/services/exchange/keys/self-test.ts'
import { receive } from '../../electron/services/exchange/receive.ts'
import { send } from '../../electron/services/exchange/send.ts'
import { Refusal } from '../../shared/result.ts'

const [, , mode, dir = '', key = '', path = ''] = process.argv
const env = { door: 'terminal' as const, version: '0.0.0-test', dataDir: dir, machine: 'test', now: Date.now, today: () => '2026-07-01', random: (n: number) => randomBytes(n), log: () => {}, machineParts: ['test'] }
const folder = openWithKey(dir, Buffer.from(key, 'hex'), env)
if (!folder.ok) throw new Error(folder.error.code)
const { store } = folder.value
const member = membership(store.local, store.identity)
const receivers = certificatesOf(store.exchange, member.card).filter((one) => one.device !== member.keys.device)
// Once a program, and touches nothing: no moment of a kill is wasted on it.
await selfTestOnce()
writeSync(1, 'ready\n')
try {
  if (mode === 'send') await send({ env, store, member, target: path, place: 'stick', receivers, full: true })
  else await receive({ env, store, member, path, place: 'stick', dryRun: false, trust: () => trustOf(store.exchange, member.card) })
  writeSync(1, 'done\n')
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  writeSync(1, `${error.code}\n`)
}
store.close()
