/** Scans of what came in on paper: the bytes go to the blobs first, then the rows that name them. A crash between leaves an unnamed blob, never a row without its scan. */
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { Refusal } from '../../../shared/result.ts'
import { attachmentsOf } from '../../store/queries/letter-parts.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { WriteTx } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'

export type StoredScan = { readonly fileName: string; readonly mime: string; readonly size: number; readonly sha256: string }

/** Refusal FILE_TOKEN, before any blob is written. The caller drops the tokens when its write is done. */
export function storeScans(tokens: readonly string[], { files, store }: OpenContext): StoredScan[] {
  const taken = tokens.map((token) => {
    const file = files.take(token)
    if (!file.ok) throw new Refusal(file.error.code, file.error.params)
    return file.value
  })
  return taken.map(({ name, mime, bytes }) => ({ fileName: name, mime, size: bytes.length, sha256: store.blobs.put(bytes) }))
}

export function putScans(tx: WriteTx, ownerId: string, scans: readonly StoredScan[], scope: string | undefined): void {
  for (const scan of scans) tx.put('attachment', tx.newId(), 'fact', { ownerId, ...scan }, scope)
}

/** `missing`: the bytes are on another machine. */
export function scansView(db: ReadDb, { store }: OpenContext, ownerId: string): OutputOf<'letters.get'>['replies'][number]['scans'] {
  return attachmentsOf(db, ownerId).map((scan) => ({
    id: scan.id, fileName: scan.fileName ?? '', mime: scan.mime ?? '', size: scan.size ?? 0, missing: scan.sha256 === null || !store.blobs.has(scan.sha256),
  }))
}
