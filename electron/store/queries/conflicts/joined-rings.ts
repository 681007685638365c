/** Integrity: officials of whom each was joined into the next and the last into the first, so that none of them is listed any more. */
import type { ReadDb } from '../../read-db.ts'
import { conflictOf, standing, type Conflict } from './writes.ts'

/** The register name under which they are listed. */
export const ringRegister = 'ring'

/** `row` is the smallest id of the ring; a survivor is the write that joined one of them, its value `{officialId, birth, unitId, title, joinedInto}`: they mostly bear one name. */
export function joinedRings(db: ReadDb): Conflict[] {
  const into = new Map(db.all<{ id: string; joinedInto: string }>('SELECT id, joinedInto FROM official WHERE joinedInto IS NOT NULL AND deleted = 0').map((one) => [one.id, one.joinedInto]))
  const seen = new Set<string>()
  const found: Conflict[] = []
  for (const start of [...into.keys()].sort()) {
    const path: string[] = []
    let id: string | undefined = start
    for (; id !== undefined && !seen.has(id); id = into.get(id)) {
      seen.add(id)
      path.push(id)
    }
    const ring = id === undefined || !path.includes(id) ? [] : path.slice(path.indexOf(id)).sort()
    if (ring.length > 0) found.push(conflictOf('hard', 'official', ringRegister, ring[0]!, ring.flatMap((one) => standing(db, 'official', 'joined', one, { officialId: one, ...whoIs(db, one), joinedInto: into.get(one) }))))
  }
  return found.filter((one) => one.survivors.length > 0)
}

/** The post of now, else the last one. */
function whoIs(db: ReadDb, officialId: string): { readonly birth: string | null; readonly unitId: string | null; readonly title: string | null } {
  return db.get(`SELECT o.birth, p.unitId, p.title FROM official AS o LEFT JOIN post AS p
    ON p.id = (SELECT id FROM post WHERE officialId = o.id AND deleted = 0 ORDER BY until IS NOT NULL, since DESC, id LIMIT 1) WHERE o.id = ?`, [officialId])!
}
