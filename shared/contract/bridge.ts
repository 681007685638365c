/**
 * `window.dutydesk`: the one thing that a door puts into the page. The renderer talks to the backend only through it.
 * Desktop: put there by the preload script. Loopback: by the small script that the door serves before the renderer's own.
 */
import type { AppError } from '../errors.ts'

export type BridgeAnswer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: AppError }

/** A file that the person chose in the desktop's dialog; it already lies on the file desk under `token`, unless `error` says why not. */
export type PickedFile = { readonly token: string; readonly name: string; readonly size: number; readonly error?: AppError }

export type OpenFilesOptions = {
  readonly multiple: boolean
  /** Endings without the dot, e.g. ['xlsx', 'xls', 'csv']. */
  readonly accept: readonly string[]
}

export type Bridge = {
  readonly door: 'desktop' | 'loopback'
  /** Any entry of the contract by its name. Never rejects: trouble on the way is an answer with `INTERNAL` or `NO_CONNECTION`. Uint8Array crosses as such. */
  call(name: string, input: unknown): Promise<BridgeAnswer>
  /** Desktop only: the system's dialog; an empty list when the person cancels. Without it: <input type=file> with files.put and files.append. */
  openFiles?(options: OpenFilesOptions): Promise<readonly PickedFile[]>
  /** Desktop only: the system's dialog for a file of the desk. Without it: files.read and a Blob download. */
  saveFile?(token: string): Promise<{ readonly saved: boolean; readonly error?: AppError }>
  /** Desktop only: the system's dialog for where a package goes; null when the person cancels. The token is a `place` of exchange.*. Without it: download the result's `file`. */
  choosePlace?(name: string): Promise<{ readonly token: string; readonly name: string } | null>
  /** Desktop only: prints an HTML paper of the file desk (letters.file with `as: 'html'`). Without it: the page prints itself. */
  print?(token: string): Promise<{ readonly printed: boolean }>
}
