/** Which files of the blob store the visible rows name: scans, workbooks with their marked copies, templates. */
import type { ReadDb } from '../read-db.ts'

const naming = [['attachment', 'sha256'], ['bulletin', 'sha256'], ['bulletin', 'errorsSha256'], ['template', 'sha256']] as const

/** Hashes in hex, each once, sorted. */
export function blobsNamedHere(db: ReadDb): string[] {
  const sql = naming.map(([table, column]) => `SELECT ${column} AS sha256 FROM ${table} WHERE deleted = 0 AND ${column} IS NOT NULL`).join(' UNION ')
  return db.all<{ sha256: string }>(`${sql} ORDER BY 1`).map((row) => row.sha256)
}

/** The scopes of the rows that name it. */
export function blobScopes(db: ReadDb, sha256: string): string[] {
  const sql = naming.map(([table, column]) => `SELECT scope FROM ${table} WHERE ${column} = ?`).join(' UNION ')
  return db.all<{ scope: string }>(sql, naming.map(() => sha256)).map((row) => row.scope)
}
