/**
 * Rows that the office keeps and units have rows of their own beside them (accounts): once a write of the office is known, what units' lanes say of the row
 * counts for nothing: it is not shown, disputes nothing and replaces nothing. A pure function of the set of writes, like survivors.ts.
 */
export type OwnedWrite = { readonly id: string; readonly scope: string; readonly register: string; readonly pred: readonly string[] }

/** The writes that survive of an office's row; null for a row that the office has never written: then the usual rules hold. */
export function officeSurvivors<W extends OwnedWrite>(writes: readonly W[], office: string): ReadonlySet<W> | null {
  const own = writes.filter((one) => one.scope === office)
  if (own.length === 0) return null
  const replaced = new Set(own.flatMap((one) => one.pred.map((id) => `${one.register} ${id}`)))
  return new Set(own.filter((one) => !replaced.has(`${one.register} ${one.id}`)))
}
