/**
 * The register's list: one narrow row a letter, made from the letter and its deliveries, replies, extensions and 复核, so that a page never reads the
 * papers' texts. Part of the projection: thrown away and made anew with it. Names stand as of the issue once a letter is issued.
 */
import type { Database } from 'better-sqlite3'
import { letterStates, letterTypes } from '../../shared/domain/letters/types.ts'
import type { LetterFacts } from '../../shared/domain/letters/types.ts'
import { latestDecision, openRecheck } from '../../shared/domain/letters/recheck.ts'
import { awaitsReply, latestReply, letterState } from '../../shared/domain/letters/state.ts'
import { gramText, searchRuns } from '../../shared/text/grams.ts'
import { letterFacts } from './derive/letters.ts'
import { sortName } from './name-tokens.ts'
import { makeReadDb, type ReadDb, type SqlValue } from './read-db.ts'
import type { Table } from './registers.ts'
import { parseRow, type Row } from './rows.ts'

/**
 * `state`, `type`: places in letterStates, letterTypes. `year` 0 = not issued. `waitDue`: the due day while an explanation is awaited; `recheckDue`: the
 * day for the decision while 复核 is open.
 * `k…`: sort keys, never NULL. `n`: place of the row, breaks ties. Each `letter_list_by_…` index covers the filters, so a walk along it reads
 * nothing else. `words`: what is searched, as runs of letters and digits. `letter_tally` counts by state, type and year; triggers keep it.
 */
export const letterListSchema: readonly string[] = [
  `CREATE TABLE letter_list (n INTEGER PRIMARY KEY, letterId TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, type INTEGER NOT NULL, year INTEGER NOT NULL,
    unitId TEXT, officialId TEXT, unit TEXT NOT NULL, official TEXT, post TEXT, matter TEXT NOT NULL, cause TEXT NOT NULL, number TEXT, issuedOn TEXT, issuedBy TEXT,
    deliveredOn TEXT, replyDue TEXT, waitDue TEXT, repliedOn TEXT, conclusion TEXT, closedOn TEXT, voidReason TEXT, draftedBy TEXT, recheckDue TEXT, recheckOutcome TEXT,
    words TEXT NOT NULL, kNumber TEXT NOT NULL, kIssued TEXT NOT NULL, kDue TEXT NOT NULL, kUnit TEXT NOT NULL, kOfficial TEXT NOT NULL)`,
  ...['kNumber', 'kIssued', 'kDue', 'kUnit', 'kOfficial', 'state', 'letterId'].map((key) =>
    `CREATE INDEX letter_list_by_${key} ON letter_list (${key}, n, ${['state', 'type', 'year', 'waitDue'].filter((column) => column !== key).join(', ')})`),
  'CREATE INDEX letter_list_filter ON letter_list (state, type, year, n)',
  'CREATE INDEX letter_list_year ON letter_list (year, type, n)',
  'CREATE INDEX letter_list_unit ON letter_list (unitId, state, type, year, n)',
  'CREATE INDEX letter_list_official ON letter_list (officialId, state, n)',
  'CREATE INDEX letter_list_wait ON letter_list (waitDue, n) WHERE waitDue IS NOT NULL',
  'CREATE INDEX letter_list_recheck ON letter_list (recheckDue, n) WHERE recheckDue IS NOT NULL',
  'CREATE TABLE letter_tally (state INTEGER NOT NULL, type INTEGER NOT NULL, year INTEGER NOT NULL, letters INTEGER NOT NULL, PRIMARY KEY (state, type, year)) WITHOUT ROWID',
  `CREATE TRIGGER letter_list_added AFTER INSERT ON letter_list BEGIN
    INSERT INTO letter_tally VALUES (new.state, new.type, new.year, 1) ON CONFLICT DO UPDATE SET letters = letters + 1; END`,
  `CREATE TRIGGER letter_list_removed AFTER DELETE ON letter_list BEGIN
    UPDATE letter_tally SET letters = letters - 1 WHERE state = old.state AND type = old.type AND year = old.year; END`,
  `CREATE TRIGGER letter_list_moved AFTER UPDATE OF state, type, year ON letter_list BEGIN
    UPDATE letter_tally SET letters = letters - 1 WHERE state = old.state AND type = old.type AND year = old.year;
    INSERT INTO letter_tally VALUES (new.state, new.type, new.year, 1) ON CONFLICT DO UPDATE SET letters = letters + 1; END`,
  `CREATE VIRTUAL TABLE letter_text USING fts5(text, content='', contentless_delete=1, tokenize='ascii')`,
]
export const letterListTables: readonly string[] = ['letter_list', 'letter_tally', 'letter_text']

type Raw = Record<string, unknown>

/** The later of the limit and every granted extension: replyDueOn without a calendar, which the projection must not depend on. */
export function knownDue(facts: LetterFacts): string | null {
  const granted = facts.extensions.filter((one) => one.approvedBy !== null).map((one) => one.newDue)
  return [...granted, ...(facts.replyDue === null ? [] : [facts.replyDue])].sort().at(-1) ?? null
}

type Names = { readonly unit: string; readonly official: string | null; readonly post: string | null }

/** As of the issue where frozen, else as they are now. */
function namesOf(db: ReadDb, letter: Row<'letter'>): Names {
  const frozen = letter.frozen as Names | null
  if (frozen !== null && typeof frozen.unit === 'string') return frozen
  const name = (table: string, id: string | null): string | null =>
    id === null ? null : (db.get<{ name: string | null }>(`SELECT name FROM "${table}" WHERE id = ?`, [id])?.name ?? null)
  const post = db.get<{ title: string }>(
    'SELECT title FROM post WHERE officialId = ? AND unitId = ? AND deleted = 0 AND title IS NOT NULL ORDER BY until IS NOT NULL, since DESC, id LIMIT 1', [letter.officialId, letter.unitId])
  return { unit: name('unit', letter.unitId) ?? '', official: name('official', letter.officialId), post: post?.title ?? null }
}

function numberKey(letter: Row<'letter'>): string {
  if (letter.issuedOn === null) return ''
  return `${String(letter.year ?? 0).padStart(4, '0')}|${letter.series ?? ''}|${String(letter.seq ?? 0).padStart(9, '0')}`
}

const columns = [
  'state', 'type', 'year', 'unitId', 'officialId', 'unit', 'official', 'post', 'matter', 'cause', 'number', 'issuedOn', 'issuedBy', 'deliveredOn', 'replyDue', 'waitDue', 'repliedOn',
  'conclusion', 'closedOn', 'voidReason', 'draftedBy', 'recheckDue', 'recheckOutcome', 'words', 'kNumber', 'kIssued', 'kDue', 'kUnit', 'kOfficial',
] as const
const upsert = `INSERT INTO letter_list (letterId, ${columns.join(', ')}) VALUES (@letterId, ${columns.map((name) => `@${name}`).join(', ')})
  ON CONFLICT(letterId) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')} RETURNING n`

function listRow(db: ReadDb, letter: Row<'letter'>, facts: LetterFacts): Record<(typeof columns)[number] | 'letterId', string | number | null> {
  const state = letterState(facts)
  const names = namesOf(db, letter)
  const due = knownDue(facts)
  const served = facts.deliveries.map((one) => one.deliveredAt).sort()[0] ?? null
  const reply = latestReply(facts.replies)
  return {
    letterId: letter.id, state: letterStates.indexOf(state), type: letterTypes.indexOf(facts.type), year: letter.issuedOn === null ? 0 : (letter.year ?? 0),
    unitId: letter.unitId, officialId: letter.officialId, unit: names.unit, official: names.official, post: names.post, matter: letter.matter ?? '', cause: letter.cause ?? '',
    number: letter.number, issuedOn: letter.issuedOn, issuedBy: letter.issuedBy, deliveredOn: served?.slice(0, 10) ?? null, replyDue: due, waitDue: awaitsReply(state) ? due : null,
    repliedOn: reply?.receivedOn ?? null, conclusion: letter.conclusion ?? reply?.verdict ?? null, closedOn: letter.closedOn, voidReason: letter.voidReason, draftedBy: letter.draftedBy, recheckDue: openRecheck(facts)?.dueOn ?? null, recheckOutcome: latestDecision(facts)?.outcome ?? null,
    words: searchRuns([letter.number, names.unit, names.official, letter.matter, letter.cause].map((part) => part ?? '').join(' ')).join(' '), kNumber: numberKey(letter), kIssued: letter.issuedOn ?? '', kDue: due ?? '9999', kUnit: sortName(names.unit), kOfficial: names.official === null ? '' : sortName(names.official),
  }
}

export type LetterList = ReturnType<typeof makeLetterList>

/** Keeps the list in step with the rows: told of every touched row, it brings the letters concerned up to date on `flush`. */
export function makeLetterList(db: Database) {
  const reader = makeReadDb(db)
  const pending = new Set<string>()
  const known = db.prepare<unknown[], Record<string, SqlValue>>('SELECT n, words FROM letter_list WHERE letterId = ?')
  const dropText = db.prepare('DELETE FROM letter_text WHERE rowid = ?')
  const drop = db.prepare('DELETE FROM letter_list WHERE n = ?')
  const put = db.prepare<unknown[], { n: number }>(upsert)
  const putText = db.prepare('INSERT OR REPLACE INTO letter_text (rowid, text) VALUES (?, ?)')

  function bring(id: string): void {
    const raw = reader.get<Raw>('SELECT * FROM letter WHERE id = ?', [id])
    const before = known.get(id)
    const facts = letterFacts(reader, id)
    const letter = raw === undefined ? undefined : parseRow('letter', raw)
    if (letter === undefined || facts === undefined || letter.deleted || letter.type === null) {
      if (before === undefined) return
      dropText.run(before['n'])
      drop.run(before['n'])
      return
    }
    const row = listRow(reader, letter, facts)
    const n = put.get(row)?.n
    if (before === undefined || before['words'] !== row.words) putText.run(n, gramText(String(row.words)))
  }

  /** The drafts that show this name or title as it is now. */
  function addDrafts(column: 'unitId' | 'officialId', id: SqlValue | undefined): void {
    if (typeof id !== 'string') return
    for (const row of reader.all<{ letterId: string }>(`SELECT letterId FROM letter_list WHERE ${column} = ? AND year = 0`, [id])) pending.add(row.letterId)
  }

  return {
    /** After a row was written; cells in the order of Table.columns. */
    touch(table: Table, id: string, before: readonly SqlValue[] | undefined, after: readonly SqlValue[]): void {
      const at = (column: string): number => table.columns.findIndex((one) => one.name === column)
      switch (table.name) {
        case 'letter': pending.add(id); break
        case 'delivery': case 'reply': case 'extension': case 'recheck':
          for (const cells of [before, after]) if (typeof cells?.[at('letterId')] === 'string') pending.add(cells[at('letterId')] as string)
          break
        case 'unit': case 'official': if (before?.[at('name')] !== after[at('name')]) addDrafts(`${table.name}Id`, id); break
        case 'post': for (const cells of [before, after]) addDrafts('officialId', cells?.[at('officialId')]); break
        default: break
      }
    },
    /** `tick`: every now and then. */
    flush(tick: () => void = () => {}): void {
      let done = 0
      for (const id of pending) {
        if (++done % 500 === 0) tick()
        bring(id)
      }
      pending.clear()
    },
    /** After a rollback: what was touched is as it was. */
    discard(): void {
      pending.clear()
    },
    /** After the tables were made anew. */
    rebuild(): void {
      for (const row of reader.all<{ id: string }>('SELECT id FROM letter ORDER BY no')) pending.add(row.id)
      this.flush()
    },
  }
}
