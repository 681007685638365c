/** A table whose derived columns (projection-schema.ts) are a pure function of its row and of the rows that point to it. */
import type { ReadDb, SqlValue } from '../read-db.ts'
import type { TableName } from '../tables.ts'

export type Derivation = {
  readonly table: TableName
  /** Names in `derivedColumns`, in the order of what `compute` gives. */
  readonly columns: readonly string[]
  /** Tables with a column that holds this table's id: a change there computes again. */
  readonly children: readonly { readonly table: TableName; readonly column: string }[]
  readonly compute: (db: ReadDb, id: string) => readonly SqlValue[]
}
