/** The log (the truth) and what belongs to this machine alone. The projection is not here: it is made from the log (projection-schema.ts). */
import type { Migration } from '../migrate.ts'

export const first: Migration = {
  number: 10,
  name: 'first',
  up(db) {
    db.exec(`
      CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
      CREATE TABLE change (
        n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, origin BLOB NOT NULL, scope TEXT NOT NULL, seq INTEGER NOT NULL, prev BLOB,
        hlc_ms INTEGER NOT NULL, hlc_counter INTEGER NOT NULL, wall INTEGER NOT NULL, author TEXT NOT NULL, schema INTEGER NOT NULL,
        body_hash BLOB NOT NULL, body BLOB
      );
      CREATE INDEX change_lane ON change (origin, scope, seq);
      CREATE TABLE register (code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
      CREATE TABLE event (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, account TEXT, params TEXT NOT NULL);
      CREATE INDEX event_time ON event (at, n);
    `)
  },
}
