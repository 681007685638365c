/** A change on its way into the log: checked, and taken apart as far as that goes without the database; here, or ahead in another thread. */
import { Refusal } from '../../../shared/result.ts'
import { rowsBody, type RowsBody } from './body-rows.ts'
import { parseBody } from './body.ts'
import { changeId, sha256, type Change } from './change-id.ts'

/** `body`: null after an erasure. `packed`: the body as the log keeps it (log-db.ts `pack`). */
export type Ready = { readonly body: RowsBody | null; readonly packed: Buffer | null }
/** With `ready`, somebody of this program called `checkChange` already. */
export type Arriving = Change & { readonly ready?: Ready | undefined }

/** DATA_DAMAGED when the id or the body's hash does not fit. */
export function checkChange(group: Buffer, change: Change): void {
  if (!changeId(group, change).equals(change.id)) throw new Refusal('DATA_DAMAGED', { part: 'change' })
  if (change.body && !sha256(change.body).equals(change.bodyHash)) throw new Refusal('DATA_DAMAGED', { part: 'body' })
}

/** DATA_DAMAGED when it is no body. */
export function rowsOf({ body }: Change): RowsBody | null {
  return body && rowsBody(parseBody(body))
}
