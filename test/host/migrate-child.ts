/**
 * A process that dies in the middle of bringing a file to a later version: `migrate-child.ts <file> <key hex> <copy> <at>`. It ends by SIGKILL in the step, with `at`
 * of its statements done; 3 is one more than there are: then all is committed.
 */
import { migrate, migrations, schemaVersion } from '../../electron/store/migrate.ts'
import { openDatabase } from '../../electron/store/open.ts'

const [, , file = '', key = '', copy = '', at = ''] = process.argv
const db = openDatabase(file, Buffer.from(key, 'hex'))
const statements = ['ALTER TABLE event ADD COLUMN machine TEXT', `UPDATE event SET machine = 'x'`]
const die = (): void => void process.kill(process.pid, 'SIGKILL')
migrate(db, () => copy, [...migrations, {
  number: schemaVersion + 10, name: 'killed',
  up(inside) {
    for (const [index, sql] of statements.entries()) {
      if (index === Number(at)) die()
      inside.exec(sql)
    }
    if (Number(at) === statements.length) die()
  },
}])
die()
