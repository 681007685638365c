/** Taking a whole file back: what it made goes, what it changed gets its earlier value again. Nothing leaves the log. */
import { isRoster } from '../../../shared/domain/import/keys.ts'
import type { ImportKind } from '../../../shared/domain/kinds.ts'
import { ok, Refusal, type Result } from '../../../shared/result.ts'
import { bulletinListRow, reportIdsOf } from '../../store/queries/bulletins.ts'
import { actionOf, earlierWrites, opsOfAction, type EarlierWrite } from '../../store/queries/action-history.ts'
import { rosterUses } from '../../store/queries/people.ts'
import { rowById } from '../../store/rows.ts'
import type { TableName } from '../../store/tables.ts'
import type { WriteTx } from '../../store/store.ts'
import type { OpenContext } from '../context.ts'

/** BATCH_UNDONE, BATCH_IN_USE {count} where a roster's people already stand in reports or letters, NOT_FOUND. */
export function undoBulletin(input: { readonly id: string; readonly reason: string }, { store, account }: OpenContext): Result<{ reports: number }> {
  const reports = store.write({ kind: 'bulletins.undo', author: account.id, note: input.reason }, (tx) => {
    const bulletin = bulletinListRow(tx, input.id)
    if (!bulletin) throw new Refusal('NOT_FOUND', { what: 'bulletin' })
    if (bulletin.undone === 1) throw new Refusal('BATCH_UNDONE')
    tx.put('bulletin', input.id, 'state', { undone: true, undoReason: input.reason })
    return isRoster(bulletin.kind as ImportKind) ? undoRoster(tx, input.id) : undoReports(tx, input.id)
  })
  return ok({ reports })
}

type Provenance = { readonly bulletinId: string | null; readonly sheet: string | null; readonly sheetRow: number | null; readonly version: number | null }

/** A row shows the newest value of a bulletin that still stands; without one it goes. Rows that a later file corrected are that file's. */
function undoReports(tx: WriteTx, bulletinId: string): number {
  const rows = reportIdsOf(tx, bulletinId)
  const standing = new Map<string, boolean>()
  const stands = (id: string | null): boolean => {
    if (id === null || id === bulletinId) return false
    const known = standing.get(id)
    if (known !== undefined) return known
    const found = rowById(tx, 'bulletin', id)
    const answer = found !== undefined && found.undone !== true
    standing.set(id, answer)
    return answer
  }
  const corrected = rows.filter((row) => (row.version ?? 1) > 1)
  const histories = earlierWrites(tx, 'report', corrected.map((row) => row.id))
  for (const row of rows) {
    const writes = histories.get(row.id) ?? []
    const provenance = writes.find((one) => one.register === 'provenance' && stands((one.value as Provenance).bulletinId))
    if (!provenance) {
      tx.remove('report', row.id, row.scope)
      continue
    }
    const content = contentOf(writes, provenance)
    if (content) tx.put('report', row.id, 'content', content.value as never, content.scope)
    tx.put('report', row.id, 'provenance', provenance.value as never, provenance.scope)
  }
  return rows.length
}

/** The content as that file left it: its own write, or the one before it where it said the same again. `writes` are newest first. */
function contentOf(writes: readonly EarlierWrite[], provenance: EarlierWrite): EarlierWrite | undefined {
  const from = writes.findIndex((one) => one.actionId === provenance.actionId)
  return writes.slice(from).find((one) => one.register === 'content')
}

/** Rosters: each register that this file was the last to write goes back to the value before it. */
function undoRoster(tx: WriteTx, bulletinId: string): number {
  const action = actionOf(tx, 'bulletin', bulletinId, 'file')
  if (action === null) throw new Refusal('NOT_FOUND', { what: 'bulletin' })
  const touched = new Map<string, { table: TableName; scope: string }>()
  for (const op of opsOfAction(tx, action)) {
    if (op.table === 'unit' || op.table === 'official' || op.table === 'post') touched.set(`${op.table} ${op.row}`, { table: op.table, scope: op.scope })
  }
  const made: { table: TableName; id: string; scope: string }[] = []
  for (const [key, { table, scope }] of touched) {
    const id = key.slice(key.indexOf(' ') + 1)
    const writes = earlierWrites(tx, table, [id]).get(id) ?? []
    const registers = new Set(writes.map((one) => one.register))
    const before = [...registers].map((register) => ({ register, writes: writes.filter((one) => one.register === register) }))
    if (before.every((one) => one.writes.every((write) => write.actionId === action))) made.push({ table, id, scope })
    else restore(tx, table, id, before, action)
  }
  const inUse = rosterUses(tx, made)
  if (inUse > 0) throw new Refusal('BATCH_IN_USE', { count: inUse })
  for (const { table, id, scope } of made) tx.remove(table, id, scope)
  return touched.size
}

function restore(tx: WriteTx, table: TableName, id: string, registers: readonly { readonly register: string; readonly writes: readonly EarlierWrite[] }[], action: string): void {
  for (const { register, writes } of registers) {
    const [newest] = writes
    const earlier = writes.find((one) => one.actionId !== action)
    if (newest?.actionId === action && earlier) tx.put(table, id, register as never, earlier.value as never, earlier.scope)
  }
}
