/**
 * The SQL of the projection: one table per entry of tables.ts with `no` (local row number), `id`, `scope`, `deleted`, all columns, and the derived ones.
 * No UNIQUE, FOREIGN KEY or CHECK on synced data but the id: a constraint would abort an import. When this text changes, open.ts makes the tables anew
 * from the log, so a new column or index needs no migration of its own.
 */
import { hash } from 'node:crypto'
import { letterListSchema, letterListTables } from './letter-list.ts'
import { scopeSumSchema } from './log/scope-sums.ts'
import { peopleListSchema, peopleListTables } from './people-list.ts'
import { tableList, type Table } from './registers.ts'
import type { TableName } from './tables.ts'

/** Raise it when a derived column or the merge is computed differently: the projection is then made anew. 3: one made anew before may show replaced writes again. */
const derivationVersion = 3

/** Pure functions of the rows; filled by derive.ts. Column definitions by table. */
export const derivedColumns: Partial<Record<TableName, Readonly<Record<string, 'text' | 'int'>>>> = {
  unit: { pinyin: 'text' },
  letter: { state: 'text', sortDue: 'text' },
}

/** Keyset paging reads (value, id); everything below is read by a query in queries/. */
const indexes: readonly (readonly [TableName, readonly string[]])[] = [
  ['unit', ['name', 'id']],
  ['unit', ['orderNo', 'id']],
  ['official', ['name', 'id']],
  ['post', ['unitId']],
  ['post', ['officialId']],
  ['bulletin', ['sha256']],
  ['bulletin', ['kind', 'period', 'sender']],
  ['bulletin', ['importedOn', 'id']],
  // Within one kind and period the rows stand in the order of `no`: a page walks them without sorting. `deleted` lets a count read the index alone.
  ['report', ['kind', 'period', 'deleted']],
  // Without the period: a unit's page walks them in the order of `no` too, and a big import writes to as many places as there are units, not units times periods.
  ['report', ['unitId', 'deleted']],
  ['report', ['officialId', 'deleted']],
  ['report', ['bulletinId', 'deleted']],
  ['proposal', ['period', 'state', 'id']],
  ['proposal', ['state', 'id']],
  ['proposal', ['officialId']],
  ['proposal', ['unitId']],
  ['proposal', ['letterId']],
  ['letter', ['issuedOn', 'id']],
  ['letter', ['series', 'year', 'seq', 'id']],
  ['letter', ['replyDue', 'id']],
  ['letter', ['sortDue', 'id']],
  ['letter', ['state', 'id']],
  ['letter', ['state', 'sortDue', 'id']],
  ['letter', ['type', 'id']],
  ['letter', ['unitId', 'id']],
  ['letter', ['officialId', 'id']],
  ['number', ['series', 'year', 'seq', 'id']],
  ['number', ['letterId']],
  ['numberLease', ['series', 'year']],
  ['delivery', ['letterId']],
  ['reply', ['letterId']],
  ['extension', ['letterId']],
  ['recheck', ['letterId']],
  ['card', ['unitId']],
  ['card', ['letterId']],
  ['attachment', ['ownerId']],
  ['attachment', ['sha256']],
  ['calendarYear', ['year']],
  ['mapping', ['sender', 'kind']],
]

const sqlTypes = { text: 'TEXT', int: 'INTEGER', real: 'REAL', bool: 'INTEGER', json: 'TEXT' } as const

function createTable(table: Table): string {
  const columns = table.columns.map((column) => `"${column.name}" ${sqlTypes[column.type]}`)
  const derived = Object.entries(derivedColumns[table.name] ?? {}).map(([name, type]) => `"${name}" ${sqlTypes[type]}`)
  const all = ['"no" INTEGER PRIMARY KEY', '"id" TEXT NOT NULL UNIQUE', '"scope" TEXT NOT NULL', '"deleted" INTEGER NOT NULL', ...columns, ...derived]
  return `CREATE TABLE "${table.name}" (${all.join(', ')})`
}

function createIndex([table, columns]: readonly [TableName, readonly string[]]): string {
  return `CREATE INDEX "${table}_${columns.join('_')}" ON "${table}" (${columns.map((name) => `"${name}"`).join(', ')})`
}

/**
 * `reg_write`: every write of every register, `live` while nothing known names it (row: 16 bytes of a UUID, else the id as text).
 * `suspect`: rows that may be in dispute (queries/conflicts/edits.ts), some of them no longer. `scope_sum`: log/scope-sums.ts.
 * `named`: predecessors that were named before they arrived. `tip`: the ends of each lane. `action`: the audit trail, one row a user action.
 * `report_text`: 2-grams of reports, rowid = report.no.
 */
const indexTables: readonly string[] = [
  'CREATE TABLE reg_write (row NOT NULL, reg INTEGER NOT NULL, n INTEGER NOT NULL, live INTEGER NOT NULL, PRIMARY KEY (row, reg, n)) WITHOUT ROWID',
  'CREATE TABLE suspect (row NOT NULL PRIMARY KEY) WITHOUT ROWID',
  scopeSumSchema,
  'CREATE TABLE named (row NOT NULL, reg INTEGER NOT NULL, id BLOB NOT NULL, PRIMARY KEY (row, reg, id)) WITHOUT ROWID',
  'CREATE TABLE tip (id BLOB PRIMARY KEY, origin BLOB NOT NULL, scope TEXT NOT NULL, seq INTEGER NOT NULL) WITHOUT ROWID',
  'CREATE INDEX tip_lane ON tip (origin, scope, seq)',
  `CREATE TABLE action (id TEXT PRIMARY KEY, kind TEXT NOT NULL, note TEXT, author TEXT NOT NULL, wall INTEGER NOT NULL, origin BLOB NOT NULL,
    parts INTEGER NOT NULL, arrived INTEGER NOT NULL, ops INTEGER NOT NULL, first_n INTEGER NOT NULL) WITHOUT ROWID`,
  'CREATE INDEX action_time ON action (wall, id)',
  'CREATE INDEX action_author ON action (author, wall, id)',
  `CREATE VIRTUAL TABLE report_text USING fts5(text, content='', contentless_delete=1, tokenize='ascii')`,
  // Terms of a whole import are sorted in memory before they are written: fewer segments to merge.
  `INSERT INTO report_text (report_text, rank) VALUES ('hashsize', 8388608)`,
]

const dropNames: readonly (readonly ['TABLE', string])[] = [
  ...tableList.map((table) => ['TABLE', table.name] as const),
  ...['reg_write', 'suspect', 'scope_sum', 'named', 'tip', 'action', 'report_text', ...letterListTables, ...peopleListTables].map((name) => ['TABLE', name] as const),
]

export const createProjection: readonly string[] = [...tableList.map(createTable), ...indexTables, ...indexes.map(createIndex), ...letterListSchema, ...peopleListSchema]
export const dropProjection: readonly string[] = dropNames.map(([kind, name]) => `DROP ${kind} IF EXISTS "${name}"`)

/** Names the shape of the projection; kept in the database beside it. */
export const projectionShape = hash('sha256', [...createProjection, String(derivationVersion)].join('\n'), 'hex')
