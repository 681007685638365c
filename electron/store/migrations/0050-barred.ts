/** Changes of a revoked machine that its revocation does not cover: in the log like all others, and without effect (store/barred.ts). Local: made from what is known. */
import type { Migration } from '../migrate.ts'

export const barred: Migration = {
  number: 50,
  name: 'barred',
  up(db) {
    db.exec(`
      CREATE TABLE coverage (signature TEXT PRIMARY KEY, device TEXT NOT NULL, statement TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE barred (id BLOB PRIMARY KEY) WITHOUT ROWID;
    `)
  },
}
