/** What became of a register: every value that it had, also those that a decision left behind, and the names behind ids. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { tombstone } from '../../store/log/body.ts'
import { conflictId, listConflicts } from '../../store/queries/conflicts.ts'
import { nameOf } from '../../store/queries/people.ts'
import { decisions, registerRecords } from '../../store/queries/register-writes.ts'
import type { ReadDb } from '../../store/read-db.ts'
import { rowById, rowsById } from '../../store/rows.ts'
import type { Store } from '../../store/store.ts'
import { tables, type TableName } from '../../store/tables.ts'
import type { OpenContext } from '../context.ts'
import { readMembership } from './keys/key-store.ts'
import { isView } from './integrity.ts'
import { machineNames } from './picture.ts'

const shownWrites = 200
const resolveKind = 'exchange.resolve'

export function registerHistory({ table, row, register }: ParsedOf<'conflicts.history'>, { store }: OpenContext): Result<OutputOf<'conflicts.history'>> {
  const machines = namesOfMachines(store)
  return store.read((db) => {
    const registers = register === tombstone && Object.hasOwn(tables, table) ? [...Object.keys(tables[table as TableName]), tombstone] : [register]
    const found = registerRecords(db, table, row, registers, shownWrites)
    return ok({
      writes: found.map(({ origin, value, ...one }) => ({ ...one, value: { ...value }, machine: machines.get(origin) ?? '' })),
      names: namesIn(db, [...found, ...disputed(db, table, row, register)].map((one) => one.value)),
    })
  })
}

export function decidedConflicts({ limit }: ParsedOf<'conflicts.decided'>, { store }: OpenContext): Result<OutputOf<'conflicts.decided'>> {
  return store.read((db) => {
    const { items, total } = decisions(db, resolveKind, limit)
    return ok({ total, items: items.map(({ id, at, author, note, table, row, register }) => ({ id, at, author, note, table, row, register, title: titleOf(db, table, row) })) })
  })
}

/** The sides of an open conflict that are no writes of one register: letters that bear one number, units that answer to one name. */
function disputed(db: ReadDb, table: string, row: string, register: string): readonly { readonly value: unknown }[] {
  const open = listConflicts(db).find((one) => one.id === conflictId(table, register, row))
  return open && isView(open) ? open.survivors : []
}

function namesOfMachines(store: Store): ReadonlyMap<string, string> {
  const member = readMembership(store.local, store.identity)
  return member ? machineNames(store, member) : new Map()
}

/** A row's id, or a machine's 32 hex digits. */
const idText = /^[0-9a-f]{32}$|^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Tables whose rows have a name of their own. */
const named = ['unit', 'official', 'account', 'device'] as const

/** Names of units, officials, accounts, machines and letters whose ids stand in the values, however deep. */
export function namesIn(db: ReadDb, values: readonly unknown[]): Record<string, string> {
  const ids = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value === 'string' && idText.test(value)) ids.add(value)
    else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) walk(one)
  }
  walk(values)
  const list = [...ids]
  const names: Record<string, string> = {}
  for (const table of named) for (const [id, row] of rowsById(db, table as 'unit', list)) names[id] = row.name ?? ''
  for (const [id, row] of rowsById(db, 'letter', list)) names[id] = join(row.number, row.cause)
  return names
}

/** What a row is called in a list; '' when nothing tells. */
export function titleOf(db: ReadDb, table: string, row: string): string {
  const about = (name: TableName, id: string | null | undefined): string => (id ? titleOf(db, name, id) : '')
  switch (table) {
    // Also of one that was removed.
    case 'unit': case 'official': return nameOf(db, table, row) ?? ''
    case 'account': return rowById(db, table, row)?.name ?? ''
    case 'post': return join(about('official', rowById(db, 'post', row)?.officialId), rowById(db, 'post', row)?.title)
    case 'report': {
      const report = rowById(db, 'report', row)
      return join(about('unit', report?.unitId), about('official', report?.officialId), report?.item, report?.period)
    }
    case 'proposal': return join(rowById(db, 'proposal', row)?.ruleId, about('unit', rowById(db, 'proposal', row)?.unitId), about('official', rowById(db, 'proposal', row)?.officialId))
    case 'letter': {
      const letter = rowById(db, 'letter', row)
      return letter?.number ?? join(about('unit', letter?.unitId), about('official', letter?.officialId), letter?.cause)
    }
    case 'delivery': case 'reply': case 'extension': case 'recheck': return about('letter', rowById(db, table, row)?.letterId)
    case 'card': return about('unit', rowById(db, 'card', row)?.unitId)
    case 'number': return String(rowById(db, 'number', row)?.seq ?? '')
    case 'rule': case 'calendarYear': return row
    default: return ''
  }
}

const join = (...parts: readonly (string | null | undefined)[]): string => parts.filter((part) => part).join('　')
