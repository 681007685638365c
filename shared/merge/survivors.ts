/**
 * Registers and their survivors (exchange.md section 2). Everything here is a pure function of the *set* of writes:
 * order and repetition cannot matter.
 */
import { compareClocks, type Clock } from './clock.ts'

/** What decides between concurrent writes. `origin` and `id` are lower-case hex, so comparing texts compares bytes. */
export type Stamp = { readonly clock: Clock; readonly origin: string; readonly id: string }

/** A write of one register of one row: its change, and the changes whose writes it replaced. */
export type RegisterWrite = Stamp & { readonly pred: readonly string[] }

/** By (hlc_ms, hlc_counter, origin, id). Never 0 for two different changes. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return compareClocks(a.clock, b.clock) || compareText(a.origin, b.origin) || compareText(a.id, b.id)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The shown write among survivors; undefined when there are none. */
export function winner<S extends Stamp>(survivors: Iterable<S>): S | undefined {
  let best: S | undefined
  for (const one of survivors) if (!best || compareStamps(one, best) > 0) best = one
  return best
}

/** The writes that no known write of this register names, each once, largest stamp first. */
export function survivorsOf<W extends RegisterWrite>(writes: Iterable<W>): W[] {
  const byId = new Map<string, W>()
  const replaced = new Set<string>()
  for (const write of writes) {
    byId.set(write.id, write)
    for (const id of write.pred) replaced.add(id)
  }
  return [...byId.values()].filter((write) => !replaced.has(write.id)).sort((a, b) => compareStamps(b, a))
}

/** A surviving write of the tombstone register. `knew`: every change that it names, of whichever register of the row. */
export type Tombstone = Stamp & { readonly deleted: boolean; readonly knew: readonly string[] }

/**
 * A row is gone when the shown tombstone says so and the surviving tombstones knew every surviving write of its other registers:
 * an edit that no tombstone knew keeps the row visible.
 */
export function isDeleted(tombstones: readonly Tombstone[], otherSurvivors: Iterable<string>): boolean {
  if (winner(tombstones)?.deleted !== true) return false
  const known = new Set(tombstones.flatMap((one) => (one.deleted ? one.knew : [])))
  for (const id of otherSurvivors) if (!known.has(id)) return false
  return true
}

/** Two survivors with different values (canonical texts) are a conflict; equal values never are. */
export function conflicting(values: Iterable<string>): boolean {
  let first: string | undefined
  for (const value of values) {
    if (first === undefined) first = value
    else if (value !== first) return true
  }
  return false
}
