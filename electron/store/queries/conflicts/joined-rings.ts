/** Integrity: officials of whom each was joined into the next and the last into the first, so that none of them is listed any more. */
import type { ReadDb } from '../../read-db.ts'
import { conflictOf, standing, type Conflict } from './writes.ts'

/** The register name under which they are listed. */
export const ringRegister = 'ring'

/** `row` is the smallest id of the ring; a survivor is the write that joined one of them, its value `{officialId, birth, unitId, title, joinedInto}`: they mostly bear one name. */
export function joinedRings(db: ReadDb): Conflict[] {
  const into = new Map(db.all<{ id: string; joinedInto: string }>('SELECT id, joinedInto FROM official WHERE joinedInto IS NOT NULL AND deleted = 0').map((one) => [one.id, one.joinedInto]))
  return ringsFrom(db, [...into.keys()].sort(), (id) => into.get(id))
}

/** Those that one of these officials stands in. */
export function ringsOf(db: ReadDb, officialIds: readonly string[]): Conflict[] {
  return ringsFrom(db, officialIds, (id) => db.get<{ joinedInto: string | null }>('SELECT joinedInto FROM official WHERE id = ? AND deleted = 0', [id])?.joinedInto ?? undefined)
}

function ringsFrom(db: ReadDb, starts: readonly string[], into: (id: string) => string | undefined): Conflict[] {
  const seen = new Set<string>()
  const found: Conflict[] = []
  for (const start of starts) {
    const path = new Set<string>()
    let id: string | undefined = start
    for (; id !== undefined && !seen.has(id); id = into(id)) {
      seen.add(id)
      path.add(id)
    }
    if (id === undefined || !path.has(id)) continue
    const whole = [...path]
    const ring = whole.slice(whole.indexOf(id)).sort()
    found.push(conflictOf('hard', 'official', ringRegister, ring[0]!, ring.flatMap((one) => standing(db, 'official', 'joined', one, { officialId: one, ...whoIs(db, one), joinedInto: into(one) }))))
  }
  return found.filter((one) => one.survivors.length > 0)
}

/** The post of now, else the last one. */
function whoIs(db: ReadDb, officialId: string): { readonly birth: string | null; readonly unitId: string | null; readonly title: string | null } {
  return db.get(`SELECT o.birth, p.unitId, p.title FROM official AS o LEFT JOIN post AS p
    ON p.id = (SELECT id FROM post WHERE officialId = o.id AND deleted = 0 ORDER BY until IS NOT NULL, since DESC, id LIMIT 1) WHERE o.id = ?`, [officialId])!
}
