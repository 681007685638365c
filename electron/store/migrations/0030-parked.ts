/** Received changes whose lane's predecessor is not here: kept whole until the gap closes (exchange.md section 3). Local: other machines have gaps of their own. */
import type { Migration } from '../migrate.ts'

export const parked: Migration = {
  number: 30,
  name: 'parked',
  up(db) {
    db.exec(`
      CREATE TABLE parked (
        id BLOB PRIMARY KEY, origin BLOB NOT NULL, scope TEXT NOT NULL, seq INTEGER NOT NULL, prev BLOB, hlc_ms INTEGER NOT NULL, hlc_counter INTEGER NOT NULL,
        wall INTEGER NOT NULL, author TEXT NOT NULL, schema INTEGER NOT NULL, body_hash BLOB NOT NULL, body BLOB, package TEXT NOT NULL, at INTEGER NOT NULL
      );
    `)
  },
}
