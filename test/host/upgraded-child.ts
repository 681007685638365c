/** The program as a later version, which knows one table more: `upgraded-child.ts <dir> <key hex>` opens a data folder and prints what it shows of it, and what verify says. */
import { registerHooks } from 'node:module'
import { seededRandom } from './seeded.ts'

const [, , dir = '', key = ''] = process.argv
const begin = 'defineTables({\n'
registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    if (!url.endsWith('electron/store/tables.ts')) return loaded
    const source = String(loaded.source)
    if (source.split(begin).length !== 2) throw new Error('the place for a table is not there')
    return { ...loaded, source: source.replace(begin, `${begin}  futureNote: { note: { conflict: 'review', columns: { text: 'text', rank: 'int' } } },\n`) }
  },
})
const { openWithKey } = await import('../../electron/store/data-folder.ts')
const folder = openWithKey(dir, Buffer.from(key, 'hex'), { now: Date.now, random: seededRandom('upgraded') })
if (!folder.ok) throw new Error(folder.error.code)
const { store } = folder.value
const dump = JSON.parse([...store.dump()].join('')) as Record<string, unknown>
process.stdout.write(JSON.stringify({ rows: dump['futureNote'], digest: store.digest(), verify: store.verify() }))
store.close()
