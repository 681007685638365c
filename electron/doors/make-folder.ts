/** Folders that a person names. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * The folder and what is missing above it, one by one: the runtime's own recursive mkdir never returns where a file system answers ENOENT
 * for a folder whose parent is there (/proc, some network drives). Throws the system's error; EEXIST where a file stands in the way.
 */
export function makeFolder(dir: string, mode = 0o777): void {
  const missing: string[] = []
  let at = resolve(dir)
  while (!existsSync(at) && dirname(at) !== at) {
    missing.unshift(at)
    at = dirname(at)
  }
  if (missing.length === 0 && !statSync(at).isDirectory()) throw Object.assign(new Error('a file, not a folder'), { code: 'EEXIST' })
  for (const one of missing) makeOne(one, mode)
}

function makeOne(dir: string, mode: number): void {
  try {
    mkdirSync(dir, { mode })
  } catch (error) {
    // Somebody else was faster.
    if (!existsSync(dir) || !statSync(dir).isDirectory()) throw error
  }
}
