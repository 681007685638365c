/**
 * The diagnostic file (exchange.md section 3): what a machine shows in scopes where it has the same changes as another and yet another state. Ids and
 * hashes only. Two of them, one of each machine, say in which rows the two differ.
 */
import { z } from 'zod'
import { equalVectors } from './vectors.ts'

const hex = z.string().regex(/^[0-9a-f]+$/).max(64)
const text = z.string().max(200)
const count = z.int().nonnegative()

const scopeSchema = z.strictObject({
  scope: text,
  /** The have vector of the scope. */
  vector: z.array(z.strictObject({ origin: hex, scope: text, seq: count, head: hex })),
  /** Changes of the scope that wait for what comes before them. */
  parked: count,
  /** As packages carry it; null where nothing of the scope is here. */
  digest: hex.nullable(),
  /** By table: rows, and a hash over all of them, listed below or not. */
  tables: z.record(text, z.strictObject({ rows: count, digest: hex })),
  /** `[table, id, hash over the surviving changes]`: those that were written more than once first. `left`: not listed for room. */
  rows: z.array(z.tuple([text, text, hex])), left: count,
})

export const diagnosisSchema = z.strictObject({
  kind: z.literal('diagnosis'), v: z.literal(1),
  group: hex, device: hex.nullable(), origin: hex, made: count,
  /** `changes`: schema of the log; `file`: newest migration; `tables`: hash of the projection's shape. */
  versions: z.strictObject({ app: text, changes: count, file: count, tables: hex }),
  scopes: z.array(scopeSchema),
})
export type Diagnosis = z.infer<typeof diagnosisSchema>
export type DiagnosedScope = Diagnosis['scopes'][number]

/** `rows`: `[table, id]` of those that both list with different hashes, or that one of two whole lists lacks. */
export type ScopeComparison = { readonly scope: string; readonly vectors: 'same' | 'different'; readonly digests: 'same' | 'different'; readonly tables: string[]; readonly rows: [string, string][]; readonly notListed: number }
export type DiagnosisComparison = { readonly sameGroup: boolean; readonly sameVersions: boolean; readonly scopes: ScopeComparison[]; readonly onlyInOne: string[] }

export function compareDiagnoses(a: Diagnosis, b: Diagnosis): DiagnosisComparison {
  const others = new Map(b.scopes.map((one) => [one.scope, one]))
  const names = new Set(a.scopes.map((one) => one.scope))
  return {
    sameGroup: a.group === b.group,
    sameVersions: (['app', 'changes', 'file', 'tables'] as const).every((key) => a.versions[key] === b.versions[key]),
    scopes: a.scopes.flatMap((one) => {
      const other = others.get(one.scope)
      return other ? [compareScopes(one, other)] : []
    }),
    onlyInOne: [...[...names].filter((scope) => !others.has(scope)), ...[...others.keys()].filter((scope) => !names.has(scope))].sort(),
  }
}

function compareScopes(a: DiagnosedScope, b: DiagnosedScope): ScopeComparison {
  const tables = [...new Set([...Object.keys(a.tables), ...Object.keys(b.tables)])].sort()
  return {
    scope: a.scope, vectors: equalVectors(a.vector, b.vector) ? 'same' : 'different', digests: a.digest === b.digest ? 'same' : 'different',
    tables: tables.filter((table) => a.tables[table]?.digest !== b.tables[table]?.digest), rows: differingRows(a, b), notListed: Math.max(a.left, b.left),
  }
}

function differingRows(a: DiagnosedScope, b: DiagnosedScope): [string, string][] {
  const listed = ({ rows }: DiagnosedScope): Map<string, string> => new Map(rows.map(([table, id, hash]) => [JSON.stringify([table, id]), hash]))
  const [ours, theirs] = [listed(a), listed(b)]
  const whole = a.left === 0 && b.left === 0
  const differ = [...new Set([...ours.keys(), ...theirs.keys()])].filter((key) => ours.get(key) !== theirs.get(key) && (whole || (ours.has(key) && theirs.has(key))))
  return differ.sort().map((key) => JSON.parse(key) as [string, string])
}
