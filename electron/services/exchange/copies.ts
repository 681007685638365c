/** Safety copies of the database before an import: the last 5, one a day for 7 days, one a month for 12 months. */
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { guardDisk } from '../../store/disk-errors.ts'
import type { Store } from '../../store/store.ts'
import type { Env } from '../context.ts'

const named = /^before-import-(\d{8})T(\d{6})-[0-9a-f]{4}\.db$/

/** Encrypted with the same key as the database. DISK_*. */
export function safetyCopy({ dataDir, now, random }: Pick<Env, 'dataDir' | 'now' | 'random'>, store: Store): string {
  const folder = join(dataDir, 'copies')
  const stamp = new Date(now()).toISOString().replaceAll(/[-:]|\.\d+Z/g, '')
  const path = join(folder, `before-import-${stamp}-${Buffer.from(random(2)).toString('hex')}.db`)
  const part = `${path}.part`
  guardDisk(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    rmSync(part, { force: true })
  })
  store.copyTo(part)
  guardDisk(() => {
    renameSync(part, path)
    for (const name of superfluous(readdirSync(folder))) rmSync(join(folder, name), { force: true })
  })
  return path
}

/** Of the names in the folder, those that no rule keeps. */
export function superfluous(names: readonly string[]): string[] {
  const copies = names.filter((name) => named.test(name)).sort().toReversed()
  const keep = new Set(copies.slice(0, 5))
  const days = Map.groupBy(copies, (name) => named.exec(name)![1]!)
  const months = Map.groupBy(copies, (name) => named.exec(name)![1]!.slice(0, 6))
  for (const list of [...days.values()].slice(0, 7)) keep.add(list[0]!)
  for (const list of [...months.values()].slice(0, 12)) keep.add(list[0]!)
  return copies.filter((name) => !keep.has(name))
}
