/** Writes rows of the business tables and tells derive.ts what it touched. Knows nothing of survivors: it is told the values to show. */
import type { Database, Statement } from 'better-sqlite3'
import type { Derive } from '../derive.ts'
import type { SqlValue } from '../read-db.ts'
import type { Register, Table } from '../registers.ts'
import type { TableName } from '../tables.ts'

/** A row as the table holds it; `cells` in the order of Table.columns. */
export type TableRow = { readonly no: number; readonly scope: string; readonly deleted: boolean; readonly cells: SqlValue[] }

type Statements = {
  readonly insert: Statement<unknown[], unknown>
  readonly insertNew: Statement<unknown[], unknown>
  readonly load: Statement<unknown[], SqlValue[]>
  readonly setRow: Statement<unknown[], unknown>
  readonly setRegister: readonly Statement<unknown[], unknown>[]
  /** A row of nulls, to be copied. */
  readonly blank: readonly null[]
}

function prepare(db: Database, table: Table): Statements {
  const names = table.columns.map((column) => `"${column.name}"`)
  const insert = `INSERT INTO "${table.name}" ("id", "scope", "deleted", ${names.join(', ')}) VALUES (?, ?, ?${', ?'.repeat(names.length)})`
  return {
    blank: names.map(() => null),
    insert: db.prepare(insert),
    insertNew: db.prepare(`${insert} ON CONFLICT ("id") DO NOTHING`),
    load: db.prepare<unknown[], SqlValue[]>(`SELECT "no", "scope", "deleted", ${names.join(', ')} FROM "${table.name}" WHERE "id" = ?`).raw(),
    setRow: db.prepare(`UPDATE "${table.name}" SET "scope" = ?, "deleted" = ? WHERE "no" = ?`),
    setRegister: table.registers.map((register) =>
      db.prepare(`UPDATE "${table.name}" SET ${register.columns.map((column) => `"${column.name}" = ?`).join(', ')} WHERE "no" = ?`)),
  }
}

export type Projector = ReturnType<typeof makeProjector>

export function makeProjector(db: Database, derive: Derive) {
  const prepared = new Map<TableName, Statements>()
  const of = (table: Table): Statements => {
    const known = prepared.get(table.name)
    if (known) return known
    const made = prepare(db, table)
    prepared.set(table.name, made)
    return made
  }
  function insertCells(table: Table, id: string, scope: string, deleted: boolean, cells: readonly SqlValue[]): void {
    const no = Number(of(table).insert.run(id, scope, deleted ? 1 : 0, ...cells).lastInsertRowid)
    derive.touch(table, id, no, deleted, undefined, cells)
  }
  function cellsOfAll(table: Table, values: readonly (readonly SqlValue[] | undefined)[]): SqlValue[] {
    const cells: SqlValue[] = of(table).blank.slice()
    for (const register of table.registers) {
      const own = values[register.index]
      if (own) for (let i = 0; i < own.length; i++) cells[register.at[i]!] = own[i]!
    }
    return cells
  }

  return {
    load(table: Table, id: string): TableRow | undefined {
      const raw = of(table).load.get(id)
      if (!raw) return undefined
      const [no, scope, deleted, ...cells] = raw
      return { no: no as number, scope: scope as string, deleted: deleted === 1, cells }
    },
    /** `cells` of all columns, in the order of Table.columns. */
    insertCells,
    /** `values[i]`: cells of register i in its own column order; undefined where it was never written. */
    insert: (table: Table, id: string, scope: string, deleted: boolean, values: readonly (readonly SqlValue[] | undefined)[]): void => insertCells(table, id, scope, deleted, cellsOfAll(table, values)),
    /** A row that is not deleted, unless there is one of this id: then false. `words`: of derive/report-words.ts, where they are made already. */
    insertNew(table: Table, id: string, scope: string, cells: readonly SqlValue[], words: string | null): boolean {
      const { changes, lastInsertRowid } = of(table).insertNew.run(id, scope, 0, ...cells)
      if (changes === 0) return false
      derive.touch(table, id, Number(lastInsertRowid), false, undefined, cells, words)
      return true
    },
    update(table: Table, id: string, row: TableRow, scope: string, deleted: boolean, values: readonly (readonly [Register, readonly SqlValue[]])[]): void {
      const statements = of(table)
      const cells = [...row.cells]
      for (const [register, own] of values) {
        for (let i = 0; i < own.length; i++) cells[register.at[i]!] = own[i]!
        statements.setRegister[register.index]!.run(...own, row.no)
      }
      if (scope !== row.scope || deleted !== row.deleted) statements.setRow.run(scope, deleted ? 1 : 0, row.no)
      derive.touch(table, id, row.no, deleted, row.cells, cells)
    },
  }
}

/** The cells of one register out of a row's cells. */
export function cellsOf(register: Register, cells: readonly SqlValue[]): SqlValue[] {
  return register.at.map((place) => cells[place] ?? null)
}

