/**
 * Derived columns: pure functions of the visible rows, computed again when a row or one of its child rows changes. To add one: a column in
 * projection-schema.ts `derivedColumns` and a Derivation in the list below.
 */
import type { Database, Statement } from 'better-sqlite3'
import type { Derivation } from './derive/derivation.ts'
import { letterDerivation } from './derive/letters.ts'
import { makeLists } from './derive/lists.ts'
import { unitPinyin } from './derive/pinyin.ts'
import { makeReportText } from './derive/report-text.ts'
import { makeReadDb, type SqlValue } from './read-db.ts'
import { tableList, type Table } from './registers.ts'
import type { TableName } from './tables.ts'

const derivations: readonly Derivation[] = [unitPinyin, letterDerivation]

type Dirty = { readonly derivation: Derivation; readonly ids: Set<string>; readonly update: Statement<unknown[], unknown> }
/** What a touched row of a table means: itself derived, the rows that its columns point to, its name shown in reports. */
type Effects = { readonly own: Dirty | undefined; readonly parents: readonly { readonly dirty: Dirty; readonly at: number }[]; readonly nameAt: number }

export type Derive = ReturnType<typeof makeDerive>

export function makeDerive(db: Database) {
  const reader = makeReadDb(db)
  const texts = makeReportText(db)
  const lists = makeLists(db)
  const dirty: Dirty[] = derivations.map((derivation) => ({
    derivation,
    ids: new Set<string>(),
    update: db.prepare(`UPDATE "${derivation.table}" SET ${derivation.columns.map((column) => `"${column}" = ?`).join(', ')} WHERE id = ?`),
  }))
  const effects = new Map<TableName, Effects>(tableList.map((table) => [table.name, effectsOf(table, dirty)]))

  function flush(tick: () => void = () => {}): void {
    let done = 0
    for (const { derivation, ids, update } of dirty) {
      for (const id of ids) {
        if (++done % 500 === 0) tick()
        update.run(...derivation.compute(reader, id), id)
      }
      ids.clear()
    }
    lists.flush(tick)
    texts.flush(tick)
  }

  return {
    /** After a row was written. `before`: its cells until now, undefined for a new row; `words`: of a report, where they are made already. */
    touch(table: Table, id: string, no: number, deleted: boolean, before: readonly SqlValue[] | undefined, after: readonly SqlValue[], words: string | null = null): void {
      const effect = effects.get(table.name)!
      effect.own?.ids.add(id)
      lists.touch(table, id, before, after)
      for (const { dirty: parent, at } of effect.parents) {
        for (const cells of [before, after]) if (typeof cells?.[at] === 'string') parent.ids.add(cells[at])
      }
      if (table.name === 'report') texts.add(no, deleted, after, before === undefined, words)
      else if (effect.nameAt >= 0 && before?.[effect.nameAt] !== after[effect.nameAt]) texts.addAllOf(table.name === 'unit' ? 'unitId' : 'officialId', id)
    },
    /** Brings everything up to date; before a read and before the commit. `tick` is called every now and then: half a million rows take seconds. */
    flush,
    readNamesAhead: texts.readNamesAhead,
    /** At the end of a transaction. After a rollback what was touched is as it was, and what was read may be of another time. */
    end(): void {
      for (const one of dirty) one.ids.clear()
      lists.discard()
      texts.end()
    },
    /** After the tables were made anew. */
    rebuild(): void {
      // What was touched on the way is among all rows: deriving it twice would double the time.
      lists.discard()
      for (const one of dirty) {
        one.ids.clear()
        for (const row of db.prepare<unknown[], { id: string }>(`SELECT id FROM "${one.derivation.table}"`).all()) one.ids.add(row.id)
      }
      flush()
      lists.rebuild()
      texts.rebuild()
    },
  }
}

function effectsOf(table: Table, dirty: readonly Dirty[]): Effects {
  const at = (column: string): number => table.columns.findIndex((one) => one.name === column)
  return {
    own: dirty.find((one) => one.derivation.table === table.name),
    parents: dirty.flatMap((one) => one.derivation.children.filter((child) => child.table === table.name).map((child) => ({ dirty: one, at: at(child.column) }))),
    nameAt: table.name === 'unit' || table.name === 'official' ? at('name') : -1,
  }
}
