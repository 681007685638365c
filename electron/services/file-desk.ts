/**
 * Files under tokens: uploads arriving in chunks and papers that the program offers.
 * Tokens are random, live as long as the program, and are the only thing a renderer ever holds.
 * The bytes lie in memory up to 64 MiB a file; the desk is emptied at log-out.
 */
import { err, ok, type Result } from '../../shared/result.ts'

export const maxFileBytes = 64 * 1024 * 1024
/** All files on the desk together; the oldest offered papers go first. */
const maxDeskBytes = 512 * 1024 * 1024

export type DeskFile = { readonly name: string; readonly mime: string; readonly bytes: Uint8Array }
type Held = { name: string; mime: string; size: number; received: number; bytes: Uint8Array; offered: boolean }

export type FileDesk = {
  /** Opens an upload of exactly `size` bytes. FILE_TOO_LARGE, FILE_EMPTY. */
  begin(name: string, size: number): Result<string>
  /** FILE_TOKEN when the token is unknown or `offset` is not what has arrived. */
  append(token: string, offset: number, bytes: Uint8Array): Result<number>
  /** Puts a finished file on the desk and answers its token. */
  offer(file: DeskFile): string
  /** FILE_TOKEN when unknown or not yet whole. */
  take(token: string): Result<DeskFile>
  /** A file of the disk that the person chose, read where it lies: packages may be gigabytes. `place`: where a file may be written. */
  offerPath(name: string, path: string, use: 'read' | 'place'): string
  /** FILE_TOKEN unless it was offered by `offerPath` for this use. */
  takePath(token: string, use: 'read' | 'place'): Result<{ readonly name: string; readonly path: string }>
  drop(token: string): void
  clear(): void
}

const mimes: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xls: 'application/vnd.ms-excel',
  csv: 'text/csv',
  zip: 'application/zip',
  pdf: 'application/pdf',
  html: 'text/html',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
}

export function mimeOf(name: string): string {
  return mimes[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream'
}

export function createFileDesk(random: (bytes: number) => Uint8Array): FileDesk {
  const held = new Map<string, Held>()
  const paths = new Map<string, { readonly name: string; readonly path: string; readonly use: 'read' | 'place' }>()
  const newToken = (): string => Buffer.from(random(18)).toString('base64url')
  const makeRoom = (need: number): boolean => {
    let used = need
    for (const file of held.values()) used += file.size
    for (const [token, file] of held) {
      if (used <= maxDeskBytes) return true
      if (!file.offered) continue
      held.delete(token)
      used -= file.size
    }
    return used <= maxDeskBytes
  }
  const put = (name: string, mime: string, bytes: Uint8Array, received: number, offered: boolean): string => {
    const token = newToken()
    held.set(token, { name, mime, size: bytes.length, received, bytes, offered })
    return token
  }
  return {
    begin(name, size) {
      if (size === 0) return err('FILE_EMPTY', { file: name })
      if (size > maxFileBytes) return err('FILE_TOO_LARGE', { file: name, limitMb: 64 })
      if (!makeRoom(size)) return err('BUSY', {})
      return ok(put(name, mimeOf(name), new Uint8Array(size), 0, false))
    },
    append(token, offset, bytes) {
      const file = held.get(token)
      if (!file || file.offered || offset !== file.received || offset + bytes.length > file.size) return err('FILE_TOKEN')
      file.bytes.set(bytes, offset)
      file.received += bytes.length
      return ok(file.received)
    },
    offer(file) {
      makeRoom(file.bytes.length)
      return put(file.name, file.mime, file.bytes, file.bytes.length, true)
    },
    take(token) {
      const file = held.get(token)
      if (!file || file.received !== file.size) return err('FILE_TOKEN')
      return ok({ name: file.name, mime: file.mime, bytes: file.bytes })
    },
    offerPath(name, path, use) {
      const token = newToken()
      paths.set(token, { name, path, use })
      return token
    },
    takePath(token, use) {
      const found = paths.get(token)
      return found?.use === use ? ok({ name: found.name, path: found.path }) : err('FILE_TOKEN')
    },
    drop(token) {
      held.delete(token)
      paths.delete(token)
    },
    clear() {
      held.clear()
      paths.clear()
    },
  }
}
