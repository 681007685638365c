/** bulletins.import: one workbook read, checked and stored in a thread with its own connection; a big one is read and checked in a second thread. */
import { ok, type Result } from '../../shared/result.ts'
import { importFile, type ImportDone } from '../services/bulletins/import-file.ts'
import type { ImportControl } from '../services/bulletins/read-workbook.ts'
import { streamRows, type StreamMessage } from '../services/bulletins/row-stream.ts'
import { pack, unpack, type Packed } from '../services/bulletins/stream-pack.ts'
import { openWithKey } from '../store/data-folder.ts'
import { uuidV7 } from '../store/ids.ts'
import { sendOver, takeOver } from './link.ts'
import type { WorkerControl } from './protocol.ts'
import type { ImportInput } from './run-import.ts'

/** A loop that never awaits learns of the cancel through the shared flag. */
function importControl({ report, checkpoint, noReturn }: WorkerControl): ImportControl {
  const signal = {
    get aborted(): boolean {
      checkpoint()
      return false
    },
  }
  return { report, checkpoint, noReturn, signal }
}

export function importJob({ dir, key, request }: ImportInput, control: WorkerControl): Result<ImportDone> {
  const folder = openWithKey(dir, key, control.env, { tidyLater: true })
  if (!folder.ok) return folder
  const { store } = folder.value
  const { link } = control
  // Durable since its commit: nobody has to wait until it lies in its last place.
  control.afterwards(() => {
    store.tidy()
    store.close()
  })
  return importFile(store, request, importControl(control), link && (() => unpack(takeOver<Packed>(link, control.checkpoint))))
}

/** Two connections share the memory of one: the roster is read once, row by row. */
const rosterCacheMb = 12

/** The helper: reads the roster through a connection of its own and writes nothing. */
export function importRowsJob({ dir, key, request }: ImportInput, control: WorkerControl): Result<null> {
  const { link } = control
  if (!link) throw new Error('the reading of an import needs somebody to read for')
  const send = (message: StreamMessage): void => sendOver(link, pack(message), control.checkpoint, message.type === 'rows' ? [message.ops.text.buffer as ArrayBuffer] : [])
  const bulletinId = uuidV7(control.env.now(), control.env.random)
  const folder = openWithKey(dir, key, control.env, { cacheMb: rosterCacheMb })
  if (!folder.ok) {
    send({ type: 'whole', checked: folder })
    return ok(null)
  }
  try {
    streamRows(folder.value.store, request, bulletinId, importControl(control), send)
    return ok(null)
  } finally {
    folder.value.store.close()
  }
}
