/** From the bytes of one file to checked rows: recognition, roster, rows. No write happens here. */
import { hash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { ImportKind } from '../../../shared/domain/kinds.ts'
import { recognise } from '../../../shared/domain/import/recognise.ts'
import { buildRoster, type Roster } from '../../../shared/domain/import/roster.ts'
import { readRows, rowCollector, type RowCollector } from '../../../shared/domain/import/rows.ts'
import type { AcceptedRow, ImportOutcome, Mapping, Recognised } from '../../../shared/domain/import/types.ts'
import type { UnitKind } from '../../../shared/domain/kinds.ts'
import type { Workbook } from '../../../shared/domain/sheet.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { derivedId } from '../../store/ids.ts'
import { mappingOf } from '../../store/queries/bulletins.ts'
import { allPosts, allUnits } from '../../store/queries/people.ts'
import type { ReadDb } from '../../store/read-db.ts'
import { textsOf } from '../../store/rows.ts'
import type { Store } from '../../store/store.ts'
import { readSettings } from '../settings.ts'
import { firstReading, secondReading, type FirstReading } from './two-readings.ts'

/** What the clerk chose; null = as recognised. */
export type ImportChoice = { readonly kind: ImportKind | null; readonly period: string | null; readonly sender: string | null; readonly mapping: Mapping | null }
export type SourceFile = { readonly name: string; readonly bytes: Uint8Array }
/** How the worker tells where it is, and learns that the person cancelled. */
export type ImportControl = {
  readonly report: (progress: { fraction?: number | null; step?: string; counts?: Readonly<Record<string, number>> }) => void
  readonly signal: { readonly aborted: boolean }
  readonly checkpoint: () => void
  /** Right before all of it is made to count: a cancel behind it comes too late. */
  readonly noReturn: () => void
}

/** `accepted`: their number. `passedOn`: they went to `onBig`'s taker, `outcome` lacks them. */
export type Checked = { readonly recognised: Recognised; readonly sender: string | null; readonly outcome: ImportOutcome; readonly accepted: number; readonly passedOn: boolean }
/** Asked once a file has become big: who takes its accepted rows as they are read, null to have them all in the outcome. They count only if the outcome says `passedOn`. */
export type OnBig = (recognised: Recognised) => ((row: AcceptedRow) => void) | null

export function fileHash(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex')
}

export function mappingId(sender: string | null, kind: string): string {
  return derivedId('mapping', sender, kind)
}

export function loadRoster(db: ReadDb): Roster {
  const units = allUnits(db).map((unit) => ({ id: unit.id, name: unit.name ?? '', shortName: unit.shortName, kind: unit.kind as UnitKind, aliases: textsOf(unit.aliases) }))
  return buildRoster({ units, posts: allPosts(db) }, { cityNames: readSettings(db).cityNames })
}

type Understood = { readonly recognised: Recognised; readonly sender: string | null }

/** KIND_*, PERIOD_UNKNOWN, HEADER_NOT_FOUND. */
function understand(store: Store, workbook: Workbook, fileName: string, choice: ImportChoice): Result<Understood> {
  const given = { ...(choice.kind ? { kind: choice.kind } : {}), ...(choice.period ? { period: choice.period } : {}), ...(choice.mapping ? { mapping: choice.mapping } : {}) }
  const first = recognise(workbook, fileName, given)
  if (!first.ok) return first
  const sender = choice.sender ?? first.value.sender
  // A sender whose columns were set right by hand once is read that way from then on.
  const known = choice.mapping ? null : store.read((db) => mappingOf(db, mappingId(sender, first.value.kind)))
  const second = known ? recognise(workbook, fileName, { ...given, kind: first.value.kind, mapping: known.columns as Mapping }) : first
  return second.ok ? ok({ recognised: second.value, sender }) : second
}

/** KIND_*, PERIOD_UNKNOWN, HEADER_NOT_FOUND, FILE_*, CANCELLED. */
export function checkFile(store: Store, file: SourceFile, choice: ImportChoice, control: ImportControl, onBig: OnBig = () => null): Result<Checked> {
  let early: { readonly recognised: Recognised; readonly rows: RowCollector; readonly passedOn: boolean } | undefined
  const read = firstReading(file, control, (soFar) => {
    const understood = understand(store, soFar, file.name, choice)
    if (!understood.ok) return null
    const { recognised } = understood.value
    const take = onBig(recognised)
    early = { recognised, rows: rowCollector(recognised, store.read(loadRoster), take), passedOn: take !== null }
    return early.rows
  })
  const understood = understand(store, read.workbook, file.name, choice)
  if (!understood.ok) return understood
  const { recognised, sender } = understood.value
  control.checkpoint()
  control.report({ step: 'import.checking', fraction: 0.4 })
  const kept = early && isDeepStrictEqual(early.recognised, recognised) ? early : undefined
  const outcome = kept ? kept.rows.outcome() : restOf(store, file, read, recognised, control)
  control.checkpoint()
  return ok({ recognised, sender, outcome, accepted: outcome.accepted.length, passedOn: kept?.passedOn === true })
}

function restOf(store: Store, file: SourceFile, { workbook, whole }: FirstReading, recognised: Recognised, control: ImportControl): ImportOutcome {
  const roster = store.read(loadRoster)
  return whole ? readRows(workbook, recognised, roster) : secondReading(file, rowCollector(recognised, roster), control)
}
