/** What the disk and SQLite can say, as refusals that a person can act on. */
import type { ErrorCode } from '../../shared/errors.ts'
import { Refusal } from '../../shared/result.ts'

const byPrefix: readonly (readonly [string, ErrorCode])[] = [
  ['SQLITE_FULL', 'DISK_FULL'],
  ['SQLITE_READONLY', 'DISK_READ_ONLY'],
  ['SQLITE_PERM', 'DISK_READ_ONLY'],
  ['SQLITE_NOTADB', 'DATA_DAMAGED'],
  ['SQLITE_CORRUPT', 'DATA_DAMAGED'],
  ['SQLITE_BUSY', 'BUSY'],
  ['SQLITE_LOCKED', 'DATA_IN_USE'],
  ['SQLITE_IOERR', 'DISK_ERROR'],
  ['SQLITE_CANTOPEN', 'DISK_ERROR'],
]
const byErrno: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'DISK_FULL', EDQUOT: 'DISK_FULL', EROFS: 'DISK_READ_ONLY', EACCES: 'DISK_READ_ONLY', EPERM: 'DISK_READ_ONLY', EIO: 'DISK_ERROR', EMFILE: 'DISK_ERROR',
  // A file system's own limit (4 GB on many sticks); a stick that was pulled out, or a folder that is none.
  EFBIG: 'DISK_FULL', ENOENT: 'DISK_ERROR', ENOTDIR: 'DISK_ERROR', EISDIR: 'DISK_ERROR', ENXIO: 'DISK_ERROR', ENODEV: 'DISK_ERROR', EBUSY: 'DATA_IN_USE',
}

/** The refusal for a disk or database error; undefined when it is something else (a bug). */
export function diskRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  const cause = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const code = byErrno[cause] ?? byPrefix.find(([prefix]) => cause.startsWith(prefix))?.[1]
  return code && new Refusal(code, { cause })
}

/** Runs `work`; disk trouble becomes a Refusal, everything else goes on. */
export function guardDisk<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw diskRefusal(error) ?? error
  }
}
