/**
 * A process that tests kill or starve: `exchange-child.ts receive|send|backup <dir> <key hex> <file>` takes a package in, writes a full one for everybody, or a backup.
 * Prints `ready` before the work and `done` after it, or the code of the refusal. With KILL_AT=n it ends by SIGKILL right before its n-th call that changes
 * files; with 0 it lists these calls as JSON behind `done`.
 */
import { randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { roles } from '../../shared/domain/roles.ts'
import { openWithKey } from '../../electron/store/data-folder.ts'
import { membership } from '../../electron/services/exchange/keys/key-store.ts'
import { certificatesOf, trustOf } from '../../electron/services/exchange/keys/remember.ts'
import { selfTestOnce } from '../../electron/services/exchange/keys/self-test.ts'
import { alone } from '../../electron/services/exchange/control.ts'
import { receive } from '../../electron/services/exchange/receive.ts'
import { send } from '../../electron/services/exchange/send.ts'
import { backup } from '../../electron/services/exchange/use-cases.ts'
import { Refusal } from '../../shared/result.ts'
import { killBefore } from './file-calls.ts'

const [, , mode, dir = '', key = '', path = ''] = process.argv
const env = { door: 'terminal' as const, version: '0.0.0-test', dataDir: dir, machine: 'test', now: Date.now, today: () => '2026-07-01', random: (n: number) => randomBytes(n), log: () => {}, machineParts: ['test'] }
const folder = openWithKey(dir, Buffer.from(key, 'hex'), env)
if (!folder.ok) throw new Error(folder.error.code)
const { store } = folder.value
const member = membership(store.local, store.identity)
const receivers = certificatesOf(store.exchange, member.card).filter((one) => one.device !== member.keys.device)
// Once a program, and touches nothing: no moment of a kill is wasted on it.
await selfTestOnce()
const { KILL_AT: killAt } = process.env
writeSync(1, 'ready\n')
// Opening the folder does not count.
const calls = killAt === undefined ? null : await killBefore(Number(killAt))
const account = { id: 'account-1', name: '管理员', roles: [...roles] }
try {
  if (mode === 'send') await send({ env, store, member, target: path, place: 'stick', receivers, full: true })
  else if (mode === 'backup') await backup({ name: 'backup', target: path, place: 'stick' }, { env, store, account, control: alone })
  else await receive({ env, store, member, path, place: 'stick', dryRun: false, trust: () => trustOf(store.exchange, member.card) })
  const listed = calls ? `${JSON.stringify(calls())}\n` : ''
  writeSync(1, `done\n${listed}`)
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  writeSync(1, `${error.code}\n`)
}
store.close()
