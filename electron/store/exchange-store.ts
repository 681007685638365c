/** The local-only side of the exchange: secrets, what others have, packages, signatures of lanes; and the log read by lanes. */
import type { Database } from 'better-sqlite3'
import type { Tip } from '../../shared/merge/vectors.ts'
import { guardDisk } from './disk-errors.ts'
import type { Change } from './log/change-id.ts'
import type { LogDb } from './log/log-db.ts'
import { rowKey } from './log/row-key.ts'
import { officeScope } from './store.ts'

/** Values of this installation in the encrypted database; they never enter the log or a package. */
export type LocalValues = {
  get(key: string): string | number | Buffer | undefined
  set(key: string, value: string | number | Buffer): void
}

/** `origin`: which installation of the device told; `vector`: packed, as its last header had it; `seen`: when it came here, ms since 1970. */
export type PeerRow = { readonly device: string; readonly origin: string; readonly vector: string; readonly seen: number; readonly package: string }
/** `device`: the sender of an 'in', a receiver or 'all' of an 'out'. `report`: canonical JSON of the use case. Times in ms since 1970. */
export type PackageRow = {
  readonly id: string; readonly direction: 'in' | 'out'; readonly device: string; readonly number: number; readonly created: number; readonly at: number
  readonly bytes: number; readonly report: string
}
export type LaneSignatureRow = { readonly head: string; readonly origin: string; readonly scope: string; readonly seq: number; readonly statement: string }

export type ExchangeTables = ReturnType<typeof makeExchangeTables>

/** Every write joins the running transaction (log.apply's `settle`), or is one of its own. */
export function makeExchangeTables(db: Database) {
  return {
    /** A peer's vector may go down: it was restored. The row is the newest of its device: what was seen later than now was seen by a wrong clock of ours. */
    setPeer(row: PeerRow): void {
      db.prepare('UPDATE peer SET seen = @seen - 1 WHERE device = @device AND origin <> @origin AND seen >= @seen').run(row)
      db.prepare('INSERT INTO peer (device, origin, vector, seen, package) VALUES (@device, @origin, @vector, @seen, @package) ON CONFLICT (device, origin) DO UPDATE SET vector = excluded.vector, seen = excluded.seen, package = excluded.package').run(row)
    },
    /** The newest of each device. */
    peers: (): PeerRow[] => db.prepare<unknown[], PeerRow>('SELECT device, origin, vector, max(seen) AS seen, package FROM peer GROUP BY device ORDER BY device').all(),
    /** All installations of a device that ever told, newest first. */
    peersOf: (device: string): PeerRow[] => db.prepare<unknown[], PeerRow>('SELECT device, origin, vector, seen, package FROM peer WHERE device = ? ORDER BY seen DESC, origin').all(device),
    addPackage: (row: PackageRow): void =>
      void db.prepare('INSERT OR REPLACE INTO package (id, direction, device, number, created, at, bytes, report) VALUES (@id, @direction, @device, @number, @created, @at, @bytes, @report)').run(row),
    /** Newest first. */
    packages: (direction: 'in' | 'out', limit: number): PackageRow[] =>
      db.prepare<unknown[], PackageRow>('SELECT id, direction, device, number, created, at, bytes, report FROM package WHERE direction = ? ORDER BY at DESC, id LIMIT ?').all(direction, limit),
    hasPackage: (id: string, direction: 'in' | 'out'): boolean => db.prepare('SELECT 1 FROM package WHERE id = ? AND direction = ?').get(id, direction) !== undefined,
    nextNumber: (): number => (db.prepare(`SELECT coalesce(max(number), 0) + 1 FROM package WHERE direction = 'out'`).pluck().get() as number),
    /** Signatures of lane tips stay: an older one still covers the lane up to it. */
    addLaneSignature: (row: LaneSignatureRow): void =>
      void db.prepare('INSERT OR IGNORE INTO lane_signature (head, origin, scope, seq, statement) VALUES (@head, @origin, @scope, @seq, @statement)').run(row),
    /** Of this lane, highest number first. */
    laneSignatures: (origin: string, scope: string): LaneSignatureRow[] =>
      db.prepare<unknown[], LaneSignatureRow>('SELECT head, origin, scope, seq, statement FROM lane_signature WHERE origin = ? AND scope = ? ORDER BY seq DESC, head').all(origin, scope),
    /** A scope in which a lane of this origin is signed. */
    laneScope: (origin: string): string | undefined => db.prepare('SELECT scope FROM lane_signature WHERE origin = ? LIMIT 1').pluck().get(origin) as string | undefined,
    addCertificate: (signature: string, device: string, statement: string): void =>
      void db.prepare('INSERT OR IGNORE INTO certificate (signature, device, statement) VALUES (?, ?, ?)').run(signature, device, statement),
    certificates: (): string[] => db.prepare<unknown[], string>('SELECT statement FROM certificate ORDER BY device, signature').pluck().all(),
    addRevocation: (device: string, statement: string): void => void db.prepare('INSERT OR IGNORE INTO revocation (device, statement) VALUES (?, ?)').run(device, statement),
    addCoverage: (signature: string, device: string, statement: string): void =>
      void db.prepare('INSERT OR IGNORE INTO coverage (signature, device, statement) VALUES (?, ?, ?)').run(signature, device, statement),
    coverages: (): string[] => db.prepare<unknown[], string>('SELECT statement FROM coverage ORDER BY device, signature').pluck().all(),
    revocations: (): string[] => db.prepare<unknown[], string>('SELECT statement FROM revocation ORDER BY device').pluck().all(),
  }
}

const prefix = 'local.'

export function makeLocalValues(log: LogDb): LocalValues {
  return {
    get: (key) => log.meta(prefix + key) as string | number | Buffer | undefined,
    set: (key, value) => guardDisk(() => log.setMeta(prefix + key, value)),
  }
}

export type LaneReads = ReturnType<typeof makeLaneReads>

/** The log by lanes. Origins and ids in lower-case hex. */
export function makeLaneReads(db: Database, log: LogDb) {
  const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')
  return {
    /** What this machine has. */
    tips: (): Tip[] =>
      db.prepare<unknown[], { id: Buffer; origin: Buffer; scope: string; seq: number }>('SELECT id, origin, scope, seq FROM tip').all()
        .map(({ id, origin, scope, seq }) => ({ origin: origin.toString('hex'), scope, seq, head: id.toString('hex') })),
    /** Whether a row that the office keeps (ownedTables) was written by the office. */
    isOffice: (row: string): boolean => db.prepare('SELECT 1 FROM reg_write AS w JOIN change AS c ON c.n = w.n WHERE w.row = ? AND c.scope = ? LIMIT 1').get(rowKey(row), officeScope) !== undefined,
    has: (id: string): boolean => log.nOf(bytes(id)) !== undefined,
    /** Whether the tip is that change of that lane. */
    knows: (tip: Tip): boolean =>
      db.prepare('SELECT 1 FROM change WHERE id = ? AND origin = ? AND scope = ? AND seq = ?').get(bytes(tip.head), bytes(tip.origin), tip.scope, tip.seq) !== undefined,
    /** The lowest number in the lane that was written at or after `wall` (ms since 1970); undefined when none was. */
    recentFrom: ({ origin, scope }: Pick<Tip, 'origin' | 'scope'>, wall: number): number | undefined =>
      (db.prepare('SELECT min(seq) FROM change WHERE origin = ? AND scope = ? AND wall >= ?').pluck().get(bytes(origin), scope, wall) as number | null) ?? undefined,
    /** The place of the newest change in this machine's log: what comes later has a higher one. */
    mark: log.mark,
    /** How many, and about how many bytes their bodies have in a package; `oldest`: when the first was written. */
    laneSize: ({ origin, scope }: Pick<Tip, 'origin' | 'scope'>, from: number): { readonly changes: number; readonly bytes: number; readonly oldest: number | null } =>
      db.prepare<unknown[], { changes: number; bytes: number; oldest: number | null }>('SELECT count(*) AS changes, coalesce(sum(length(body)), 0) AS bytes, min(wall) AS oldest FROM change WHERE origin = ? AND scope = ? AND seq >= ?').get(bytes(origin), scope, from)!,
    /** Attachments that the shown rows of those changes name, by the size that their rows tell. */
    laneBlobs: ({ origin, scope }: Pick<Tip, 'origin' | 'scope'>, from: number): { readonly blobs: number; readonly blobBytes: number } => {
      const since = db.prepare('SELECT min(n) FROM change WHERE origin = ? AND scope = ? AND seq >= ?').pluck().get(bytes(origin), scope, from) as number | null
      if (since === null) return { blobs: 0, blobBytes: 0 }
      return db.prepare<unknown[], { blobs: number; blobBytes: number }>(`SELECT count(*) AS blobs, coalesce(sum(size), 0) AS blobBytes FROM (
        SELECT DISTINCT a.sha256, a.size FROM attachment AS a WHERE a.deleted = 0 AND a.scope = @scope AND EXISTS (SELECT 1 FROM reg_write AS w JOIN change AS c ON c.n = w.n WHERE w.row = unhex(a.id, '-') AND w.n >= @since AND c.origin = @origin)
        UNION SELECT DISTINCT b.sha256, b.bytes FROM bulletin AS b WHERE b.deleted = 0 AND b.scope = @scope AND EXISTS (SELECT 1 FROM reg_write AS w JOIN change AS c ON c.n = w.n WHERE w.row = unhex(b.id, '-') AND w.n >= @since AND c.origin = @origin))`)
        .get({ scope, since, origin: bytes(origin) })!
    },
    /** Ids of the branch that ends in `last`, from number `from` on, in their order; null when `last` is not here. */
    chain(last: string, from: number): Buffer[] | null {
      const step = db.prepare<unknown[], { id: Buffer; seq: number; prev: Buffer | null }>('SELECT id, seq, prev FROM change WHERE id = ?')
      const ids: Buffer[] = []
      for (let row = step.get(bytes(last)); row && row.seq >= from; row = row.prev ? step.get(row.prev) : undefined) ids.push(row.id)
      return ids.length === 0 ? null : ids.reverse()
    },
    /** Of a lane from number `from` on, in hex. */
    idsOf: ({ origin, scope }: Pick<Tip, 'origin' | 'scope'>, from: number): string[] =>
      db.prepare<unknown[], string>('SELECT lower(hex(id)) FROM change WHERE origin = ? AND scope = ? AND seq >= ? ORDER BY seq, id').pluck().all(bytes(origin), scope, from),
    /** The hybrid clock of an origin's latest change, ms; null when we have none. */
    lastOf: (origin: string): number | null => db.prepare('SELECT max(hlc_ms) FROM change WHERE origin = ?').pluck().get(bytes(origin)) as number | null,
    byId: (id: Buffer): Change => log.change(log.nOf(id)!),
    /** Changes of a lane from number `from`, all branches, by number: none comes before its predecessor. Up to `until` (mark). Safe while other statements run. */
    *lane({ origin, scope }: Pick<Tip, 'origin' | 'scope'>, from: number, until = Number.MAX_SAFE_INTEGER): IterableIterator<Change> {
      const page = db.prepare<unknown[], { n: number; seq: number }>('SELECT n, seq FROM change WHERE origin = ? AND scope = ? AND (seq, n) > (?, ?) ORDER BY seq, n LIMIT 500')
      for (let [seq, n] = [from, -1]; ; ) {
        const rows = page.all(bytes(origin), scope, seq, n)
        for (const row of rows) if (row.n <= until) yield log.change(row.n)
        const last = rows.at(-1)
        if (!last) return
        ;({ seq, n } = last)
      }
    },
  }
}
