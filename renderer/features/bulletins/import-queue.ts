/** The files of one import: order, state and what comes next. Pure; the page does the calls. */
import type { ImportReport } from '../../../shared/contract/bulletins.ts'
import type { PickedFile } from '../../../shared/contract/bridge.ts'
import type { ImportKind } from '../../../shared/domain/kinds.ts'
import type { AppError } from '../../../shared/errors.ts'

export type QueueState = 'queued' | 'uploading' | 'checking' | 'ready' | 'importing' | 'done' | 'failed' | 'cancelled'

/** What a person set by hand; null = as recognised. */
export type Overrides = { readonly kind: ImportKind | null; readonly period: string | null; readonly mapping: Readonly<Record<string, string | null>> | null }

export const asRecognised: Overrides = { kind: null, period: null, mapping: null }

export type QueueItem = {
  readonly key: number
  readonly name: string
  readonly size: number
  readonly file: PickedFile | File
  readonly token: string | null
  readonly state: QueueState
  readonly report: ImportReport | null
  readonly error: AppError | null
  readonly set: Overrides
}

const rosters = [/单位/, /干部|人员|名册/]

const place = ({ name }: { readonly name: string }): number => (/名册|花名册/.test(name) ? Math.max(0, rosters.findIndex((pattern) => pattern.test(name))) : 2)

/** Rosters before bulletins (units before officials), then by name with numbers counted: 2月 before 10月. */
export function byImportOrder(a: { readonly name: string }, b: { readonly name: string }): number {
  return place(a) - place(b) || a.name.localeCompare(b.name, 'zh-CN', { numeric: true })
}

export function withFiles(queue: readonly QueueItem[], files: readonly (PickedFile | File)[], firstKey: number): readonly QueueItem[] {
  const added = files.map((file, index): QueueItem => ({ key: firstKey + index, name: file.name, size: file.size, file, token: null, state: 'queued', report: null, error: null, set: asRecognised }))
  return [...queue, ...added.sort(byImportOrder)]
}

export function withItem(queue: readonly QueueItem[], key: number, patch: Partial<QueueItem>): readonly QueueItem[] {
  return queue.map((item) => (item.key === key ? { ...item, ...patch } : item))
}

/** Whether 确认导入 does something for it. */
export function importable(item: QueueItem): boolean {
  return item.state === 'ready' && item.report !== null && item.report.duplicateOf === null && item.report.accepted > 0
}

export const isRoster = (item: QueueItem): boolean => item.report?.kind === 'units' || item.report?.kind === 'officials'

const waitingRosters = (queue: readonly QueueItem[]): readonly QueueItem[] => queue.filter((item) => isRoster(item) && item.state !== 'done' && item.report?.duplicateOf == null)

/** What one click confirms: while rosters wait, only these; the rest is read against them and confirmed with open eyes. */
export function confirmable(queue: readonly QueueItem[]): readonly QueueItem[] {
  const rosters = waitingRosters(queue)
  return rosters.length > 0 ? rosters : queue.filter(importable)
}

/** A bulletin that was never tried is not tried before the rosters that wait are in: it would know no unit, and seem to be all wrong. */
export function held(queue: readonly QueueItem[], item: QueueItem): boolean {
  return item.state === 'queued' && place(item) === 2 && item.set === asRecognised && waitingRosters(queue).length > 0
}

export type Step = { readonly item: QueueItem | null; readonly dryRun: boolean; readonly drop: readonly number[] }

/** Confirmed files go first, in order; then what waits for its dry run. `drop`: confirmed ones for which nothing can be done. */
export function nextStep(queue: readonly QueueItem[], wanted: readonly number[]): Step {
  const first = queue.find((item) => wanted.includes(item.key))
  if (first !== undefined) {
    if (first.state === 'queued') return { item: first, dryRun: true, drop: [] }
    return importable(first) ? { item: first, dryRun: false, drop: [] } : { item: null, dryRun: false, drop: [first.key] }
  }
  const gone = wanted.filter((key) => !queue.some((item) => item.key === key))
  return { item: queue.find((item) => item.state === 'queued' && !held(queue, item)) ?? null, dryRun: true, drop: gone }
}

/**
 * Later files are read against the rosters that earlier ones bring, so a dry run before they are in says UNIT_UNKNOWN everywhere:
 * after a roster is imported, what was only tried is tried again.
 */
export function afterImport(queue: readonly QueueItem[], imported: QueueItem): readonly QueueItem[] {
  if (!isRoster(imported)) return queue
  return queue.map((item) => (item.key !== imported.key && (item.state === 'ready' || item.state === 'failed') && item.token !== null ? { ...item, state: 'queued' as const } : item))
}
