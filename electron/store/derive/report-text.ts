/** The search text of a report as 2-grams in FTS5 (contentless; rowid = report.no): unit, official, item, remark and the texts among its figures. */
import type { Database } from 'better-sqlite3'
import { gramText } from '../../../shared/text/grams.ts'
import { tableNamed } from '../registers.ts'
import type { SqlValue } from '../read-db.ts'
import { reportPlace, reportWords } from './report-words.ts'

const [unitAt, officialAt] = [reportPlace('unitId'), reportPlace('officialId')]

/** `words`: of reportWords, where they are made already. */
type Pending = { readonly cells: readonly SqlValue[]; readonly deleted: boolean; readonly isNew: boolean; readonly words: string | null }

/** Unknown ones at once, from where reading all officials is cheaper than asking for each. */
const manyNames = 200

/** Rows that wait at the most: a received package may bring half a million. A name that comes behind them brings its rows once more. */
const maxHeld = 1_000

export type ReportText = ReturnType<typeof makeReportText>

export function makeReportText(db: Database) {
  const pending = new Map<number, Pending>()
  /** Grams by id, for the running transaction; a name that changes within it is forgotten by `addAllOf`. */
  const names = new Map<string, string>()
  let allOfficials = false
  const columns = tableNamed('report')!.columns.map((column) => `"${column.name}"`).join(', ')
  const unitName = db.prepare<unknown[], string | null>('SELECT name FROM unit WHERE id = ?').pluck()
  const officialName = db.prepare<unknown[], string | null>('SELECT name FROM official WHERE id = ?').pluck()
  const everyOfficial = db.prepare<unknown[], string[]>('SELECT id, name FROM official WHERE name IS NOT NULL ORDER BY name, id').raw()
  const byUnit = db.prepare<unknown[], SqlValue[]>(`SELECT no, deleted, ${columns} FROM report WHERE unitId = ?`).raw()
  const byOfficial = db.prepare<unknown[], SqlValue[]>(`SELECT no, deleted, ${columns} FROM report WHERE officialId = ?`).raw()
  const every = db.prepare<unknown[], SqlValue[]>(`SELECT no, deleted, ${columns} FROM report WHERE no > ? ORDER BY no LIMIT 2000`).raw()
  const remove = db.prepare('DELETE FROM report_text WHERE rowid = ?')
  const insert = db.prepare('INSERT INTO report_text (rowid, text) VALUES (?, ?)')

  /** As 2-grams already: a few names stand in thousands of rows. */
  function gramsOfName(id: SqlValue | undefined, from: typeof unitName): string {
    if (typeof id !== 'string') return ''
    let name = names.get(id)
    if (name === undefined) names.set(id, (name = gramText(from.get(id) ?? '')))
    return name
  }

  function textOf(cells: readonly SqlValue[], words: string | null): string {
    return [gramsOfName(cells[unitAt], unitName), gramsOfName(cells[officialAt], officialName), words ?? reportWords(cells)].filter((one) => one !== '').join(' ')
  }

  function add(no: number, deleted: boolean, cells: readonly SqlValue[], isNew: boolean, words: string | null = null): void {
    pending.set(no, { deleted, cells, isNew: isNew || pending.get(no)?.isNew === true, words })
    if (pending.size >= maxHeld) flush()
  }

  /** A file that names a thousand others reads all names along their index: a fraction of the cost of so many look-ups in the table. */
  function readNames(): void {
    if (allOfficials || pending.size < manyNames) return
    let unknown = 0
    for (const { cells } of pending.values()) if (typeof cells[officialAt] === 'string' && !names.has(cells[officialAt])) unknown++
    if (unknown >= manyNames) readAllNames()
  }

  function readAllNames(): void {
    allOfficials = true
    for (const [id, name] of everyOfficial.iterate()) names.set(id!, gramText(name!))
  }

  function forget(): void {
    names.clear()
    allOfficials = false
  }

  /** `tick`: every now and then. */
  function flush(tick: () => void = () => {}): void {
    readNames()
    let done = 0
    for (const [no, { cells, deleted, isNew, words }] of pending) {
      if (++done % 1000 === 0) tick()
      if (!isNew) remove.run(no)
      if (!deleted) insert.run(no, textOf(cells, words))
    }
    pending.clear()
  }

  return {
    add,
    /** A unit or an official has another name: all its reports are found under it from now on. */
    addAllOf(column: 'unitId' | 'officialId', id: string): void {
      names.delete(id)
      for (const [no, deleted, ...cells] of (column === 'unitId' ? byUnit : byOfficial).all(id)) add(no as number, deleted === 1, cells, false)
    },
    flush,
    /** For a transaction that will bring reports of very many officials and has to wait for them. */
    readNamesAhead: readAllNames,
    /** At the end of a transaction: before the next one another process may write names. */
    end(): void {
      pending.clear()
      forget()
    },
    /** Makes the whole index anew. */
    rebuild(): void {
      pending.clear()
      db.exec(`INSERT INTO report_text (report_text) VALUES ('delete-all')`)
      for (let after = 0; ; ) {
        const rows = every.all(after)
        for (const [no, deleted, ...cells] of rows) add(no as number, deleted === 1, cells, true)
        flush()
        const last = rows.at(-1)
        if (!last) return
        after = last[0] as number
      }
    },
  }
}
