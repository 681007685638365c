/** What this machine knows of the others. None of it is synced; what is not rebuilt from packages is only history. */
import type { Migration } from '../migrate.ts'

export const exchange: Migration = {
  number: 20,
  name: 'exchange',
  up(db) {
    db.exec(`
      CREATE TABLE peer (device TEXT PRIMARY KEY, vector TEXT NOT NULL, seen INTEGER NOT NULL, package TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE package (
        id TEXT NOT NULL, direction TEXT NOT NULL, device TEXT NOT NULL, number INTEGER NOT NULL, created INTEGER NOT NULL, at INTEGER NOT NULL,
        bytes INTEGER NOT NULL, report TEXT NOT NULL, PRIMARY KEY (id, direction, at)
      ) WITHOUT ROWID;
      CREATE INDEX package_device ON package (direction, device, at);
      CREATE TABLE lane_signature (head TEXT PRIMARY KEY, origin TEXT NOT NULL, scope TEXT NOT NULL, seq INTEGER NOT NULL, statement TEXT NOT NULL) WITHOUT ROWID;
      CREATE INDEX lane_signature_lane ON lane_signature (origin, scope, seq);
      CREATE TABLE certificate (signature TEXT PRIMARY KEY, device TEXT NOT NULL, statement TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE revocation (device TEXT PRIMARY KEY, statement TEXT NOT NULL) WITHOUT ROWID;
    `)
  },
}
