/** What stands behind one letter: service, replies with their scans, extensions, 复核, papers that belong together, and whom it names. */
import type { ReadDb } from '../read-db.ts'
import { rowsWhere, type Row } from '../rows.ts'

export function deliveriesOf(db: ReadDb, letterId: string): readonly Row<'delivery'>[] {
  return rowsWhere(db, 'delivery', 'letterId = ?', [letterId], 'ORDER BY deliveredAt, id')
}

export function repliesOf(db: ReadDb, letterId: string): readonly Row<'reply'>[] {
  return rowsWhere(db, 'reply', 'letterId = ?', [letterId], 'ORDER BY receivedOn, id')
}

export function extensionsOf(db: ReadDb, letterId: string): readonly Row<'extension'>[] {
  return rowsWhere(db, 'extension', 'letterId = ?', [letterId], 'ORDER BY askedOn, id')
}

export function rechecksOf(db: ReadDb, letterId: string): readonly Row<'recheck'>[] {
  return rowsWhere(db, 'recheck', 'letterId = ?', [letterId], 'ORDER BY askedOn, id')
}

/** How many requests a letter ever had, removed ones too: their ids are counted through. */
export function rechecksEver(db: ReadDb, letterId: string): number {
  return db.get<{ c: number }>('SELECT count(*) AS c FROM recheck WHERE letterId = ?', [letterId])?.c ?? 0
}

export function attachmentsOf(db: ReadDb, ownerId: string): readonly Row<'attachment'>[] {
  return rowsWhere(db, 'attachment', 'ownerId = ?', [ownerId], 'ORDER BY fileName, id')
}

export function cardsOfLetter(db: ReadDb, letterId: string): readonly Row<'card'>[] {
  return rowsWhere(db, 'card', 'letterId = ?', [letterId])
}

/** Made of this proposal, whatever became of them but removal. */
export function lettersOfProposal(db: ReadDb, proposalId: string): string[] {
  return db.all<{ id: string }>(
    `SELECT l.id FROM letter AS l WHERE l.deleted = 0 AND l.unitId = (SELECT unitId FROM proposal WHERE id = @proposalId)
     AND EXISTS (SELECT 1 FROM json_each(l.proposalIds) WHERE value = @proposalId) ORDER BY l.id`, { proposalId }).map((row) => row.id)
}

/** Letters about this one (澄清函, 升级) and the one it is about. */
export function relatedLetterIds(db: ReadDb, letterId: string): readonly string[] {
  return db.all<{ id: string }>(
    `SELECT id FROM letter WHERE earlierLetterId = ?1 AND deleted = 0
     UNION SELECT earlierLetterId FROM letter WHERE id = ?1 AND earlierLetterId IS NOT NULL
     UNION SELECT p.letterId FROM proposal AS p WHERE p.aboutLetterId = ?1 AND p.letterId IS NOT NULL AND p.deleted = 0
     UNION SELECT p.aboutLetterId FROM proposal AS p WHERE p.letterId = ?1 AND p.aboutLetterId IS NOT NULL AND p.deleted = 0`,
    { 1: letterId },
  ).map((row) => row.id)
}

/** The person that `officialId` stands for after 合并为同一人; itself where nothing was joined. Ten steps at most: a ring must not hang. */
export function standingOfficial(db: ReadDb, officialId: string): { readonly id: string; readonly name: string } | undefined {
  let id = officialId
  for (let step = 0; step < 10; step += 1) {
    const row = db.get<{ id: string; name: string; joinedInto: string | null }>('SELECT id, name, joinedInto FROM official WHERE id = ? AND deleted = 0', [id])
    if (row === undefined || row.joinedInto === null) return row
    id = row.joinedInto
  }
  return undefined
}

/** The title held in the unit on `date` (posts give days or months); else the latest one there; null where none is recorded. */
export function titleOn(db: ReadDb, officialId: string, unitId: string, date: string): string | null {
  return db.get<{ title: string }>(
    `SELECT title FROM post WHERE officialId = @officialId AND unitId = @unitId AND deleted = 0 AND title IS NOT NULL
     ORDER BY (coalesce(since, '') <= @date AND (until IS NULL OR until >= substr(@date, 1, length(until)))) DESC, until IS NOT NULL, since DESC, id LIMIT 1`,
    { officialId, unitId, date },
  )?.title ?? null
}

export function unitById(db: ReadDb, id: string): { readonly id: string; readonly name: string; readonly kind: string } | undefined {
  return db.get('SELECT id, name, kind FROM unit WHERE id = ? AND deleted = 0', [id])
}

export function enabledAccounts(db: ReadDb): number {
  return db.get<{ c: number }>('SELECT count(*) AS c FROM account WHERE deleted = 0 AND coalesce(disabled, 0) = 0')?.c ?? 0
}

export function accountName(db: ReadDb, id: string | null): string | null {
  return id === null ? null : (db.get<{ name: string }>('SELECT name FROM account WHERE id = ?', [id])?.name ?? null)
}

/** Served letters whose day could not be counted because the calendar was not known. */
export function lettersWithoutDue(db: ReadDb): readonly string[] {
  return db.all<{ id: string }>('SELECT l.id FROM letter AS l WHERE l.issuedOn IS NOT NULL AND l.replyDue IS NULL AND l.replyDays > 0 AND l.deleted = 0 AND l.voidedOn IS NULL AND l.closedOn IS NULL AND EXISTS (SELECT 1 FROM delivery AS d WHERE d.letterId = l.id AND d.deleted = 0)').map((row) => row.id)
}

/** Ids of the facts about a letter: served, replied, put off, rechecked, and its card. */
export function factRowsOf(db: ReadDb, letterId: string): string[] {
  const tables = ['delivery', 'reply', 'extension', 'recheck', 'card'] as const
  return db.all<{ id: string }>(tables.map((table) => `SELECT id FROM ${table} WHERE letterId = @letterId AND deleted = 0`).join(' UNION ALL '), { letterId }).map((row) => row.id)
}
