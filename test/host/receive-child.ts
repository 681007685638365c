/** A process that tests kill: `receive-child.ts <dir> <key hex> <file>` takes a package in; prints `ready` before and `done` after it. */
import { randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { openWithKey } from '../../electron/store/data-folder.ts'
import { membership } from '../../electron/services/exchange/keys/key-store.ts'
import { trustOf } from '../../electron/services/exchange/keys/remember.ts'
import { receive } from '../../electron/services/exchange/receive.ts'

const [, , dir = '', key = '', path = ''] = process.argv
const env = { door: 'terminal' as const, version: '0.0.0-test', dataDir: dir, machine: 'test', now: Date.now, today: () => '2026-07-01', random: (n: number) => randomBytes(n), log: () => {}, machineParts: ['test'] }
const folder = openWithKey(dir, Buffer.from(key, 'hex'), env)
if (!folder.ok) throw new Error(folder.error.code)
const { store } = folder.value
const member = membership(store.local, store.identity)
writeSync(1, 'ready\n')
await receive({ env, store, member, path, place: 'stick', dryRun: false, trust: () => trustOf(store.exchange, member.card) })
writeSync(1, 'done\n')
store.close()
