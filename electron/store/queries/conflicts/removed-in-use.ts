/**
 * Integrity: a unit or an official that one machine removed while another gave people, letters or rows to it. The ordinary ways refuse that (units.remove,
 * bulletins.undo) as far as they see it; nobody is to stand in a unit that is gone. Taking the removal back ends it, and so does moving whatever uses the row.
 */
import { tombstone } from '../../log/body.ts'
import type { ReadDb, SqlValue } from '../../read-db.ts'
import type { TableName } from '../../tables.ts'
import { conflictOf, standing, type Conflict, type Survivor } from './writes.ts'

type Removable = 'unit' | 'official'
/** `rows`: ids of the table whose `register` names the removed row ('$' in the text). */
type Use = { readonly name: string; readonly table: TableName; readonly register: string; readonly rows: string }

/** Letters in hand stand in states 0 to 9 of letterStates; a closed one is history, and a unit has a right to end. A post alone keeps nobody: a roster that is undone may leave one. */
const uses: Readonly<Record<Removable, readonly Use[]>> = {
  unit: [
    { name: 'officials', table: 'post', register: 'post', rows: 'SELECT postId AS id FROM official_list WHERE unitId = $ AND postId IS NOT NULL' },
    { name: 'letters', table: 'letter', register: 'draft', rows: 'SELECT letterId AS id FROM letter_list WHERE unitId = $ AND state BETWEEN 0 AND 9' },
  ],
  official: [
    { name: 'letters', table: 'letter', register: 'draft', rows: 'SELECT letterId AS id FROM letter_list WHERE officialId = $ AND state BETWEEN 0 AND 10' },
    { name: 'reports', table: 'report', register: 'content', rows: 'SELECT id FROM report WHERE officialId = $ AND deleted = 0' },
    { name: 'joins', table: 'official', register: 'joined', rows: 'SELECT id FROM official WHERE joinedInto = $ AND deleted = 0' },
  ],
}

/** How much uses the row, by kind of use; nothing where nothing does. */
export function usesOf(db: ReadDb, table: Removable, id: string): Readonly<Record<string, number>> {
  return Object.fromEntries(uses[table].flatMap(({ name, rows }) => {
    const n = db.get<{ n: number }>(`SELECT count(*) AS n FROM (${rows.replace('$', '?')})`, [id])?.n ?? 0
    return n === 0 ? [] : [[name, n]]
  }))
}

/** `rows`: only among these; all without. */
export function removedInUse(db: ReadDb, rows?: readonly string[]): Conflict[] {
  return (['unit', 'official'] as const).flatMap((table) => {
    const used = uses[table].map((use) => `EXISTS (${use.rows.replace('$', 't.id')})`).join(' OR ')
    const params: SqlValue[] = rows ? [JSON.stringify(rows)] : []
    const from = rows ? `json_each(?) AS j CROSS JOIN "${table}" AS t ON t.id = j.value` : `"${table}" AS t`
    const gone = db.all<{ id: string }>(`SELECT t.id FROM ${from} WHERE t.deleted = 1 AND t.name IS NOT NULL AND (${used}) ORDER BY t.id`, params)
    return gone.map(({ id }) => conflictOf('hard', table, tombstone, id, [...standing(db, table, tombstone, id, { deleted: true }, true), ...lastUse(db, table, id)]))
  })
}

const looked = 20

/** The side of those who use it: the newest write of some, and how many there are. */
function lastUse(db: ReadDb, table: Removable, id: string): Survivor[] {
  const value = usesOf(db, table, id)
  const writes = uses[table].flatMap(({ table: user, register, rows }) =>
    db.all<{ id: string }>(`${rows.replace('$', '?')} ORDER BY 1 LIMIT ${looked}`, [id]).flatMap((row) => standing(db, user, register, row.id, value)))
  return writes.sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1)).slice(0, 1)
}

/** Whether a conflict is one of these: the removal is what is shown. */
export function isInUse({ register, survivors }: Pick<Conflict, 'register' | 'survivors'>): boolean {
  return register === tombstone && survivors[0]?.register === tombstone
}
