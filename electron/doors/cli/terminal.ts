/** Connects a command to the backend: one backend, logged in when an entry needs it, closed at the end. */
import { access, constants, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { entries, type EntryName, type InputOf, type OutputOf } from '../../../shared/contract/entries.ts'
import type { AppError } from '../../../shared/errors.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { createBackend } from '../../rpc/backend.ts'
import { dispatch, type Backend } from '../../rpc/dispatch.ts'
import { maxFileBytes, mimeOf } from '../../services/file-desk.ts'
import { pdfByChromium } from '../chromium.ts'
import { createEnv, demoFiles } from '../env.ts'
import { makeFolder } from '../make-folder.ts'
import { Refused, type Terminal } from './command.ts'
import type { Outside } from './run.ts'
import { readNewPassword, readPassword } from './password.ts'

export type Connected = { readonly terminal: Terminal; readonly close: () => Promise<void> }

const oneMiB = 1024 * 1024

/** `as`: the account's name; the first one of the folder when absent. */
export function connect(dataDir: string, as: string | undefined, outside: Pick<Outside, 'err' | 'env'>): Connected {
  const logFile = process.env.DUTYDESK_LOG
  const say = (sentence: string): void => outside.err(`${sentence}\n`)
  const real = createEnv({
    door: 'terminal', dataDir: resolve(dataDir),
    log: (event, fields) => {
      if (logFile === 'stderr') say(JSON.stringify({ event, ...fields }))
    },
  })
  const env = outside.env?.(real) ?? real
  const pdf = pdfByChromium()
  const backend = createBackend({ ...env, ...pdf }, { demoFiles, checkOutput: process.env.DUTYDESK_CHECK === '1' })
  const callAny = async (name: string, input: unknown): Promise<unknown> => {
    const entry = entries.get(name)
    if (entry && entry.access !== 'public') await logIn(backend, as)
    const answer = await dispatch(name, input, backend)
    if (!answer.ok) throw new Refused(answer.error)
    return answer.value
  }
  const call = async <N extends EntryName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> => (await callAny(name, input)) as OutputOf<N>
  const terminal: Terminal = {
    call, callAny, say,
    upload: async (path) => {
      await logIn(backend, as)
      return upload(backend, path)
    },
    folder,
    download: (token, to) => download(call, token, to),
    finish: (job) => finish(call, job),
    hasPdf: pdf.withPdf !== undefined,
    toPdf: async (token) => {
      const { job } = await call('papers.pdf', { file: token })
      await finish(call, job)
      return (await call('papers.pdfResult', { job })).file
    },
    newPassword: readNewPassword,
    today: env.today,
  }
  return { terminal, close: () => backend.session.lock() }
}

async function logIn(backend: Backend, as: string | undefined): Promise<void> {
  if (backend.session.current()) return
  const name = as ?? backend.session.accountNames()[0]
  // Without a folder the entry itself says NOT_SET_UP; of one that is not ours, or newer, the log-in says so: nobody's password is asked for.
  if (name === undefined && backend.session.folder() === 'empty') return
  const password = name === undefined ? '-' : await readPassword(`${name} 的密码：`)
  const answer = await dispatch('session.login', { account: name ?? '-', password }, backend)
  if (!answer.ok) throw new Refused(answer.error)
}

/** The size is looked at first; the bytes then go straight to the desk. */
async function upload({ files }: Backend, path: string): Promise<string> {
  const name = basename(path)
  const size = await stat(path).then((found) => found.size, (error: unknown) => refuseDisk(error, name))
  if (size > maxFileBytes) throw new Refused({ code: 'FILE_TOO_LARGE', params: { file: name, limitMb: maxFileBytes / oneMiB } })
  if (size === 0) throw new Refused({ code: 'FILE_EMPTY', params: { file: name } })
  const bytes = await readFile(path).catch((error: unknown) => refuseDisk(error, name))
  return files.offer({ name, mime: mimeOf(name), bytes })
}

/** Written beside, on the disk, then renamed: a pulled stick or a full disk leaves no half letter under its name. */
async function download(call: Terminal['call'], token: string, to: { readonly dir: string } | { readonly path: string }): Promise<string> {
  const { name, size } = await call('files.info', { token })
  const path = resolve('dir' in to ? join(to.dir, basename(name)) : to.path)
  await folder(dirname(path))
  const part = `${path}.${process.pid}.part`
  try {
    const handle = await open(part, 'w')
    try {
      for (let offset = 0; offset < size; offset += oneMiB) await handle.writeFile((await call('files.read', { token, offset, length: oneMiB })).bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    if (error instanceof Refused) throw error
    refuseDisk(error, basename(path))
  }
  return path
}

async function folder(dir: string): Promise<void> {
  const path = resolve(dir)
  try {
    makeFolder(path)
    await access(path, constants.W_OK)
  } catch (error) {
    // ENOENT: the place takes no folder; "no such file" would not tell that.
    refuseDisk(error instanceof Error && 'code' in error && error.code === 'ENOENT' ? Object.assign(new Error('no folder'), { code: 'EROFS' }) : error, basename(path))
  }
}

/** What the disk says, as a refusal that a person can act on. */
export function refuseDisk(error: unknown, file: string): never {
  const cause = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (cause === 'ENOENT') throw new Refused({ code: 'NOT_FOUND', params: { what: 'file', file } })
  const code: AppError['code'] = cause === 'ENOSPC' ? 'DISK_FULL' : cause === 'EACCES' || cause === 'EPERM' || cause === 'EROFS' ? 'DISK_READ_ONLY' : 'DISK_ERROR'
  throw new Refused({ code, params: { file, cause } })
}

async function finish(call: Terminal['call'], job: string): Promise<void> {
  const live = process.stderr.isTTY
  for (let after = 0; ; ) {
    const view = await call('jobs.wait', { id: job, after })
    after = view.version
    if (live && view.fraction !== null) process.stderr.write(`\r${String(Math.round(view.fraction * 100)).padStart(3)}%`)
    if (view.state === 'running') continue
    if (live) process.stderr.write('\r    \r')
    if (view.state !== 'done') throw new Refused((view.error as AppError | null) ?? { code: 'CANCELLED', params: {} })
    return
  }
}

export function tell(error: AppError): string {
  return errorSentence(error)
}
