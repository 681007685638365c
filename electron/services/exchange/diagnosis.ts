/** The diagnostic file of an alarm: what this machine shows of the scopes, row by row, as ids and hashes. What the file holds and how two are compared: shared/merge/diagnosis.ts. */
import { createHash, hash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { DiagnosedScope, Diagnosis } from '../../../shared/merge/diagnosis.ts'
import { normalVector } from '../../../shared/merge/vectors.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { canonical } from '../../store/log/canonical.ts'
import { logSchema } from '../../store/log/change-id.ts'
import { projectionShape } from '../../store/projection-schema.ts'
import { fileVersion, writesByRow, type WriteOfRow } from '../../store/queries/diagnosis.ts'
import type { Store } from '../../store/store.ts'
import { alarmsOf } from './alarm.ts'
import type { Control } from './control.ts'
import { onDisk } from './files.ts'
import { readMembership } from './keys/key-store.ts'
import type { Task, WorkContext } from './work.ts'

/** Of each scope; about 2 MB of file. */
export const maxListed = 20_000

export type Diagnosed = { scopes: number; rows: number; left: number; bytes: number }

/** `scopes` empty: those of the standing alarms, or all where there is none. STICK_*, DISK_*, CANCELLED. */
export async function diagnose({ target, place, scopes }: Task<'diagnose'>, context: WorkContext): Promise<Result<Diagnosed>> {
  const { store, account } = context
  const made = diagnosisOf(context, scopes)
  context.control.checkpoint()
  const bytes = Buffer.from(`${canonical(made)}\n`, 'utf8')
  await onDisk(place, () => writeFile(target, bytes, { mode: 0o600 }))
  const sum = (pick: (one: DiagnosedScope) => number): number => made.scopes.reduce((all, one) => all + pick(one), 0)
  store.logEvent({ kind: 'exchange.diagnose', account: account.id, params: { scopes: made.scopes.length } })
  return ok({ scopes: made.scopes.length, rows: sum((one) => one.rows.length), left: sum((one) => one.left), bytes: bytes.length })
}

/** From one snapshot. */
export function diagnosisOf({ env, store, control }: Pick<WorkContext, 'env' | 'store' | 'control'>, wanted: readonly string[]): Diagnosis {
  return store.read((db) => {
    const digests = store.digest()
    const scopes = scopesOf(store, wanted, Object.keys(digests))
    const found = new Map(scopes.map((scope) => [scope, makeList()]))
    let done = 0
    for (const { row, writes } of writesByRow(db)) {
      if (++done % 10_000 === 0) tick(control, done)
      for (const scope of new Set(writes.filter((one) => one.live).map((one) => one.scope))) found.get(scope)?.add(row, writes, scope)
    }
    const waiting = store.parked.refs()
    const tips = normalVector(store.log.tips())
    return {
      kind: 'diagnosis', v: 1, group: store.identity.group, device: readMembership(store.local, store.identity)?.keys.device ?? null, origin: store.identity.origin, made: env.now(),
      versions: { app: env.version, changes: logSchema, file: fileVersion(db), tables: projectionShape },
      scopes: scopes.map((scope) => ({ scope, vector: tips.filter((tip) => tip.scope === scope), parked: waiting.filter((one) => one.scope === scope).length, digest: digests[scope] ?? null, ...found.get(scope)!.end() })),
    }
  })
}

function scopesOf(store: Store, wanted: readonly string[], all: readonly string[]): string[] {
  const alarmed = alarmsOf(store).flatMap((one) => one.scopes)
  const chosen = wanted.length > 0 ? wanted : alarmed.length > 0 ? alarmed : all
  return [...new Set(chosen)].sort()
}

function tick(control: Control, done: number): void {
  control.checkpoint()
  control.report({ step: 'exchange.diagnosing', fraction: null, counts: { done } })
}

/**
 * Rows of one scope in the order in which they are walked. Only where something was written over can a merge have gone two ways: those rows come
 * first, and which are listed depends on the changes alone, so two machines list the same.
 */
function makeList() {
  const tables = new Map<string, { rows: number; readonly hash: ReturnType<typeof createHash> }>()
  const [rewritten, once]: [string, string, string][][] = [[], []]
  let rows = 0
  return {
    add(row: string, writes: readonly WriteOfRow[], scope: string): void {
      for (const [table, own] of Map.groupBy(writes, (one) => one.register.slice(0, one.register.indexOf('.')))) {
        const live = own.filter((one) => one.live && one.scope === scope)
        if (live.length === 0) continue
        const digest = hash('sha256', live.map((one) => `${one.register}\n${one.change}\n`).sort().join(''), 'hex').slice(0, 32)
        let ofTable = tables.get(table)
        if (!ofTable) tables.set(table, (ofTable = { rows: 0, hash: createHash('sha256') }))
        ofTable.rows++
        ofTable.hash.update(`${row}\n${digest}\n`)
        rows++
        const list = new Set(own.map((one) => one.register)).size < own.length ? rewritten! : once!
        if (list.length < maxListed) list.push([table, saidId(row), digest])
      }
    },
    end(): Pick<DiagnosedScope, 'tables' | 'rows' | 'left'> {
      const listed = [...rewritten!, ...once!].slice(0, maxListed)
      return {
        tables: Object.fromEntries([...tables].sort(([a], [b]) => (a < b ? -1 : 1)).map(([table, { rows: n, hash: all }]) => [table, { rows: n, digest: all.digest('hex').slice(0, 32) }])),
        rows: listed, left: rows - listed.length,
      }
    },
  }
}

/** Ids are UUIDs, years and keys of settings; should one ever be made of words, its hash stands for it. */
function saidId(row: string): string {
  return /^[\w.:-]{1,80}$/.test(row) ? row : `sha256:${hash('sha256', row, 'hex').slice(0, 32)}`
}
