/** Files to and from the backend. The renderer holds tokens only, never a path. */
import type { PickedFile } from '../../shared/contract/bridge.ts'
import { ok, type Result } from '../../shared/result.ts'
import { bridge, call, type Caller } from './client.ts'

/** What one call may carry (files.append, files.read). */
export const chunkBytes = 1024 * 1024

export type LocalFile = Pick<File, 'name' | 'size' | 'slice'>

/** Uploads in chunks; a failure drops what has arrived. `onProgress` gets 0–1. */
export async function uploadFile(file: LocalFile, onProgress: (fraction: number) => void = () => undefined, send: Caller = call): Promise<Result<PickedFile>> {
  const put = await send('files.put', { name: file.name, size: file.size })
  if (!put.ok) return put
  const { token } = put.value
  for (let offset = 0; offset < file.size; offset += chunkBytes) {
    const bytes = new Uint8Array(await file.slice(offset, offset + chunkBytes).arrayBuffer())
    const sent = await send('files.append', { token, offset, bytes })
    if (!sent.ok) {
      await send('files.drop', { token })
      return sent
    }
    onProgress((offset + bytes.length) / file.size)
  }
  return ok({ token, name: file.name, size: file.size })
}

/** Reads a file of the desk whole. */
export async function readFile(token: string, send: Caller = call): Promise<Result<readonly Uint8Array<ArrayBuffer>[]>> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  let size = 1
  while (offset < size) {
    const part = await send('files.read', { token, offset, length: chunkBytes })
    if (!part.ok) return part
    size = part.value.size
    if (part.value.bytes.length === 0) break
    parts.push(new Uint8Array(part.value.bytes))
    offset += part.value.bytes.length
  }
  return ok(parts)
}

/** The desktop's dialog, or the browser's own chooser; an empty list when the person cancels. */
export async function chooseFiles(accept: readonly string[], multiple: boolean): Promise<readonly (PickedFile | File)[]> {
  const open = bridge()?.openFiles
  if (open) return open({ multiple, accept })
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = multiple
    input.accept = accept.map((ending) => `.${ending}`).join(',')
    // Kept in the page while the chooser is open: some browsers forget a detached one.
    input.hidden = true
    document.body.append(input)
    const finish = (files: readonly File[]): void => {
      input.remove()
      resolve(files)
    }
    input.addEventListener('change', () => finish([...(input.files ?? [])]))
    input.addEventListener('cancel', () => finish([]))
    input.click()
  })
}

/** A chosen file on the desk: the browser's ones are sent there first. */
export async function toDesk(file: PickedFile | File, onProgress?: (fraction: number) => void): Promise<Result<PickedFile>> {
  if (!('token' in file)) return uploadFile(file, onProgress)
  return file.error === undefined ? ok(file) : { ok: false, error: file.error }
}

/** Gives the person a file of the desk: the desktop's save dialog, or a download. Answers whether it was saved. */
export async function saveFile(token: string, name: string): Promise<Result<{ readonly saved: boolean }>> {
  const save = bridge()?.saveFile
  if (save) {
    const { saved, error } = await save(token)
    return error === undefined ? ok({ saved }) : { ok: false, error }
  }
  const parts = await readFile(token)
  if (!parts.ok) return parts
  const url = URL.createObjectURL(new Blob([...parts.value]))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
  return ok({ saved: true })
}
