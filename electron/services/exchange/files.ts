/** Sticks and the inbox: what is pulled, full or write-protected becomes a refusal that says so; nothing half-written keeps a final name. */
import { open, readdir, rename, rm, stat, unlink, type FileHandle } from 'node:fs/promises'
import { mkdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../../../shared/result.ts'
import type { ErrorCode } from '../../../shared/errors.ts'
import { diskRefusal } from '../../store/disk-errors.ts'
import { syncFolder } from '../../store/files.ts'
import { newHash } from './format/suite.ts'

/** Where a file lies decides what the sentence says: the user can put a stick back, or make room on the right disk. */
export type Place = 'stick' | 'disk'

const stickCodes: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'STICK_FULL', EDQUOT: 'STICK_FULL', EFBIG: 'STICK_FULL', EROFS: 'STICK_READ_ONLY', EACCES: 'STICK_READ_ONLY', EPERM: 'STICK_READ_ONLY',
  ENOENT: 'STICK_GONE', EIO: 'STICK_GONE', ENXIO: 'STICK_GONE', ENODEV: 'STICK_GONE', ENOTDIR: 'STICK_GONE', ENOTCONN: 'STICK_GONE', EBADF: 'STICK_GONE', UNKNOWN: 'STICK_GONE',
  ENOMEDIUM: 'STICK_GONE', ESTALE: 'STICK_GONE', EINVAL: 'STICK_GONE',
}

/** Runs `work`; trouble of the file system becomes a Refusal, everything else goes on. */
export async function onDisk<T>(place: Place, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) throw error
    const cause = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
    const code = place === 'stick' ? stickCodes[cause] : undefined
    throw (code && new Refusal(code, { cause })) ?? diskRefusal(error) ?? error
  }
}

/** For tests and cancelling: called after every piece with the bytes so far; a throw ends the work and removes what was begun. */
export type Progress = (bytes: number) => void

const pieceBytes = 256 * 1024

/** The bytes from `from` to the end. The handle is closed however the reading ends. */
export async function* readPieces(path: string, from = 0): AsyncGenerator<Buffer> {
  const handle = await open(path, 'r')
  try {
    for (let at = from; ; ) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes, at)
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

/** At most `length` bytes from the beginning; fewer when the file is shorter. */
export async function readStart(path: string, length: number): Promise<Buffer> {
  const handle = await open(path, 'r')
  try {
    const bytes = Buffer.alloc(length)
    let at = 0
    while (at < length) {
      const { bytesRead } = await handle.read(bytes, at, length - at, at)
      if (bytesRead === 0) break
      at += bytesRead
    }
    return bytes.subarray(0, at)
  } finally {
    await handle.close()
  }
}

export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at, bytes.length - at, position + at)).bytesWritten
}

/**
 * Copies one file into `folder` under `name`: `.part`, hashed on the way, fsync, rename. Gives the SHA-256 of what was copied.
 * STICK_GONE when the source vanishes, DISK_FULL and DISK_READ_ONLY for our side; the part is gone then, and the next try starts anew.
 */
export async function copyIn(source: string, folder: string, name: string, progress: Progress = () => {}): Promise<{ readonly path: string; readonly sha256: string; readonly bytes: number }> {
  const path = join(folder, name)
  const part = `${path}.part`
  const hash = newHash()
  let bytes = 0
  await onDisk('disk', async () => void mkdirSync(folder, { recursive: true, mode: 0o700 }))
  const handle = await onDisk('disk', () => open(part, 'w', 0o600))
  const pieces = readPieces(source)
  try {
    for (;;) {
      const next = await onDisk('stick', () => pieces.next())
      if (next.done) break
      hash.update(next.value)
      const at = bytes
      await onDisk('disk', () => writeAll(handle, next.value, at))
      bytes += next.value.length
      progress(bytes)
    }
    await onDisk('disk', () => handle.sync())
  } catch (error) {
    await pieces.return(undefined).catch(() => {})
    await handle.close()
    await rm(part, { force: true })
    throw error
  }
  await onDisk('disk', async () => {
    await handle.close()
    await rename(part, path)
    syncFolder(folder)
  })
  return { path, sha256: hash.digest().toString('hex'), bytes }
}

/** A folder of its own for one import, so that two at once cannot meet. */
export function newInbox(inbox: string, random: (n: number) => Uint8Array): string {
  return join(inbox, Buffer.from(random(8)).toString('hex'))
}

/** Removes what imports left behind that were killed: everything in the inbox not touched for a day. `now` in ms since 1970. */
export async function sweepInbox(inbox: string, now: number): Promise<void> {
  for (const name of await readdir(inbox).catch(() => [])) {
    const path = join(inbox, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }))
    if (now - mtimeMs > 24 * 60 * 60 * 1000) await rm(path, { recursive: true, force: true })
  }
}

/** Parts of earlier tries at this name. */
export async function removeParts(path: string): Promise<void> {
  const [folder, stem] = [dirname(path), basename(path)]
  for (const name of await readdir(folder)) if (name.startsWith(`${stem}.`) && name.endsWith('.part')) await unlink(join(folder, name)).catch(() => {})
}

/** Far above any request. */
const maxSmallBytes = 1024 * 1024

/** A request: small, and read whole. REQUEST_DAMAGED when it is far too large to be one. */
export async function readSmall(from: { readonly path: string; readonly place: Place } | { readonly bytes: Uint8Array }): Promise<Uint8Array> {
  const bytes = 'bytes' in from ? from.bytes : await onDisk(from.place, () => readStart(from.path, maxSmallBytes + 1))
  if (bytes.length > maxSmallBytes) throw new Refusal('REQUEST_DAMAGED')
  return bytes
}
