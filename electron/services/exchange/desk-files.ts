/** Where the files of an entry come from and go to: a path of the terminal's disk, what the person chose in a dialog, or the file desk of a door whose renderer never holds a path. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { err, ok, Refusal, type Result } from '../../../shared/result.ts'
import { guardDisk } from '../../store/disk-errors.ts'
import type { Context } from '../context.ts'
import { maxFileBytes } from '../file-desk.ts'
import { newInbox, type Place } from './files.ts'

export type FileIn = { readonly file?: string | undefined; readonly path?: string | undefined }
export type FileOut = { readonly out?: string | undefined; readonly place?: string | undefined }

/** A place on a disk; `place` decides what a refusal says. */
export type At = { readonly path: string; readonly place: Place }

const mime = 'application/octet-stream'

type Source = At | { readonly name: string; readonly bytes: Uint8Array }

/** NOT_ALLOWED {field: path} outside of the terminal, FILE_TOKEN. */
export function sourceOf(input: FileIn, { env, files }: Context): Result<Source> {
  if (input.path !== undefined) return env.door === 'terminal' ? ok({ path: resolve(input.path), place: 'stick' }) : err('NOT_ALLOWED', { field: 'path' })
  const chosen = files.takePath(input.file ?? '', 'read')
  return chosen.ok ? ok({ path: chosen.value.path, place: 'stick' }) : files.take(input.file ?? '')
}

/** Null: to the file desk. NOT_ALLOWED {field: out} outside of the terminal, FILE_TOKEN. */
export function targetOf(output: FileOut, { env, files }: Context): Result<At | null> {
  if (output.out !== undefined) return env.door === 'terminal' ? ok({ path: resolve(output.out), place: 'stick' }) : err('NOT_ALLOWED', { field: 'out' })
  if (output.place === undefined) return ok(null)
  const chosen = files.takePath(output.place, 'place')
  return chosen.ok ? ok({ path: chosen.value.path, place: 'stick' }) : chosen
}

/** `work` gets the source as a file of a disk; an upload is put into a folder of its own, which is gone afterwards. */
export async function withSource<T>(source: Source, env: Context['env'], work: (at: At) => Promise<T>): Promise<T> {
  if ('path' in source) return work(source)
  return inFolder(env, (folder) => {
    const path = join(folder, basename(source.name) || 'package.dspk')
    guardDisk(() => writeFileSync(path, source.bytes, { mode: 0o600 }))
    return work({ path, place: 'disk' })
  })
}

/** `work` writes to the place it is given. `file`: the token, or null when it went to a disk. FILE_TOO_LARGE where a download would be. */
export async function withTarget<T>(target: At | null, name: string, { env, files }: Context, work: (at: At) => Promise<Result<T>>): Promise<Result<{ readonly value: T; readonly file: string | null }>> {
  if (target) {
    const done = await work(target)
    return done.ok ? ok({ value: done.value, file: null }) : done
  }
  return inFolder(env, async (folder) => {
    const path = join(folder, name)
    const done = await work({ path, place: 'disk' })
    if (!done.ok) return done
    if (guardDisk(() => statSync(path)).size > maxFileBytes) throw new Refusal('FILE_TOO_LARGE', { file: name, limitMb: maxFileBytes / 1024 / 1024 })
    return ok({ value: done.value, file: files.offer({ name, mime, bytes: guardDisk(() => readFileSync(path)) }) })
  })
}

async function inFolder<T>(env: Context['env'], work: (folder: string) => Promise<T>): Promise<T> {
  const folder = newInbox(join(env.dataDir, 'inbox'), env.random)
  guardDisk(() => mkdirSync(folder, { recursive: true, mode: 0o700 }))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
