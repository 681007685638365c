/** Keeps the lists beside the tables (letter-list.ts, people-list.ts) in step with the rows that they are made from. */
import type { Database } from 'better-sqlite3'
import { makeLetterList } from '../letter-list.ts'
import { deriveOfficials, deriveUnit, officialsShowing } from '../people-list.ts'
import { tableNamed, type Table } from '../registers.ts'
import type { SqlValue } from '../read-db.ts'

type Cells = readonly SqlValue[]

/** Officials with their post of now, and the tokens that units and officials are found by. */
function makePeopleList(db: Database) {
  const officials = new Set<string>()
  const units = new Set<string>()
  const renamedUnits = new Set<string>()
  const officialAt = tableNamed('post')!.columns.findIndex((one) => one.name === 'officialId')

  function discard(): void {
    for (const set of [officials, units, renamedUnits]) set.clear()
  }
  function flush(): void {
    for (const id of renamedUnits) for (const official of officialsShowing(db, id)) officials.add(official)
    for (const id of units) deriveUnit(db, id)
    deriveOfficials(db, officials)
    discard()
  }
  return {
    touch(table: Table, id: string, before: Cells | undefined, after: Cells): void {
      if (table.name === 'official') officials.add(id)
      else if (table.name === 'unit') {
        units.add(id)
        // The unit may also arrive after its people.
        renamedUnits.add(id)
      } else if (table.name === 'post') for (const cells of [before, after]) if (typeof cells?.[officialAt] === 'string') officials.add(cells[officialAt])
    },
    flush,
    discard,
    rebuild(): void {
      for (const row of db.prepare<unknown[], { id: string }>('SELECT id FROM unit').all()) units.add(row.id)
      for (const row of db.prepare<unknown[], { id: string }>('SELECT id FROM official').all()) officials.add(row.id)
      flush()
    },
  }
}

export type Lists = ReturnType<typeof makeLists>

export function makeLists(db: Database) {
  const people = makePeopleList(db)
  const letters = makeLetterList(db)
  return {
    touch(table: Table, id: string, before: Cells | undefined, after: Cells): void {
      people.touch(table, id, before, after)
      letters.touch(table, id, before, after)
    },
    flush(tick?: () => void): void {
      people.flush()
      tick?.()
      letters.flush(tick)
    },
    /** After a rollback: what was touched is as it was. */
    discard(): void {
      people.discard()
      letters.discard()
    },
    /** After the tables were made anew and are empty. */
    rebuild(): void {
      people.discard()
      letters.discard()
      people.rebuild()
      letters.rebuild()
    },
  }
}
