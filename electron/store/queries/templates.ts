/** 句库 and the offices' own templates. */
import type { ReadDb } from '../read-db.ts'
import { rowsWhere, type Row } from '../rows.ts'

export function storedSentences(db: ReadDb): readonly Row<'sentence'>[] {
  return rowsWhere(db, 'sentence', 'part IS NOT NULL', [], 'ORDER BY part, type, id')
}

/** Newest version of each type first. */
export function storedTemplates(db: ReadDb): readonly Row<'template'>[] {
  return rowsWhere(db, 'template', 'sha256 IS NOT NULL', [], 'ORDER BY type, version DESC, id')
}
