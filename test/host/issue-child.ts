/** A second process on the same data folder: waits for a line on stdin, then issues each letter in a write of its own and prints the numbers. */
import { openWithKey } from '../../electron/store/data-folder.ts'
import { issueLetters } from '../../electron/services/letters/issue.ts'
import type { OpenContext } from '../../electron/services/context.ts'
import { roles } from '../../shared/domain/roles.ts'
import { unwrap } from '../../shared/result.ts'
import { seededRandom } from './seeded.ts'

type Start = { readonly dir: string; readonly key: string; readonly ids: readonly string[]; readonly date: string; readonly now: number; readonly seed: string; readonly account: string }

const start = JSON.parse(process.argv[2] ?? '{}') as Start
const env = { now: () => start.now, random: seededRandom(start.seed), today: () => start.date }
const folder = unwrap(openWithKey(start.dir, Buffer.from(start.key, 'hex'), env))
process.stdout.write('ready\n')
process.stdin.once('data', () => {
  const context = { env, store: folder.store, account: { id: start.account, name: '管理员', roles: [...roles] } } as unknown as OpenContext
  const numbers = start.ids.map((id) => unwrap(issueLetters({ ids: [id], date: start.date }, context)).letters[0]?.number ?? '')
  folder.store.close()
  process.stdout.write(`${JSON.stringify(numbers)}\n`, () => process.exit(0))
})
