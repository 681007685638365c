/** Where the files of an entry come from and go to: a path of the terminal's disk, or the file desk of a door whose renderer never holds a path. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { err, ok, Refusal, type Result } from '../../../shared/result.ts'
import { guardDisk } from '../../store/disk-errors.ts'
import type { Context } from '../context.ts'
import { maxFileBytes } from '../file-desk.ts'
import { newInbox, type Place } from './files.ts'

export type FileIn = { readonly file?: string | undefined; readonly path?: string | undefined }

const mime = 'application/octet-stream'

/** NOT_ALLOWED {field: path} outside of the terminal, FILE_TOKEN. */
export async function withFile<T>(input: FileIn, { env, files }: Context, work: (path: string, place: Place) => Promise<Result<T>>): Promise<Result<T>> {
  if (input.path !== undefined) return env.door === 'terminal' ? work(resolve(input.path), 'stick') : err('NOT_ALLOWED', { field: 'path' })
  const taken = files.take(input.file ?? '')
  if (!taken.ok) return taken
  return inFolder(env, (folder) => {
    const path = join(folder, basename(taken.value.name) || 'package.dspk')
    guardDisk(() => writeFileSync(path, taken.value.bytes, { mode: 0o600 }))
    return work(path, 'disk')
  })
}

/** `work` writes to the path it is given. Answers the token, or null when it went to the disk. NOT_ALLOWED, FILE_TOO_LARGE. */
export async function toFile<T>(path: string | undefined, name: string, { env, files }: Context, work: (target: string, place: Place) => Promise<T>): Promise<Result<{ readonly value: T; readonly file: string | null }>> {
  if (path !== undefined) return env.door === 'terminal' ? ok({ value: await work(resolve(path), 'stick'), file: null }) : err('NOT_ALLOWED', { field: 'path' })
  return inFolder(env, async (folder) => {
    const target = join(folder, name)
    const value = await work(target, 'disk')
    if (guardDisk(() => statSync(target)).size > maxFileBytes) throw new Refusal('FILE_TOO_LARGE', { file: name, limitMb: maxFileBytes / 1024 / 1024 })
    return ok({ value, file: files.offer({ name, mime, bytes: guardDisk(() => readFileSync(target)) }) })
  })
}

async function inFolder<T>(env: Context['env'], work: (folder: string) => Promise<Result<T>>): Promise<Result<T>> {
  const folder = newInbox(join(env.dataDir, 'inbox'), env.random)
  guardDisk(() => mkdirSync(folder, { recursive: true, mode: 0o700 }))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
