/** The system's dialogs: what is chosen goes to the file desk, and the page gets a token, never a path. */
import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { BrowserWindow, dialog, type IpcMainInvokeEvent } from 'electron'
import { z } from 'zod'
import type { PickedFile } from '../../shared/contract/bridge.ts'
import type { AppError } from '../../shared/errors.ts'
import { err } from '../../shared/result.ts'
import { maxFileBytes, mimeOf } from '../services/file-desk.ts'
import type { Backend } from '../rpc/dispatch.ts'
import { channels, guarded } from './ipc.ts'

const openOptions = z.strictObject({ multiple: z.boolean(), accept: z.array(z.string().regex(/^[a-z0-9]{1,8}$/)).max(20) })
type Place = { readonly token: string; readonly name: string } | null
type Saved = { readonly saved: boolean; readonly error?: AppError }

export function handleDialogs(backend: Backend): void {
  guarded<readonly PickedFile[]>(channels.open, (event, [options]) => openFiles(backend, event, options), [])
  guarded<Place>(channels.place, (event, [name]) => choosePlace(backend, event, name), null)
  guarded<Saved>(channels.save, (event, [token]) => saveFile(backend, event, token), { saved: false })
}

/** Nobody logged in, nothing chosen, or options that are none: an empty list. */
async function openFiles(backend: Backend, event: IpcMainInvokeEvent, raw: unknown): Promise<readonly PickedFile[]> {
  const options = openOptions.safeParse(raw)
  const window = BrowserWindow.fromWebContents(event.sender)
  if (!options.success || !window || !backend.session.current()) return []
  const { multiple, accept } = options.data
  const chosen = await dialog.showOpenDialog(window, {
    properties: multiple ? ['openFile', 'multiSelections'] : ['openFile'],
    filters: accept.length > 0 ? [{ name: '可用的文件', extensions: accept }] : [],
  })
  if (chosen.canceled) return []
  const picked: PickedFile[] = []
  for (const path of chosen.filePaths) picked.push(await toDesk(backend, path))
  return picked
}

/** Packages are read where they lie: they may be gigabytes, and their other volumes lie beside them. */
const readInPlace = /\.(?:dspk|req)$/i

/** The size is looked at before the bytes are read: a file of many gigabytes must not fill the memory first. */
async function toDesk({ files }: Backend, path: string): Promise<PickedFile> {
  const name = basename(path)
  const failed = (size: number, { error }: { readonly error: AppError }): PickedFile => ({ token: '', name, size, error })
  try {
    const { size } = await stat(path)
    if (readInPlace.test(name)) return { token: files.offerPath(name, path, 'read'), name, size }
    if (size > maxFileBytes) return failed(size, err('FILE_TOO_LARGE', { file: name, limitMb: maxFileBytes / 1024 / 1024 }))
    if (size === 0) return failed(size, err('FILE_EMPTY', { file: name }))
    const bytes = await readFile(path)
    return { token: files.offer({ name, mime: mimeOf(name), bytes }), name, size: bytes.length }
  } catch {
    return failed(0, err('FILE_DAMAGED', { file: name }))
  }
}

/** Where a package may be written; the page gets a token, never the path. */
async function choosePlace(backend: Backend, event: IpcMainInvokeEvent, name: unknown): Promise<Place> {
  const window = BrowserWindow.fromWebContents(event.sender)
  if (typeof name !== 'string' || name.length > 200 || !window) return null
  const chosen = await dialog.showSaveDialog(window, { defaultPath: basename(name) })
  if (chosen.canceled || !chosen.filePath) return null
  const shown = basename(chosen.filePath)
  return { token: backend.files.offerPath(shown, chosen.filePath, 'place'), name: shown }
}

async function saveFile(backend: Backend, event: IpcMainInvokeEvent, token: unknown): Promise<Saved> {
  const window = BrowserWindow.fromWebContents(event.sender)
  if (typeof token !== 'string' || !window || !backend.session.current()) return { saved: false }
  const file = backend.files.take(token)
  if (!file.ok) return { saved: false, error: file.error }
  const chosen = await dialog.showSaveDialog(window, { defaultPath: file.value.name })
  if (chosen.canceled || !chosen.filePath) return { saved: false }
  try {
    await writeFile(chosen.filePath, file.value.bytes)
    return { saved: true }
  } catch (error) {
    return { saved: false, error: diskError(error) }
  }
}

/** What a failed write means to a person. */
export function diskError(error: unknown): AppError {
  const cause = error instanceof Error && 'code' in error ? String(error.code) : ''
  const code = cause === 'ENOSPC' ? 'DISK_FULL' : cause === 'EACCES' || cause === 'EROFS' || cause === 'EPERM' ? 'DISK_READ_ONLY' : 'DISK_ERROR'
  return { code, params: {} }
}
