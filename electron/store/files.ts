/** Files that survive a power cut: write beside, fsync, rename, fsync the folder. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** The rename is only on the disk when its folder is. Windows cannot open folders; NTFS journals the rename. */
export function syncFolder(dir: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(dir, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Whole or not at all. `suffix` keeps two writers' temporary files apart. */
export function writeAtomic(path: string, bytes: Uint8Array, suffix: string): void {
  const part = `${path}.${suffix}.part`
  try {
    const handle = openSync(part, 'w', 0o600)
    try {
      let at = 0
      while (at < bytes.length) at += writeSync(handle, bytes, at)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(part, path)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
  syncFolder(dirname(path))
}

/** Makes the folder and what is above it, on the disk for good. */
export function makeFolder(dir: string): void {
  const missing: string[] = []
  for (let at = resolve(dir); !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at)
  // One by one: the recursive mkdir never returns where a file system answers ENOENT below a folder that is there.
  for (const one of missing) {
    try {
      mkdirSync(one, { mode: 0o700 })
    } catch (error) {
      if (!existsSync(one)) throw error
    }
  }
  const [first] = missing
  if (first === undefined) mkdirSync(dir, { recursive: true })
  else syncFolder(dirname(first))
}
