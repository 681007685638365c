/** Keyset paging: a cursor is the sort value and id of the last row of the page before, opaque to callers. */
import { Refusal } from '../../../shared/result.ts'
import type { ReadDb, SqlValue } from '../read-db.ts'

export type Direction = 'asc' | 'desc'
export type Cursor = { readonly value: string | number | null; readonly id: string }
export type Page<T> = { readonly items: readonly T[]; readonly next: string | null; readonly total: number }

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.value, cursor.id])).toString('base64url')
}

/** Refusal BAD_INPUT on a cursor that this program did not make. */
export function readCursor(text: string | null | undefined): Cursor | null {
  if (text === null || text === undefined || text === '') return null
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (Array.isArray(parsed) && parsed.length === 2 && typeof parsed[1] === 'string') {
      const value: unknown = parsed[0]
      if (value === null || typeof value === 'string' || typeof value === 'number') return { value, id: parsed[1] }
    }
  } catch {
    // falls through: a damaged cursor is bad input, not a bug
  }
  throw new Refusal('BAD_INPUT', { field: 'cursor' })
}

export type KeysetQuery = {
  /** Columns and FROM … JOIN …, without WHERE. Must select `id` (aliased) and `sortValue`. */
  readonly select: string
  readonly count: string
  readonly where: readonly string[]
  readonly params: readonly SqlValue[]
  /** The sort expression; its column must never be NULL for rows in the list (use COALESCE in an index expression). */
  readonly sort: string
  /** The id expression that breaks ties. */
  readonly id: string
  readonly direction: Direction
  readonly cursor: string | null | undefined
  readonly limit: number
}

/** One page and the total of the filter. Reads limit + 1 rows to know whether another page follows. */
export function keysetPage<Raw extends { id: string; sortValue: string | number | null }, T>(db: ReadDb, query: KeysetQuery, shape: (raw: Raw) => T): Page<T> {
  const cursor = readCursor(query.cursor)
  const step = query.direction === 'asc' ? '>' : '<'
  const after = cursor ? [`(${query.sort}, ${query.id}) ${step} (?, ?)`] : []
  const conditions = [...query.where, ...after]
  const order = query.direction === 'asc' ? 'ASC' : 'DESC'
  const sql = `${query.select}${whereOf(conditions)} ORDER BY ${query.sort} ${order}, ${query.id} ${order} LIMIT ?`
  const rows = db.all<Raw>(sql, [...query.params, ...(cursor ? [cursor.value, cursor.id] : []), query.limit + 1])
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  const total = db.get<{ n: number }>(`${query.count}${whereOf(query.where)}`, query.params)?.n ?? 0
  return { items: items.map(shape), next: rows.length > query.limit && last ? writeCursor({ value: last.sortValue, id: last.id }) : null, total }
}

function whereOf(conditions: readonly string[]): string {
  return conditions.length > 0 ? ` WHERE ${conditions.map((c) => `(${c})`).join(' AND ')}` : ''
}
