/** A second process on a data folder: node store-writer.ts DIR KEYHEX NAME COUNT [rows]. Writes COUNT actions and prints a line after each commit. */
import { randomBytes } from 'node:crypto'
import { unwrap } from '../../shared/result.ts'
import { openWithKey } from '../../electron/store/data-folder.ts'

const [dir, key, name, count, rows = '1'] = process.argv.slice(2) as [string, string, string, string, string?]
const { store } = unwrap(openWithKey(dir, Buffer.from(key, 'hex'), { now: () => Date.now(), random: (n) => randomBytes(n) }))
process.stdout.write('ready\n')
for (let i = 0; i < Number(count); i++) {
  store.write({ kind: 'test.process', author: name }, (tx) => {
    for (let row = 0; row < Number(rows); row++) {
      tx.put('unit', `${name}-${i}-${row}`, 'identity', { name: `${name}单位${i}/${row}`, kind: 'township' }, `unit-${row % 3}`)
      tx.put('unit', 'shared', 'identity', { name: `${name}${i}`, kind: 'township' })
    }
  })
  process.stdout.write(`${i}\n`)
}
store.close()
