/** The same edits through Yjs and Automerge: a map of rows, in each a map of registers with their values as text; one transaction an action. */
import * as Automerge from '@automerge/automerge'
import * as Y from 'yjs'
import type { Edit, EditAction } from './edits.ts'

/** `bytes`: of the document as it would be handed over whole; `edits`: how many were made, fewer where a limit came first. */
export type RivalRun = { readonly edits: number; readonly editMs: number; readonly bytes: number; readonly importMs: number }

const rowOf = ({ table, id }: Edit): string => `${table}/${id}`

export function yjsRun(actions: Iterable<EditAction>): RivalRun {
  const doc = new Y.Doc()
  const rows = doc.getMap<Y.Map<string>>('rows')
  let edits = 0
  const start = performance.now()
  for (const action of actions) {
    doc.transact(() => {
      for (const edit of action.edits) {
        let row = rows.get(rowOf(edit))
        if (!row) rows.set(rowOf(edit), (row = new Y.Map<string>()))
        row.set(edit.register, JSON.stringify(edit.value))
        edits++
      }
    })
  }
  const editMs = performance.now() - start
  const update = Y.encodeStateAsUpdate(doc)
  const again = performance.now()
  Y.applyUpdate(new Y.Doc(), update)
  return { edits, editMs, bytes: update.length, importMs: performance.now() - again }
}

type Rows = { rows: Record<string, Record<string, string>> }

/** Stops after `limitMs` or when the process has grown to `limitMb`. */
export function automergeRun(actions: Iterable<EditAction>, limitMs: number, limitMb: number): RivalRun {
  let doc = Automerge.from<Rows>({ rows: {} })
  let edits = 0
  const start = performance.now()
  for (const action of actions) {
    doc = Automerge.change(doc, (draft) => {
      for (const edit of action.edits) {
        const row = (draft.rows[rowOf(edit)] ??= {})
        row[edit.register] = JSON.stringify(edit.value)
        edits++
      }
    })
    if (performance.now() - start > limitMs || process.memoryUsage().rss > limitMb * 2 ** 20) break
  }
  const editMs = performance.now() - start
  const bytes = Automerge.save(doc)
  const again = performance.now()
  Automerge.load<Rows>(bytes)
  return { edits, editMs, bytes: bytes.length, importMs: performance.now() - again }
}
