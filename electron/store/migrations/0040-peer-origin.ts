/** A device may be on two machines for a while (a cloned disk): what each of them has is kept by its own origin, or the one would hide what the other lacks. */
import type { Migration } from '../migrate.ts'

export const peerOrigin: Migration = {
  number: 40,
  name: 'peer-origin',
  up(db) {
    db.exec(`
      CREATE TABLE peer_of_origin (device TEXT NOT NULL, origin TEXT NOT NULL, vector TEXT NOT NULL, seen INTEGER NOT NULL, package TEXT NOT NULL, PRIMARY KEY (device, origin)) WITHOUT ROWID;
      INSERT INTO peer_of_origin SELECT device, '', vector, seen, package FROM peer;
      DROP TABLE peer;
      ALTER TABLE peer_of_origin RENAME TO peer;
    `)
  },
}
