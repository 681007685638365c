/** Safety copies of the database before an import: the last 5, one a day for 7 days, one a month for 12 months. */
import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { guardDisk } from '../../store/disk-errors.ts'
import { makeFolder, syncFolder } from '../../store/files.ts'
import type { Store } from '../../store/store.ts'
import type { Env } from '../context.ts'

const named = /^before-import-(\d{8})T(\d{6})-[0-9a-f]{4}\.db$/

const dayMs = 24 * 60 * 60 * 1000
const stampOf = (at: number): string => new Date(at).toISOString().replaceAll(/[-:]|\.\d+Z/g, '')

/** Encrypted with the same key as the database. DISK_*; then no half of one is left. */
export function safetyCopy({ dataDir, now, random }: Pick<Env, 'dataDir' | 'now' | 'random'>, store: Store): string {
  const folder = join(dataDir, 'copies')
  const at = now()
  const path = join(folder, `before-import-${stampOf(at)}-${Buffer.from(random(2)).toString('hex')}.db`)
  const part = `${path}.part`
  guardDisk(() => {
    makeFolder(folder)
    rmSync(part, { force: true })
    // Of programs that were killed: each is as large as the database.
    for (const name of forgotten(readdirSync(folder), stampOf(at - dayMs))) rmSync(join(folder, name), { force: true })
  })
  try {
    store.copyTo(part)
  } catch (error) {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(part + suffix, { force: true })
    throw error
  }
  guardDisk(() => {
    renameSync(part, path)
    syncFolder(folder)
    for (const name of superfluous(readdirSync(folder))) rmSync(join(folder, name), { force: true })
  })
  return path
}

/** Parts that were begun before `stamp`; a younger one may be under way in another process. */
export function forgotten(names: readonly string[], stamp: string): string[] {
  return names.filter((name) => name.endsWith('.part') && named.test(name.slice(0, -'.part'.length)) && name.slice('before-import-'.length) < stamp)
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
