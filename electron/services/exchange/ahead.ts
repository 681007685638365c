/**
 * The second thread of a large import. It reads the staged changes, checks them, takes them apart and compresses their bodies, ahead of the thread that
 * stores: that one is what a person waits for, and a third of its work needs no database. Both do the same (store/log/arriving.ts), so what comes out is the same.
 */
import type { ErrorCode, ErrorParams } from '../../../shared/errors.ts'
import { Refusal } from '../../../shared/result.ts'
import type { Arriving } from '../../store/log/arriving.ts'
import { packBlock, unpackBlock, type PackedBlock } from './ahead-blocks.ts'
import { readBlocks, type Staging, type StagedFile } from './staging.ts'

/** `group`: 16 bytes. */
export type AheadOrder = { readonly staged: StagedFile; readonly group: Uint8Array }
export type AheadMessage =
  | { readonly type: 'block'; readonly block: PackedBlock }
  | { readonly type: 'end' }
  | { readonly type: 'refused'; readonly code: ErrorCode; readonly params: ErrorParams }

/** The other thread, as the one that stores sees it; for one package. `next` waits; `checkpoint` throws once the person has cancelled. */
export type Ahead = { readonly order: (order: AheadOrder) => void; readonly next: (checkpoint: () => void) => AheadMessage }

/** The helper's side: DATA_DAMAGED and DISK_* are told, everything else is thrown. `send` waits while the other one is behind; buffers of `transfer` are gone then. */
export function workAhead({ staged, group }: AheadOrder, send: (message: AheadMessage, transfer: readonly ArrayBuffer[]) => void): void {
  try {
    for (const block of readBlocks(staged)) {
      const packed = packBlock(block, Buffer.from(group))
      send({ type: 'block', block: packed }, [packed.records.buffer as ArrayBuffer, packed.bodies.buffer as ArrayBuffer])
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return send({ type: 'refused', code: error.code, params: error.params }, [])
  }
  send({ type: 'end' }, [])
}

/** The staged changes in their order, as the helper made them ready. */
export function* takenAhead(ahead: Ahead, staging: Staging, { group, checkpoint }: { readonly group: string; readonly checkpoint: () => void }): IterableIterator<Arriving> {
  ahead.order({ staged: staging.file(), group: Buffer.from(group, 'hex') })
  for (;;) {
    const message = ahead.next(checkpoint)
    if (message.type === 'refused') throw new Refusal(message.code, message.params)
    if (message.type === 'end') return
    yield* unpackBlock(message.block)
  }
}
